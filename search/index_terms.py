"""What a query has to ask the index before it can be run: words that fit, documents that are meant.

Everything here is bounded, so that no query, however wide, costs more than a moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import TYPE_CHECKING

from fihris.index.analysis import Analyzer
from fihris.index.analysis.tables import TABLES
from fihris.index.reader import IndexReader
from fihris.index.resolution import ParagraphKind
from fihris.search.frequencies import Frequencies
from fihris.search.plan import MAX_DOCUMENTS, Expansion

if TYPE_CHECKING:
    import tantivy

    from fihris.search.compiler import Compiler
    from fihris.search.plan import Part

#: Words that one pattern is expanded to; the commonest are kept.
MAX_EXPANSION = 200
#: Words that begin as the pattern does and are compared with it, for each way to begin.
MAX_COMPARED = 20_000
#: Patterns of one query that are expanded.
MAX_PATTERNS = 10

#: What may be written together with a word, before it. Which of them really is none of the word's
#: own letters, the stemmer tells.
PREFIXES = (
    *("", *TABLES.articles, "و", "ف", "ب", "ل", "ك", "س"),
    *("وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس"),
)


class SearcherTerms:
    """Answers a plan from one state of the index, by its ``frequencies`` among others."""

    def __init__(
        self,
        reader: IndexReader,
        searcher: tantivy.Searcher,
        compiler: Compiler,
        analyzer: Analyzer,
    ) -> None:
        self._reader = reader
        self._searcher = searcher
        self._compiler = compiler
        self._analyzer = analyzer
        self.frequencies = Frequencies(reader, searcher)
        self._expanded: dict[str, Expansion] = {}

    def fitting(self, pattern: str) -> Expansion:
        """Return the words of the index that fit *pattern*, clitics and article aside."""
        if pattern not in self._expanded:
            if len(self._expanded) >= MAX_PATTERNS:
                return Expansion(frozenset(), complete=False)
            self._expanded[pattern] = self._expand(pattern)
        return self._expanded[pattern]

    def _expand(self, pattern: str) -> Expansion:
        begin = pattern.partition("*")[0]
        fits = re.compile(".*".join(map(re.escape, pattern.split("*")))).fullmatch
        begun: list[Iterable[tuple[int, str, int]]] = []
        complete = True
        for prefix in PREFIXES:
            words = self._searcher.terms_with_prefix("exact", prefix + begin, limit=MAX_COMPARED)
            complete = complete and len(words) < MAX_COMPARED
            if words:
                begun.append(_commonest(words, len(prefix)))
        # The commonest are compared first, so that the others need not be where these are enough.
        found: dict[str, int] = {}
        for count, word, length in merge(*begun):
            if fits(word, length) and (not length or self._parts(word, length)):
                if len(found) == MAX_EXPANSION and word not in found:
                    complete = False
                    break
                found[word] = -count
        self.frequencies.learn("exact", found)
        return Expansion(frozenset(found), complete)

    def _parts(self, word: str, length: int) -> bool:
        """Tell whether the first letters of *word*, so many, are none of its own."""
        return length <= self._analyzer.prefix_length(word)

    def bearing(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Return the addresses of the documents that bear any of *symbols*."""
        return self._addresses(self._compiler.bearing(symbols), MAX_DOCUMENTS)

    def titled(self, parts: Sequence[Part], limit: int) -> tuple[str, ...]:
        """Return at most *limit* addresses of documents whose titles have all *parts*."""
        return self._addresses(self._compiler.of_kind(ParagraphKind.TITLE, parts), limit)

    def lends(self, stem: str) -> bool:
        """Tell whether any title or chapeau has *stem*, and lends it to the units below."""
        return self.frequencies.of("context", stem) > 0

    def _addresses(self, query: tantivy.Query, limit: int) -> tuple[str, ...]:
        """Return the addresses of the documents whose units answer *query*."""
        places = [place for _, place in self._searcher.search(query, limit, count=False).hits]
        return tuple(
            dict.fromkeys(str(self._searcher.doc(place).get_first("doc")) for place in places)
        )


def _commonest(words: Iterable[tuple[str, int]], length: int) -> Iterator[tuple[int, str, int]]:
    """Yield *words*, of which the commonest come first, in a form that puts them in this order.

    *length* is that of the prefix that they begin with.
    """
    for word, count in words:
        yield -count, word, length
