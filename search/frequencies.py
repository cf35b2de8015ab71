"""How often words occur: what an index tells of a query before the query is run.

It decides how a query is put to Tantivy, which finds the same units by many ways, some of them ten
times as fast as others.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import TYPE_CHECKING

from fihris.index.reader import IndexReader

if TYPE_CHECKING:
    import tantivy

#: What Tantivy's BM25 multiplies the weight of a term with, at the very most: 1 + its k1.
_MOST_OF_A_TERM = 2.2


class Frequencies:
    """The frequencies of one state of the index, each asked for once."""

    def __init__(self, reader: IndexReader, searcher: tantivy.Searcher) -> None:
        self._reader = reader
        self._searcher = searcher
        self._known: dict[tuple[str, str], int] = {}

    def of(self, field: str, term: str) -> int:
        """Return how many units bear *term* in *field*, deleted ones that lie there still too."""
        key = field, term
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._searcher.doc_freq(field, term)
        return known

    def learn(self, field: str, counts: Mapping[str, int]) -> None:
        """Take note of the frequencies of terms in *field* that the index has told already."""
        self._known.update(((field, term), count) for term, count in counts.items())

    @property
    def are_exact(self) -> bool:
        """Whether nothing that was deleted is counted."""
        return self._reader.units_ever(self._searcher) == self._searcher.num_docs

    def most(self, field: str, term: str) -> float:
        """Return more than what *term* can give to the score of a unit."""
        units, bearing = self._reader.units_ever(self._searcher), self.of(field, term)
        return _MOST_OF_A_TERM * log(1 + (units - bearing + 0.5) / (bearing + 0.5))
