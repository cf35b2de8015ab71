"""How much a query would find if it were taken less strictly, level by level.

Someone who found nothing with a phrase wants to know that its words do stand together in twelve
paragraphs, before deciding what to type next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fihris.search.compiler import Compiler, plan_query
from fihris.search.query import Filters, parse_query
from fihris.search.ranking import count
from fihris.search.searcher import SHIPPED_WEIGHTS, search, shared_analyzer
from fihris.search.terms import Term, query_terms
from fihris.search.typed import LONGEST_QUERY, TypedQuery

if TYPE_CHECKING:
    import tantivy

    from fihris.index.reader import IndexReader

_NO_FILTERS = Filters()


class Strictness(StrEnum):
    """How a unit must have the words of a query, the strictest first.

    ``wording``: next to each other, in their order, as a phrase; ``exact``: each in this very form,
    spelling folded; ``inflected``: in any form, as a search without quotes has them; ``family``: or
    any word of the same root or skeleton of consonants.
    """

    WORDING = "wording"
    EXACT = "exact"
    INFLECTED = "inflected"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Level:
    """How many units have the words of a query at one strictness, and the query that finds them.

    There is no ``query`` for families.
    """

    strictness: Strictness
    total: int
    query: str | None


def levels(reader: IndexReader, query: str, *, filters: Filters = _NO_FILTERS) -> tuple[Level, ...]:
    """Return the levels of *query*, the strictest first; each holds what those before it hold.

    What leaves out or restricts (``-word``, ``field:``, *filters*) holds at every level. A query of
    one word has no wording level. One with alternatives, without a word, or too long to be a
    question has no levels.
    """
    typed = TypedQuery(query)
    analyzer = shared_analyzer()
    if len(query) > LONGEST_QUERY or typed.has_operators:
        return ()
    terms = query_terms(typed.plain, analyzer)
    content = [term for term in terms if not term.stop] or terms
    if not content:
        return ()
    kept = f" {typed.kept}".rstrip()
    exact = " ".join(f'"{term.surface}"' for term in content)
    asked = {
        Strictness.WORDING: f'"{typed.plain}"{kept}' if len(terms) > 1 else None,
        Strictness.EXACT: exact + kept,
        Strictness.INFLECTED: typed.plain + kept,
    }
    found = [
        Level(strictness, search(reader, text, limit=0, filters=filters).total, text)
        for strictness, text in asked.items()
        if text is not None
    ]
    compiler = Compiler(reader.schema, SHIPPED_WEIGHTS)
    rest = compiler.strict(plan_query(parse_query(typed.kept), analyzer), filters)
    related = _related(reader.schema, content, rest)
    return (*found, Level(Strictness.FAMILY, count(reader.searcher(), related), None))


def _related(schema: tantivy.Schema, terms: list[Term], rest: tantivy.Query) -> tantivy.Query:
    """Return the query for units that have of each term a form or a word of its family.

    As in a search, the context may lend some of the words, not all of them.
    """
    from tantivy import Occur, Query

    own = [_own(schema, term) for term in terms]
    must = [rest, _any([way for ways in own for way in ways])]
    for term, ways in zip(terms, own, strict=True):
        lent = [Query.term_query(schema, "context", term.stem)] if term.stem is not None else []
        must.append(_any(ways + lent))
    return Query.boolean_query([(Occur.Must, query) for query in must])


def _own(schema: tantivy.Schema, term: Term) -> list[tantivy.Query]:
    """Return the ways in which a unit's own text may have *term* or a word of its family."""
    from tantivy import Query

    ways = [Query.term_query(schema, "alias", reading) for reading in term.readings]
    ways += [Query.term_query(schema, "family", key) for key in term.family]
    if term.stem is not None:
        ways.append(Query.term_query(schema, "stem", term.stem))
    for spelling in term.spellings:
        if len(spelling) > 1:
            ways.append(Query.phrase_query(schema, "exact", list(spelling)))
        else:
            ways.append(Query.term_query(schema, "exact", spelling[0]))
    return ways


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Should, query) for query in queries])
