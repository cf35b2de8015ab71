"""The citations of all documents at once, for whoever lists them for each: one pass, no searches.

:mod:`fihris.search.citations` answers the same questions about one document by asking the index.
"""

from __future__ import annotations

from collections.abc import Iterable

from fihris.index.addresses import symbol_forms
from fihris.index.resolution import UNSEARCHED_KINDS, Resolution
from fihris.search.citations import (
    CitationPlace,
    CitedDocument,
    CitingDocument,
    citation_place,
    cited_places,
    names_one_of,
)
from fihris.search.hits import DocumentSummary, summarise


class CitationGraph:
    """What each of *documents* cites, and what among them cites it.

    They are read once and not kept. Their order is that of the answers: the oldest first.
    """

    def __init__(self, documents: Iterable[Resolution]) -> None:
        self._bearing: dict[str, list[tuple[str | None, DocumentSummary]]] = {}
        self._citing: dict[str, list[tuple[DocumentSummary, CitationPlace]]] = {}
        for document in documents:
            summary = summarise(document)
            for form in symbol_forms(document):
                self._bearing.setdefault(form, []).append((document.part, summary))
            for unit in document.paragraphs:
                if unit.kind in UNSEARCHED_KINDS:  # no hits, so no search for citations finds them
                    continue
                for citation in unit.citations:
                    place = citation_place(document.address, unit, citation)
                    self._citing.setdefault(place.symbol, []).append((summary, place))

    def cited_in(self, document: Resolution) -> tuple[CitedDocument, ...]:
        """Return what *document* cites, in the order of first mention."""
        return tuple(
            CitedDocument(symbol, part, self._bearers(symbol, part), tuple(places))
            for (symbol, part), places in cited_places(document, document.paragraphs).items()
        )

    def citing(self, document: Resolution) -> tuple[CitingDocument, ...]:
        """Return the documents that cite *document*, the oldest first."""
        found: dict[str, tuple[DocumentSummary, list[CitationPlace]]] = {}
        for summary, place in self._citing.get(document.symbol or "", ()):
            other = summary.address != document.address
            if other and names_one_of(place, (document.symbol,), document.part):
                found.setdefault(summary.address, (summary, []))[1].append(place)
        return tuple(CitingDocument(summary, tuple(places)) for summary, places in found.values())

    def _bearers(self, symbol: str, part: str | None) -> tuple[DocumentSummary, ...]:
        return tuple(
            summary
            for own, summary in self._bearing.get(symbol, ())
            if part is None or own is None or own == part
        )
