"""Gaps: which numbers are missing among the resolutions and decisions that an index holds.

Every session of an organ numbers its texts from 1, so a folder that lacks one shows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from fihris.index.frozen import frozen
from fihris.index.resolution import ChangeKind, DocumentKind, Organ, Resolution

#: Decisions are numbered in series of a hundred: those on elections from 401, others from 501.
_SERIES_OF_DECISIONS = 100

_NUMBERED = frozenset({DocumentKind.RESOLUTION, DocumentKind.DECISION})
_BY_SESSION = re.compile(r"(?P<series>(?:E?S-)?\d{1,4})/(?P<number>\d{1,4})")
_BY_YEAR = re.compile(r"(?P<number>\d{1,4}) \((?P<series>[^)]+)\)")
_CHANGING = frozenset({ChangeKind.CORRIGENDUM, ChangeKind.ADDENDUM})


@frozen
class Numbering:
    """One series of numbers: the resolutions, or decisions, of a session of an organ.

    ``series`` is the session or year as symbols write it. ``held`` counts the numbers that are
    there, from ``first`` to ``last``; ``missing`` are the others between, as ranges, both ends
    included.
    """

    organ: Organ
    kind: DocumentKind
    series: str
    first: int
    last: int
    held: int
    missing: tuple[tuple[int, int], ...]


def find_gaps(documents: Iterable[Resolution]) -> tuple[Numbering, ...]:
    """Return every series of numbers among *documents*, by organ, kind, and series in order.

    A series by session or year begins with 1, one of decisions with the hundred that it stands in,
    and one that runs on over the years, as the Security Council's do, with the lowest number that
    is there. What comes after the highest number that is there is not known, and not missing.
    """
    held: dict[tuple[Organ, DocumentKind, str, int], set[int]] = defaultdict(set)
    for document in documents:
        numbered = _number_of(document)
        if numbered is None or document.organ is None:
            continue
        series, number, first = numbered
        held[document.organ, document.kind, series, first].add(number)
    found = [
        _numbering(organ, kind, series, first or min(numbers), numbers)
        for (organ, kind, series, first), numbers in held.items()
    ]
    return tuple(sorted(found, key=_order))


def gap_lines(numberings: Iterable[Numbering]) -> Iterator[str]:
    """Yield a line for each series: ``GA 91: 2 of 203 resolutions; missing 1-111, 113-202``."""
    for each in numberings:
        size = each.last - each.first + 1
        noun = each.kind.value if size == 1 else f"{each.kind.value}s"
        told = f"{each.held:,} of {size:,} {noun}" if each.missing else f"all {size:,} {noun}"
        # Of what does not begin with 1 the reader has to be told where it begins.
        span = f" from {each.first} to {each.last}" if each.first > 1 and size > 1 else ""
        missing = f"; missing {', '.join(map(_range, each.missing))}" if each.missing else ""
        yield f"{each.organ.value} {each.series}: {told}{span}{missing}"


def gap_values(numberings: Iterable[Numbering]) -> list[dict[str, Any]]:
    """Return the series as plain values; a range is a pair of its first and its last number."""
    return [
        {
            "organ": each.organ.value,
            "kind": each.kind.value,
            "series": each.series,
            "first": each.first,
            "last": each.last,
            "held": each.held,
            "missing": [list(span) for span in each.missing],
        }
        for each in numberings
    ]


def _range(span: tuple[int, int]) -> str:
    first, last = span
    return f"{first}" if first == last else f"{first}-{last}"


def _number_of(document: Resolution) -> tuple[str, int, int] | None:
    """Return the series and the number of *document*, and the first of that series (0: unknown)."""
    if document.kind not in _NUMBERED or not document.number:
        return None
    if document.change is not None and document.change.kind in _CHANGING:
        return None
    by_session = _BY_SESSION.fullmatch(document.number)
    if by_session:
        number = int(by_session["number"])
        hundred = number // _SERIES_OF_DECISIONS * _SERIES_OF_DECISIONS
        first = hundred + 1 if document.kind is DocumentKind.DECISION else 1
        return by_session["series"], number, first
    by_year = _BY_YEAR.fullmatch(document.number)
    return (by_year["series"], int(by_year["number"]), 0) if by_year else None


def _numbering(
    organ: Organ, kind: DocumentKind, series: str, first: int, numbers: set[int]
) -> Numbering:
    missing: list[tuple[int, int]] = []
    expected = first
    for number in sorted(numbers):
        if number > expected:
            missing.append((expected, number - 1))
        expected = number + 1
    return Numbering(organ, kind, series, first, max(numbers), len(numbers), tuple(missing))


def _order(numbering: Numbering) -> tuple[int, bool, str, int, str, int]:
    """Order series as people count them: 9 before 10, special sessions behind the regular ones."""
    prefix, _, number = numbering.series.rpartition("-")
    place = int(number) if number.isdecimal() else 0
    return (
        list(Organ).index(numbering.organ),
        numbering.kind is DocumentKind.DECISION,
        prefix,
        place,
        number,
        numbering.first,
    )
