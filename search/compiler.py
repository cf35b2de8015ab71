"""The compiler: from the plan of a query to what Tantivy runs.

A compiled query has up to two parts. *Strict* hits have every word and are ranked by stem, exact
form and adjacency. *Partial* hits have at least one word of their own, lack another, and are ranked
by all of that, by family and by context. Conditions and filters hold for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.analysis.stop_pairs import stop_pairs
from fihris.search.fields import Restriction
from fihris.search.plan import (
    AllOf,
    AnyOf,
    NoneOf,
    Part,
    Plan,
    TextTerm,
    text_terms_of,
)
from fihris.search.query import Filters
from fihris.search.terms import FOLDED, FamilyTerm, PatternTerm, PhraseTerm, Term

if TYPE_CHECKING:
    import tantivy

    from fihris.search.terms import Verified

#: Two words near each other are found by the index alone up to this many words apart.
_NEAR_BY_INDEX = 10
#: Words that contexts lend may be had in two ways each; the choices of so many are few.
_MOST_LENT = 2


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


class Compiler:
    """Builds Tantivy queries over one schema."""

    def __init__(self, schema: tantivy.Schema, weights: Weights) -> None:
        import tantivy

        self._schema = schema
        self._weights = weights
        self._query = tantivy.Query
        self._occur = tantivy.Occur

    def strict(self, plan: Plan, filters: Filters, verified: Verified) -> tantivy.Query:
        """Return the query for units that have every word."""
        # Title and chapeau may lend words, not all of them; a phrase is always the unit's own.
        all_lent = any(map(_is_own_text, plan.conditions))
        required, lent = plan.required, _lent_words(plan)
        if len(required) == 1 and not all_lent:
            must, should = [self._own(required[0])], self._bonus(_words(plan), plan.neighbours)
        elif _is_of_few_lent(plan, lent):
            must, should = [self._by_lent_words(plan, lent)], []
        else:
            must = [self._had(part, plan.lent) for part in required]
            if must and not all_lent and not any(_is_never_lent(part, plan) for part in required):
                must.append(self._some_own(plan))
            should = self._bonus(_words(plan), plan.neighbours)
        return self._all(must, should, plan, filters, verified)

    def _by_lent_words(self, plan: Plan, lent: list[Term]) -> tantivy.Query:
        """Return the query for units that have every word, each of the few *lent* ones in two ways.

        Every choice of what is lent is a query of its own, and no unit answers two of them: single
        lists are passed over far faster than the two of one word taken together.
        """
        occur = self._occur
        ways = []
        for number in range(len(lent) + 1):
            for missing in combinations(lent, number):
                own = [word for word in _words(plan) if word not in missing]
                if not own:
                    continue  # not all words may be lent
                stems = {word.stem for word in own}
                pairs = [pair for pair in plan.neighbours if stems.issuperset(pair)]
                parts = [(occur.Must, self._own(word)) for word in own]
                for word in missing:
                    assert word.stem is not None  # it is what was lent
                    context = self._silent(self._term("context", word.stem))
                    parts += [(occur.Must, context), (occur.MustNot, self._own(word))]
                parts += [(occur.Should, query) for query in self._bonus(own, pairs)]
                ways.append(self._query.boolean_query(parts))
        return self._any(ways, scored=True)

    def partial(
        self, plan: Plan, filters: Filters, verified: Verified, *, some_strict: bool
    ) -> tantivy.Query:
        """Return the query for units that have some words of the plan, not all.

        Where there are no strict hits (not *some_strict*), every unit lacks a word, and none needs
        to be left out for having them all.
        """
        must = [self._some_own(plan)]
        if some_strict:
            must.append(self._not_all([self._had(part, plan.lent) for part in plan.required]))
        words = list(_words(plan))
        should = [self._own(term) for term in _required_leaves(plan)]
        should += self._bonus(words, plan.neighbours)
        should += [query for term in words for query in self._loose(term, plan.lent)]
        return self._all(must, should, plan, filters, verified)

    def candidates(self, plan: Plan, filters: Filters, phrase: PhraseTerm) -> tantivy.Query:
        """Return the query for units that may have *phrase*, and may answer *plan* otherwise."""
        must = [self._silent(self._phrase_term(phrase, None))]
        if plan.required:
            must.append(
                self._any([self._had(part, plan.lent) for part in plan.required], scored=True)
            )
        return self._all(must, [], plan, filters, None)

    def of_kind(self, kind: str, parts: Sequence[Part]) -> tantivy.Query:
        """Return the query for units of one *kind* that have all *parts* themselves."""
        must = [self._term("kind", kind), *map(self._own, parts)]
        return self._silent(self._query.boolean_query([(self._occur.Must, one) for one in must]))

    def restricted(
        self, query: tantivy.Query, field: str, values: Sequence[str] | Sequence[int]
    ) -> tantivy.Query:
        """Return *query* restricted to units that bear one of *values* in *field*."""
        same = self._any([self._term(field, value) for value in values], scored=True)
        return self._query.boolean_query(
            [(self._occur.Must, query), (self._occur.Must, self._silent(same))]
        )

    def citing(self, symbols: Sequence[str], filters: Filters) -> tantivy.Query:
        """Return the query for units that cite any of *symbols*."""
        cites = self._any([self._term("cites", symbol) for symbol in symbols], scored=False)
        return self._all([cites], [], Plan(), filters, {})

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
        verified: Verified | None,
    ) -> tantivy.Query:
        """Return the query for *must*, the conditions of *plan*, and *filters*.

        Without *verified* what can only be verified by looking at texts is taken for granted.
        """
        occur = self._occur
        parts = [(occur.Must, query) for query in must]
        excluded: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for condition in plan.conditions:
            if not isinstance(condition, NoneOf):
                parts.append((occur.Must, self._part(condition, verified)))
            elif verified is not None or not any(map(is_verified, all_phrases(condition))):
                excluded.append((occur.MustNot, self._part(condition.excluded, verified)))
        parts += [(occur.Must, self._silent(query)) for query in self._filters(filters)]
        if not parts:
            parts.append((occur.Must, self._query.all_query()))
        parts += excluded
        parts += [(occur.Should, query) for query in should]
        return self._query.boolean_query(parts)

    def _part(self, part: Part, verified: Verified | None) -> tantivy.Query:
        """Return the query for units that answer *part* by their own text."""
        if isinstance(part, Term):
            return self._any(self._ways(part), scored=True)
        if isinstance(part, PhraseTerm):
            return self._phrase_term(part, verified)
        if isinstance(part, PatternTerm):
            return self._some_of("exact", sorted(part.words))
        if isinstance(part, FamilyTerm):
            return self._some_of("family", sorted(part.keys))
        if isinstance(part, Restriction):
            return self._silent(self._restriction(part))
        if isinstance(part, AllOf):
            inner = [self._part(one, verified) for one in part.all_parts]
            return self._query.boolean_query([(self._occur.Must, one) for one in inner])
        if isinstance(part, AnyOf):
            return self._any([self._part(one, verified) for one in part.any_parts], scored=True)
        everything = self._silent(self._query.all_query())
        if verified is None and any(map(is_verified, all_phrases(part))):
            return everything
        excluded = self._part(part.excluded, verified)
        return self._query.boolean_query(
            [(self._occur.Must, everything), (self._occur.MustNot, excluded)]
        )

    def _phrase_term(self, phrase: PhraseTerm, verified: Verified | None) -> tantivy.Query:
        """Return the query for units that have *phrase*; for candidates without *verified*."""
        if phrase.slop is None or len(phrase.words) == 1:
            query = self._exactly(phrase.words)
        elif _is_near_by_index(phrase):
            first, second = phrase.words
            query = self._any(
                [
                    self._query.phrase_query(self._schema, "exact", [(0, one), (apart, other)])
                    for apart in range(1, phrase.slop + 2)
                    for one, other in dict.fromkeys([(first, second), (second, first)])
                ],
                scored=True,
            )
        else:
            words = [self._term("exact", word) for word in dict.fromkeys(phrase.words)]
            query = self._query.boolean_query([(self._occur.Must, word) for word in words])
        if verified is None or not is_verified(phrase):
            return query
        keys = sorted(verified.get(phrase, ()))
        if not keys:
            return self._query.empty_query()
        had = self._silent(self._query.term_set_query(self._schema, "key", keys))
        return self._query.boolean_query([(self._occur.Must, query), (self._occur.Must, had)])

    def _exactly(self, words: tuple[str, ...]) -> tantivy.Query:
        """Return the query for *words* side by side.

        Where two of them are stop words, which have long lists of places, the units that have
        this pair are looked up first.
        """
        phrase = self._phrase("exact", words)
        pairs = dict.fromkeys(stop_pairs(words))
        if not pairs:
            return phrase
        having = [(self._occur.Must, self._silent(self._term("pairs", pair))) for pair in pairs]
        return self._query.boolean_query([*having, (self._occur.Must, phrase)])

    def _some_of(self, field: str, values: Sequence[str]) -> tantivy.Query:
        if not values:
            return self._query.empty_query()
        return self._any([self._term(field, value) for value in values], scored=True)

    def _restriction(self, restriction: Restriction) -> tantivy.Query:
        field, values = restriction.field, restriction.values
        if field == "year":
            first, last = (int(value) for value in values)
            return self._years(first, last)
        if not values:
            return self._query.empty_query()
        return self._query.term_set_query(self._schema, field, list(values))

    def _had(self, part: Part, lent: frozenset[str]) -> tantivy.Query:
        """Return the query for units that have *part*, by their own text or by their context.

        *lent* are the stems that any context has.
        """
        if isinstance(part, AnyOf):
            return self._any([self._had(one, lent) for one in part.any_parts], scored=True)
        if isinstance(part, AllOf):
            inner = [self._had(one, lent) for one in part.all_parts]
            return self._query.boolean_query([(self._occur.Must, one) for one in inner])
        if not isinstance(part, Term):
            return self._own(part)
        own = self._ways(part)
        if part.stem is not None and part.stem in lent:
            own.append(self._silent(self._term("context", part.stem)))
        return self._any(own, scored=True)

    def _own(self, part: Part) -> tantivy.Query:
        """Return the query for units whose own text has *part*."""
        return self._part(part, {})

    def _some_own(self, plan: Plan) -> tantivy.Query:
        """Return the query for units whose own text has any required word."""
        return self._any([self._own(term) for term in _required_leaves(plan)], scored=False)

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

    def _bonus(
        self, words: Iterable[Term], neighbours: Sequence[tuple[str, str]]
    ) -> list[tantivy.Query]:
        """Return what ranks hits with the same words: their very forms, and adjacency."""
        boost = self._query.boost_query
        exact = [
            boost(self._term("exact", term.spellings[0][0]), self._weights.exact)
            for term in words
            if term.stem is not None
        ]
        adjacent = [
            boost(self._phrase("stem", pair), self._weights.adjacency) for pair in neighbours
        ]
        return exact + adjacent

    def _loose(self, term: Term, lent: frozenset[str]) -> Iterator[tantivy.Query]:
        """Yield what lets a unit that lacks a word rank by its family and its context."""
        boost = self._query.boost_query
        for key in term.family:
            weight = self._weights.root if key[0] == "r" else self._weights.skeleton
            yield boost(self._term("family", key), weight)
        if term.stem is not None and term.stem in lent:
            yield boost(self._term("context", term.stem), self._weights.context)

    def _filters(self, filters: Filters) -> Iterator[tantivy.Query]:
        for field, values in (
            ("organ", filters.organ),
            ("session", filters.session),
            ("kind", filters.kind),
            ("cites", filters.cites),
            ("verb", filters.verb),
            ("agenda", filters.agenda),
        ):
            if values:
                yield self._any([self._term(field, value) for value in values], scored=False)
        if filters.year is not None:
            yield self._years(*filters.year)

    def _years(self, first: int, last: int) -> tantivy.Query:
        import tantivy

        return self._query.range_query(
            self._schema, "year", tantivy.FieldType.Unsigned, first, last
        )

    def _term(self, field: str, value: str | int) -> tantivy.Query:
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


def is_verified(phrase: PhraseTerm) -> bool:
    """Tell whether the index alone cannot say which units have *phrase*."""
    if phrase.strictness != FOLDED:
        return True
    return phrase.slop is not None and len(phrase.words) > 1 and not _is_near_by_index(phrase)


def all_phrases(part: Part) -> Iterator[PhraseTerm]:
    """Yield the phrases of *part*, the excluded ones among them."""
    if isinstance(part, AllOf):
        for inner in part.all_parts:
            yield from all_phrases(inner)
    elif isinstance(part, AnyOf):
        for inner in part.any_parts:
            yield from all_phrases(inner)
    elif isinstance(part, NoneOf):
        yield from all_phrases(part.excluded)
    elif isinstance(part, PhraseTerm):
        yield part


def _is_near_by_index(phrase: PhraseTerm) -> bool:
    return len(phrase.words) == 2 and phrase.slop is not None and phrase.slop <= _NEAR_BY_INDEX


def _is_own_text(part: Part) -> bool:
    """Tell whether who answers *part* must have something of it in its own text."""
    if isinstance(part, AllOf):
        return any(map(_is_own_text, part.all_parts))
    if isinstance(part, AnyOf):
        return all(map(_is_own_text, part.any_parts))
    return not isinstance(part, (Restriction, NoneOf))


def _words(plan: Plan) -> Iterator[Term]:
    """Yield the required words, each alternative among them."""
    for term in _required_leaves(plan):
        if isinstance(term, Term):
            yield term


def _lent_words(plan: Plan) -> list[Term]:
    """Return the required words that some context has, alternatives left out."""
    return [part for part in plan.required if isinstance(part, Term) and part.stem in plan.lent]


def _is_of_few_lent(plan: Plan, lent: Sequence[Term]) -> bool:
    """Tell whether *plan* is nothing but words of which few are *lent*, so that choices are few."""
    only_words = not plan.conditions and all(isinstance(part, Term) for part in plan.required)
    return only_words and 0 < len(lent) <= _MOST_LENT


def _is_never_lent(part: Part, plan: Plan) -> bool:
    """Tell whether only a unit's own text can have *part*."""
    return isinstance(part, Term) and part.stem not in plan.lent


def _required_leaves(plan: Plan) -> list[TextTerm]:
    """Return the required words and what may stand for them, each once."""
    return list(dict.fromkeys(text_terms_of(plan.required)))
