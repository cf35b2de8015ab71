"""How much a query would find if it were taken less strictly, level by level.

Someone who found nothing with a phrase wants to know that its words do stand together in twelve
paragraphs, before deciding what to type next.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from fihris.index.frozen import frozen
from fihris.search.query import NO_FILTERS, Filters
from fihris.search.query_tokens import QueryToken, TokenKind, tokenize
from fihris.search.searcher import search, shared_analyzer
from fihris.search.terms import Term, query_terms
from fihris.search.typed import LONGEST_QUERY, TypedQuery

if TYPE_CHECKING:
    from fihris.index.reader import IndexReader


class MatchLevel(StrEnum):
    """How a unit must have the words of a query, the strictest first.

    ``wording``: next to each other, in their order, as a phrase; ``exact``: each in this very form,
    spelling folded; ``inflected``: in any form, as a search without quotes has them; ``family``: or
    any word of the same root or skeleton of consonants.
    """

    WORDING = "wording"
    EXACT = "exact"
    INFLECTED = "inflected"
    FAMILY = "family"


@frozen
class Level:
    """How many units have the words of a query at one strictness, and the query that finds them."""

    strictness: MatchLevel
    total: int
    query: str


def levels(reader: IndexReader, query: str, *, filters: Filters = NO_FILTERS) -> tuple[Level, ...]:
    """Return the levels of *query*, the strictest first; each holds what those before it hold.

    What leaves out, restricts, or stands for many words (``-word``, ``field:``, ``wor*``,
    *filters*) holds at every level. A query of one word has no wording level. One with
    alternatives, without a word, or too long to be a question has no levels.
    """
    if len(query) > LONGEST_QUERY:
        return ()
    typed = TypedQuery(query)
    if typed.has_alternatives:
        return ()
    terms = query_terms(typed.plain, shared_analyzer())
    content = [term for term in terms if not term.stop] or terms
    if not content:
        return ()
    asked = {
        MatchLevel.WORDING: f'"{typed.plain}"' if len(terms) > 1 else None,
        MatchLevel.EXACT: " ".join(f'"{term.surface}"' for term in content),
        MatchLevel.INFLECTED: typed.plain,
        MatchLevel.FAMILY: " ".join(map(_or_family, content)),
    }
    kept = f" {typed.kept}".rstrip()
    return tuple(
        Level(
            strictness,
            search(reader, text + kept, limit=0, filters=filters).total,
            text + kept,
        )
        for strictness, text in asked.items()
        if text is not None
    )


def query_at_level(query: str, level: MatchLevel) -> str:
    """Return *query* with each of its own words taken as strictly as *level* says.

    Unlike :func:`levels` it keeps everything else where it stands: phrases, choices, fields,
    numbers and what is left out. ``wording`` and ``inflected`` change nothing. A query of more than
    400 characters is no question but a text, and stays as it is.

    >>> query_at_level('المدارس "على أن" -القرى', MatchLevel.EXACT)
    '"المدارس" "على أن" -القرى'
    """
    if level not in (MatchLevel.EXACT, MatchLevel.FAMILY) or len(query) > LONGEST_QUERY:
        return query
    typed = TypedQuery(query)
    analyzer = shared_analyzer()
    exact = [(token.start, token.end) for token in tokenize(typed.text) if _is_exact(token)]
    written: dict[tuple[int, int], str] = {}
    for word in typed.free_words(analyzer):
        place = word.start, word.end
        if word.stop or any(start <= word.start < end for start, end in exact):
            continue
        if level is MatchLevel.EXACT:
            written[place] = f'"{typed.text[slice(*place)]}"'
        else:
            for term in query_terms(typed.text[slice(*place)], analyzer):
                written[place] = _or_family(term)
    return typed.with_replaced(written)


def _is_exact(token: QueryToken) -> bool:
    """Tell whether what *token* asks for is exact as it stands."""
    return token.kind is TokenKind.PHRASE or token.typed


def _or_family(term: Term) -> str:
    """Return what asks for *term* or, where it is a word that has relatives, one of its family."""
    return f"({term.surface} OR family:{term.surface})" if term.family else term.surface
