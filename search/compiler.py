"""The compiler: from a query's clauses to what Tantivy runs.

A compiled query has up to two parts. *Strict* hits have every word and are ranked by stem, exact
form and adjacency. *Partial* hits have at least one word of their own, lack another, and are ranked
by all of that, by family and by context. Phrases, exclusions and filters hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.analysis import Analyzer
from fihris.search.query import MOST_CHARACTERS, ClauseKind, Filters, Query
from fihris.search.terms import PhraseTerm, Term, phrase_term, query_terms

if TYPE_CHECKING:
    import tantivy

#: Words and phrases of a query that are used. Each costs the index a few milliseconds at worst, and
#: an answer has to come within about a second.
MOST_TERMS = 300


class Weights(NamedTuple):
    """How much each kind of evidence counts beside the stem, which counts 1.

    Measured on two collections of questions with ``scripts/evaluate.py``; docs/benchmarks.md has
    what each is worth.
    """

    exact: float = 0.4
    adjacency: float = 0.5
    root: float = 1.5
    skeleton: float = 0.6
    context: float = 0.3


class Plan(NamedTuple):
    """What a query asks, term by term.

    ``terms`` are required unless they are stop words among other words; ``ignored`` tells what of
    the query could not be used, for a person to read.
    """

    terms: tuple[Term, ...]
    phrases: tuple[PhraseTerm, ...]
    excluded: tuple[Term | PhraseTerm, ...]
    ignored: tuple[str, ...]
    neighbours: tuple[tuple[str, str], ...]

    @property
    def scores(self) -> bool:
        """Whether anything in the plan ranks one hit above another."""
        return bool(self.terms or self.phrases)


def plan_query(query: Query, analyzer: Analyzer) -> Plan:
    """Return what *query* asks, in the terms of the index."""
    terms: list[Term] = []
    phrases: list[PhraseTerm] = []
    excluded: list[Term | PhraseTerm] = []
    ignored: list[str] = []
    neighbours: list[tuple[str, str]] = []
    room = MOST_TERMS
    for clause in query.clauses:
        if clause.kind is ClauseKind.PHRASE:
            room -= 1
            if room < 0:
                continue
            phrase = phrase_term(clause.text, analyzer)
            if phrase is None:
                ignored.append(f'Ignored "{clause.text}": there is no word in it.')
            elif clause.excluded:
                excluded.append(phrase)
            else:
                phrases.append(phrase)
            continue
        found = query_terms(clause.text, analyzer)
        fitting = max(room, 0)
        room -= len(found)
        del found[fitting:]
        if clause.excluded:
            excluded.extend(found)
            continue
        terms.extend(found)
        content = [term.stem for term in found if not term.stop]
        neighbours.extend(
            (before, after)
            for before, after in pairwise(content)
            if before is not None and after is not None and before != after
        )
    if query.cut:
        ignored.append(f"Only the first {MOST_CHARACTERS:,} characters of the query were read.")
    if room < 0:
        ignored.append(f"Only the first {MOST_TERMS} words and phrases of the query were used.")
    required = tuple(term for term in terms if not term.stop)
    if not required and not phrases:
        required = tuple(terms)  # nothing but stop words: then they are what is asked for
    return Plan(
        tuple({term.spellings: term for term in reversed(required)}.values())[::-1],
        tuple(phrases),
        tuple(excluded),
        tuple(dict.fromkeys(ignored)),
        tuple(dict.fromkeys(neighbours)),
    )


class Compiler:
    """Builds Tantivy queries over one schema."""

    def __init__(self, schema: tantivy.Schema, weights: Weights) -> None:
        import tantivy

        self._schema = schema
        self._weights = weights
        self._query = tantivy.Query
        self._occur = tantivy.Occur

    def strict(self, plan: Plan, filters: Filters) -> tantivy.Query:
        """Return the query for units that have every word."""
        must = [self._had(term) for term in plan.terms]
        if not plan.phrases:
            # Title and chapeau may lend words, not all of them; a phrase is always the unit's own.
            if len(must) == 1:
                must = [self._own(plan.terms[0])]
            elif must:
                must.append(self._any([self._own(term) for term in plan.terms], scored=False))
        return self._all(must, self._bonus(plan), plan, filters)

    def partial(self, plan: Plan, filters: Filters) -> tantivy.Query:
        """Return the query for units that have some words of the plan, not all."""
        own = self._any([self._own(term) for term in plan.terms], scored=False)
        lacking = self._not_all([self._had(term) for term in plan.terms])
        should = [self._own(term) for term in plan.terms]
        should += self._bonus(plan)
        should += [query for term in plan.terms for query in self._loose(term)]
        return self._all([own, lacking], should, plan, filters)

    def with_wording(self, query: tantivy.Query, wording: int) -> tantivy.Query:
        """Return *query* restricted to units of one wording."""
        same = self._query.term_query(self._schema, "wording", wording)
        return self._query.boolean_query(
            [(self._occur.Must, query), (self._occur.Must, self._silent(same))]
        )

    def citing(self, symbols: Sequence[str], filters: Filters) -> tantivy.Query:
        """Return the query for units that cite any of *symbols*."""
        cites = self._any([self._term("cites", symbol) for symbol in symbols], scored=False)
        return self._all([cites], [], Plan((), (), (), (), ()), filters)

    def either(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return the query for units that answer any of *queries*."""
        return self._any(list(queries), scored=True)

    def filtered(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
        """Return *query* restricted to the units that pass *filters*, its scores unchanged."""
        restrictions = [self._silent(restriction) for restriction in self._filters(filters)]
        if not restrictions:
            return query
        must = self._occur.Must
        return self._query.boolean_query(
            [(must, query), *((must, restriction) for restriction in restrictions)]
        )

    def bearing(self, symbols: Sequence[str]) -> tantivy.Query:
        """Return the query for the title units of documents that bear any of *symbols*."""
        return self._any([self._term("symbol", symbol) for symbol in symbols], scored=False)

    def _all(
        self,
        must: list[tantivy.Query],
        should: list[tantivy.Query],
        plan: Plan,
        filters: Filters,
    ) -> tantivy.Query:
        occur = self._occur
        parts = [(occur.Must, query) for query in must]
        parts += [(occur.Must, self._phrase("exact", phrase.words)) for phrase in plan.phrases]
        parts += [(occur.Must, self._silent(query)) for query in self._filters(filters)]
        parts += [(occur.MustNot, self._own(term)) for term in plan.excluded]
        if not any(kind == occur.Must for kind, _ in parts):
            parts.append((occur.Must, self._query.all_query()))
        parts += [(occur.Should, query) for query in should]
        return self._query.boolean_query(parts)

    def _had(self, term: Term) -> tantivy.Query:
        """Return the query for units that have *term*, by their own text or by their context."""
        own = self._ways(term)
        if term.stem is not None:
            own.append(self._silent(self._term("context", term.stem)))
        return self._any(own, scored=True)

    def _own(self, term: Term | PhraseTerm) -> tantivy.Query:
        """Return the query for units whose own text has *term*."""
        if isinstance(term, PhraseTerm):
            return self._phrase("exact", term.words)
        return self._any(self._ways(term), scored=True)

    def _ways(self, term: Term) -> list[tantivy.Query]:
        ways = [self._term("alias", reading) for reading in term.readings]
        if term.stem is not None:
            ways.append(self._term("stem", term.stem))
        ways += [
            self._phrase("exact", spelling)
            for spelling in term.spellings
            if term.stem is None or spelling != term.spellings[0]
        ]
        return ways

    def _bonus(self, plan: Plan) -> list[tantivy.Query]:
        """Return what ranks hits with the same words: their very forms, and adjacency."""
        boost = self._query.boost_query
        exact = [
            boost(self._term("exact", term.spellings[0][0]), self._weights.exact)
            for term in plan.terms
            if term.stem is not None
        ]
        adjacent = [
            boost(self._phrase("stem", pair), self._weights.adjacency) for pair in plan.neighbours
        ]
        return exact + adjacent

    def _loose(self, term: Term) -> Iterator[tantivy.Query]:
        """Yield what lets a unit that lacks a word rank by its family and its context."""
        boost = self._query.boost_query
        for key in term.family:
            weight = self._weights.root if key[0] == "r" else self._weights.skeleton
            yield boost(self._term("family", key), weight)
        if term.stem is not None:
            yield boost(self._term("context", term.stem), self._weights.context)

    def _filters(self, filters: Filters) -> Iterator[tantivy.Query]:
        for field, values in (
            ("organ", filters.organ),
            ("session", filters.session),
            ("kind", filters.kind),
            ("cites", filters.cites),
        ):
            if values:
                yield self._any([self._term(field, value) for value in values], scored=False)
        if filters.year is not None:
            import tantivy

            first, last = filters.year
            yield self._query.range_query(
                self._schema, "year", tantivy.FieldType.Unsigned, first, last
            )

    def _term(self, field: str, value: str) -> tantivy.Query:
        return self._query.term_query(self._schema, field, value)

    def _phrase(self, field: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:  # a phrase query of one word panics
            return self._term(field, words[0])
        return self._query.phrase_query(self._schema, field, list(words))

    def _any(self, queries: list[tantivy.Query], *, scored: bool) -> tantivy.Query:
        if not scored:
            return self._silent(self._any(queries, scored=True))
        if len(queries) == 1:
            return queries[0]
        return self._query.boolean_query([(self._occur.Should, query) for query in queries])

    def _not_all(self, queries: list[tantivy.Query]) -> tantivy.Query:
        together = self._query.boolean_query([(self._occur.Must, query) for query in queries])
        return self._query.boolean_query(
            [
                (self._occur.Must, self._silent(self._query.all_query())),
                (self._occur.MustNot, together),
            ]
        )

    def _silent(self, query: tantivy.Query) -> tantivy.Query:
        """Return *query* without a share in the score."""
        return self._query.const_score_query(query, 0.0)
