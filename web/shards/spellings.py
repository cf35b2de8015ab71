"""Spellings: how most texts write the words that an index holds folded.

A word that is offered to a person must not lack its hamza because search does not ask for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from fihris.index.analysis.normalizer import fold_characters, fold_letters

_WORD = re.compile(r"[^\W\d_]+")


class Spellings:
    """Counts how texts write words, vowel marks and tatweel aside."""

    def __init__(self) -> None:
        # Chunks and not words: they are quickly told apart, and most are met again and again.
        self._chunks: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count the words of *text*."""
        self._chunks.update(text.split())

    def of_words(self) -> Mapping[str, Mapping[str, int]]:
        """Return for each word, folded, how often it is written in which way, each as long."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for chunk, count in self._chunks.items():
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
