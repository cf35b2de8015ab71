"""Kashida garbage: lines stretched with letters, so that letters are repeated and lost.

``ضممممان احتراا القانون`` cannot be repaired: what was lost stands nowhere.
"""

from __future__ import annotations

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.damage.vocabulary import WORD
from fihris.index.sources.finding import Damage, Finding, Outcome

# Without heh, for laughter is no damage, and without tatweel, which stretches words harmlessly.
_LETTERS = "".join(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x647), 0x649, 0x64A)))
# Waw is a word of its own in many texts.
_TRIPLES = tuple(letter * 3 for letter in _LETTERS + "و")
_LONELY = tuple(f" {letter} " for letter in _LETTERS)
# The commonest of them, looked for first: nearly every text ends there.
_FREQUENT = "المينر"
_LEAST_FREQUENT = 2
_LEAST_REPEATED = 5
_REPEATED_SHARE = 0.01  # of the words
_LEAST_LONE = 20
_LONE_SHARE = 0.08  # of the words; lists with letters have some lone ones
_REMEDY = (
    "Letters are lost and cannot be restored. Fetch the .docx of the document, or recognise the "
    "pages anew (for example: ocrmypdf --force-ocr -l ara in.pdf out.pdf)."
)


def find_kashida(passages: list[str], text: str) -> Repair:
    """Refuse a text whose lines were stretched with letters."""
    for signs, least, share in (
        (_TRIPLES, _LEAST_REPEATED, _REPEATED_SHARE),
        (_LONELY, _LEAST_LONE, _LONE_SHARE),
    ):
        frequent = (text.count(sign) for sign in signs if sign[1] in _FREQUENT)
        if sum(frequent) < _LEAST_FREQUENT:
            continue
        found = [sign for sign in signs if sign in text]
        count = sum(text.count(sign) for sign in found)
        if count >= least and count >= share * len(WORD.findall(text)):
            place = text.index(found[0])
            sample = sample_around(text, place, place + len(found[0]))
            finding = Finding(Damage.KASHIDA, Outcome.REFUSED, count, sample, _REMEDY)
            return Repair(passages, (finding,))
    return Repair(passages)
