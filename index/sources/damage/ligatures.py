"""Swapped ligatures: two letters that one glyph shows, written in the wrong order.

Fonts of many PDF files give the letters of lam-alef, and of other pairs, from left to right:
``األمم املتحدة`` for ``الأمم المتحدة``. It happens to every such pair of a text or to none, so the
article before alef, which then reads ``اال``, proves it: no Arabic word begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_HAMZA_PAIRS = _LAM_ALEF[1:]
# Words that are nothing but the pair, with what may stand before them.
_PARTICLES = {f"{before}ال": f"{before}لا" for before in ("", "و", "ف", "ب", "أ", "إ", "وإ", "وأ")}
_BEFORE_ARTICLE = frozenset(("", "و", "ف", "ب", "ك", "وب", "وك", "فب"))
_FAMILY = "آل"  # stands alone in names, and is no turned particle
_LONGEST = 24  # letters and marks; a longer word has too many candidates
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
    if word in _PARTICLES and pairs[0] == _LAM_ALEF[0]:
        return _PARTICLES[word]
    proven = _proven(word)
    if len(word) > _LONGEST:
        return proven
    if proven != word and words.knows(proven):
        return proven
    if word == _FAMILY or (proven == word and _is_sound(word, words)):
        return word
    for candidates in _candidates(proven, pairs):
        for candidate in candidates:
            if words.has(candidate):
                return candidate
        for candidate in candidates:
            # A last alef makes a dual or an accusative of any word: the word itself must be known.
            if not candidate.endswith("لا") and words.knows(candidate):
                return candidate
    return proven


def _is_sound(word: str, words: Vocabulary) -> bool:
    """Tell whether *word* is known as it is written; alef with hamza begins no article."""
    if word[:2] in _HAMZA_PAIRS:
        return words.has_spelling(word)
    return words.has(word)


def _proven(word: str) -> str:
    """Return *word* with those pairs turned around that can be right in one order only."""
    if _PROOF.match(word):
        start = 0 if word[0] == "ا" else 1
        word = f"{word[: start + 1]}{word[start + 2]}{word[start + 1]}{word[start + 3 :]}"
    return _TANWIN_END.sub(lambda end: f"ل{end[0][0]}{end[1]}", word)


def _candidates(word: str, pairs: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield *word* with one pair turned around, in every way, then with two, then with three."""
    waiting = [(word, 0)]
    for _ in range(_MOST_TURNS):
        turned = [
            (
                f"{written[:place]}{written[place + 1]}{written[place]}{written[place + 2 :]}",
                place + 2,
            )
            for written, start in waiting
            for place in range(start, len(written) - 1)
            if written[place : place + 2] in pairs and not _is_article(written, place)
        ]
        if not turned:
            return
        yield [written for written, _ in turned]
        waiting = turned


def _is_article(word: str, place: int) -> bool:
    """Tell whether the pair at *place* is the article, which is no ligature."""
    return word[place : place + 2] == "ال" and word[:place] in _BEFORE_ARTICLE


def _is_suspect(word: str, words: Vocabulary, *, lam_alef: bool) -> bool:
    """Tell whether a word that was left alone may be damaged."""
    pair = any(pair in word[2:] for pair in _LAM_ALEF) if lam_alef else bool(_HINT.match(word))
    return pair and not words.knows(word)
