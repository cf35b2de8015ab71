"""Pairs of stop words: what makes a phrase full of them quick to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fihris.index.analysis.tables import TABLES


def stop_pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield each two neighbours among folded *words* that are both stop words, as one term.

    Stop words stand in nearly every unit, two certain ones side by side in few: a phrase full of
    them is looked for by its pairs first.

    >>> list(stop_pairs(["من", "قبل", "الوزير"]))
    ['من_قبل']
    """
    stop = TABLES.stop_words
    before = ""
    for word in words:
        if word not in stop:
            before = ""
            continue
        if before:
            yield f"{before}_{word}"
        before = word
