"""Rows: the glyphs of a page that stand on one base line, from the top of the page down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fihris.index.sources.pdf.glyphs import Glyph

# Shares of the size of the larger font: how far apart two base lines may be in one row. A raised
# note mark stands a third of the size above its line; the next line begins a whole size below.
_SAME_ROW = 0.5
_CELL_GAP = 4.0  # sizes; what is this far apart are columns of a table, and not words
_FEW = 2  # glyphs: a raised number, or a letter drawn again with its mark; no line
_OVERLAP = 0.3  # of the width; glyphs that stand over others are a line of their own
# Letters that are not joined to what follows, so that no ligature can begin with them.
_JOINS_NOTHING = frozenset("اأإآٱدذرزوؤىة")
_LOOSE = frozenset(("Mn", "Me"))


class LooseMark(NamedTuple):
    """A vowel mark, and the letter that it follows in the file where that is what it stands on."""

    glyph: Glyph
    bearer: Glyph | None


@dataclass(slots=True)
class Row:
    """What stands on one base line; ``marks`` are drawn over or under its letters."""

    y: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    marks: list[LooseMark] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where the row begins on the page."""
        return min(glyph.left for glyph in self.glyphs if glyph.char != " ")

    @property
    def right(self) -> float:
        """Where the row ends on the page."""
        return max(glyph.right for glyph in self.glyphs if glyph.char != " ")


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return *glyphs* as rows, downwards; of those that stand beside each other the right first."""
    rows: list[Row] = []
    strays: list[Glyph] = []
    runs = _level_runs(glyphs, strays)
    runs = [run for run in runs if any(glyph.char != " " for glyph in run.glyphs)]
    for run in sorted(runs, key=lambda run: -run.size):
        row = next((row for row in reversed(rows) if _takes(row, run)), None)
        if row is None:
            row = Row(run.y, run.size)
            rows.append(row)
        row.glyphs += run.glyphs
        row.marks += run.marks
    for mark in strays if rows else ():
        nearest = min(rows, key=lambda row: abs(row.y - mark.y))
        nearest.marks.append(LooseMark(mark, None))
    rows.sort(key=lambda row: row.y)
    return [cell for row in rows for cell in _cells(row)]


def _level_runs(glyphs: Iterable[Glyph], strays: list[Glyph]) -> list[Row]:
    """Return the glyphs that follow each other in the file on one base line, with their marks.

    Marks of another line, as some programs draw them at the end, go to *strays*.
    """
    runs: list[Row] = []
    for glyph in glyphs:
        run = runs[-1] if runs else None
        if unicodedata.category(glyph.char) in _LOOSE:
            if run is None or abs(run.y - glyph.y) > _SAME_ROW * run.size:
                strays.append(glyph)
            else:
                run.marks.append(LooseMark(glyph, _bearer(run.glyphs)))
            continue
        if glyph.char.isspace():
            # A mark that stands alone comes as a blank without width and the mark behind it.
            if glyph.right <= glyph.left and run and run.glyphs and run.glyphs[-1].x == glyph.x:
                continue
            glyph = glyph._replace(char=" ")
        if run is None or run.y != glyph.y or run.size != glyph.size:
            run = Row(glyph.y, glyph.size)
            runs.append(run)
        run.glyphs.append(glyph)
    for run in runs:
        _settle(run)
    return runs


def _bearer(glyphs: list[Glyph]) -> Glyph | None:
    """Return the last glyph where the file runs as Arabic is read, so that a mark follows it."""
    if len(glyphs) < 2 or glyphs[-2].x < glyphs[-1].x:
        return None
    return glyphs[-1]


def _settle(run: Row) -> None:
    """Bring what was drawn as one glyph into the order of reading, and its marks to its letters.

    Such characters share a place, and their order in the list may have been turned around. Where
    the library gives the first of them the whole width and the others less and less, the order of
    their right edges is that of their reading.
    """
    glyphs = run.glyphs
    for start, end in _ligatures(glyphs):
        glyphs[start:end] = sorted(glyphs[start:end], key=lambda glyph: -glyph.right)
        if _is_turned(glyphs[start:end]):
            glyphs[start:end] = glyphs[start:end][::-1]
    if not run.marks:
        return
    bearers = {glyph.x: place for place, glyph in enumerate(glyphs) if glyph.char != " "}
    for number, (mark, _) in enumerate(run.marks):
        bearer = bearers.get(mark.x)
        if bearer is not None:
            letter = glyphs[bearer]
            glyphs[bearer] = letter._replace(left=min(letter.left, mark.left))
            run.marks[number] = LooseMark(mark, glyphs[bearer])


def _ligatures(glyphs: list[Glyph]) -> Iterator[tuple[int, int]]:
    """Yield where letters begin and end that share a place."""
    start = 0
    for place in range(1, len(glyphs) + 1):
        if place == len(glyphs) or glyphs[place].x != glyphs[start].x:
            if place - start > 1:
                yield start, place
            start = place


def _is_turned(letters: list[Glyph]) -> bool:
    """Tell whether the letters of one glyph begin with one that none can be joined to."""
    alike = letters[0].right == letters[-1].right
    return alike and letters[0].char in _JOINS_NOTHING and letters[-1].char not in _JOINS_NOTHING


def _takes(row: Row, run: Row) -> bool:
    """Tell whether *run* stands on the base line of *row*, or raised beside what stands there."""
    if row.y == run.y:
        return True
    if abs(row.y - run.y) >= _SAME_ROW * row.size:
        return False
    if len(run.glyphs) <= _FEW:
        return True
    left, right = run.left, run.right
    covered = sum(
        max(0.0, min(right, glyph.right) - max(left, glyph.left))
        for glyph in row.glyphs
        if glyph.char != " "
    )
    return covered <= _OVERLAP * (right - left)


def _cells(row: Row) -> list[Row]:
    """Return *row* parted where the gaps are those of columns; the rightmost comes first."""
    ordered = sorted((glyph for glyph in row.glyphs), key=lambda glyph: glyph.left)
    cells: list[list[Glyph]] = []
    end = 0.0
    for glyph in ordered:
        if glyph.char == " ":
            if cells:
                cells[-1].append(glyph)
            continue
        if not cells or glyph.left - end > _CELL_GAP * row.size:
            cells.append([])
            end = glyph.right
        cells[-1].append(glyph)
        end = max(end, glyph.right)
    if len(cells) == 1:
        return [row]
    return [_part(row, cell) for cell in reversed(cells)]


def parted_at(row: Row, x: float) -> list[Row]:
    """Return *row* as what stands right and what stands left of *x*, where there is anything."""
    sides = (
        [glyph for glyph in row.glyphs if glyph.left >= x],
        [glyph for glyph in row.glyphs if glyph.left < x],
    )
    return [_part(row, side) for side in sides if any(glyph.char != " " for glyph in side)]


def _part(row: Row, glyphs: list[Glyph]) -> Row:
    """Return some glyphs of *row* as a row, with the marks that belong to them."""
    part = Row(row.y, max(glyph.size for glyph in glyphs if glyph.char != " "), glyphs)
    left, right = part.left, part.right
    part.marks = [
        mark for mark in row.marks if left <= (mark.glyph.left + mark.glyph.right) / 2 <= right
    ]
    return part
