"""Spellings: how most texts write the words that an index holds folded.

A word that is offered to a person must not lack its hamza because search does not ask for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from fihris.index.analysis.normalizer import fold_characters, fold_letters

_WORD = re.compile(r"[^\W\d_]+")


def spellings_in(texts: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Return for each word, folded, how often *texts* write it in which way, each as long.

    Vowel marks and tatweel are no spelling.
    """
    # Chunks and not words: they are quickly told apart, and most are met again and again.
    chunks: Counter[str] = Counter()
    for text in texts:
        chunks.update(text.split())
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for chunk, count in chunks.items():
        for written in _WORD.findall(fold_characters(chunk).text):
            found[fold_letters(written)][written] += count
    return found


def commonest_spelling(
    bare: str, prefixes: Iterable[str], spellings: Mapping[str, Mapping[str, int]]
) -> str:
    """Return how *bare* is written most, alone and behind *prefixes*; as it is where none has it.

    >>> commonest_spelling("احمد", ["", "ل"], {"احمد": {"احمد": 1}, "لاحمد": {"لأحمد": 2}})
    'أحمد'
    """
    written: Counter[str] = Counter()
    for prefix in prefixes:
        for spelling, count in spellings.get(prefix + bare, {}).items():
            written[spelling[len(prefix) :]] += count
    # The first in the order of letters where two are met as often: every run writes the same.
    return min(written, key=lambda spelling: (-written[spelling], spelling), default=bare)
