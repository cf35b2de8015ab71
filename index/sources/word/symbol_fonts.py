"""Signs from symbol fonts: what a private code point of such a font stands for in Unicode."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
)
# The font Symbol, by the low byte of its private code points.
_SIGNS = {
    0x2D: "\u2212",  # minus sign
    0xA2: "\u2032",  # prime
    0xA3: "\u2264",  # less-than or equal to
    0xA5: "\u221e",  # infinity
    0xAC: "\u2190",  # leftwards arrow
    0xAE: "\u2192",  # rightwards arrow
    0xB0: "\u00b0",  # degree sign
    0xB1: "\u00b1",  # plus-minus sign
    0xB2: "\u2033",  # double prime
    0xB3: "\u2265",  # greater-than or equal to
    0xB4: "\u00d7",  # multiplication sign
    0xB7: "\u2022",  # bullet
    0xB8: "\u00f7",  # division sign
    0xB9: "\u2260",  # not equal to
    0xBB: "\u2248",  # almost equal to
    0xBC: "\u2026",  # horizontal ellipsis
    0xD2: "\u00ae",  # registered sign
    0xD3: "\u00a9",  # copyright sign
    0xD4: "\u2122",  # trade mark sign
}
_UNKNOWN = "\u25aa"  # black small square: there was a sign here


def symbol(font: str, code: int) -> str:
    """Return the sign at a code point of *font*, a small square where it has no Unicode twin.

    >>> symbol("Symbol", 0xF061), symbol("Times New Roman", 0x201C), symbol("Wingdings", 0xF0FC)
    ('α', '“', '▪')
    """
    if not 0xF000 <= code <= 0xF0FF and font not in ("Symbol", "Wingdings"):
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if font != "Symbol":
        return _UNKNOWN
    low = code & 0xFF
    if low in _SIGNS:
        return _SIGNS[low]
    character = chr(low)
    if character in _LETTERS:
        return _LETTERS[character]
    return character if character.isascii() and character.isprintable() else _UNKNOWN


def without_private_signs(text: str) -> str:
    """Return *text* with private code points read as those of Symbol, which they mostly are.

    >>> without_private_signs("\\uf0b7 نص")
    '• نص'
    """
    return _PRIVATE.sub(lambda sign: symbol("Symbol", ord(sign[0])), text)
