"""Where a whole document has the words of a query: what a page marks for who came from a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.index.resolution import Resolution
from fihris.search.compiler import Compiler
from fihris.search.highlight import Marker
from fihris.search.hits import Span
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import plan_query
from fihris.search.query import parse_query
from fihris.search.query_tree import Strictness
from fihris.search.searcher import SHIPPED_WEIGHTS, shared_analyzer
from fihris.search.terms import FOLDED

if TYPE_CHECKING:
    from fihris.index.reader import IndexReader


def mark_document(
    reader: IndexReader,
    document: Resolution,
    query: str,
    strictness: Strictness = FOLDED,
) -> tuple[tuple[Span, ...], ...]:
    """Return the spans of each paragraph of *document* that have something *query* asks for.

    They are those that a strict hit would have; a paragraph need not have every word.
    """
    analyzer = shared_analyzer()
    searcher = reader.searcher()
    terms = SearcherTerms(reader, searcher, Compiler(reader.schema, SHIPPED_WEIGHTS), analyzer)
    plan = plan_query(parse_query(query), analyzer, terms, strictness)
    marker = Marker(plan, analyzer, partial=False)
    return tuple(
        marker.match(unit.text, document.source_kind, tuple)[1] for unit in document.paragraphs
    )
