"""The compiler: from the plan of a query to what Tantivy runs.

A compiled query has up to two parts. *Strict* hits have every word and are ranked by stem, exact
form and adjacency. *Partial* hits have at least one word of their own, lack another, and are ranked
by all of that, by family and by context. Conditions and filters hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fihris.index.analysis.stop_pairs import stop_pairs
from fihris.search.building import Builder
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
from fihris.search.query import NO_FILTERS, Filters
from fihris.search.ranking import NOTHING_FORESEEN, Foreseen
from fihris.search.terms import FOLDED, FamilyTerm, PatternTerm, PhraseTerm, Term
from fihris.search.word_queries import Weights, WordQueries, own_query, ways_to_have

if TYPE_CHECKING:
    import tantivy

    from fihris.search.frequencies import Frequencies
    from fihris.search.terms import Verified

#: Two words near each other are found by the index alone up to this many words apart.
_NEAR_BY_INDEX = 10
# Reading the places of a word in a unit takes as long as reading so many entries of a list.
_PLACES_READ = 10


class Compiler:
    """Builds Tantivy queries over one schema; without *weights* such as find units unranked."""

    def __init__(self, schema: tantivy.Schema, weights: Weights | None) -> None:
        self._build = Builder(schema)
        self._weights = weights

    def strict(
        self, plan: Plan, filters: Filters, verified: Verified, frequencies: Frequencies
    ) -> tantivy.Query:
        """Return the query for units that have every word."""
        words = WordQueries(self._build, self._weights, frequencies)
        required = plan.required
        # Title and chapeau may lend words, not all of them; a phrase is always the unit's own.
        all_may_be_lent = any(map(_is_own_text, plan.conditions))
        may_be_lent = all_may_be_lent or len(required) > 1
        terms = [part for part in required if isinstance(part, Term)]
        must: list[tantivy.Query] = []
        should: list[tantivy.Query] = []
        if len(terms) == len(required):
            lent = [term for term in terms if term.stem in plan.lent] if may_be_lent else []
            if terms:
                must.append(
                    words.all_of(terms, lent, plan.neighbours, all_may_be_lent=all_may_be_lent)
                )
        elif _alternatives(plan):
            must.append(words.any_of(_alternatives(plan)))
        elif not may_be_lent:
            must.append(self._own(required[0]))
            should += self._bonus(words, plan)
        else:
            must += [self._had(part, plan.lent) for part in required]
            if not all_may_be_lent and not any(_is_never_lent(part, plan) for part in required):
                must.append(self._build.silent(self._some_own(plan)))
            should += self._bonus(words, plan)
        return self._all(must, should, plan, filters, verified)

    def foreseen(self, plan: Plan, filters: Filters, frequencies: Frequencies) -> Foreseen:
        """Return what is known of the strict hits before they are looked for."""
        foreseen = NOTHING_FORESEEN
        if plan.required:
            words = WordQueries(self._build, self._weights, frequencies)
            alternatives = _alternatives(plan)  # a word that is typed twice counts twice
            foreseen = words.foreseen(alternatives or _words(plan))
            if alternatives and filters == NO_FILTERS:
                return foreseen
        postings = foreseen.postings
        for part in plan.conditions:
            if isinstance(part, PatternTerm):
                postings += sum(frequencies.of("exact", word) for word in part.words)
            elif isinstance(part, PhraseTerm):
                # The rarest word would tell better, but asking for each takes time as well.
                postings += _PLACES_READ * frequencies.of("exact", max(part.words, key=len))
        return Foreseen(postings=postings)

    def partial(
        self,
        plan: Plan,
        filters: Filters,
        verified: Verified,
        frequencies: Frequencies,
        *,
        some_strict: bool,
    ) -> tantivy.Query:
        """Return the query for units that have some words of the plan, not all.

        Where there are no strict hits (not *some_strict*), every unit lacks a word, and none needs
        to be left out for having them all.
        """
        words = WordQueries(self._build, self._weights, frequencies)
        excluded = []
        if some_strict:
            having = [self._had(part, plan.lent) for part in plan.required]
            excluded.append(self._build.silent(self._build.all_of(having)))
        loose = [query for term in _words(plan) for query in self._loose(term, plan.lent)]
        relatives = [
            self._own(leaf) for leaf in _required_leaves(plan) if not isinstance(leaf, Term)
        ]
        some_own = words.any_of(_words(plan), relatives)
        ranked = self._all([some_own], loose, plan, filters, verified, excluded)
        return self._build.favouring(ranked, [*words.adjacency_bonuses(plan.neighbours).values()])

    def candidates(self, plan: Plan, filters: Filters, phrase: PhraseTerm) -> tantivy.Query:
        """Return the query for units that may have *phrase*, and may answer *plan* otherwise."""
        must = [self._build.silent(self._phrase_term(phrase, None))]
        if plan.required:
            must.append(self._build.any_of([self._had(part, plan.lent) for part in plan.required]))
        return self._all(must, [], plan, filters, None)

    def of_kind(self, kind: str, parts: Sequence[Part]) -> tantivy.Query:
        """Return the query for units of one *kind* that have all *parts* themselves."""
        build = self._build
        return build.silent(build.all_of([build.term("kind", kind), *map(self._own, parts)]))

    def restricted(
        self, query: tantivy.Query, field: str, values: Sequence[str] | Sequence[int]
    ) -> tantivy.Query:
        """Return *query* restricted to units that bear one of *values* in *field*."""
        build = self._build
        same = build.any_of([build.term(field, value) for value in values])
        return build.all_of([query, build.silent(same)])

    def citing(self, symbols: Sequence[str], filters: Filters) -> tantivy.Query:
        """Return the query for units that cite any of *symbols*."""
        return self._all([self._bearing("cites", symbols)], [], Plan(), filters, {})

    def either(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return the query for units that answer any of *queries*."""
        return self._build.any_of(queries)

    def filtered(self, query: tantivy.Query, filters: Filters) -> tantivy.Query:
        """Return *query* restricted to the units that pass *filters*, its scores unchanged."""
        return self._build.all_of([query, *self._filters(filters)])

    def bearing(self, symbols: Sequence[str]) -> tantivy.Query:
        """Return the query for the title units of documents that bear any of *symbols*."""
        return self._bearing("symbol", symbols)

    def _all(
        self,
        must: list[tantivy.Query],
        should: list[tantivy.Query],
        plan: Plan,
        filters: Filters,
        verified: Verified | None,
        excluded: Sequence[tantivy.Query] = (),
    ) -> tantivy.Query:
        """Return the query for *must* but not *excluded*, the conditions of *plan*, and *filters*.

        Without *verified* what can only be verified by looking at texts is taken for granted.
        """
        build = self._build
        wanted, unwanted = list(must), list(excluded)
        for condition in plan.conditions:
            if not isinstance(condition, NoneOf):
                wanted.append(self._part(condition, verified))
            elif verified is not None or not any(map(is_verified, all_phrases(condition))):
                unwanted.append(self._part(condition.excluded, verified))
        wanted += self._filters(filters)
        if not wanted:
            wanted.append(build.query.all_query())
        return build.favouring(build.all_of(wanted, unwanted), should)

    def _part(self, part: Part, verified: Verified | None) -> tantivy.Query:
        """Return the query for units that answer *part* by their own text."""
        build = self._build
        if isinstance(part, Term):
            return own_query(build, part)
        if isinstance(part, PhraseTerm):
            return self._phrase_term(part, verified)
        if isinstance(part, PatternTerm):
            return self._some_of("exact", sorted(part.words))
        if isinstance(part, FamilyTerm):
            return self._some_of("family", sorted(part.keys))
        if isinstance(part, Restriction):
            return build.silent(self._restriction(part))
        if isinstance(part, AllOf):
            return build.all_of([self._part(one, verified) for one in part.all_parts])
        if isinstance(part, AnyOf):
            return build.any_of([self._part(one, verified) for one in part.any_parts])
        everything = build.silent(build.query.all_query())
        if verified is None and any(map(is_verified, all_phrases(part))):
            return everything
        return build.all_of([everything], [self._part(part.excluded, verified)])

    def _phrase_term(self, phrase: PhraseTerm, verified: Verified | None) -> tantivy.Query:
        """Return the query for units that have *phrase*; for candidates without *verified*."""
        build = self._build
        if phrase.slop is None or len(phrase.words) == 1:
            query = self._exactly(phrase.words)
        elif _is_near_by_index(phrase):
            first, second = phrase.words
            query = build.any_of(
                [
                    build.query.phrase_query(build.schema, "exact", [(0, one), (apart, other)])
                    for apart in range(1, phrase.slop + 2)
                    for one, other in dict.fromkeys([(first, second), (second, first)])
                ]
            )
        else:
            query = build.all_of(
                [build.term("exact", word) for word in dict.fromkeys(phrase.words)]
            )
        if verified is None or not is_verified(phrase):
            return query
        keys = sorted(verified.get(phrase, ()))
        if not keys:
            return build.query.empty_query()
        had = build.query.term_set_query(build.schema, "key", keys)
        return build.all_of([query, build.silent(had)])

    def _exactly(self, words: tuple[str, ...]) -> tantivy.Query:
        """Return the query for *words* side by side.

        Where two of them are stop words, which have long lists of places, the units that have
        this pair are looked up first.
        """
        build = self._build
        pairs = dict.fromkeys(stop_pairs(words))
        having = [build.silent(build.term("pairs", pair)) for pair in pairs]
        return build.all_of([*having, build.phrase("exact", words)])

    def _some_of(self, field: str, values: Sequence[str]) -> tantivy.Query:
        if not values:
            return self._build.query.empty_query()
        return self._build.any_of([self._build.term(field, value) for value in values])

    def _bearing(self, field: str, values: Sequence[str]) -> tantivy.Query:
        """Return the query for units that bear any of *values* in *field*, all alike."""
        return self._build.silent(self._some_of(field, values))

    def _restriction(self, restriction: Restriction) -> tantivy.Query:
        field, values = restriction.field, restriction.values
        if field == "year":
            first, last = (int(value) for value in values)
            return self._years(first, last)
        if not values:
            return self._build.query.empty_query()
        return self._build.query.term_set_query(self._build.schema, field, list(values))

    def _had(self, part: Part, lent: frozenset[str]) -> tantivy.Query:
        """Return the query for units that have *part*, by their own text or by their context.

        *lent* are the stems that any context has.
        """
        build = self._build
        if isinstance(part, AnyOf):
            return build.any_of([self._had(one, lent) for one in part.any_parts])
        if isinstance(part, AllOf):
            return build.all_of([self._had(one, lent) for one in part.all_parts])
        if not isinstance(part, Term):
            return self._own(part)
        own = ways_to_have(build, part)
        if part.stem is not None and part.stem in lent:
            own.append(build.silent(build.term("context", part.stem)))
        return build.any_of(own)

    def _own(self, part: Part) -> tantivy.Query:
        """Return the query for units whose own text has *part*."""
        return self._part(part, {})

    def _some_own(self, plan: Plan) -> tantivy.Query:
        """Return the query for units whose own text has any required word."""
        return self._build.any_of([self._own(term) for term in _required_leaves(plan)])

    def _bonus(self, words: WordQueries, plan: Plan) -> list[tantivy.Query]:
        """Return what ranks hits with the same words: their very forms, and adjacency."""
        return [
            *words.exact_bonuses(_words(plan)),
            *words.adjacency_bonuses(plan.neighbours).values(),
        ]

    def _loose(self, term: Term, lent: frozenset[str]) -> Iterator[tantivy.Query]:
        """Yield what lets a unit that lacks a word rank by its family and its context."""
        build, weights = self._build, self._weights
        if weights is None:
            return
        for key in term.family:
            weight = weights.root if key[0] == "r" else weights.skeleton
            yield build.weighted(build.term("family", key), weight)
        if term.stem is not None and term.stem in lent:
            yield build.weighted(build.term("context", term.stem), weights.context)

    def _filters(self, filters: Filters) -> Iterator[tantivy.Query]:
        """Yield what restricts hits to those that pass *filters*, without a share in the score."""
        for field, values in (
            ("organ", filters.organ),
            ("session", filters.session),
            ("kind", filters.kind),
            ("cites", filters.cites),
            ("verb", filters.verb),
            ("agenda", filters.agenda),
        ):
            if values:
                yield self._bearing(field, values)
        if filters.year is not None:
            yield self._build.silent(self._years(*filters.year))

    def _years(self, first: int, last: int) -> tantivy.Query:
        from tantivy import FieldType

        return self._build.query.range_query(
            self._build.schema, "year", FieldType.Unsigned, first, last
        )


def is_verified(phrase: PhraseTerm) -> bool:
    """Tell whether the index alone cannot say which units have *phrase*."""
    if phrase.strictness != FOLDED:
        return True
    return phrase.slop is not None and len(phrase.words) > 1 and not _is_near_by_index(phrase)


def is_told_by_wording(part: Part) -> bool:
    """Tell whether texts of one wording, however they are spelled, all answer *part* or none."""
    if isinstance(part, PhraseTerm):
        return not is_verified(part)
    return isinstance(part, (PatternTerm, FamilyTerm))


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


def _alternatives(plan: Plan) -> list[Term]:
    """Return the one word, or all words of which any will do, if *plan* asks for nothing else."""
    if len(plan.required) != 1 or plan.conditions:
        return []
    (part,) = plan.required
    parts = part.any_parts if isinstance(part, AnyOf) else (part,)
    words = [one for one in parts if isinstance(one, Term)]
    return words if len(words) == len(parts) else []


def _words(plan: Plan) -> list[Term]:
    """Return the required words, each alternative among them, each once."""
    return [term for term in _required_leaves(plan) if isinstance(term, Term)]


def _is_never_lent(part: Part, plan: Plan) -> bool:
    """Tell whether only a unit's own text can have *part*."""
    return isinstance(part, Term) and part.stem not in plan.lent


def _required_leaves(plan: Plan) -> Sequence[TextTerm]:
    """Return the required words and what may stand for them, each once."""
    words = [part for part in plan.required if isinstance(part, Term)]
    if len(words) == len(plan.required):  # which most queries are, and each word is there once
        return words
    return list(dict.fromkeys(text_terms_of(plan.required)))
