"""Number formats: how a paragraph's count is written in each of the formats of ``w:numFmt``.

The names are those of ECMA-376, 17.18.59. A format that is not known is written in digits, as
Word does.
"""

from __future__ import annotations

from collections.abc import Callable

_ABJAD = "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ".split()
_ALPHABET = "أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن هـ و ي".split()
_LATIN = list("abcdefghijklmnopqrstuvwxyz")
_MARKS = ["*", "\u2020", "\u2021", "\u00a7"]  # asterisk, dagger, double dagger, section sign
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
#: Beyond this a letter would be repeated, or roman digits run on, without end.
_LARGEST = 1000


def _lettered(letters: list[str]) -> Callable[[int], str]:
    """Return a format by *letters*, each doubled on the second round, as in ``(أأ)``."""

    def write(count: int) -> str:
        rounds, place = divmod(count - 1, len(letters))
        # The tatweel that shows a lone heh as one goes when it is doubled.
        letter = letters[place] if rounds == 0 else letters[place].rstrip("\u0640")
        return letter * (rounds + 1)

    return write


def _roman(count: int) -> str:
    digits: list[str] = []
    for worth, digit in _ROMAN:
        times, count = divmod(count, worth)
        digits.append(digit * times)
    return "".join(digits)


def _arabic_indic(count: int) -> str:
    return str(count).translate(_ARABIC_INDIC)


_FORMATS: dict[str, Callable[[int], str]] = {
    "arabicAbjad": _lettered(_ABJAD),
    "arabicAlpha": _lettered(_ALPHABET),
    "chicago": _lettered(_MARKS),
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "decimalZero": lambda count: f"{count:02d}",
    # The standard's name for Devanagari digits, and Word's for those of Arabic, which an Arabic
    # text means.
    "hindiNumbers": _arabic_indic,
    "lowerLetter": _lettered(_LATIN),
    "lowerRoman": _roman,
    "none": lambda count: "",
    "numberInDash": lambda count: f"- {count} -",
    "upperLetter": lambda count: _lettered(_LATIN)(count).upper(),
    "upperRoman": lambda count: _roman(count).upper(),
}


def write_number(count: int, number_format: str) -> str:
    """Return *count* as *number_format* writes it.

    >>> write_number(5, "arabicAbjad"), write_number(29, "arabicAbjad")
    ('هـ', 'أأ')
    >>> write_number(4, "lowerRoman"), write_number(0, "lowerRoman"), write_number(7, "unheard of")
    ('iv', '0', '7')
    """
    write = _FORMATS.get(number_format, str)
    return write(count) if 0 < count <= _LARGEST else str(count)
