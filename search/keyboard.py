"""Keyboard slips: what was meant when the keys of one layout were struck with the other one on.

``hgpr,r`` is what الحقوق becomes while the Latin layout is on, and ``اثمم`` is ``hell`` with the
Arabic one. The layouts are Arabic (101), which Windows and most others ship first, and US QWERTY.
Other layouts put the letters elsewhere: there a slip goes unnoticed, and nothing wrong is said, for
a reading is only ever proposed when the index has its words.
"""

from __future__ import annotations

from itertools import product

# Key by key: the character on a US keyboard, and what the same key gives in Arabic (101).
_PLAIN = dict(
    zip(
        "`qwertyuiop[]asdfghjkl;'zxcvnm,./",
        "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ",
        strict=True,
    )
)
_SHIFTED = {
    "~": "\u0651",  # shadda
    "Q": "\u064e",  # fatha
    "W": "\u064b",  # fathatan
    "E": "\u064f",  # damma
    "R": "\u064c",  # dammatan
    "A": "\u0650",  # kasra
    "S": "\u064d",  # kasratan
    "X": "\u0652",  # sukun
    "J": "\u0640",  # tatweel
    "Y": "إ",
    "H": "أ",
    "N": "آ",
    "Z": "~",
    "D": "]",
    "F": "[",
    "C": "}",
    "V": "{",
    "U": "\u2018",  # left single quotation mark
    "I": "÷",
    "O": "×",
    "P": "؛",
    "K": "،",
    "L": "/",
    "M": "\u2019",  # right single quotation mark
    "?": "؟",
}
# Keys that write a lam and an alef at once.
_LIGATURES = {"b": "لا", "T": "لإ", "G": "لأ", "B": "لآ"}

_TO_ARABIC = str.maketrans(_PLAIN | _SHIFTED | _LIGATURES)
_TO_LATIN = str.maketrans({arabic: latin for latin, arabic in (_PLAIN | _SHIFTED).items()})
_TWO_LETTERS = {letters: key for key, letters in _LIGATURES.items()}
#: Each لا doubles the readings of a Latin word, and a real word has one or two.
_MOST_LIGATURES = 3

_ARABIC_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")

_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")


def _neighbours() -> frozenset[str]:
    """Return every two characters of one layout whose keys lie side by side, in both orders."""
    rows = [*_ROWS, *("".join(_PLAIN.get(key, " ") for key in row) for row in _ROWS)]
    pairs = {row[at : at + 2] for row in rows for at in range(len(row) - 1)}
    return frozenset(pairs | {pair[::-1] for pair in pairs})


#: Letters that a finger may strike for each other, as pairs: ``"qw"`` and ``"wq"``.
KEY_NEIGHBOURS = _neighbours()


def arabic_meant(typed: str) -> tuple[str, ...]:
    """Return what *typed*, struck with the Latin layout on, says in Arabic; likeliest first.

    Capitals are read as Caps Lock too, which the Arabic layout does not heed. Empty when the keys
    give no Arabic letter.

    >>> arabic_meant("hgpr,r"), arabic_meant("Hlk"), arabic_meant("12")
    (('الحقوق',), ('أمن', 'امن'), ())
    """
    if not typed.isascii():
        return ()
    readings = dict.fromkeys(spelling.translate(_TO_ARABIC) for spelling in (typed, typed.lower()))
    return tuple(reading for reading in readings if not _ARABIC_LETTERS.isdisjoint(reading))


def latin_meant(typed: str) -> tuple[str, ...]:
    """Return what *typed*, struck with the Arabic layout on, says in Latin letters.

    A لا may be one key or two, so a word that has it has several readings. Empty when a character
    stands on no key of the layout.

    >>> latin_meant("ثيعؤشفهخى"), latin_meant("لاعيلثف")
    (('education',), ('budget', 'ghudget'))
    """
    pieces = _split_ligatures(typed)
    choices: list[tuple[str, ...]] = []
    for piece in pieces:
        apart = piece.translate(_TO_LATIN)
        if piece in _TWO_LETTERS and sum(len(choice) > 1 for choice in choices) < _MOST_LIGATURES:
            choices.append((_TWO_LETTERS[piece], apart))
        else:
            choices.append((apart,))
    readings = tuple("".join(choice) for choice in product(*choices))
    return tuple(
        reading
        for reading in readings
        if reading.isascii() and any(char.isalpha() for char in reading)
    )


def _split_ligatures(typed: str) -> list[str]:
    """Return *typed* in pieces: each لا by itself, and what stands between."""
    pieces = [""]
    at = 0
    while at < len(typed):
        pair = typed[at : at + 2]
        if pair in _TWO_LETTERS:
            pieces += [pair, ""]
            at += 2
        else:
            pieces[-1] += typed[at]
            at += 1
    return [piece for piece in pieces if piece]
