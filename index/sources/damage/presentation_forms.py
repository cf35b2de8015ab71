"""Presentation forms: texts stored as the shapes of letters and not as letters.

Old converters wrote the initial, medial and final shapes (U+FE80..FEF4, U+FB50..FBFF). Ligatures
alone (``ﻻ``, ``ﰲ``) are no damage: programs wrote them in texts that are otherwise sound, they fold
to their letters, and the author's spelling stays.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.finding import Damage, Finding, Outcome

_SHAPE = re.compile("[\ufb50-\ufbb1\ufbd3-\ufbff\ufe80-\ufef4]")
_LETTER = re.compile("[\u0621-\u064a\ufb50-\ufdff\ufe80-\ufefc]")
# With lam-alef, and with marks that stand alone: all that comes in words of shapes.
_WORD = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc\u0621-\u0652]+")
_LEAST = 5
_LEAST_SHARE = 0.05  # of the letters; format specification, section 5.4


def mend_presentation_forms(passages: list[str], text: str) -> Repair:
    """Write shapes of letters as letters, where a text is written in them.

    *text* are the passages, joined.
    """
    if not _SHAPE.search(text):
        return Repair(passages)
    shapes = _SHAPE.findall(text)
    if len(shapes) < _LEAST or len(shapes) < _LEAST_SHARE * len(_LETTER.findall(text)):
        return Repair(passages)
    words = [found for found in _WORD.finditer(text) if _SHAPE.search(found[0])]
    finding = Finding(
        Damage.PRESENTATION_FORMS,
        Outcome.REPAIRED,
        len(words),
        sample_around(text, *words[0].span()),
    )
    mended: list[str] = []
    moved: list[Callable[[int], int] | None] = []
    for passage in passages:
        written, move = _as_letters(passage)
        mended.append(written)
        moved.append(move)
    return Repair(mended, (finding,), tuple(moved))


def _as_letters(passage: str) -> tuple[str, Callable[[int], int] | None]:
    """Return a passage with letters for shapes, and where each place of it went."""
    if not _SHAPE.search(passage):
        return passage, None
    ends: list[int] = []
    growth: list[int] = []
    pieces: list[str] = []
    for place, char in enumerate(passage):
        written = char
        if "\ufb50" <= char <= "\ufdfb" or "\ufe70" <= char <= "\ufefc":
            written = unicodedata.normalize("NFKC", char).strip() or char
        pieces.append(written)
        if len(written) != 1:
            ends.append(place + 1)
            growth.append((growth[-1] if growth else 0) + len(written) - 1)

    def move(place: int) -> int:
        passed = bisect_right(ends, place)
        return place + (growth[passed - 1] if passed else 0)

    return "".join(pieces), move
