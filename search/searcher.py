"""Running a query: strict hits first, partial ones when there are few, each explained.

This is the one way to ask an index. The terminal, the page and the evaluation all take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.addresses import unit_address
from fihris.index.analysis import Analyzer
from fihris.index.characters import whole_characters
from fihris.index.reader import IndexReader, ShownUnit
from fihris.index.record import DocumentHead
from fihris.index.resolution import Resolution
from fihris.search.compiler import Compiler, all_phrases, is_told_by_wording, is_verified
from fihris.search.facets import count_facets
from fihris.search.highlight import Marker
from fihris.search.hits import (
    DocumentSummary,
    Evidence,
    Facet,
    Grouping,
    Had,
    Hit,
    HitStream,
    Page,
    Sort,
    Span,
    WordMatch,
)
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import plan_query
from fihris.search.query import Filters, Query, parse_query
from fihris.search.query_tree import Strictness
from fihris.search.ranking import (
    NOTHING_FORESEEN,
    Foreseen,
    Ranked,
    Ranking,
    count_by,
    count_few,
    rank,
    rank_and_count,
)
from fihris.search.snippets import best_snippets
from fihris.search.terms import Verification
from fihris.search.word_queries import Weights

if TYPE_CHECKING:
    import tantivy

#: Partial hits are looked for when there are fewer strict ones than this.
ENOUGH_STRICT_HITS = 10
#: Documents that bear a symbol and are listed at most; many organs number alike.
MOST_DOCUMENTS = 50

#: The ranking that ships; only measurements use another.
SHIPPED_WEIGHTS = Weights()

_NO_FILTERS = Filters()
_FOLDED = Strictness()
_MOST_CHAPEAUX = 8
# Hits whose repetitions are counted by one search; a page has no more.
_HANDFUL = 64
# Units of one wording that are told apart from those of others; more are counted by themselves.
_MANY_ALIKE = 128


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
    strictness: Strictness = _FOLDED


def search(
    reader: IndexReader,
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    filters: Filters = _NO_FILTERS,
    collapse: bool = True,
    group: bool = False,
    sort: Sort = Sort.RELEVANCE,
    facets: Sequence[str] = (),
    explain: bool = False,
    strictness: Strictness = _FOLDED,
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
    return _Search(reader, query, _NO_FILTERS, _Manner(), SHIPPED_WEIGHTS).ranked(limit)


def stream_hits(
    reader: IndexReader,
    query: str,
    *,
    limit: int,
    offset: int = 0,
    filters: Filters = _NO_FILTERS,
    collapse: bool = True,
    group: bool = False,
    sort: Sort = Sort.RELEVANCE,
    explain: bool = False,
    strictness: Strictness = _FOLDED,
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


class _Stage(NamedTuple):
    """One of the two lists that a page is cut from."""

    query: tantivy.Query
    ranking: Ranking
    partial: bool


class _Marked(NamedTuple):
    """A hit with what is stored of it, how it has the words of the query, and where."""

    ranked: Ranked
    unit: ShownUnit
    document: DocumentHead
    words: tuple[WordMatch, ...]
    spans: tuple[Span, ...]


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
        return not plan.required and not plan.conditions and self._filters == _NO_FILTERS

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

    def _strict_stage(self, wanted: int) -> _Stage:
        """Return the strict hits with the first *wanted* of them."""
        foreseen = NOTHING_FORESEEN
        if not self._symbols:
            foreseen = self._compiler.foreseen(self._plan, self._filters, self._frequencies)
        query = self._strict_query(self._compiler)
        return self._stage(query, wanted, partial=False, foreseen=foreseen)

    def _stages(self, wanted: int) -> tuple[_Stage, _Stage | None]:
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
    ) -> _Stage:
        """Return the stage of *query* with its first *wanted* units."""
        ranking = rank_and_count(
            self._searcher,
            query,
            wanted,
            sort=self._sort(),
            grouping=self._manner.grouping,
            foreseen=foreseen,
        )
        return _Stage(query, ranking, partial)

    def _documents(self) -> tuple[DocumentSummary, ...]:
        if not self._symbols:
            return ()
        bearing = self._compiler.bearing(self._symbols)
        found = rank(self._searcher, bearing, MOST_DOCUMENTS, sort=Sort.OLDEST)
        return tuple(
            summarise(self._reader.head(self._searcher, unit.doc))
            for unit in (self._reader.shown_unit(self._searcher, one.place) for one in found)
        )

    def _hits(self, stages: Iterable[_Stage | None], limit: int, offset: int) -> Iterator[Hit]:
        """Yield the hits that are asked for: the stages stand one behind the other."""
        skip, left = offset, limit
        for stage in filter(None, stages):
            ranked = stage.ranking.first
            shown = ranked[skip : skip + left]
            marker = Marker(self._plan, self._analyzer, partial=stage.partial)
            for at in range(0, len(shown), _HANDFUL):
                marked = [self._marked(one, marker) for one in shown[at : at + _HANDFUL]]
                same_wording = self._same_wording(marked, stage)
                for one in marked:
                    yield self._hit(one, stage, same_wording.get(one.ranked.wording, 0))
            left -= len(shown)
            skip = max(skip - len(ranked), 0)

    def _sort(self) -> Sort:
        """Return the order of the hits; where nothing scores, that of the documents."""
        if self._manner.sort is Sort.RELEVANCE and not self._plan.scores:
            return Sort.OLDEST
        return self._manner.sort

    def _marked(self, ranked: Ranked, marker: Marker) -> _Marked:
        """Return a unit as it is stored, and how it has the words of the query."""
        unit = self._reader.shown_unit(self._searcher, ranked.place)
        document = self._reader.head(self._searcher, unit.doc)
        words, spans = marker.match(
            unit.text, document.source_kind, lambda: self._context(unit, document)
        )
        return _Marked(ranked, unit, document, words, spans)

    def _hit(self, marked: _Marked, stage: _Stage, same_wording: int) -> Hit:
        ranked, unit, document, words, spans = marked
        return Hit(
            address=unit_address(unit.doc, unit.fragment),
            document=summarise(document),
            kind=unit.kind,
            text=unit.text,
            spans=spans,
            snippets=best_snippets(unit.text, spans),
            score=ranked.score,
            partial=stage.partial,
            words=words,
            label=unit.label,
            same_wording=same_wording,
            same_document=self._same_document(unit.doc, stage),
            evidence=self._evidence(ranked, stage),
        )

    def _same_wording(self, marked: Sequence[_Marked], stage: _Stage) -> dict[int, int]:
        """Return for the wordings of *marked* hits how many more hits have them, where any has."""
        if self._manner.grouping is not Grouping.WORDING:
            return {}
        counts: dict[int, int] = {}
        units: dict[int, int] = {}
        told = self._is_told_by_wording(stage)
        for one in marked:
            wording = one.ranked.wording
            borne = self._searcher.doc_freq("wording", wording)
            if borne < 2:
                continue
            if told and not any(word.had is Had.CONTEXT for word in one.words):
                counts[wording] = borne
            elif borne > _MANY_ALIKE:
                query = self._compiler.restricted(stage.query, "wording", [wording])
                counts[wording] = count_few(self._searcher, query)
            else:
                units[wording] = borne
        if units:
            query = self._compiler.restricted(stage.query, "wording", list(units))
            counts |= count_by(self._searcher, query, "wording", sum(units.values()))
        return {wording: number - 1 for wording, number in counts.items()}

    def _is_told_by_wording(self, stage: _Stage) -> bool:
        """Tell whether a hit with all words of its own makes hits of all that have its wording."""
        return not (
            stage.partial
            or self._symbols
            or self._filters != _NO_FILTERS
            or any(term.readings for term in self._plan.terms)
            or not all(map(is_told_by_wording, self._plan.conditions))
            or not self._frequencies.are_exact
        )

    def _same_document(self, document: str, stage: _Stage) -> int:
        """Return how many more hits stand in *document*, where its first hit stands for all."""
        if self._manner.grouping is not Grouping.DOCUMENT:
            return 0
        if self._searcher.doc_freq("doc", document) < 2:
            return 0
        query = self._compiler.restricted(stage.query, "doc", [document])
        return count_few(self._searcher, query) - 1

    def _evidence(self, ranked: Ranked, stage: _Stage) -> tuple[Evidence, ...]:
        if not self._manner.explain:
            return ()
        from fihris.search.explanation import explain, typed_words

        words = typed_words(self._plan)
        return explain(self._searcher, self._reader.schema, stage.query, ranked.place, words)

    def _context(self, unit: ShownUnit, document: DocumentHead) -> list[str]:
        """Return the texts that lend a unit their words: the title, and the chapeaux above it."""
        texts: list[str] = []
        if unit.fragment:
            texts.append(document.title)
        chapeau = unit.chapeau
        while chapeau is not None and len(texts) < _MOST_CHAPEAUX:
            above = self._reader.paragraph(self._searcher, unit.doc, chapeau)
            if above is None:
                break
            texts.append(above.text)
            chapeau = above.chapeau
        return texts


def _symbols_meant(query: Query) -> tuple[str, ...]:
    """Return the symbols that a query may mean when it is taken whole."""
    if not (any(map(str.isdigit, query.text)) and query.only_words):
        return ()
    from fihris.index.parser import parse_symbol

    return parse_symbol(query.text)


def summarise(document: Resolution | DocumentHead) -> DocumentSummary:
    """Return what a list of hits says of *document*."""
    return DocumentSummary(
        address=document.address,
        title=document.title,
        symbol=document.symbol,
        organ=document.organ,
        session=document.session.label if document.session is not None else None,
        date=document.date,
        kind=document.kind,
        number=document.number,
    )
