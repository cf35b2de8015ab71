"""Arabic number words: the ordinals of sessions and meetings, the cardinals of votes.

Both are looked up in dictionaries of generated strings; a grammar of endings would accept what no
one writes and miss what people do.
"""

from __future__ import annotations

import re

from fihris.index.parser.patterns import respell

_FEMININE = "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة".split()
_MASCULINE = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
_TENS = "العشرون الثلاثون الأربعون الخمسون الستون السبعون الثمانون التسعون".split()
_COUNTED = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_COUNTED_FEMININE = "واحدة اثنتان ثلاث أربع خمس ست سبع ثمان تسع عشر".split()


def spell_ordinal(number: int, *, feminine: bool, genitive: bool = False) -> str:
    """Return the definite ordinal of *number*, which lies in 1..199.

    >>> spell_ordinal(46, feminine=True)
    'السادسة والأربعون'
    >>> spell_ordinal(103, feminine=True), spell_ordinal(11, feminine=False)
    ('الثالثة بعد المائة', 'الحادي عشر')
    """
    if number > 100:
        return f"{spell_ordinal(number - 100, feminine=feminine, genitive=genitive)} بعد المائة"
    if number == 100:
        return "المائة"
    units = list(_FEMININE if feminine else _MASCULINE)
    if number <= 10:
        return units[number - 1]
    units[0] = "الحادية" if feminine else "الحادي"
    tens, unit = divmod(number, 10)
    if tens == 1:
        return f"{units[unit - 1]} {'عشرة' if feminine else 'عشر'}"
    ten = _TENS[tens - 2]
    if genitive:
        ten = f"{ten[:-2]}ين"
    return f"{units[unit - 1]} و{ten}" if unit else ten


def _ordinals() -> dict[str, int]:
    return {
        respell(spell_ordinal(number, feminine=feminine, genitive=genitive)): number
        for number in range(1, 200)
        for feminine in (True, False)
        for genitive in (True, False)
    }


def _cardinals() -> dict[str, int]:
    """Return the indefinite cardinals 0..99 as votes write them."""
    words = {"لا شيء": 0, "لا أحد": 0, "صفر": 0, "اثنين": 2, "اثنتين": 2, "ثماني": 8}
    for names, teen in ((_COUNTED, "عشر"), (_COUNTED_FEMININE, "عشرة")):
        words |= {name: unit for unit, name in enumerate(names, 1)}
        words |= {f"{name} {teen}": 10 + unit for unit, name in enumerate(names[:9], 1)}
        for tens, ten in enumerate(_TENS, 2):
            for form in (ten[2:], f"{ten[2:-2]}ين"):
                words[form] = tens * 10
                words |= {f"{name} و{form}": tens * 10 + n for n, name in enumerate(names[:9], 1)}
    for eleven in ("أحد عشر", "إحدى عشرة"):
        words[eleven] = 11
    for twelve in ("اثنا عشر", "اثني عشر", "اثنتا عشرة", "اثنتي عشرة"):
        words[twelve] = 12
    counted = ("صوت واحد", "عضو واحد", "دولة واحدة"), ("صوتين", "صوتان", "عضوين", "عضوان", "دولتين")
    for number, forms in enumerate(counted, 1):
        words |= dict.fromkeys(forms, number)
    return {respell(word): number for word, number in words.items()}


_ORDINALS = _ordinals()
_CARDINALS = _cardinals()
_JOINED = re.compile(r"\s+")
_LONGEST = 5  # words in the longest ordinal, "الثالثه والعشرون بعد المائه" has four


def _leading_number(folded: str, table: dict[str, int]) -> int | None:
    """Return the number that the longest run of leading words spells."""
    words = _JOINED.sub(" ", folded.replace("مئه", "مائه")).strip().split(" ")
    text = " ".join(words[: _LONGEST + 1]).replace(" و ", " و")
    words = [word.strip("،,.؛:)(][") for word in text.split(" ")]
    for count in range(min(_LONGEST, len(words)), 0, -1):
        number = table.get(" ".join(words[:count]))
        if number is not None:
            return number
    return None


def read_ordinal(folded: str) -> int | None:
    """Return the ordinal at the start of *folded* text, as digits or as words, else None.

    >>> read_ordinal("الحاديه والسبعين المستانفه")
    71
    """
    digits = re.match(r"\s*\(?(\d{1,5})(?![\d/])", folded)
    return int(digits[1]) if digits else _leading_number(folded, _ORDINALS)


def read_count(folded: str) -> int | None:
    """Return the count at the start of *folded* text: digits, words, or "nobody".

    >>> read_count("صوتين"), read_count("لا احد"), read_count("9 اصوات"), read_count("سته عشر صوتا")
    (2, 0, 9, 16)
    """
    digits = re.match(r"\s*(\d{1,3})(?!\d)", folded)
    return int(digits[1]) if digits else _leading_number(folded, _CARDINALS)
