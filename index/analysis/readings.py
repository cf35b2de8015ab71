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
from dataclasses import dataclass

from fihris.index.analysis.normalizer import fold
from fihris.index.analysis.tables import TABLES
from fihris.index.resolution import SourceKind

#: Sources in which thousands stand in display order, as typists of Word files enter them.
_DISPLAY_ORDER = frozenset({SourceKind.TIKA})

_BLANK = "[ \\t\u00a0\u202f]"
_GROUPS = re.compile(rf"(?<![\d/.,])\d{{1,3}}(?:{_BLANK}\d{{1,3}})+(?![\d/(]|{_BLANK}\()")
_SEPARATED = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u066c]\d{3})+(?![\d.,])")
_BRACKETED_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,4}}){_BLANK}?[()]{_BLANK}?((?:19|20)\d\d){_BLANK}?[()](?!\d)"
    rf"|(?<!\d)[()]((?:19|20)\d\d)[()](\d{{1,4}})(?!\d)",
)
_RANGE = re.compile(rf"(?<![\d/-])((?:19|20)\d\d){_BLANK}?-{_BLANK}?((?:19|20)\d\d)(?![\d/-])")
_SPECIAL_SESSION = re.compile(
    rf"(?<!\w)د{_BLANK}?(?P<letters>ا?{_BLANK}?ط?){_BLANK}?-{_BLANK}?"
    rf"(?P<session>\d{{1,2}})(?:{_BLANK}?/{_BLANK}?(?P<number>\d{{1,3}}))?(?!\w)"
)
_SYMBOL = re.compile(r"(?<![\w/.])[A-Za-z][A-Za-z0-9.\-]*(?:/[A-Za-z0-9][A-Za-z0-9.\-]*)+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """One or more alias terms for ``text[start:end]``, in code points of the text that was read."""

    start: int
    end: int
    terms: tuple[str, ...]


def _month_pattern() -> tuple[re.Pattern[str], dict[str, int]]:
    numbers = {name: int(number) for number, names in TABLES.months.items() for name in names}
    longest_first = sorted(numbers, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", f"{_BLANK}+") for name in longest_first)
    separator = rf"{_BLANK}?[/(]{_BLANK}?"
    return (
        re.compile(
            rf"(?<=\d){_BLANK}+(?P<after>{names})(?!\w)"
            rf"|(?<!\w)[وفبلك]?(?P<before>{names})(?={_BLANK}+(?:19|20)\d\d(?!\d))"
            rf"|(?<!\w)[وفبلك]?(?P<paired>{names})(?={separator}(?:{names})(?!\w))"
        ),
        numbers,
    )


_MONTH, _MONTH_NUMBERS = _month_pattern()


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
    folded = fold(text)
    plain = folded.text
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _GROUPS.finditer(plain):
        terms = _thousands(match[0].split(), source_kind)
        if terms:
            found.append((*match.span(), terms))
    for match in _SEPARATED.finditer(plain):
        found.append((*match.span(), ("=" + re.sub(r"\D", "", match[0]),)))
    for match in _BRACKETED_YEAR.finditer(plain):
        number, year = match[1] or match[4], match[2] or match[3]
        found.append((*match.span(), (f"{number}({year})",)))
    for match in _RANGE.finditer(plain):
        first, last = sorted((match[1], match[2]))
        found.append((*match.span(), (f"{first}-{last}",)))
    for match in _SPECIAL_SESSION.finditer(plain):
        prefix = "es-" if "ط" in match["letters"] else "s-"
        number = f"/{match['number']}" if match["number"] else ""
        found.append((*match.span(), (f"{prefix}{match['session']}{number}",)))
    for match in _SYMBOL.finditer(plain):
        found.append((*match.span(), (match[0].rstrip(".-"),)))
    for match in _MONTH.finditer(plain):
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
