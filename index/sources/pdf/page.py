"""A page: its lines in the order of reading, column by column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fihris.index.frozen import frozen
from fihris.index.sources.pdf.glyphs import Glyph
from fihris.index.sources.pdf.order import is_arabic, row_text
from fihris.index.sources.pdf.rows import Row, parted_at, rows_of

_LEAST_ARABIC = 0.3  # of the letters; a page with so many is written from right to left
_LEAST_LETTERS = 120  # fewer, such as a page with a note, may all belong to a symbol
# Of the characters of a line; the largest type that so many have is its size. Latin letters are
# often set smaller than the Arabic beside them, and the number of a note larger than its text.
_LEAST_SHARE = 0.25
_GUTTER = 1.0  # sizes; two columns stand at least this far apart
_LEAST_LINES = 8  # in each of two columns
_MOST_CROSSING = 0.2  # of the rows; titles may run over both columns
_MIDDLE = (0.3, 0.7)  # of the width of the text: where a gutter can be


@dataclass(slots=True)
class TextLine:
    """A line of a page: ``start`` and ``end`` grow in the direction of reading, ``y`` downwards.

    All measures are in points; ``first_word`` is the width of the first word. ``page`` and
    ``column`` count from 0.
    """

    text: str
    start: float
    end: float
    y: float
    size: float
    first_word: float
    page: int
    column: int = 0


def read_page(glyphs: list[Glyph], page: int, *, right_to_left: bool) -> list[TextLine]:
    """Return the lines of a page that has these glyphs and is written in this direction."""
    lines: list[TextLine] = []
    for column, rows in enumerate(_columns(rows_of(glyphs), right_to_left=right_to_left)):
        lines += (_line(row, page, column, right_to_left=right_to_left) for row in rows)
    return lines


def runs_right_to_left(glyphs: list[Glyph]) -> bool | None:
    """Tell in which direction a page is written, None where it has too few letters to tell."""
    letters = [glyph.char for glyph in glyphs if glyph.char.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return None
    return sum(map(is_arabic, letters)) >= _LEAST_ARABIC * len(letters)


def _line(row: Row, page: int, column: int, *, right_to_left: bool) -> TextLine:
    read = row_text(row, right_to_left=right_to_left)
    start, end = (-row.right, -row.left) if right_to_left else (row.left, row.right)
    sizes = Counter(glyph.size for glyph in row.glyphs if glyph.char != " ")
    usual = [size for size, count in sizes.items() if count >= _LEAST_SHARE * sizes.total()]
    size = max(usual or sizes)
    return TextLine(read.text, start, end, row.y, size, read.first_word, page, column)


@frozen
class _Extent:
    """From where to where a row runs, and the gaps in it that are wide enough for a gutter."""

    left: float
    right: float
    gaps: tuple[tuple[float, float], ...]

    def crosses(self, x: float) -> bool:
        """Tell whether the row runs on over *x* without a gap there."""
        if not self.left < x < self.right:
            return False
        return not any(start <= x <= end for start, end in self.gaps)


def _extent(row: Row) -> _Extent:
    drawn = sorted((glyph.left, glyph.right) for glyph in row.glyphs if glyph.char != " ")
    gaps: list[tuple[float, float]] = []
    end = drawn[0][1]
    for left, right in drawn:
        if left - end >= _GUTTER * row.size:
            gaps.append((end, left))
        end = max(end, right)
    return _Extent(drawn[0][0], end, tuple(gaps))


def _columns(rows: list[Row], *, right_to_left: bool) -> list[list[Row]]:
    """Return the rows of each stretch that is read from top to bottom, in the order of reading."""
    extents = [_extent(row) for row in rows]
    gutter = _gutter(extents)
    if gutter is None:
        return [rows]
    first: list[Row] = []
    second: list[Row] = []
    found: list[list[Row]] = []
    for row, extent in zip(rows, extents, strict=True):
        if extent.crosses(gutter):
            found += [side for side in (first, second) if side]
            first, second = [], []
            found.append([row])
            continue
        for part in parted_at(row, gutter):
            side = first if (part.left >= gutter) == right_to_left else second
            side.append(part)
    return found + [side for side in (first, second) if side]


def _gutter(rows: list[_Extent]) -> float | None:
    """Return where two columns part, None where there is one."""
    if len(rows) < 2 * _LEAST_LINES:
        return None
    left = min(row.left for row in rows)
    right = max(row.right for row in rows)
    best: tuple[int, float] | None = None
    for step in range(int(_MIDDLE[0] * 40), int(_MIDDLE[1] * 40) + 1):
        x = left + (right - left) * step / 40
        crossing = sum(row.crosses(x) for row in rows)
        if crossing > _MOST_CROSSING * len(rows):
            continue
        on_left = sum(row.left < x for row in rows) - crossing
        on_right = sum(row.right > x for row in rows) - crossing
        if min(on_left, on_right) >= _LEAST_LINES and (best is None or crossing < best[0]):
            best = crossing, x
    return best[1] if best else None
