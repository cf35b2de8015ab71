"""Numbers of resolutions and decisions in every system and spelling, and the symbols they give.

The systems (format specification, section 4): session and number (``46/28``), year and number
(``2006/2``), number and year (``1325 (2000)``), number and roman session (``217 (III)``, in Arabic
``217 (د-3)``), special (``S-30/1``, ``دإ-30/1``) and emergency sessions (``ES-10/15``).
"""

from __future__ import annotations

import re
from enum import Enum, auto

from fihris.index.frozen import frozen
from fihris.index.parser.organs import SERIES
from fihris.index.parser.patterns import compile_folded, one_of, read_table, respell
from fihris.index.resolution import Organ

_PARTS: dict[str, str] = {
    respell(name): letter for name, letter in read_table("symbols.json")["parts"].items()
}
#: The name of a part: an Arabic letter written out, or a Latin letter.
PART = rf"(?:{one_of(_PARTS)}(?!\w)|[a-z](?![\w.]))"

#: A number in folded text. Brackets may be mirrored, blanks may surround every sign.
NUMBER = compile_folded(
    r"(?:"
    r"(?P<mark>د\s?إ\s?ط|د\s?إ|د(?=\s?-)|(?<![a-z/])es(?=-)|(?<![a-z/])s(?=-))"
    r"\s?-?\s?(?P<special>\d{1,2})\s?/\s?(?P<in_special>\d{1,3})(?P<reversed>-(?!\w))?"
    rf"|(?P<old>\d{{1,4}})(?:\s?(?P<old_part>{PART}))?\s?"
    r"(?:[()]\s?(?:(?P<old_mark>د\s?إ\s?ط|د\s?إ|د|الدورة)\s*-?\s*(?P<old_session>[1-9]\d?)"
    r"|(?P<old_session_first>[1-9]\d?)\s?-\s?د)\s?[()]"
    r"|د\s?-\s?(?P<old_session_bare>[1-9]\d?))"
    rf"(?:\s?(?P<old_part_after>{PART}))?"
    r"|(?P<council>\d{1,4})\s?[()]\s?(?P<council_year>(?:19|20)\d\d)\s?[()]"
    r"|[)]\s?(?P<mirrored_year>(?:19|20)\d\d)\s?[(]\s?(?P<mirrored>\d{1,4})"
    r"|(?P<year>(?:19|20)\d\d)\s?/\s?(?P<in_year>\d{1,3})"
    r"|(?P<session>\d{1,3})\s?/\s?(?P<in_session>\d{1,3})"
    rf"(?:\s?(?P<part>{PART}))?"
    r")(?![\d/]|-\w{1,2}(?!\w))"
)


class NumberForm(Enum):
    """The system that a number belongs to."""

    SESSION = auto()
    YEARLY = auto()
    COUNCIL = auto()
    ROMAN = auto()
    SPECIAL = auto()
    EMERGENCY = auto()


_ORGANS: dict[NumberForm, tuple[Organ, ...]] = {
    NumberForm.SESSION: (Organ.HRC, Organ.GA),
    NumberForm.YEARLY: (Organ.ECOSOC, Organ.CHR),
    NumberForm.COUNCIL: (Organ.SC,),
    NumberForm.ROMAN: (Organ.GA, Organ.ECOSOC, Organ.TC),
    NumberForm.SPECIAL: (Organ.HRC, Organ.GA),
    NumberForm.EMERGENCY: (Organ.GA,),
}
# The Assembly numbered by session from its thirty-first (1976); before, in roman figures.
_FIRST_NUMBERED_SESSION = 31
# No session of the Human Rights Council will reach this for years, and none adopts this many.
_FEW_SESSIONS = 80
_FEW_RESOLUTIONS = 70
_EARLY_SPECIAL_SESSION = 3
_MANY_IN_SPECIAL_SESSION = 15


@frozen
class ResolutionNumber:
    """A number; ``series`` is its session or year as symbols write it (``46``, ``III``)."""

    form: NumberForm
    series: str
    number: int
    part: str | None = None

    def __str__(self) -> str:
        """Return the number as it is printed: ``46/28``, ``1325 (2000)``, ``217 (III)``."""
        if self.form in (NumberForm.COUNCIL, NumberForm.ROMAN):
            return f"{self.number} ({self.series})"
        return f"{self.series}/{self.number}"

    @property
    def session(self) -> int | None:
        """The regular session in the number, None for the other systems."""
        return int(self.series) if self.form is NumberForm.SESSION else None

    def symbol(self, organ: Organ, *, decision: bool = False) -> str | None:
        """Return the symbol of *organ*'s text of this number; None where it has none such."""
        if organ not in _ORGANS[self.form]:
            return None
        head = f"{SERIES[organ]}{'DEC' if decision else 'RES'}"
        if self.form in (NumberForm.COUNCIL, NumberForm.ROMAN):
            return f"{head}/{self.number}({self.series})"
        return f"{head}/{self.series}/{self.number}"

    def likely_organs(self) -> tuple[Organ, ...]:
        """Return every organ that may have adopted it, most likely first."""
        organs = _ORGANS[self.form]
        if self.session is None or self.session < _FIRST_NUMBERED_SESSION:
            return organs
        if self.session >= _FEW_SESSIONS or self.number >= _FEW_RESOLUTIONS:
            return tuple(reversed(organs))
        return organs

    def presumed_organ(self, own: Organ | None) -> Organ:
        """Return the organ meant by a bare number in a text of organ *own*.

        The General Assembly is meant from session 31 on, the first that it numbered this way: the
        Council's texts name the Council, or say "its resolution".
        """
        organs = _ORGANS[self.form]
        if self.session is None:
            return own if own in organs else organs[0]
        return Organ.HRC if self.session < _FIRST_NUMBERED_SESSION else Organ.GA


def to_roman(number: int) -> str:
    """Return *number*, which lies in 1..99, in roman figures.

    >>> to_roman(3), to_roman(48)
    ('III', 'XLVIII')
    """
    tens, unit = divmod(number, 10)
    return ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens] + (
        ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[unit]
    )


def part_letter(folded: str | None) -> str | None:
    """Return the Latin letter of a part's name: ``O`` for سين, else None.

    >>> part_letter("سين"), part_letter("b"), part_letter("قرار")
    ('O', 'B', None)
    """
    if not folded:
        return None
    if len(folded) == 1 and folded.isascii():
        return folded.upper()
    return _PARTS.get(folded)


def read_number(match: re.Match[str]) -> ResolutionNumber:
    """Return the number that a match of :data:`NUMBER` wrote."""
    if match["mark"]:
        return _read_special(match)
    if match["old"]:
        return _read_roman(match)
    if match["council"] or match["mirrored"]:
        year = match["council_year"] or match["mirrored_year"]
        number = match["council"] or match["mirrored"]
        return ResolutionNumber(NumberForm.COUNCIL, str(int(year)), int(number))
    if match["year"]:
        return ResolutionNumber(NumberForm.YEARLY, str(int(match["year"])), int(match["in_year"]))
    part = part_letter(match["part"])
    session, number = int(match["session"]), int(match["in_session"])
    return ResolutionNumber(NumberForm.SESSION, str(session), number, part)


def _read_special(match: re.Match[str]) -> ResolutionNumber:
    mark = match["mark"].replace(" ", "")
    session, number = int(match["special"]), int(match["in_special"])
    # Pages typed from right to left give "1/30-", or "دإ-1/30": no early special session adopted so
    # many texts.
    emergency = mark in (respell("دإط"), "es")
    early = session <= _EARLY_SPECIAL_SESSION and number >= _MANY_IN_SPECIAL_SESSION
    if match["reversed"] or (early and not emergency):
        session, number = number, session
    if emergency:
        return ResolutionNumber(NumberForm.EMERGENCY, f"ES-{session}", number)
    return ResolutionNumber(NumberForm.SPECIAL, f"S-{session}", number)


def _read_roman(match: re.Match[str]) -> ResolutionNumber:
    session = int(match["old_session"] or match["old_session_first"] or match["old_session_bare"])
    mark = (match["old_mark"] or "").replace(" ", "")
    prefix = {respell("دإ"): "S-", respell("دإط"): "ES-"}.get(mark, "")
    part = part_letter(match["old_part"] or match["old_part_after"])
    series = f"{prefix}{to_roman(session)}"
    return ResolutionNumber(NumberForm.ROMAN, series, int(match["old"]), part)
