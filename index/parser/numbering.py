"""Labels of paragraphs: numbers, letters, parts and annexes, in every order of their signs.

Old texts and PDF files mirror brackets (``)أ(``) and put the dash before the number (``-1``).
"""

from __future__ import annotations

import re
from enum import Enum, auto

from fihris.index.frozen import frozen
from fihris.index.parser.ordinals import read_ordinal
from fihris.index.parser.patterns import compile_folded, one_of, read_table, respell
from fihris.index.parser.resolution_number import part_letter, to_roman

_LETTERS: dict[str, str] = {
    respell(letter): latin for letter, latin in read_table("symbols.json")["letters"].items()
}
_LETTER = f"[{''.join(_LETTERS)}]"
# Letters past the end of the alphabet are doubled: (أأ), (بب).
_LETTER_NAME = rf"(?P<letter>{_LETTER})(?P=letter)?"
_PART_NAME = one_of(read_table("symbols.json")["parts"])
_SECTION_NUMBERS: dict[str, int] = {
    respell(word): number
    for number, word in enumerate(
        "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا".split(), 1
    )
} | {
    respell(f"{word} عشر"): number
    for number, word in enumerate("حادي ثاني ثالث رابع خامس سادس".split(), 11)
}
_SECTIONS = one_of(_SECTION_NUMBERS)
_QUOTE = "[\"'‘’“”‟„′«»]"


class LabelKind(Enum):
    """The levels of numbering, outermost first."""

    NUMBER = auto()
    LETTER = auto()
    QUOTED = auto()
    LETTER_DASH = auto()
    BULLET = auto()


@frozen
class Label:
    """A label at the start of a line: what it says, and where it ends in the folded text.

    ``value`` is how addresses write it: ``12``, ``a``, ``1``.
    """

    kind: LabelKind
    value: str
    end: int


_LABELS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    # "1-", "1 -", "1.", "-1", "- 1": wording follows, so that years and dates are none.
    (
        LabelKind.NUMBER,
        compile_folded(
            r"(?:(?P<number>\d{1,3})\s{0,3}(?:-{1,3}|\.(?!\d)|-\.)"
            r"|-\s?(?P<after_dash>\d{1,3})(?=[\s.])\.?)\s*(?=[^\W\d_]|[\"'«“”(\[])"
        ),
    ),
    (
        LabelKind.LETTER,
        re.compile(rf"[()]\s*{_LETTER_NAME}\s*[()]\s*(?=\S)"),
    ),
    (
        LabelKind.QUOTED,
        re.compile(
            rf"(?:{_QUOTE}\s?(?P<quoted>\d{{1,2}})\s?{_QUOTE}"
            r"|[()]\s?(?P<bracketed>\d{1,2})\s?[()]|[()]?(?P<roman>[ivx]{1,5})[().])\s*(?=\S)"
        ),
    ),
    (LabelKind.LETTER_DASH, re.compile(rf"{_LETTER_NAME}\s?(?:-|\))\s*(?=[^\s\d])")),
    (LabelKind.BULLET, re.compile(r"(?:[•▪●·*]|-(?=\s))\s*(?=[^\W\d_])")),
)
_MAY_LABEL = re.compile(rf"[\d()•▪●·*-]|{_QUOTE}|{_LETTER}{{1,2}}\s?[-)]|[ivx]{{1,5}}[).]")
_ROMANS = {to_roman(number).lower(): number for number in range(1, 40)}


def read_label(folded: str) -> Label | None:
    """Return the label that *folded* text begins with, or None.

    >>> read_label("12- يطلب")
    Label(kind=<LabelKind.NUMBER: 1>, value='12', end=4)
    >>> read_label(")ا( ان")
    Label(kind=<LabelKind.LETTER: 2>, value='a', end=4)
    """
    if not _MAY_LABEL.match(folded):
        return None
    for kind, pattern in _LABELS:
        match = pattern.match(folded)
        if match is None:
            continue
        value = _value(match)
        if value is not None:
            return Label(kind, value, match.end())
    return None


def _value(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    letter = groups.get("letter")
    if letter:
        latin = _LETTERS[letter]
        doubled = match[0].count(letter) > 1
        return latin * 2 if doubled else latin
    roman = groups.get("roman")
    if roman:
        return str(_ROMANS[roman]) if roman in _ROMANS else None
    for group in ("number", "after_dash", "quoted", "bracketed"):
        if groups.get(group):
            return str(int(groups[group]))
    return ""


_PART_LINE = re.compile(rf"(?P<name>{_PART_NAME})\s*(?:[-:.]\s*(?P<title>\S.*)?)?$")
_SECTION_LINE = re.compile(rf"(?P<name>{_SECTIONS})\s*(?:[-:.]\s*(?P<title>\S.*)?)?$")
_ANNEX_LINE = compile_folded(
    r"[(\[]?(?:ال)?(?:مرفق|ضميم|ضميمة|تذييل|مرفقات)(?:\s+(?P<ordinal>[^،؛.:]{1,30}))?[:)\]]?\s*$"
)


@frozen
class Division:
    """A line that opens a part, section or annex.

    ``key`` is how addresses write it (``B``, ``II``, ``1``), empty for an annex without a number;
    ``title`` is where the rest of the line begins in the folded text, None when nothing follows.
    """

    key: str
    title: int | None = None


def read_part(folded: str) -> Division | None:
    """Return the part that a line opens: ``باء`` alone, or ``باء - title``."""
    match = _PART_LINE.match(folded)
    if match is None:
        return None
    letter = part_letter(match["name"])
    return Division(letter, match.start("title") if match["title"] else None) if letter else None


def read_section(folded: str) -> Division | None:
    """Return the section that a line opens: ``ثانيا - title``, as ``II``."""
    match = _SECTION_LINE.match(folded)
    if match is None:
        return None
    number = _SECTION_NUMBERS[" ".join(match["name"].split())]
    return Division(to_roman(number), match.start("title") if match["title"] else None)


def read_annex(folded: str) -> Division | None:
    """Return the annex that a line opens: ``المرفق الثاني`` has the key ``2``."""
    match = _ANNEX_LINE.match(folded)
    if match is None:
        return None
    if not match["ordinal"]:
        return Division("")
    number = read_ordinal(match["ordinal"])
    return Division(str(number)) if number is not None and number < 100 else None
