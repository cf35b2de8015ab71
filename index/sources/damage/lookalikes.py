"""Look-alikes: letters of one alphabet where another's belong.

A symbol with a Cyrillic or Greek capital is not the symbol, and an Arabic word with a Latin letter
in it (``الoدف``) is not the word, though both look right.
"""

from __future__ import annotations

import re

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.damage.vocabulary import vocabulary
from fihris.index.sources.finding import Damage, Finding, Outcome

# Cyrillic and Greek capitals with the Latin ones that they look like, by their code points.
_CAPITALS = str.maketrans(
    {
        "\u0410": "A", "\u0412": "B", "\u0421": "C", "\u0415": "E", "\u041d": "H", "\u0406": "I",
        "\u0408": "J", "\u041a": "K", "\u041c": "M", "\u041e": "O", "\u0420": "P", "\u0405": "S",
        "\u0422": "T", "\u0425": "X", "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0397": "H",
        "\u0399": "I", "\u039a": "K", "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P",
        "\u03a4": "T", "\u03a7": "X", "\u0396": "Z", "\u03a5": "Y",
    }
)  # fmt: skip
_FOREIGN = "\u0391-\u03a9\u0405-\u042f"
_SYMBOL = re.compile(
    f"(?<!\\w)[A-Z{_FOREIGN}][A-Za-z\\d{_FOREIGN}.()-]*(?:/[A-Za-z\\d{_FOREIGN}.()-]+)+"
)
_FIRST_FOREIGN = "\u0391"

# Begun at the start of a word only, so that a long one is not looked at from each of its letters.
_IN_WORD = re.compile(
    "(?<![\u0621-\u064alIoO|])(?:[\u0621-\u064a]*[lIoO|][\u0621-\u064a][\u0621-\u064alIoO|]*"
    "|[\u0621-\u064a]{2,}[lIoO|](?![\\w|]))"
)
_LIKES = re.compile(f"[lIoO|{_FOREIGN}]")
_LETTERS = str.maketrans("lI|oO", "ااا" + "هه")
_REMEDY = "Correct these words in the file, or fetch it from its publisher."


def mend_lookalikes(passages: list[str], text: str) -> Repair:
    """Write Latin capitals in symbols, and Arabic letters in Arabic words, for their likes."""
    findings: list[Finding] = []
    likes = list(_LIKES.finditer(text))
    if any(found[0] >= _FIRST_FOREIGN for found in likes):
        passages = _mend_symbols(passages, findings)
    if any(_stands_in_arabic(text, found.start()) for found in likes):
        passages = _mend_words(passages, findings)
    return Repair(passages, tuple(findings))


def _mend_symbols(passages: list[str], findings: list[Finding]) -> list[str]:
    samples: list[str] = []

    def latin(found: re.Match[str]) -> str:
        written = found[0].translate(_CAPITALS)
        if written == found[0] or not written.isascii() or not any(map(str.isdigit, written)):
            return found[0]
        samples.append(sample_around(found.string, *found.span()))
        return written

    passages = [_SYMBOL.sub(latin, passage) for passage in passages]
    if samples:
        kind = Damage.LATIN_LOOKALIKES
        findings.append(Finding(kind, Outcome.REPAIRED, len(samples), samples[0]))
    return passages


def _stands_in_arabic(text: str, place: int) -> bool:
    """Tell whether an Arabic letter touches the character at *place*."""
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any("\u0621" <= char <= "\u064a" for char in beside)


def _mend_words(passages: list[str], findings: list[Finding]) -> list[str]:
    words = vocabulary()
    repaired: list[str] = []
    left: list[str] = []

    def arabic(found: re.Match[str]) -> str:
        written = found[0].translate(_LETTERS)
        if len(written) > 2 and words.knows(written):
            repaired.append(sample_around(found.string, *found.span()))
            return written
        left.append(found[0])
        return found[0]

    mended = [_IN_WORD.sub(arabic, passage) for passage in passages]
    kind = Damage.LATIN_LOOKALIKES
    if repaired:
        findings.append(Finding(kind, Outcome.REPAIRED, len(repaired), repaired[0]))
        if left:
            findings.append(Finding(kind, Outcome.REPORTED, len(left), left[0], _REMEDY))
    return mended
