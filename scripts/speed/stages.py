"""Where the time of an answer goes: into which calls of Tantivy, and into the Python around them.

    python -m scripts.speed.stages INDEX

reads questions from standard input, kind and words parted by a tab, and says for each in a line of
JSON how deep it was answered and how long each stage took, in nanoseconds of the processor. It is a
process of its own, for words and texts are dearer when they are met for the first time.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import cycle
from pathlib import Path
from time import thread_time_ns
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from fihris.index import open_index
from fihris.index.reader import IndexReader
from scripts.peers.questions import Kind, Question
from scripts.peers.speed_fihris import FihrisEngine
from scripts.speed.serving import ONLY_AS_PAGES, Depth

if TYPE_CHECKING:
    import tantivy


class Stage(StrEnum):
    """What an answer is made of; what is left when Tantivy's calls are taken away is Python."""

    SEARCH = "searching"
    COUNT = "counting"
    TERMS = "looking up terms"
    COLUMNS = "reading columns"
    STORED = "reading texts"
    PYTHON = "Python"


_STAGES = {
    "search": Stage.SEARCH,
    "aggregate": Stage.COUNT,
    "doc_freq": Stage.TERMS,
    "terms_with_prefix": Stage.TERMS,
    "fast_field_values": Stage.COLUMNS,
    "doc": Stage.STORED,
}


class _TimedSearcher:
    """A searcher that adds up how long its calls take."""

    def __init__(self, searcher: tantivy.Searcher, spent: Counter[Stage]) -> None:
        self._searcher = searcher
        self._spent = spent

    def __getattr__(self, name: str) -> Any:
        given = getattr(self._searcher, name)
        stage = _STAGES.get(name)
        return given if stage is None else self._timed(given, stage)

    def _timed(self, call: Callable[..., Any], stage: Stage) -> Callable[..., Any]:
        def timed(*arguments: object, **options: object) -> Any:
            began = thread_time_ns()
            try:
                return call(*arguments, **options)
            finally:
                self._spent[stage] += thread_time_ns() - began

        return timed


class _TimedReader(IndexReader):
    """A reader whose searchers add up into ``spent`` how long they take."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, open_index(folder).index)
        self.spent: Counter[Stage] = Counter()

    def searcher(self) -> tantivy.Searcher:
        return cast("tantivy.Searcher", _TimedSearcher(super().searcher(), self.spent))


class Taken(NamedTuple):
    """The number of a question, how deep it was answered, and the nanoseconds of each stage."""

    number: int
    depth: Depth
    stages: dict[Stage, int]


def stages_of(folder: Path, questions: Sequence[Question]) -> Iterator[Taken]:
    """Yield what answers to *questions* took: every other one is ranked, the rest make pages.

    All that are only ranked come first, as in the measuring of answers: what a page does in between
    takes the place of what a ranking needs in the processor's caches.
    """
    reader = _TimedReader(folder)
    engine = FihrisEngine(reader)
    answers = {Depth.RANK: engine.rank, Depth.PAGE: engine.page}
    turns = [
        (Depth.PAGE if question.kind in ONLY_AS_PAGES else depth, number, question)
        for depth, (number, question) in zip(cycle(Depth), enumerate(questions), strict=False)
    ]
    for depth, number, question in sorted(turns, key=lambda turn: turn[0] is Depth.PAGE):
        reader.spent.clear()
        began = thread_time_ns()
        answers[depth](question)
        python = thread_time_ns() - began - reader.spent.total()
        yield Taken(number, depth, {**reader.spent, Stage.PYTHON: python})


def main(arguments: Sequence[str]) -> int:
    """Do what the module's description says."""
    folder = Path(arguments[0])
    lines = (line.rstrip("\n").split("\t") for line in sys.stdin.readlines())
    for taken in stages_of(folder, [Question(Kind(kind), words) for kind, words in lines]):
        print(json.dumps(taken))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
