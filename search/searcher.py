"""Running a query: strict hits first, partial ones when there are few, each explained.

This is the one way to ask an index. The terminal, the page and the evaluation all take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.characters import whole_characters
from fihris.index.reader import IndexReader
from fihris.search.compiler import Compiler, all_phrases, is_told_by_wording, is_verified
from fihris.search.facets import count_facets
from fihris.search.hit_maker import HitMaker, Stage
from fihris.search.hits import (
    DocumentSummary,
    Facet,
    Grouping,
    Hit,
    HitStream,
    Page,
    Sort,
    summarise,
)
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import plan_query
from fihris.search.query import NO_FILTERS, Filters, Query, parse_query
from fihris.search.query_tree import Strictness
from fihris.search.ranking import (
    NOTHING_FORESEEN,
    Foreseen,
    Ranked,
    rank,
    rank_and_count,
)
from fihris.search.terms import FOLDED, Verification
from fihris.search.word_queries import Weights

if TYPE_CHECKING:
    import tantivy

#: Partial hits are looked for when there are fewer strict ones than this.
ENOUGH_STRICT_HITS = 10
#: Documents that bear a symbol and are listed at most; many organs number alike.
MOST_DOCUMENTS = 50

#: The ranking that ships; only measurements use another.
SHIPPED_WEIGHTS = Weights()


@lru_cache(maxsize=1)
def shared_analyzer() -> Analyzer:
    """Return the analyzer of this process; its memo grows warmer with every query."""
    return Analyzer()


class _Manner(NamedTuple):
    """How the hits of one question are ordered, gathered and explained."""

    sort: Sort = Sort.RELEVANCE
    grouping: Grouping = Grouping.WORDING
    facets: Sequence[str] = ()
    explain: bool = False
    strictness: Strictness = FOLDED


def search(
    reader: IndexReader,
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    filters: Filters = NO_FILTERS,
    collapse: bool = True,
    group: bool = False,
    sort: Sort = Sort.RELEVANCE,
    facets: Sequence[str] = (),
    explain: bool = False,
    strictness: Strictness = FOLDED,
    weights: Weights = SHIPPED_WEIGHTS,
) -> Page:
    """Return the hits of *query* from *offset* on, *limit* at most, in the order of *sort*.

    With *collapse*, units of identical wording count as one hit that says how many it stands for.
    With *group*, the first hit of each document stands for all of them, whatever their wording.
    *facets* names what the strict hits are counted by (:data:`~fihris.search.facets.FACETS`). With
    *explain*, every hit tells what its score is made of. *strictness* says which differences of
    spelling count for every word of the query.
    """
    manner = _Manner(sort, _grouping(collapse, group), facets, explain, strictness)
    return _Search(reader, query, filters, manner, weights).page(limit, offset)


def rank_units(reader: IndexReader, query: str, limit: int = 10) -> list[Ranked]:
    """Return the first *limit* units of :func:`search` in their order, nothing read of them.

    This is the ranking that ships, apart from what showing its hits costs.
    """
    return _Search(reader, query, NO_FILTERS, _Manner(), SHIPPED_WEIGHTS).ranked(limit)


def stream_hits(
    reader: IndexReader,
    query: str,
    *,
    limit: int,
    offset: int = 0,
    filters: Filters = NO_FILTERS,
    collapse: bool = True,
    group: bool = False,
    sort: Sort = Sort.RELEVANCE,
    explain: bool = False,
    strictness: Strictness = FOLDED,
) -> HitStream:
    """Return the strict hits of *query*, each read from the index when it is asked for.

    The parameters are those of :func:`search`. Partial hits are left out: what is written to a
    file has every word.
    """
    manner = _Manner(sort, _grouping(collapse, group), explain=explain, strictness=strictness)
    return _Search(reader, query, filters, manner, SHIPPED_WEIGHTS).stream(limit, offset)


def _grouping(collapse: bool, group: bool) -> Grouping:
    if group:
        return Grouping.DOCUMENT
    return Grouping.WORDING if collapse else Grouping.NONE


class _Search:
    """One question to one state of the index."""

    def __init__(
        self,
        reader: IndexReader,
        query: str,
        filters: Filters,
        manner: _Manner,
        weights: Weights,
    ) -> None:
        self._reader = reader
        self._searcher = reader.searcher()
        self._filters = filters
        self._manner = manner
        self._analyzer = shared_analyzer()
        self._compiler = Compiler(reader.schema, weights)
        # Half a surrogate pair, which a terminal can send, is no text that an index could hold.
        self._query = parse_query(whole_characters(query))
        terms = SearcherTerms(reader, self._searcher, self._compiler, self._analyzer)
        self._plan = plan_query(self._query, self._analyzer, terms, manner.strictness)
        self._frequencies = terms.frequencies
        self._verification = self._verify()
        self._symbols = _symbols_meant(self._query)

    def page(self, limit: int, offset: int) -> Page:
        if self._asks_nothing():
            return Page(self._query.text, (), 0, None, (), self._notices())
        strict, partial = self._stages(offset + limit)
        return Page(
            self._query.text,
            tuple(self._hits((strict, partial), limit, offset)),
            strict.ranking.total,
            None if partial is None else partial.ranking.total,
            self._documents(),
            self._notices(),
            self._facets(),
            not (self._plan.complete and self._verification.complete),
        )

    def ranked(self, limit: int) -> list[Ranked]:
        if self._asks_nothing():
            return []
        strict, partial = self._stages(limit)
        found = strict.ranking.first
        return found if partial is None else (found + partial.ranking.first)[:limit]

    def stream(self, limit: int, offset: int) -> HitStream:
        if self._asks_nothing():
            return HitStream(iter(()), 0, (), self._notices())
        strict = self._strict_stage(offset + limit)
        hits = self._hits((strict,), limit, offset)
        return HitStream(hits, strict.ranking.total, self._documents(), self._notices())

    def _asks_nothing(self) -> bool:
        plan = self._plan
        return not plan.required and not plan.conditions and self._filters == NO_FILTERS

    def _notices(self) -> tuple[str, ...]:
        said: tuple[str, ...] = ()
        if self._asks_nothing():
            said = ("There is no word to look for.",)
        if not self._verification.complete:
            said += ("There was no time to compare every text: there are at least as many hits.",)
        return (*self._plan.notices, *said)

    def _verify(self) -> Verification:
        """Look at the texts that may have what the index alone cannot tell."""
        phrases = dict.fromkeys(
            phrase
            for condition in self._plan.conditions
            for phrase in all_phrases(condition)
            if is_verified(phrase)
        )
        candidates = {
            phrase: self._compiler.candidates(self._plan, self._filters, phrase)
            for phrase in phrases
        }
        if not candidates:
            return Verification({}, complete=True)
        from fihris.search.verification import verify

        return verify(self._searcher, candidates, self._analyzer)

    def _facets(self) -> tuple[Facet, ...]:
        if not self._manner.facets:
            return ()
        finding = Compiler(self._reader.schema, None)
        return count_facets(self._searcher, self._strict_query(finding), self._manner.facets)

    def _strict_query(self, compiler: Compiler) -> tantivy.Query:
        plan, filters = self._plan, self._filters
        query = compiler.strict(plan, filters, self._verification.keys, self._frequencies)
        if self._symbols:
            query = compiler.either([compiler.citing(self._symbols, filters), query])
        return query

    def _strict_stage(self, wanted: int) -> Stage:
        """Return the strict hits with the first *wanted* of them."""
        foreseen = NOTHING_FORESEEN
        if not self._symbols:
            foreseen = self._compiler.foreseen(self._plan, self._filters, self._frequencies)
        query = self._strict_query(self._compiler)
        return self._stage(query, wanted, partial=False, foreseen=foreseen)

    def _stages(self, wanted: int) -> tuple[Stage, Stage | None]:
        """Return the strict hits and, when they are few, the partial ones; *wanted* of each."""
        strict = self._strict_stage(wanted)
        total = strict.ranking.total
        if total >= ENOUGH_STRICT_HITS or len(self._plan.required) < 2 or self._symbols:
            return strict, None
        query = self._compiler.partial(
            self._plan,
            self._filters,
            self._verification.keys,
            self._frequencies,
            some_strict=total > 0,
        )
        return strict, self._stage(query, wanted, partial=True)

    def _stage(
        self,
        query: tantivy.Query,
        wanted: int,
        *,
        partial: bool,
        foreseen: Foreseen = NOTHING_FORESEEN,
    ) -> Stage:
        """Return the stage of *query* with its first *wanted* units."""
        ranking = rank_and_count(
            self._searcher,
            query,
            wanted,
            sort=self._sort(),
            grouping=self._manner.grouping,
            foreseen=foreseen,
        )
        return Stage(query, ranking, partial)

    def _documents(self) -> tuple[DocumentSummary, ...]:
        if not self._symbols:
            return ()
        bearing = self._compiler.bearing(self._symbols)
        found = rank(self._searcher, bearing, MOST_DOCUMENTS, sort=Sort.OLDEST)
        return tuple(
            summarise(self._reader.head(self._searcher, unit.doc))
            for unit in (self._reader.shown_unit(self._searcher, one.place) for one in found)
        )

    def _hits(self, stages: Iterable[Stage | None], limit: int, offset: int) -> Iterator[Hit]:
        """Yield the hits that are asked for: the stages stand one behind the other."""
        maker = HitMaker(
            self._reader,
            self._searcher,
            self._compiler,
            self._plan,
            self._analyzer,
            grouping=self._manner.grouping,
            explain=self._manner.explain,
        )
        skip, left = offset, limit
        for stage in filter(None, stages):
            ranked = stage.ranking.first
            shown = ranked[skip : skip + left]
            told = self._is_told_by_wording(stage)
            yield from maker.hits(shown, stage, told_by_wording=told)
            left -= len(shown)
            skip = max(skip - len(ranked), 0)

    def _sort(self) -> Sort:
        """Return the order of the hits; where nothing scores, that of the documents."""
        if self._manner.sort is Sort.RELEVANCE and not self._plan.scores:
            return Sort.OLDEST
        return self._manner.sort

    def _is_told_by_wording(self, stage: Stage) -> bool:
        """Tell whether a hit with all words of its own makes hits of all that have its wording."""
        return not (
            stage.partial
            or self._symbols
            or self._filters != NO_FILTERS
            or any(term.readings for term in self._plan.terms)
            or not all(map(is_told_by_wording, self._plan.conditions))
            or not self._frequencies.are_exact
        )


def _symbols_meant(query: Query) -> tuple[str, ...]:
    """Return the symbols that a query may mean when it is taken whole."""
    if not (any(map(str.isdigit, query.text)) and query.only_words):
        return ()
    from fihris.index.parser import parse_symbol

    return parse_symbol(query.text)
