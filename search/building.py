"""Building blocks: the queries of Tantivy that everything else is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy


class Builder:
    """Makes queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        from tantivy import Occur, Query

        self.schema = schema
        self.query = Query
        self.occur = Occur

    def term(self, field: str, value: str | int) -> tantivy.Query:
        """Return the query for units that bear *value* in *field*."""
        return self.query.term_query(self.schema, field, value)

    def phrase(self, field: str, words: Sequence[str]) -> tantivy.Query:
        """Return the query for units that have *words* side by side in *field*."""
        if len(words) == 1:  # a phrase query of one word panics
            return self.term(field, words[0])
        return self.query.phrase_query(self.schema, field, list(words))

    def all_of(
        self, queries: Sequence[tantivy.Query], excluded: Iterable[tantivy.Query] = ()
    ) -> tantivy.Query:
        """Return the query for units that answer all *queries*, and none of the *excluded*."""
        left_out = [(self.occur.MustNot, query) for query in excluded]
        if len(queries) == 1 and not left_out:
            return queries[0]
        return self.query.boolean_query(
            [*((self.occur.Must, query) for query in queries), *left_out]
        )

    def any_of(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return the query for units that answer any of *queries*; what they score adds up."""
        if len(queries) == 1:
            return queries[0]
        return self.query.boolean_query([(self.occur.Should, query) for query in queries])

    def favouring(self, query: tantivy.Query, bonuses: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return *query*, the units that answer any of *bonuses* ranked higher by it.

        Tantivy reads all bonuses together as one long list, thousands of units at a time. Where
        few units answer *query*, favour one after the other: then each is looked up for these.
        """
        if not bonuses:
            return query
        return self.query.boolean_query(
            [(self.occur.Must, query), *((self.occur.Should, bonus) for bonus in bonuses)]
        )

    def silent(self, query: tantivy.Query) -> tantivy.Query:
        """Return *query* without a share in the score."""
        return self.query.const_score_query(query, 0.0)

    def weighted(self, query: tantivy.Query, weight: float) -> tantivy.Query:
        """Return *query* with *weight* times its share in the score."""
        return self.query.boost_query(query, weight)
