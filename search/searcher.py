"""Running a query: strict hits first, partial ones when there are few, each explained.

This is the one way to ask an index. The terminal, the page and the evaluation all take it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.addresses import unit_address
from fihris.index.analysis import Analyzer
from fihris.index.reader import IndexReader, StoredUnit
from fihris.index.resolution import Resolution
from fihris.search.compiler import Compiler, Weights, plan_query
from fihris.search.highlight import best_snippet, match_terms
from fihris.search.hits import DocumentSummary, Hit, Page
from fihris.search.query import Filters, Query, parse_query
from fihris.search.ranking import Ranked, count, rank

if TYPE_CHECKING:
    import tantivy

#: Partial hits are looked for when there are fewer strict ones than this.
ENOUGH_STRICT_HITS = 10
#: Documents that bear a symbol and are listed at most; many organs number alike.
MOST_DOCUMENTS = 50

#: The ranking that ships; only measurements use another.
SHIPPED_WEIGHTS = Weights()

_NO_FILTERS = Filters()
_MOST_CHAPEAUX = 8


@lru_cache(maxsize=1)
def shared_analyzer() -> Analyzer:
    """Return the analyzer of this process; its memo grows warmer with every query."""
    return Analyzer()


def search(
    reader: IndexReader,
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    filters: Filters = _NO_FILTERS,
    collapse: bool = True,
    weights: Weights = SHIPPED_WEIGHTS,
) -> Page:
    """Return the hits of *query* from *offset* on, *limit* at most, best first.

    With *collapse*, units of identical wording count as one hit that says how many it stands for.
    """
    return _Search(reader, query, filters, collapse, weights).page(limit, offset)


class _Stage(NamedTuple):
    """One of the two lists that a page is cut from."""

    query: tantivy.Query
    total: int
    partial: bool


class _Search:
    """One question to one state of the index."""

    def __init__(
        self,
        reader: IndexReader,
        query: str,
        filters: Filters,
        collapse: bool,
        weights: Weights,
    ) -> None:
        self._reader = reader
        self._searcher = reader.searcher()
        self._filters = filters
        self._collapse = collapse
        self._analyzer = shared_analyzer()
        self._compiler = Compiler(reader.schema, weights)
        # Half a surrogate pair, which a terminal can send, is no text that an index could hold.
        self._query = parse_query(query.encode(errors="replace").decode())
        self._plan = plan_query(self._query, self._analyzer)
        self._symbols = _symbols_meant(self._query)
        self._summaries: dict[str, Resolution] = {}

    def page(self, limit: int, offset: int) -> Page:
        notices = list(self._plan.ignored)
        if not self._plan.scores and not self._plan.excluded and self._filters == _NO_FILTERS:
            notices.append("There is no word to look for.")
            return Page(self._query.text, (), 0, None, (), tuple(notices))
        strict = self._strict_stage()
        stages = [strict]
        partial_total: int | None = None
        if strict.total < ENOUGH_STRICT_HITS and len(self._plan.terms) > 1 and not self._symbols:
            query = self._compiler.partial(self._plan, self._filters)
            partial_total = count(self._searcher, query)
            stages.append(_Stage(query, partial_total, True))
        return Page(
            self._query.text,
            tuple(self._hits(stages, limit, offset)),
            strict.total,
            partial_total,
            self._documents(),
            tuple(notices),
        )

    def _strict_stage(self) -> _Stage:
        query = self._compiler.strict(self._plan, self._filters)
        if self._symbols:
            citing = self._compiler.citing(self._symbols, self._filters)
            query = self._compiler.either([citing, query])
        return _Stage(query, count(self._searcher, query), False)

    def _documents(self) -> tuple[DocumentSummary, ...]:
        if not self._symbols:
            return ()
        bearing = self._compiler.bearing(self._symbols)
        found = rank(self._searcher, bearing, MOST_DOCUMENTS, scored=False, collapse=False)
        return tuple(
            summarise(self._document(self._reader.unit(self._searcher, ranked.place).doc))
            for ranked in found
        )

    def _hits(self, stages: list[_Stage], limit: int, offset: int) -> list[Hit]:
        """Return the page's hits: the stages stand one behind the other."""
        hits: list[Hit] = []
        skip = offset
        for stage in stages:
            wanted = skip + limit - len(hits)
            if wanted <= 0 or not stage.total:
                continue
            ranked = rank(
                self._searcher,
                stage.query,
                wanted,
                scored=self._plan.scores,
                collapse=self._collapse,
            )
            hits += [self._hit(one, stage) for one in ranked[skip:]]
            skip = max(skip - len(ranked), 0)
        return hits

    def _hit(self, ranked: Ranked, stage: _Stage) -> Hit:
        stored = self._reader.unit(self._searcher, ranked.place)
        document = self._document(stored.doc)
        unit = stored.paragraph
        tokens = self._analyzer.tokens(unit.text, document.source_kind)
        words, spans = match_terms(
            self._plan.terms,
            self._plan.phrases,
            tokens,
            lambda: self._context(stored, document),
            partial=stage.partial,
        )
        return Hit(
            address=unit_address(stored.doc, unit.fragment),
            document=summarise(document),
            kind=unit.kind,
            text=unit.text,
            spans=spans,
            snippet=best_snippet(unit.text, spans),
            score=ranked.score,
            partial=stage.partial,
            words=words,
            label=unit.label,
            same_wording=self._others_with(ranked.wording, stage.query),
        )

    def _others_with(self, wording: int, query: tantivy.Query) -> int:
        if not self._collapse or self._searcher.doc_freq("wording", wording) < 2:
            return 0
        return count(self._searcher, self._compiler.with_wording(query, wording)) - 1

    def _document(self, address: str) -> Resolution:
        """Return the record of a document, without its paragraphs."""
        found = self._summaries.get(address)
        if found is None:
            found = self._summaries[address] = self._reader.record(self._searcher, address)
        return found

    def _context(self, stored: StoredUnit, document: Resolution) -> frozenset[str]:
        """Return the stems that title and chapeaux lend a unit."""
        texts: list[str] = []
        if stored.paragraph.fragment:
            texts.append(document.title)
        chapeau = stored.paragraph.chapeau
        while chapeau is not None and len(texts) < _MOST_CHAPEAUX:
            above = self._reader.paragraph(self._searcher, stored.doc, chapeau)
            if above is None:
                break
            texts.append(above.text)
            chapeau = above.chapeau
        analyzed = [self._analyzer.analyze(text, document.source_kind) for text in texts]
        return frozenset(stem for one in analyzed for stem in one.stem.split())


def _symbols_meant(query: Query) -> tuple[str, ...]:
    """Return the symbols that a query may mean when it is taken whole."""
    if not query.only_words or not any(char.isdigit() for char in query.text):
        return ()
    from fihris.index.parser import parse_symbol

    return parse_symbol(query.text)


def summarise(document: Resolution) -> DocumentSummary:
    """Return what a list of hits says of *document*."""
    return DocumentSummary(
        address=document.address,
        title=document.title,
        symbol=document.symbol,
        organ=document.organ,
        session=document.session.label if document.session is not None else None,
        date=document.date,
    )
