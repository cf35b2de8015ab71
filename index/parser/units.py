"""Paragraphs in the making, the body they form, and the addresses they are given."""

from __future__ import annotations

from dataclasses import dataclass, field

from fihris.index.parser.manuscript import Line
from fihris.index.resolution import Adoption, Date, ParagraphKind
from fihris.index.sources.blocks import Mark


@dataclass(slots=True)
class Unit:
    """A paragraph in the making.

    ``marks`` are the note marks in its text. ``wording`` is its text folded, for the reader of
    verbs; empty where a paragraph of its kind has none.
    """

    fragment: str
    kind: ParagraphKind
    text: str
    line: int
    label: str = ""
    number: int | None = None
    chapeau: str | None = None
    marks: list[Mark] = field(default_factory=list)
    wording: str = ""

    def extend(self, line: Line) -> None:
        """Add a line that continues the paragraph."""
        shift = len(self.text) + 1
        self.text = f"{self.text}\n{line.text}"
        self.wording = self.wording and f"{self.wording}\n{line.key}"
        self.marks += [Mark(mark.offset + shift, mark.number) for mark in line.marks]


@dataclass(slots=True)
class Body:
    """The units in reading order, and what closing lines say of the document."""

    units: list[Unit] = field(default_factory=list)
    meeting: int | None = None
    closed_on: Date | None = None
    adoption: Adoption | None = None
    warnings: list[str] = field(default_factory=list)


class Addresses:
    """Gives out fragments; one that is asked for twice gets ``~2`` and a warning."""

    def __init__(self, warnings: list[str]) -> None:
        self._given: dict[str, int] = {}
        self._warnings = warnings

    def claim(self, fragment: str) -> str:
        """Return *fragment*, made unique."""
        count = self._given.get(fragment, 0) + 1
        self._given[fragment] = count
        if count == 1:
            return fragment
        self._warnings.append(f"There is more than one {fragment}; this one is {fragment}~{count}.")
        return self.claim(f"{fragment}~{count}")

    def __contains__(self, fragment: str) -> bool:
        return fragment in self._given
