"""Roots by pattern: the root that a word's shape suggests, without a dictionary.

The method is ISRI (Taghva, Elkhoury and Coombs, "Arabic Stemming Without A Root Dictionary",
ITCC 2005): strip what can only be an affix, match what is left against the patterns of its length,
shorten by one letter, and match again. It is often wrong about weak roots, but wrong in the same
way for all words of a family, which is all that matching needs. Words whose family matters and
whose shape misleads have their root in the lexicon.

Input is folded (:func:`~fihris.index.analysis.normalizer.fold`), so ة stands as ه here.
"""

from __future__ import annotations

import re

_PREFIXES_3 = ("كال", "بال", "ولل", "وال")
_PREFIXES_2 = ("ال", "لل")
_SUFFIXES_3 = ("تمل", "همل", "تان", "تين", "كمل")
_SUFFIXES_2 = (
    *("ون", "ات", "ان", "ين", "تن", "كم", "هن", "نا"),
    *("يا", "ها", "تم", "كن", "ني", "وا", "ما", "هم"),
)
_SUFFIXES_1 = frozenset("هيكتان")
_PREFIXES_1 = frozenset("لبفسويتنا")

# Patterns by the length of the word they fit, in the order in which they are tried. A digit stands
# for a radical, any other letter for itself.
_PATTERNS_4 = ("م123", "1ا23", "12ا3", "12و3", "12ي3", "123ه")
_PATTERNS_5 = (
    *("ا1ت23", "ا1ا23", "م12و3", "م12ا3", "م12ي3", "ا123ه", "ت123ه", "م123ه"),
    *("م1ت23", "ي1ت23", "ت1ت23", "م1ا23", "ت1ا23", "12ا3ه", "12و3ه", "ان123", "من123"),
    *("ا12ا3", "123ان", "ت12ي3", "1ا2و3", "1وا23", "12ائ3", "1ا23ه", "12ا3ي"),
)
_PATTERNS_5_QUADRILITERAL = ("ت1234", "ا1234", "م1234", "1234ه", "12ا34")
_PATTERNS_6 = ("است123", "مست123", "م12ا3ه", "ا1ت2ا3", "ا12و23", "ت1ا23ه", "ان12ا3")
_PATTERNS_6_QUADRILITERAL = ("ا123ا4", "مت1234")


def _compile(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one expression that tries *patterns* in their order and captures the radicals.

    A radical that a pattern names twice must be the same letter in both places.
    """
    alternatives: list[str] = []
    groups = 0
    for pattern in patterns:
        seen: dict[str, int] = {}
        written = ""
        for letter in pattern:
            if not letter.isdigit():
                written += letter
            elif letter in seen:
                written += f"(?:\\{seen[letter]})"
            else:
                groups += 1
                seen[letter] = groups
                written += "(.)"
        alternatives.append(written)
    return re.compile("|".join(alternatives))


_OF_4 = _compile(_PATTERNS_4)
_OF_5 = _compile(_PATTERNS_5)
_OF_5_QUADRILITERAL = _compile(_PATTERNS_5_QUADRILITERAL)
_OF_6 = _compile(_PATTERNS_6)
_OF_6_QUADRILITERAL = _compile(_PATTERNS_6_QUADRILITERAL)


def _match(word: str, patterns: re.Pattern[str]) -> str | None:
    """Return the radicals of *word* by the first pattern that it fits, None when it fits none."""
    matched = patterns.fullmatch(word)
    return "".join(filter(None, matched.groups())) if matched else None


def _shorten(word: str) -> str:
    """Return *word* without a one-letter suffix, or else without a one-letter prefix."""
    if word[-1] in _SUFFIXES_1:
        return word[:-1]
    if word[0] in _PREFIXES_1:
        return word[1:]
    return word


def _root_of_4(word: str) -> str:
    return _match(word, _OF_4) or _shorten(word)


def _root_of_5(word: str) -> str:
    matched = _match(word, _OF_5)
    if matched:
        return matched
    shorter = _shorten(word)
    if len(shorter) == 4:
        return _root_of_4(shorter)
    return _match(shorter, _OF_5_QUADRILITERAL) or shorter


def _root_of_6(word: str) -> str:
    matched = _match(word, _OF_6)
    if matched:
        return matched
    shorter = _shorten(word)
    if len(shorter) == 5:
        return _root_of_5(shorter)
    return _match(shorter, _OF_6_QUADRILITERAL) or shorter


def root(word: str) -> str:
    """Return the root that the shape of a folded *word* suggests; short words return unchanged.

    >>> root("مكتوب"), root("استعمال"), root("والمدارس")
    ('كتب', 'عمل', 'درس')
    """
    if len(word) >= 6 and word.startswith(_PREFIXES_3):
        word = word[3:]
    elif len(word) >= 5 and word.startswith(_PREFIXES_2):
        word = word[2:]
    if len(word) >= 6 and word.endswith(_SUFFIXES_3):
        word = word[:-3]
    elif len(word) >= 5 and word.endswith(_SUFFIXES_2):
        word = word[:-2]
    if len(word) >= 4 and word.startswith("وو"):
        word = word[1:]
    if len(word) == 7:
        word = _shorten(word)
    match len(word):
        case 4:
            return _root_of_4(word)
        case 5:
            return _root_of_5(word)
        case 6:
            return _root_of_6(word)
    return word
