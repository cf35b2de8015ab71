"""From a question to its answer: one way for pages, API, feeds and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fihris.index.frozen import frozen
from fihris.index.reader import IndexReader
from fihris.search.facets import FACETS
from fihris.search.hits import Grouping, HitStream, Page
from fihris.search.levels import MatchLevel, query_at_level
from fihris.search.searcher import ENOUGH_STRICT_HITS, search, stream_hits
from fihris.search.suggest import Suggestions, suggest
from fihris.web.questions import LAST_HIT, Level, SearchQuestion

_LEVELS = {Level.EXACT: MatchLevel.EXACT, Level.ROOTS: MatchLevel.FAMILY}


@frozen
class SearchAnswer:
    """The page of hits that a question asks for, and what to say beside it.

    ``asked`` is the query as it was run: the one that was typed, in the words of the query language
    that its level stands for. ``has_next`` tells whether another page follows. ``suggestions`` are
    there when little was found on the first page.
    """

    question: SearchQuestion
    asked: str
    page: Page
    has_next: bool
    suggestions: Suggestions | None


def answer_search(
    reader: IndexReader, question: SearchQuestion, facets: Sequence[str] = FACETS
) -> SearchAnswer:
    """Return the answer to *question*, with the strict hits counted by *facets*."""
    asked = asked_query(question)
    room = max(0, min(question.per_page, LAST_HIT - question.offset))
    found = search(
        reader,
        asked,
        limit=room + 1 if room else 0,
        offset=question.offset,
        filters=question.filters(),
        collapse=question.group is Grouping.WORDING,
        group=question.group is Grouping.DOCUMENT,
        sort=question.sort,
        facets=facets,
        strictness=question.strictness(),
    )
    suggestions = None
    if found.total < ENOUGH_STRICT_HITS and not found.documents and question.page == 1:
        suggestions = suggest(reader, question.q, filters=question.filters())
    has_next = len(found.hits) > room and question.offset + room < LAST_HIT
    return SearchAnswer(
        question, asked, replace(found, hits=found.hits[:room]), has_next, suggestions
    )


def stream_answer(reader: IndexReader, question: SearchQuestion, limit: int) -> HitStream:
    """Return the strict hits of *question*, *limit* at most, each read when it is asked for."""
    return stream_hits(
        reader,
        asked_query(question),
        limit=limit,
        filters=question.filters(),
        collapse=question.group is Grouping.WORDING,
        group=question.group is Grouping.DOCUMENT,
        sort=question.sort,
        strictness=question.strictness(),
    )


def asked_query(question: SearchQuestion) -> str:
    """Return the query of *question* as it is run at its level."""
    level = _LEVELS.get(question.level)
    return query_at_level(question.q, level) if level else question.q
