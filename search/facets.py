"""Facets: what the strict hits of a query are told apart by, each value with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fihris.search.hits import Facet, FacetValue

if TYPE_CHECKING:
    import tantivy

#: Every facet, in the order in which people narrow a search down.
FACETS = ("organ", "session", "year", "kind", "agenda", "verb")
#: Values that are listed of one facet; the hits that bear the others are counted together.
MOST_VALUES = 20


def count_facets(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    names: Sequence[str],
    most_values: int = MOST_VALUES,
) -> tuple[Facet, ...]:
    """Return the facets called *names* over the units that answer *query*.

    The commonest values come first and, among equally common ones, the smaller. A unit counts once
    under each value that it bears, and not at all where it bears none. A facet without values is
    left out.
    """
    if not names:
        return ()
    # One answer more than is shown would do, but counts per segment are exact only with room.
    wanted = {name: {"terms": {"field": name, "size": 10 * most_values}} for name in names}
    counted = searcher.aggregate(query, wanted)
    facets = [_facet(name, counted[name], most_values) for name in names]
    return tuple(facet for facet in facets if facet.values)


def _facet(name: str, counted: dict[str, Any], most_values: int) -> Facet:
    values = [
        FacetValue(_written(bucket["key"]), int(bucket["doc_count"]))
        for bucket in counted["buckets"]
    ]
    values.sort(key=lambda value: (-value.count, _natural(value.value)))
    rest = sum(value.count for value in values[most_values:])
    return Facet(name, tuple(values[:most_values]), rest + int(counted["sum_other_doc_count"]))


def _written(key: str | float) -> str:
    """Return a value as people write it; a year comes as a number, in some releases a float."""
    return key if isinstance(key, str) else str(int(key))


def _natural(value: str) -> tuple[int, str]:
    """Return a key that puts session 9 before session 46."""
    return int(value) if value.isdigit() else 0, value
