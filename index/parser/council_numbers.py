"""Resolutions of the Security Council cited without their years: ``قرار مجلس الأمن 242``.

The Council never begins its numbers anew, so the number tells the year
(``council_years.json``). Numbers beyond the table are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from fihris.index.parser.patterns import compile_folded, one_of, read_table

_LAST = {int(year): last for year, last in read_table("council_years.json")["last"].items()}
_YEARS = sorted(_LAST)
_LASTS = [_LAST[year] for year in _YEARS]
_MONTHS = one_of(
    name
    for series in ("levantine", "gregorian")
    for names in read_table("months.json")[series]
    for name in names
)
#: A row of bare numbers: ``242``, ``رقم 242``, ``242 و 338 و425``. A day of a month is none.
_ROW = compile_folded(
    r"\s*+(?:(?:ذ[يو]|ذات)\s++)?+(?:الصلة|الأرقام|الرقمين|الرقم|رقمي|رقم|أرقام)?+\s*+:?+\s*+"
    r"(?=[(]?\d)"
)
_NUMBER = re.compile(rf"[(]?(?P<number>\d{{1,4}})[)]?(?![\w/(]|[.]\d|\s*[/(]\s*\d|\s*{_MONTHS})")
_JOINT = re.compile(r"\s*+[،,]?+\s*+(?:و\s*+)?+(?=[(]?\d)")


def year_of(number: int) -> int | None:
    """Return the year in which the Council adopted its resolution *number*, None beyond 2024.

    >>> year_of(242), year_of(1325), year_of(9999)
    (1967, 2000, None)
    """
    place = bisect_left(_LASTS, number)
    return _YEARS[place] if number > 0 and place < len(_YEARS) else None


def bare_numbers(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the bare numbers in a row that begins at *start* of folded text, with their years.

    Nothing is yielded unless the row begins right there.
    """
    lead = _ROW.match(text, start, end)
    at = lead.end() if lead else end
    while number := _NUMBER.match(text, at, end):
        year = year_of(int(number["number"]))
        if year is None:
            return
        yield number, year
        joint = _JOINT.match(text, number.end(), end)
        if joint is None or joint.end() == number.end():
            return
        at = joint.end()
