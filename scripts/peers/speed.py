"""What an engine must do to be measured, and the process in which one written in Python does it.

    python -m scripts.peers.speed ENGINE index UNITS FOLDER    make a new index
    python -m scripts.peers.speed ENGINE answer FOLDER WORDS   print ten texts with all the words
    python -m scripts.peers.speed ENGINE serve FOLDER          answer from standard input

ENGINE is a module beside this one. A server says ``ready`` and how many units it has, then reads
lines whose parts are parted by tabs, as the server of Lucene does:

* ``rank`` or ``page`` and a number: so many questions follow, a line each, kind and words. All are
  read first, then each is answered with a line: nanoseconds by the clock, nanoseconds of the
  processor, and the documents of its hits in their order. The times are those of the answer alone,
  as the engine's own process sees them; the second are of the thread that answers.
* ``update`` and a file whose documents are to be replaced: the answer is the nanoseconds until
  they were committed.

A file of units has one on each line: document, unit, year or nothing, text. The units of a
document stand together.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter_ns, thread_time_ns
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TextIO

if TYPE_CHECKING:
    from scripts.peers.questions import Question

#: How many hits are asked for.
LIMIT = 10
#: How many values of a facet are shown.
MOST_VALUES = 20


class Unit(NamedTuple):
    """A title or a paragraph: the address of its document, its own, its year, its text."""

    document: str
    name: str
    year: str
    text: str


class Passage(NamedTuple):
    """A hit as a page shows it: where it stands, its text, and its best passage with marks."""

    document: str
    name: str
    text: str
    marked: str


class SpeedEngine(Protocol):
    """An engine whose index is open."""

    @property
    def units(self) -> int:
        """How many units the index has."""

    def rank(self, question: Question) -> Sequence[Any]:
        """Return the first ten hits in order by the engine's own numbers, nothing read of them."""

    def documents(self, ranked: Sequence[Any]) -> list[str]:
        """Return the addresses of the documents of hits that were *ranked*."""

    def page(self, question: Question) -> Sequence[Passage]:
        """Return the first ten hits as a page shows them, the counting of facets included."""

    def update(self, path: Path) -> None:
        """Replace the documents that the file at *path* holds, and commit."""


def read_units(path: Path) -> Iterator[Unit]:
    """Yield the units of a file."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield Unit(*line.rstrip("\n").split("\t", 3))


def serve(engine: SpeedEngine, asked: TextIO, said: TextIO) -> None:
    """Answer what is *asked* until there is no more."""
    from scripts.peers.questions import Kind, Question

    said.write(f"ready\t{engine.units}\n")
    said.flush()
    for line in asked:
        verb, _, value = line.rstrip("\n").partition("\t")
        if verb == "update":
            began = perf_counter_ns()
            engine.update(Path(value))
            said.write(f"{perf_counter_ns() - began}\n")
        else:
            questions = [
                Question(Kind(kind), words)
                for kind, words in (
                    asked.readline().rstrip("\n").split("\t") for _ in range(int(value))
                )
            ]
            for question in questions:
                said.write("\t".join(_timed(engine, verb, question)) + "\n")
        said.flush()


def _timed(engine: SpeedEngine, depth: str, question: Question) -> list[str]:
    """Return what an answer took by both clocks, and the documents that are in it."""
    busy, began = thread_time_ns(), perf_counter_ns()
    if depth == "rank":
        ranked = engine.rank(question)
        taken, busy = perf_counter_ns() - began, thread_time_ns() - busy
        documents = engine.documents(ranked)
    else:
        passages = engine.page(question)
        taken, busy = perf_counter_ns() - began, thread_time_ns() - busy
        documents = [passage.document for passage in passages]
    return [str(taken), str(busy), *documents]


def main(arguments: Sequence[str]) -> int:
    """Do what the module's description says."""
    name, verb, first, *rest = arguments
    module = import_module(f"scripts.peers.{name}")
    if verb == "index":
        module.index_units(read_units(Path(first)), Path(rest[0]))
    elif verb == "serve":
        serve(module.open_engine(Path(first)), sys.stdin, sys.stdout)
    else:
        from scripts.peers.questions import Kind, Question

        for passage in module.open_engine(Path(first)).page(Question(Kind.AND, rest[0])):
            print(f"{passage.document}#{passage.name}", passage.text, passage.marked, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
