"""Swapped ligatures: two letters that one glyph shows, written in the wrong order.

Fonts of many PDF files give the letters of lam-alef, and of other pairs, from left to right:
``األمم املتحدة`` for ``الأمم المتحدة``. It happens to every such pair of a text or to none, so the
article before alef, which then reads ``اال``, proves it: no Arabic word begins so.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.damage.vocabulary import WORD, Vocabulary, vocabulary
from fihris.index.sources.finding import Damage, Finding, Outcome

_START = "(?<![\u0621-\u0652\u0670])"
# The article before alef, which no sound word begins with.
_PROOF = re.compile(f"{_START}[وفبك]?ا[أإآا]ل")
# The article before a letter that it is drawn together with; أ left without its hamza looks so too.
_HINT = re.compile(f"{_START}[وفب]?ا[محجخ]ل")
_SOUND = re.compile("ل[اأإآ]")
_SOUND_ARTICLE = re.compile(f"{_START}[وفب]?ال[محجخ]")
_PLAIN_PROOFS = ("اال", "األ", "اإل", "اآل")
_PLAIN_HINTS = tuple(f" ا{letter}ل" for letter in "محجخ")
_LEAST = 3

# Pairs as they stand in a damaged text; each is turned around in a repair.
_LAM_ALEF = ("ال", "أل", "إل", "آل")
_OTHERS = ("مل", "حل", "جل", "خل", "يف", "ىف", "ىل", "ني", "جم", "حم", "خم", "مس", "ري", "يب", "ىن")
_MOST_TURNS = 3  # pairs of one word that are turned around
_TANWIN_END = re.compile("[اأإآ]ل(\u064b)$")
_REMEDY = (
    "Fetch the .docx of the document where there is one; words that are left as they were will "
    "not be found."
)


def mend_ligatures(passages: list[str], text: str) -> Repair:
    """Bring the letters of ligatures back into order, where a text has them swapped."""
    # Looked for plainly first: nearly every text ends here.
    if not any(sign in text for sign in _PLAIN_PROOFS) and (
        sum(text.count(sign) for sign in _PLAIN_HINTS) < _LEAST
    ):
        return Repair(passages)
    proofs = len(_PROOF.findall(text))
    lam_alef = proofs >= _LEAST and proofs > len(_SOUND.findall(text)) / 4
    hints = len(_HINT.findall(text))
    others = hints >= _LEAST and hints > 2 * len(_SOUND_ARTICLE.findall(text))
    if not (lam_alef or others):
        return Repair(passages)
    pairs = (*(_LAM_ALEF if lam_alef else ()), *(_OTHERS if others else ()))
    words = vocabulary()
    repaired: list[str] = []
    suspect: list[str] = []

    @cache
    def mended(word: str) -> str:
        return _mended(word, pairs, words)

    def mend_one(found: re.Match[str]) -> str:
        word = found[0]
        written = mended(word)
        if written != word:
            repaired.append(word)
        elif _is_suspect(word, words, lam_alef=lam_alef):
            suspect.append(word)
        return written

    passages = [WORD.sub(mend_one, passage) for passage in passages]
    first = _PROOF.search(text) if lam_alef else _HINT.search(text)
    findings = [
        Finding(
            Damage.SWAPPED_LIGATURES,
            Outcome.REPAIRED,
            len(repaired),
            sample_around(text, *first.span()) if first else "",
        )
    ]
    if suspect:
        left = " ".join(dict.fromkeys(suspect[:5]))
        told = Outcome.REPORTED
        findings.append(Finding(Damage.SWAPPED_LIGATURES, told, len(suspect), left, _REMEDY))
    return Repair(passages, tuple(findings))


def _mended(word: str, pairs: tuple[str, ...], words: Vocabulary) -> str:
    """Return *word* with its ligatures in order, or as it is where nothing tells how."""
    proven = _proven(word)
    if proven != word and words.knows(proven):
        return proven
    if proven == word and words.has(word):
        return word
    stem_known: str | None = proven if words.knows(proven) else None
    for candidate in _candidates(proven, pairs):
        if words.has(candidate):
            return candidate
        if stem_known is None and words.knows(candidate):
            stem_known = candidate
    return stem_known or proven


def _proven(word: str) -> str:
    """Return *word* with those pairs turned around that can be right in one order only."""
    if _PROOF.match(word):
        start = 0 if word[0] == "ا" else 1
        word = f"{word[: start + 1]}{word[start + 2]}{word[start + 1]}{word[start + 3 :]}"
    return _TANWIN_END.sub(lambda end: f"ل{end[0][0]}{end[1]}", word)


def _candidates(word: str, pairs: tuple[str, ...]) -> list[str]:
    """Return *word* with one pair turned around, then with two, then with three."""
    found: dict[str, None] = {}
    waiting: deque[tuple[str, int, int]] = deque([(word, 0, 0)])
    while waiting:
        written, start, turns = waiting.popleft()
        for place in range(start, len(written) - 1):
            if written[place : place + 2] not in pairs:
                continue
            turned = f"{written[:place]}{written[place + 1]}{written[place]}{written[place + 2 :]}"
            if turned not in found:
                found[turned] = None
                if turns + 1 < _MOST_TURNS:
                    waiting.append((turned, place + 2, turns + 1))
    return list(found)


def _is_suspect(word: str, words: Vocabulary, *, lam_alef: bool) -> bool:
    """Tell whether a word that was left alone may be damaged."""
    pair = any(pair in word[2:] for pair in _LAM_ALEF) if lam_alef else bool(_HINT.match(word))
    return pair and not words.knows(word)
