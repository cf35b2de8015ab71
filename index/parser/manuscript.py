"""The manuscript: a text as lines without debris, each with its folded copy and its note marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fihris.index.analysis import Folded, fold
from fihris.index.frozen import frozen
from fihris.index.parser.footnotes import (
    is_tika,
    take_inline_bodies,
    take_listed_notes,
    take_plain_marks,
    take_tika_marks,
    take_tika_notes,
)
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, Mark, NoteBody, SourceText

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Line:
    """A line: its text without note marks, stripped; ``number`` counts from 1 in the source."""

    number: int
    text: str
    marks: tuple[Mark, ...] = ()

    @cached_property
    def folded(self) -> Folded:
        """The folded copy of the text."""
        return fold(self.text)

    @property
    def key(self) -> str:
        """The folded text that patterns are matched on."""
        return self.folded.text

    def tail(self, at: int) -> Line:
        """Return what follows place *at* of the folded text, with its marks, as a line."""
        start = self.folded.offsets[at]
        start += len(self.text[start:]) - len(self.text[start:].lstrip())
        marks = tuple(Mark(max(0, mark.offset - start), mark.number) for mark in self.marks)
        return Line(self.number, self.text[start:].rstrip(), marks)

    def head(self, at: int) -> Line:
        """Return what precedes place *at* of the folded text as a line, with the marks in it."""
        text = self.text[: self.folded.offsets[at]].rstrip()
        return Line(
            self.number, text, tuple(mark for mark in self.marks if mark.offset <= len(text))
        )


@frozen
class Manuscript:
    """Lines, blank ones included, and the bodies of the notes.

    ``running_heads`` are what page headers and footers say.
    """

    lines: list[Line]
    notes: list[NoteBody]
    source_kind: SourceKind
    running_heads: tuple[str, ...] = ()


def read_manuscript(text: str, source_kind: SourceKind | None = None) -> Manuscript:
    """Return the lines and notes of *text*; None for *source_kind* means to detect it."""
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    if source_kind is None:
        source_kind = SourceKind.TIKA if is_tika(text) else SourceKind.TEXT
    if source_kind is SourceKind.TIKA:
        text, notes = take_tika_notes(text)
        marked = [take_tika_marks(row.strip()) for row in text.split("\n")]
        lines = [Line(number, row, marks) for number, (row, marks) in enumerate(marked, 1)]
        return Manuscript(lines, notes, source_kind)
    rows = text.split("\n")
    lines, notes = _plain_lines(rows, range(1, len(rows) + 1))
    return Manuscript(lines, notes, source_kind)


def manuscript_of(source: SourceText) -> Manuscript:
    """Return the lines and notes of what a reader gave, looking for notes where it told none."""
    if source.notes or any(block.marks for block in source.blocks):
        lines = [Line(block.line, *_stripped(block)) for block in source.blocks]
        return Manuscript(lines, list(source.notes), source.kind, source.running_heads)
    rows = [block.text for block in source.blocks]
    lines, notes = _plain_lines(rows, [block.line for block in source.blocks])
    return Manuscript(lines, notes, source.kind, source.running_heads)


def _plain_lines(rows: list[str], numbers: Sequence[int]) -> tuple[list[Line], list[NoteBody]]:
    """Return *rows*, which stand on the lines *numbers*, without notes and marks; and the notes."""
    rows, notes = take_listed_notes(rows)
    for place, row in enumerate(rows):
        if "[" in row:
            rows[place], bodies = take_inline_bodies(row, place + 1)
            notes += bodies
    known = frozenset(note.number for note in notes)
    notes = [replace(note, line=numbers[note.line - 1]) for note in notes]
    marked = [take_plain_marks(row.strip(), known) for row in rows]
    lines = [Line(number, row, marks) for number, (row, marks) in zip(numbers, marked, strict=True)]
    return lines, notes


def _stripped(block: Block) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of *block* without the blanks around it, and its marks."""
    margin = len(block.text) - len(block.text.lstrip())
    text = block.text.strip()
    return text, tuple(
        Mark(min(max(0, mark.offset - margin), len(text)), mark.number) for mark in block.marks
    )
