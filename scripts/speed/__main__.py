"""Measure the speed of Fihris beside Lucene, Tantivy's own Arabic and SQLite FTS5, in one run.

    python3 scripts/benchmark.py COLLECTION.jsonl.xz [--million] [--work FOLDER] [--json FILE]

Tables in Markdown go to standard output, progress to standard error. With ``--work`` the indexes
stay in FOLDER, and a later run without the part ``indexing`` uses those that are there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from scripts import million
from scripts.million import Maker
from scripts.peers.questions import Kind
from scripts.speed import measuring
from scripts.speed.chart import chart
from scripts.speed.engines import ENGINES, Engine, available
from scripts.speed.figures import Figures, Report
from scripts.speed.questions import draw_questions, read_texts
from scripts.speed.serving import Clock
from scripts.speed.sources import CollectionUnfit, Sources, make_sources, sample, sources_in
from scripts.speed.tables import report_lines

PARTS = ("indexing", "answers", "processes", "updates", "stages", "floors")
#: Questions are drawn from so many units.
_SAMPLED = 5_000
#: Parts of building are done alone with no more paragraphs: all of their units have to be held.
_MOST_ALONE = 200_000
#: Changed documents are made after so many.
_MODELS = 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    ``documents`` of the collection are used, None: all; ``made`` is how many paragraphs the made
    one has. Indexes are made ``builds`` times, those of the made one ``made_builds`` times.
    ``warming`` questions of each kind are asked before ``questions`` of each kind count, in so
    many ``blocks``. ``updates`` times documents change, in ``batches`` of so many.
    """

    documents: int | None
    made: int
    builds: int
    made_builds: int
    warming: int
    questions: int
    blocks: int
    processes: int
    updates: int
    batches: tuple[int, ...]


FULL = Size(
    documents=None,
    made=1_000_000,
    builds=3,
    made_builds=1,
    warming=200,
    questions=400,
    blocks=8,
    processes=21,
    updates=21,
    batches=(1, 100),
)
SHORT = Size(
    documents=60,
    made=300,
    builds=1,
    made_builds=1,
    warming=2,
    questions=6,
    blocks=2,
    processes=1,
    updates=1,
    batches=(1, 3),
)


class Benchmark:
    """What is measured of which *engines*: *parts* of it, in one *size*; *seed* draws questions."""

    def __init__(
        self, engines: Sequence[Engine], parts: Sequence[str], size: Size, seed: int
    ) -> None:
        self._engines = engines
        self._parts = parts
        self._size = size
        self._seed = seed

    def report(self, name: str, collection: Path, place: Path, builds: int) -> Report:
        """Return what a *collection* shows; its indexes are made in *place*, so many times.

        Sources and indexes that are there are used when indexing itself is not to be measured.
        """
        measuring.say(f"{name}:")
        size = self._size
        figures = {engine.key: Figures(engine.key, engine.name) for engine in self._engines}
        sources = None if "indexing" in self._parts else sources_in(place)
        if sources is None:
            sources = make_sources(collection, place, size.documents)
            for engine in self._engines:
                measuring.forget(engine, place)
        if "indexing" in self._parts:
            made = measuring.measure_building(self._engines, sources, place, builds)
            for key, building in made.items():
                figures[key].building = building
        for engine in self._engines:
            measuring.complete(engine, sources, place)
        self._ask(sources, place, figures)
        few = sources.paragraphs <= _MOST_ALONE
        if "floors" in self._parts and few and "fihris" in figures:
            measuring.say("  the parts of building, alone")
            figures["fihris"].floors = measuring.measure_floors(sources)
        if "updates" in self._parts:
            chance = random.Random(self._seed)
            maker = Maker(_some_records(sources), "changed", self._seed)
            taken = measuring.measure_updates(
                self._engines, place, maker, size.batches, size.updates, chance
            )
            for key, updates in taken.items():
                figures[key].updates = updates
        return Report(name, sources.paragraphs, tuple(figures.values()))

    def _ask(self, sources: Sources, place: Path, figures: Mapping[str, Figures]) -> None:
        """Draw questions and measure their answers, by servers and by whole processes."""
        chance = random.Random(self._seed)
        size = self._size
        drawn = read_texts(sample(sources.units, _SAMPLED, chance))
        questions = draw_questions(drawn, size.warming + size.questions, chance)
        warming = {kind: found[: size.warming] for kind, found in questions.items()}
        asked = {kind: found[size.warming :] for kind, found in questions.items()}
        if "answers" in self._parts:
            measuring.measure_answers(self._engines, place, warming, asked, size.blocks, figures)
        if "stages" in self._parts and "fihris" in figures:
            measuring.say("  the stages of an answer")
            figures["fihris"].stages = measuring.measure_stages(place, warming, asked)
        if "processes" in self._parts:
            words = questions[Kind.AND][: size.processes]
            costs = measuring.measure_whole_processes(self._engines, place, words)
            for key, whole in costs.items():
                figures[key].whole = whole


def _some_records(sources: Sources) -> list[dict[str, Any]]:
    """Return the first documents of a collection, enough to make others of."""
    with sources.collection.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, _MODELS)]


def _made_collection(collection: Path, work: Path, paragraphs: int, seed: int) -> Path:
    """Return a collection of so many *paragraphs* like those of *collection*, made once."""
    target = work / f"{paragraphs}.jsonl"
    if not target.exists():
        measuring.say(f"making {paragraphs:,} paragraphs")
        partial = target.with_suffix(".part")
        asked = ["--paragraphs", str(paragraphs), "--seed", str(seed)]
        million.main([str(collection), str(partial), *asked])
        partial.rename(target)
    return target


@contextmanager
def _workplace(folder: Path | None) -> Iterator[Path]:
    """Give the *folder* in which everything is made, or one that is gone afterwards."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
    else:
        with tempfile.TemporaryDirectory() as scratch:
            yield Path(scratch)


def _positive(text: str) -> int:
    """Return the number that *text* is. Raises ArgumentTypeError for what is no number above 0."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmark.py", description=(__doc__ or "").partition("\n\n")[0]
    )
    parser.add_argument("collection", type=Path, help="JSON Lines: id, title, provisions")
    parser.add_argument("--million", action="store_true", help="also on a million made paragraphs")
    parser.add_argument("--short", action="store_true", help="only see that all of it works")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keep everything made here")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw them here, as SVG")
    for name, known in (("--engine", list(ENGINES)), ("--part", list(PARTS))):
        parser.add_argument(
            name, action="append", choices=known, help="only this one; may be repeated"
        )
    parser.add_argument(
        "--clock",
        type=Clock,
        choices=list(Clock),
        default=Clock.WALL,
        help="what tables and chart time answers by (wall; processor on a machine that is busy)",
    )
    parser.add_argument("--builds", type=_positive, help="how often each index is made")
    parser.add_argument("--questions", type=_positive, help="how many questions of each kind count")
    parser.add_argument("--seed", type=int, default=46)
    return parser.parse_args(arguments)


def _reports(
    benchmark: Benchmark, size: Size, asked: argparse.Namespace, work: Path
) -> Iterator[Report]:
    """Yield what the collection shows and then, where that was asked for, the one made of it."""
    builds = asked.builds or size.builds
    yield benchmark.report("The collection", asked.collection, work / "collection", builds)
    if asked.million:
        collection = _made_collection(asked.collection, work, size.made, asked.seed)
        builds = asked.builds or size.made_builds
        yield benchmark.report("Made of it", collection, work / "made", builds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the tables."""
    asked = _parse(arguments)
    size = SHORT if asked.short else FULL
    if asked.questions:
        size = replace(size, questions=asked.questions)
    engines = list(available(asked.engine or list(ENGINES)))
    benchmark = Benchmark(engines, asked.part or PARTS, size, asked.seed)
    reports = []
    try:
        for file in filter(None, (asked.json, asked.chart)):
            file.touch()  # nobody wants to learn after an hour that it cannot be written
        with _workplace(asked.work) as work:
            if asked.short:
                print("*From so little nothing follows: `--short` only sees that all works.*\n")
            for report in _reports(benchmark, size, asked, work):
                # Said at once: the next collection may take an hour.
                print("\n".join(report_lines(report, asked.clock)), end="\n\n", flush=True)
                reports.append(report)
    except (OSError, CollectionUnfit) as error:
        print(error, file=sys.stderr)
        return 2
    if asked.json:
        figures = [asdict(report) for report in reports]
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    references = [report.reference for report in reports]
    if asked.chart and not all(one is not None and one.latencies for one in references):
        print("No chart was drawn: its bars are in times what Lucene takes.", file=sys.stderr)
    elif asked.chart:
        asked.chart.write_text(chart(reports, asked.clock), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
