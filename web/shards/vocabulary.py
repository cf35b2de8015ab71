"""The vocabulary: words by what they begin with once article and clitics are off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from fihris.index.analysis import Analyzer
from fihris.search.index_terms import PREFIXES
from fihris.web.shards.packing import code_units
from fihris.web.shards.spellings import commonest_spelling, spellings_in


class VocabularyEntry(NamedTuple):
    """The words that a pattern may find by one spelling.

    ``bare`` is what is left of them when some or none of what stands before the word goes.
    ``frequencies`` has, by what went, the number of units that have the word.
    """

    bare: str
    frequencies: Mapping[str, int]


def vocabulary(frequencies: Mapping[str, int], analyzer: Analyzer) -> Iterator[VocabularyEntry]:
    """Yield the entries of all forms, in the order of their bare spellings."""
    entries: dict[str, dict[str, int]] = defaultdict(dict)
    for form in sorted(frequencies):
        length = analyzer.prefix_length(form)
        for prefix in PREFIXES:
            if len(prefix) <= length and form.startswith(prefix):
                entries[form[len(prefix) :]][prefix] = frequencies[form]
    for bare in sorted(entries, key=code_units):
        yield VocabularyEntry(bare, entries[bare])


def written_vocabulary(frequencies: Mapping[str, int], texts: Iterable[str]) -> list[list[Any]]:
    """Return what is written of each entry of the vocabulary of *texts*, in their order.

    It is a spelling, and behind it what stands before it in each word, and how often. Last comes
    how most of *texts* write it, unless that is the same.
    """
    spellings = spellings_in(texts)
    written: list[list[Any]] = []
    for word in vocabulary(frequencies, Analyzer()):
        common = commonest_spelling(word.bare, word.frequencies, spellings)
        variant = [common] if common != word.bare else []
        written.append([word.bare, *chain.from_iterable(word.frequencies.items()), *variant])
    return written
