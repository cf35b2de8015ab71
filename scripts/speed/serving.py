"""An engine that has its index open, in a process of its own that times each answer itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from scripts.peers.questions import Kind, Question
from scripts.processes import ROOT
from scripts.speed.engines import Command


class Depth(StrEnum):
    """How far an answer goes: the order of its hits alone, or all that a page shows of them."""

    RANK = "rank"
    PAGE = "page"


#: Nothing but the whole of it makes sense: counting and comparing are no part of a ranking.
ONLY_AS_PAGES = frozenset({Kind.CLAUSE, Kind.FACETS})


class Clock(StrEnum):
    """The clock on the wall, or the processor's time: of these, others on the machine take none."""

    WALL = "wall"
    PROCESSOR = "processor"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer took, in milliseconds, and the documents of its hits in their order."""

    milliseconds: Mapping[Clock, float]
    documents: tuple[str, ...]


class Server:
    """The engine's end of two pipes; see :mod:`scripts.peers.speed` for what goes through them."""

    def __init__(self, asked: IO[str], said: IO[str]) -> None:
        self._asked = asked
        self._said = said
        self.units = int(self._line().split("\t")[1])

    def answers(self, depth: Depth, questions: Sequence[Question]) -> list[Answer]:
        """Return the answers to *questions*, asked one behind the other."""
        self._say(f"{depth}\t{len(questions)}\n")
        self._say(question_lines(questions))
        return [_read_answer(self._line()) for _ in questions]

    def update(self, path: Path) -> float:
        """Have the documents in the file at *path* replaced; return the milliseconds it took."""
        self._say(f"update\t{path}\n")
        return int(self._line()) / 1e6

    def _say(self, words: str) -> None:
        self._asked.write(words)
        self._asked.flush()

    def _line(self) -> str:
        line = self._said.readline()
        if not line:
            raise ChildProcessError("an engine has ended; what it said stands above.")
        return line.rstrip("\n")


def question_lines(questions: Sequence[Question]) -> str:
    """Return *questions* as engines read them: a line each, kind and words."""
    return "".join(f"{question.kind}\t{question.words}\n" for question in questions)


def _read_answer(line: str) -> Answer:
    taken, busy, *documents = line.split("\t")
    times = {Clock.WALL: int(taken) / 1e6, Clock.PROCESSOR: int(busy) / 1e6}
    return Answer(times, tuple(documents))


@contextmanager
def served(command: Command) -> Iterator[Server]:
    """Give the server that *command* starts; it ends when there is nothing more to ask."""
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Server(process.stdin, process.stdout)
