"""Persian letters: yeh and kaf of another keyboard (``ی`` U+06CC, ``ک`` U+06A9) in Arabic words.

Search folds them, so nothing is lost; strict spelling and what people copy from the screen are.
A text with the letters that only Persian and Urdu have is in that language, and sound.
"""

from __future__ import annotations

import re

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.damage.vocabulary import vocabulary
from fihris.index.sources.finding import Damage, Finding, Outcome

_YEH, _KAF = "\u06cc", "\u06a9"
_FOREIGN = re.compile("[\u06cc\u06a9]")
_ANOTHER_LANGUAGE = re.compile("[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06d2]")
_MOST_OF_ANOTHER = 0.05  # of the letters in question
_LETTER = "[\u0621-\u064a\u064b-\u0652\u06cc\u06a9]"
_WORD = re.compile(f"(?<!{_LETTER}){_LETTER}*[\u06cc\u06a9]{_LETTER}*")
_FINAL = re.compile("\u06cc(?=[\u064b-\u0652]*$)")


def mend_persian_letters(passages: list[str], text: str) -> Repair:
    """Write the Arabic letters; a last yeh is ``ي`` or ``ى``, as a known word has it."""
    first = _FOREIGN.search(text) if _YEH in text or _KAF in text else None
    if first is None:
        return Repair(passages)
    count = len(_FOREIGN.findall(text))
    if len(_ANOTHER_LANGUAGE.findall(text)) > _MOST_OF_ANOTHER * count:
        return Repair(passages)
    repaired: list[str] = []

    def arabic(found: re.Match[str]) -> str:
        repaired.append(found[0])
        return _arabic(found[0])

    passages = [_WORD.sub(arabic, passage) for passage in passages]
    sample = sample_around(text, *first.span())
    finding = Finding(Damage.PERSIAN_LETTERS, Outcome.REPAIRED, len(repaired), sample)
    return Repair(passages, (finding,))


def _arabic(word: str) -> str:
    """Return *word* in Arabic letters. Where it is not known, its last yeh has its dots."""
    word = word.replace(_KAF, "ك")
    if not _FINAL.search(word):
        return word.replace(_YEH, "ي")
    body = _FINAL.sub("", word).replace(_YEH, "ي")
    tail = word[_FINAL.search(word).end() :]  # type: ignore[union-attr]
    return f"{body}{'ى' if _is_written_with_maksura(body) else 'ي'}{tail}"


def _is_written_with_maksura(body: str) -> bool:
    """Tell whether a word that lacks its last letter ends in ``ى``."""
    return vocabulary().has_spelling(f"{body}ى") and not vocabulary().has_spelling(f"{body}ي")
