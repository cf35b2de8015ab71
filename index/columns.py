"""Columns of text, aligned by the room that each cell takes on a screen.

Vowel marks and invisible controls take no room there, so ``str.ljust`` would leave vowelled Arabic
ragged. Cells stay in logical order; whether a line is shown from right to left is the terminal's
affair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_GAP = "  "
_NO_ROOM = frozenset({"Mn", "Me", "Cf"})


def display_width(text: str) -> int:
    """Return how many cells of a screen *text* takes.

    >>> display_width("كُلِّف"), len("كُلِّف")
    (3, 6)
    """
    return sum(
        0
        if unicodedata.category(char) in _NO_ROOM
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def column_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    r"""Yield a line for each of *rows*, which have equally many cells, with the columns aligned.

    >>> print(*column_lines([("مُدُن", "1"), ("قرية", "2")]), sep="\n")
    مُدُن   1
    قرية  2
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell + " " * (width - display_width(cell))
            for cell, width in zip(row, widths, strict=True)
        )
        yield _GAP.join(cells).rstrip()
