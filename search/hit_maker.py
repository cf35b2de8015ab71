"""From ranked units to hits: what is stored of each, marked, with what it stands for, and why.

Only what is shown of a list comes here. What hits of one page have in common is asked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.addresses import unit_address
from fihris.index.analysis import Analyzer
from fihris.index.reader import IndexReader, ShownUnit
from fihris.index.record import DocumentHead
from fihris.search.compiler import Compiler
from fihris.search.highlight import Marker
from fihris.search.hits import Evidence, Grouping, Had, Hit, Span, WordMatch, summarise
from fihris.search.plan import Plan
from fihris.search.ranking import Ranked, Ranking, count_by, count_few
from fihris.search.snippets import best_snippets

if TYPE_CHECKING:
    import tantivy

_MOST_CHAPEAUX = 8
# Hits whose repetitions are counted by one search; a page has no more.
_HANDFUL = 64
# Units of one wording that are told apart from those of others; more are counted by themselves.
_MANY_ALIKE = 128


class Stage(NamedTuple):
    """One of the two lists that a page is cut from: strict hits, or *partial* ones.

    ``ranking`` is of the units that answer ``query``, as far as they were wanted.
    """

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


class HitMaker:
    """Makes the hits of one question, which are units of one state of the index."""

    def __init__(
        self,
        reader: IndexReader,
        searcher: tantivy.Searcher,
        compiler: Compiler,
        plan: Plan,
        analyzer: Analyzer,
        *,
        grouping: Grouping,
        explain: bool,
    ) -> None:
        self._reader = reader
        self._searcher = searcher
        self._compiler = compiler
        self._plan = plan
        self._analyzer = analyzer
        self._grouping = grouping
        self._explain = explain

    def hits(
        self, ranked: Sequence[Ranked], stage: Stage, *, told_by_wording: bool
    ) -> Iterator[Hit]:
        """Yield the hits that *ranked* units of *stage* are.

        Where the stage is *told_by_wording*, a unit that has all words itself makes hits of all
        that have its wording, so that nothing needs to be searched for their number.
        """
        marker = Marker(self._plan, self._analyzer, partial=stage.partial)
        for at in range(0, len(ranked), _HANDFUL):
            marked = [self._marked(one, marker) for one in ranked[at : at + _HANDFUL]]
            same_wording = self._same_wording(marked, stage, told_by_wording=told_by_wording)
            for one in marked:
                yield self._hit(one, stage, same_wording.get(one.ranked.wording, 0))

    def _marked(self, ranked: Ranked, marker: Marker) -> _Marked:
        """Return a unit as it is stored, and how it has the words of the query."""
        unit = self._reader.shown_unit(self._searcher, ranked.place)
        document = self._reader.head(self._searcher, unit.doc)
        words, spans = marker.match(
            unit.text, document.source_kind, lambda: self._context(unit, document)
        )
        return _Marked(ranked, unit, document, words, spans)

    def _hit(self, marked: _Marked, stage: Stage, same_wording: int) -> Hit:
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

    def _same_wording(
        self, marked: Sequence[_Marked], stage: Stage, *, told_by_wording: bool
    ) -> dict[int, int]:
        """Return for the wordings of *marked* hits how many more hits have them, where any has."""
        if self._grouping is not Grouping.WORDING:
            return {}
        counts: dict[int, int] = {}
        units: dict[int, int] = {}
        for one in marked:
            wording = one.ranked.wording
            borne = self._searcher.doc_freq("wording", wording)
            if borne < 2:
                continue
            if told_by_wording and not any(word.had is Had.CONTEXT for word in one.words):
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

    def _same_document(self, document: str, stage: Stage) -> int:
        """Return how many more hits stand in *document*, where its first hit stands for all."""
        if self._grouping is not Grouping.DOCUMENT:
            return 0
        if self._searcher.doc_freq("doc", document) < 2:
            return 0
        query = self._compiler.restricted(stage.query, "doc", [document])
        return count_few(self._searcher, query) - 1

    def _evidence(self, ranked: Ranked, stage: Stage) -> tuple[Evidence, ...]:
        if not self._explain:
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
