"""Second readings: other ways to write what a text says with numbers, symbols and months.

A reading is a term of the ``alias`` field. It lets ``1730`` find the ``730 1`` of a Word file,
``1325 (2000)`` find a mirrored ``)2000(1325``, and آذار find مارس. The words themselves stay as
they were written; a reading is added beside them. Constructs that differ in blanks and brackets
only (``46 / 28``, ``1325(2000)``) need none: their tokens are the same.

Terms: a whole number is ``=1730``; a month in a date is ``month=3``; a symbol or a range of years
is its canonical spelling, in lower case without blanks (``a/hrc/46/68``, ``1325(2000)``,
``s-30/1``, ``2019-2023``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from fihris.index.analysis.normalizer import fold
from fihris.index.analysis.tables import TABLES
from fihris.index.resolution import SourceKind

#: Sources in which thousands stand in display order, as typists enter them in word processors.
_DISPLAY_ORDER = frozenset(
    {SourceKind.TIKA, SourceKind.DOCX, SourceKind.DOC, SourceKind.ODT, SourceKind.RTF}
)

_BLANK = "[ \\t\u00a0\u202f]"
_DIGIT = re.compile(r"\d")
_MONTH_NUMBERS = {name: int(number) for number, names in TABLES.months.items() for name in names}


class Reading(NamedTuple):
    """One or more alias terms for ``text[start:end]``, in code points of the text that was read."""

    start: int
    end: int
    terms: tuple[str, ...]


class _Patterns(NamedTuple):
    groups: re.Pattern[str]
    separated: re.Pattern[str]
    bracketed_year: re.Pattern[str]
    years: re.Pattern[str]
    special_session: re.Pattern[str]
    symbol: re.Pattern[str]
    month: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns, compiled when the first text with a digit asks for them.

    Most words a person types at a terminal bear none, and compiling takes a tenth of a search.
    """
    blank = _BLANK
    longest_first = sorted(_MONTH_NUMBERS, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", f"{blank}+") for name in longest_first)
    return _Patterns(
        groups=re.compile(rf"(?<![\d/.,])\d{{1,3}}(?:{blank}\d{{1,3}})+(?![\d/(]|{blank}\()"),
        separated=re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u066c]\d{3})+(?![\d.,])"),
        bracketed_year=re.compile(
            rf"(?<!\d)(\d{{1,4}}){blank}?[()]{blank}?((?:19|20)\d\d){blank}?[()](?!\d)"
            rf"|(?<!\d)[()]((?:19|20)\d\d)[()](\d{{1,4}})(?!\d)",
        ),
        years=re.compile(rf"(?<![\d/-])((?:19|20)\d\d){blank}?-{blank}?((?:19|20)\d\d)(?![\d/-])"),
        special_session=re.compile(
            rf"(?<!\w)د{blank}?(?P<letters>ا?{blank}?ط?){blank}?-{blank}?"
            rf"(?P<session>\d{{1,2}})(?:{blank}?/{blank}?(?P<number>\d{{1,3}}))?(?!\w)"
        ),
        symbol=re.compile(r"(?<![\w/.])[A-Za-z][A-Za-z0-9.\-]*(?:/[A-Za-z0-9][A-Za-z0-9.\-]*)+"),
        month=re.compile(
            rf"(?<=\d){blank}+(?P<after>{names})(?!\w)"
            rf"|(?<!\w)[وفبلك]?(?P<before>{names})(?={blank}+(?:19|20)\d\d(?!\d))"
            rf"|(?<!\w)[وفبلك]?(?P<paired>{names})(?={blank}?[/(]{blank}?(?:{names})(?!\w))"
        ),
    )


def _thousands(groups: list[str], source_kind: SourceKind) -> tuple[str, ...]:
    """Return the numbers that groups of digits may stand for, forward reading first."""
    terms: list[str] = []
    if all(len(group) == 3 for group in groups[1:]):
        terms.append("=" + "".join(groups))
    if source_kind in _DISPLAY_ORDER and all(len(group) == 3 for group in groups[:-1]):
        terms.append("=" + "".join(reversed(groups)))
    return tuple(dict.fromkeys(terms))


def find_readings(text: str, source_kind: SourceKind = SourceKind.TEXT) -> list[Reading]:
    """Return the second readings in *text*, in order of their start.

    >>> [r.terms for r in find_readings("ل 730 1 عضواً", SourceKind.TIKA)]
    [('=1730',)]
    >>> [r.terms for r in find_readings("القرار ١٣٢٥ (٢٠٠٠)")]
    [('1325(2000)',)]
    """
    if not _DIGIT.search(text):
        return []
    patterns = _patterns()
    folded = fold(text)
    plain = folded.text
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in patterns.groups.finditer(plain):
        terms = _thousands(match[0].split(), source_kind)
        if terms:
            found.append((*match.span(), terms))
    for match in patterns.separated.finditer(plain):
        found.append((*match.span(), ("=" + re.sub(r"\D", "", match[0]),)))
    for match in patterns.bracketed_year.finditer(plain):
        number, year = match[1] or match[4], match[2] or match[3]
        found.append((*match.span(), (f"{number}({year})",)))
    for match in patterns.years.finditer(plain):
        first, last = sorted((match[1], match[2]))
        found.append((*match.span(), (f"{first}-{last}",)))
    for match in patterns.special_session.finditer(plain):
        prefix = "es-" if "ط" in match["letters"] else "s-"
        number = f"/{match['number']}" if match["number"] else ""
        found.append((*match.span(), (f"{prefix}{match['session']}{number}",)))
    for match in patterns.symbol.finditer(plain):
        found.append((*match.span(), (match[0].rstrip(".-"),)))
    for match in patterns.month.finditer(plain):
        group = match.lastgroup or ""
        name = " ".join(match[group].split())
        found.append((*match.span(group), (f"month={_MONTH_NUMBERS[name]}",)))
    found.sort()
    return [Reading(*folded.span(start, end), terms) for start, end, terms in found]


def month_reading(words: str) -> str | None:
    """Return the reading of *words*, folded, when they are the name of a month.

    >>> month_reading("اذار"), month_reading("كانون الثاني"), month_reading("قرار")
    ('month=3', 'month=1', None)
    """
    number = _MONTH_NUMBERS.get(words)
    return f"month={number}" if number is not None else None


#: The words that names of months are made of, folded.
MONTH_WORDS = frozenset(word for name in _MONTH_NUMBERS for word in name.split())
