"""The vocabulary: the words of an index by what they begin with once clitics and article are off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.search.index_terms import PREFIXES
from fihris.web.shards.packing import code_units


class VocabularyEntry(NamedTuple):
    """A word under one of the spellings by which a pattern may find it.

    ``bare`` is what is left of ``form`` when some or none of what stands before the word goes;
    ``frequency`` is the number of units that have the form.
    """

    bare: str
    form: str
    frequency: int


def vocabulary(frequencies: Mapping[str, int], analyzer: Analyzer) -> Iterator[VocabularyEntry]:
    """Yield the entries of all forms, in the order of their bare spellings."""
    entries = (
        VocabularyEntry(form[len(prefix) :], form, frequency)
        for form, frequency in frequencies.items()
        for length in (analyzer.prefix_length(form),)
        for prefix in PREFIXES
        if len(prefix) <= length and form.startswith(prefix)
    )
    yield from sorted(entries, key=lambda entry: (code_units(entry.bare), entry.form))
