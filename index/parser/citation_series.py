"""Citations that say more than they print: ranges of resolutions, and several parts of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fihris.index.parser.patterns import compile_folded, one_of, read_table
from fihris.index.parser.resolution_number import ResolutionNumber, part_letter

#: Resolutions. A "range" that is longer is a misreading.
_LONGEST_RANGE = 60

_TO = compile_folded(r"\s*(?:إلى|حتى|إلى\s+غاية|-)\s*(?:(?:ال)?(?:قرار|مقرر)\s+)?")
_FROM = compile_folded(r"(?<!\w)من\s+(?:(?:ال)?(?:قرار|مقرر)\s+)?$")
_MORE_PARTS = re.compile(
    rf"\s*+(?:،\s*+(?:و\s*+)?|و\s*+)(?P<name>{one_of(read_table('symbols.json')['parts'])})(?!\w)"
)


def listed_between(
    first: ResolutionNumber, last: ResolutionNumber, gap: str, before: str
) -> Iterator[ResolutionNumber]:
    """Yield the numbers between *first* and *last*, where a text names them as a range.

    *gap* is what stands between the two, *before* what stands before the first, both folded. A
    dash makes a range by itself; «إلى» does where «من» stands before the first number, for «قراره
    5/1 إلى قراره 5/2» is none.
    """
    to = _TO.fullmatch(gap)
    if to is None or ("-" not in gap and not _FROM.search(before)):
        return
    same = first.form is last.form and first.series == last.series
    if not same or first.part or last.part:
        return
    if 1 < last.number - first.number <= _LONGEST_RANGE:
        for number in range(first.number + 1, last.number):
            yield replace(first, number=number)


def parts_after(text: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the further parts of a resolution, ``وباء`` in ``31/6 ألف وباء``, and their places."""
    while more := _MORE_PARTS.match(text, at, end):
        letter = part_letter(more["name"])
        if letter is None:
            return
        yield *more.span("name"), letter
        at = more.end()
