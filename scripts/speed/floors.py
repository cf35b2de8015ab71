"""The floors under building: what each part of it takes alone, in one process, one after the other.

    python -m scripts.speed.floors COLLECTION

prints the seconds of the processor that each took, as JSON; those of the engine are with its own
threads. No order in which they are done, and no second process, makes them less.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import tantivy

from fihris.index.analysis import Analyzer
from fihris.index.documents import raw_documents, read_documents
from fihris.index.record import SourceStamp
from fihris.index.resolution import Resolution
from fihris.index.schema import build_schema
from fihris.index.sources import Refusal, find_sources
from fihris.index.units import analyze_units, count_paragraphs, document_units
from fihris.index.writer import HEAP

_STAMP = SourceStamp("collection.jsonl", "0" * 64, 0, 0)
_WORDS_ALONE = ("exact", "stem")

Fields = dict[str, Any]


class Floor(StrEnum):
    """A part of building, as it is told."""

    JSON = "`json.loads` of every line"
    READ = "reading and checking the lines, making documents of them"
    SPLIT = "`str.split` of every text"
    COLD = "analysis of a text when nothing is known"
    WARM = "analysis of a text when every word is known"
    UNITS = "making units of documents and forms"
    GIVEN = "handing the units over: `Document.from_dict` alone"
    ENGINE = "the engine, fed with the units: making its documents, its own threads"
    WORDS = "the engine, fed with exact forms and stems and nothing else"


def _documents(collection: Path) -> Iterator[Resolution]:
    for source in find_sources([collection]):
        if not isinstance(source, Refusal):
            for read in read_documents(raw_documents(source)):
                if not isinstance(read, Refusal):
                    yield read.document


def _feed(units: Sequence[Fields]) -> None:
    """Have the engine index *units* in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        schema = build_schema()
        writer = tantivy.Index(schema, folder).writer(heap_size=HEAP, num_threads=1)
        for unit in units:
            writer.add_document(tantivy.Document.from_dict(unit, schema))
        writer.commit()
        writer.wait_merging_threads()


def floors(collection: Path) -> dict[Floor, float]:
    """Return the seconds of the processor that each part of building *collection* takes alone."""
    taken: dict[Floor, float] = {}

    def timed(floor: Floor, work: Callable[[], None]) -> None:
        began = time.process_time()
        work()
        taken[floor] = time.process_time() - began

    def each(work: Callable[[Any], object], things: Sequence[Any]) -> Callable[[], None]:
        def run() -> None:
            for thing in things:
                work(thing)

        return run

    lines = collection.read_bytes().splitlines()
    timed(Floor.JSON, each(json.loads, lines))
    lines.clear()
    documents: list[Resolution] = []
    timed(Floor.READ, lambda: documents.extend(_documents(collection)))
    texts = [unit.text for document in documents for unit in document.paragraphs]
    timed(Floor.SPLIT, each(str.split, texts))
    analyzer = Analyzer()
    timed(Floor.COLD, each(analyzer.analyze, texts))
    timed(Floor.WARM, each(analyzer.analyze, texts))
    forms = [list(analyze_units(document, analyzer)) for document in documents]
    units: list[Fields] = []

    def make_units() -> None:
        for document, made in zip(documents, forms, strict=True):
            units.extend(document_units(document, count_paragraphs(document), _STAMP, made))

    timed(Floor.UNITS, make_units)
    schema = build_schema()
    timed(Floor.GIVEN, each(lambda unit: tantivy.Document.from_dict(unit, schema), units))
    timed(Floor.ENGINE, lambda: _feed(units))
    words = [{name: unit[name] for name in _WORDS_ALONE} for unit in units]
    timed(Floor.WORDS, lambda: _feed(words))
    return taken


def main(arguments: Sequence[str]) -> int:
    """Do what the module's description says."""
    print(json.dumps(floors(Path(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
