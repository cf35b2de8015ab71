"""What a whole query may mean as a symbol: ``46/28`` is a resolution of more than one organ."""

from __future__ import annotations

import re

from fihris.index.analysis import fold
from fihris.index.parser.organs import ORGAN, organ_of
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.resolution_number import NUMBER, ResolutionNumber, read_number
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.resolution import Organ

_KIND = compile_folded(r"\s*(?:ال)?(?P<noun>قرار|مقرر)(?!\w)\s*")
_NUMBERED = compile_folded(r"\s*(?:ذو\s+)?(?:الرقم|رقم)?\s*")
_TRAILING = " \t\n.،*\"'«»"


def parse_symbol(text: str) -> tuple[str, ...]:
    """Return the canonical symbols that a whole query may mean, most likely first.

    A full symbol means itself. A number alone is read for every organ that numbers its texts that
    way, resolutions before decisions. The word قرار or مقرر and an organ's name narrow it. Empty
    when the text, taken whole, is no symbol.

    >>> parse_symbol("٤٦/٢٨")
    ('A/HRC/RES/46/28', 'A/RES/46/28', 'A/HRC/DEC/46/28', 'A/DEC/46/28')
    >>> parse_symbol("قرار مجلس الأمن ١٣٢٥(٢٠٠٠)"), parse_symbol("حقوق الإنسان 46/28")
    (('S/RES/1325(2000)',), ())
    """
    full = canonical_symbol(text)
    if full:
        return (full,)
    folded = fold(text).text.strip(_TRAILING)
    kind = _KIND.match(folded)
    at = kind.end() if kind else 0
    organ = ORGAN.match(folded, at)
    if organ:
        at = organ.end()
    numbered = _NUMBERED.match(folded, at)
    number = NUMBER.fullmatch(folded, numbered.end() if numbered else at)
    if number is None:
        number = NUMBER.fullmatch(_without_outer_brackets(folded[at:]))
    if number is None:
        return ()
    named = organ_of(organ) if organ else None
    return _readings(read_number(number), named, kind["noun"] if kind else None)


def _without_outer_brackets(folded: str) -> str:
    """Return *folded* without one pair of brackets around all of it."""
    bracketed = re.fullmatch(r"\s*[(\[](.*)[)\]]\s*", folded)
    return bracketed[1].strip() if bracketed else ""


def _readings(number: ResolutionNumber, organ: Organ | None, noun: str | None) -> tuple[str, ...]:
    """Return the symbols of *number* for one organ or for all, resolutions first."""
    organs = (organ,) if organ else number.likely_organs()
    kinds = {None: (False, True), "قرار": (False,), "مقرر": (True,)}[noun]
    symbols = [
        number.symbol(reading, decision=decision)
        for decision in kinds
        for reading in organs
        # The Security Council numbers its resolutions only; so did the old roman sessions.
        if noun or not decision or "(" not in str(number)
    ]
    return tuple(symbol for symbol in symbols if symbol)
