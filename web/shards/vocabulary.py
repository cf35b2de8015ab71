"""The vocabulary: words by what they begin with once article and clitics are off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.search.index_terms import PREFIXES
from fihris.web.shards.packing import code_units


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
