"""Dates in running text: every spelling of the month, shared days, shared years.

The month names are data (``months.json``). A date states a day, or a year, or both names of its
month; a bare ``مارس`` is a verb as often as a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fihris.index.analysis import Folded
from fihris.index.frozen import frozen
from fihris.index.parser.patterns import one_of, read_table, respell
from fihris.index.resolution import Date, DateMention, DatePrecision

_TABLE = read_table("months.json")
_MONTHS: dict[str, int] = {
    " ".join(respell(name).split()): number
    for series in ("levantine", "gregorian", "english")
    for number, names in enumerate(_TABLE[series], 1)
    for name in names
}
_NEEDS_DAY = frozenset(respell(name) for name in _TABLE["never_without_day"])
_NAME = one_of(_MONTHS)
_DATE = re.compile(
    r"(?<![\w/.])[وفبلك]{0,2}"
    r"(?:(?P<days>\d{1,2}(?:\s*[-و]\s*\d{1,2}){0,5})\s+(?:من\s+(?:شهر\s+)?)?)?"
    rf"(?P<name>{_NAME})"
    rf"(?:\s*/\s*(?P<second>{_NAME})|\s*\(\s*(?P<third>{_NAME})\s*\))?(?!\w)"
    r"(?:\s*[,،]?\s+(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<year>[12]\d{3})(?![\d/]))?"
)
# A month stands behind a day, a slash or a bracket, or before a year.
_BESIDE = re.compile(rf"[0-9/(]\s*(?:من\s+(?:شهر\s+)?)?{_NAME}")
_YEAR = re.compile(r"[12][0-9]{3}(?![0-9/])")
_LAST_WORDS = frozenset(name.split()[-1] for name in _MONTHS)
_BETWEEN = frozenset(("من", "عام", "سنه"))
_REACH = 60  # characters that a date does not exceed on either side of such a sign
_DAY = re.compile(r"\d{1,2}")
# What may stand between two dates that share the year of the second.
_SHARED_YEAR = re.compile(r"\s*(?:-|،|و|الي|حتي|و?حتي|الي غايه)?\s*(?:يوم\s*)?")


@frozen
class _Found:
    """A mention whose ``start`` and ``end`` are places in the folded text."""

    start: int
    end: int
    month: int
    day: int | None
    year: int | None


def find_dates(folded: Folded) -> list[DateMention]:
    """Return the dates in text that ``fold`` has folded, in order, with offsets in the original.

    Of several days that share a month (``22 و 23 آب/أغسطس 2011``) each is a mention of its own. A
    date without a year takes that of the date it leads to (``22 شباط/فبراير - 24 آذار/مارس 2021``).

    >>> from fihris.index.analysis import fold
    >>> [mention.date.isoformat() for mention in find_dates(fold("في ٢٤ آذار/ مارس ٢٠٢١"))]
    ['2021-03-24']
    """
    text = folded.text
    if not _DAY.search(text):
        return []
    found = [
        mention
        for window in _windows(text)
        for match in _DATE.finditer(text, *window)
        for mention in _read(match)
    ]
    return [_mention(folded, mention) for mention in _share_years(text, found)]


def _signs(text: str) -> list[int]:
    """Return the places where a month touches a sign of a date, cheaply and in order.

    The pattern of a whole date is slow, and most texts, even those with many numbers, hold none.
    """
    places = [beside.end() for beside in _BESIDE.finditer(text)]
    places += [year.start() for year in _YEAR.finditer(text) if _follows_month(text, year.start())]
    return sorted(places)


def _follows_month(text: str, at: int) -> bool:
    """Tell whether the word before place *at* ends the name of a month."""
    words = text[max(0, at - 30) : at].replace("،", " ").replace(",", " ").split()
    while words and words[-1] in _BETWEEN:
        words.pop()
    if not words:
        return False
    word = words[-1].rstrip(")").rpartition("/")[2].rpartition("(")[2]
    return word in _LAST_WORDS or word[1:] in _LAST_WORDS or word[2:] in _LAST_WORDS


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole words that hold the dates."""
    start = end = 0
    for place in _signs(text):
        if place - _REACH > end:
            if end:
                yield start, end
            start = text.rfind(" ", 0, place - _REACH) + 1
        if place + _REACH > end:
            end = text.find(" ", place + _REACH)
            end = len(text) if end < 0 else end
    if end:
        yield start, end


def _read(match: re.Match[str]) -> list[_Found]:
    """Return the mentions in one match: one for each day, or one of the month alone."""
    name = " ".join(match["name"].split())
    month = _MONTHS[name]
    year = int(match["year"]) if match["year"] else None
    days = list(_DAY.finditer(match.string, *match.span("days"))) if match["days"] else []
    if len(days) > 1 and [int(day[0]) for day in days] != sorted({int(day[0]) for day in days}):
        days = days[-1:]  # "the years 20 and 5 March": only the last belongs to the month
    if any(not 1 <= int(day[0]) <= 31 for day in days):
        days = []
    if not days:
        double = match["second"] or match["third"]
        if not double and (year is None or name in _NEEDS_DAY):
            return []
        return [_Found(match.start("name"), match.end(), month, None, year)]
    if name.isascii() and year is None:
        return []
    ends = [day.end() for day in days[:-1]] + [match.end()]
    return [
        _Found(day.start(), end, month, int(day[0]), year)
        for day, end in zip(days, ends, strict=True)
    ]


def _share_years(text: str, found: list[_Found]) -> list[_Found]:
    """Give each date without a year the year of the date that it leads to."""
    for place in range(len(found) - 2, -1, -1):
        here, there = found[place], found[place + 1]
        if here.year is not None or there.year is None:
            continue
        if _SHARED_YEAR.fullmatch(text, here.end, there.start):
            year = there.year - (1 if here.month > there.month else 0)
            found[place] = replace(here, year=year)
    return found


def _mention(folded: Folded, found: _Found) -> DateMention:
    start, end = folded.span(found.start, found.end)
    date = Date(found.year, found.month, found.day) if found.year is not None else None
    precision = DatePrecision.MONTH if found.day is None else DatePrecision.DAY
    return DateMention(start, end, folded.original[start:end], precision, date)
