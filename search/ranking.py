"""The order of hits: score or key, then document order, then unit order, the same on every page.

Tantivy breaks ties by where a unit happens to lie in its segments. Here the ties, which are common
in texts that repeat each other, are broken by what the units are, so that a page shows the same
hits after a merge, a rebuild or a change of paging.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fihris.search.hits import Grouping, Sort

if TYPE_CHECKING:
    import tantivy

#: Scores are compared to this many decimals: summing in another order moves the last bits of a
#: 32-bit sum, and no reader would want hits ordered by that.
SCORE_DECIMALS = 4

#: The field whose smallest value comes first.
_SORT_FIELDS = {Sort.OLDEST: "order", Sort.NEWEST: "recency", Sort.SYMBOL: "rank"}


class Ranked(NamedTuple):
    """A unit in its place: its rounded score, its address in the searcher, and its wording."""

    score: float
    place: tantivy.DocAddress
    wording: int


def rank(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    wanted: int,
    *,
    sort: Sort = Sort.RELEVANCE,
    grouping: Grouping = Grouping.NONE,
) -> list[Ranked]:
    """Return the first *wanted* units that answer *query*, in the order of *sort*.

    Of units that *grouping* takes for alike, only the first is kept.
    """
    ask = max(wanted + 16, 2 * wanted)
    while True:
        found = _fetch(searcher, query, ask, sort)
        complete = len(found) < ask
        kept = _in_order(searcher, found if complete else _whole_ties(found), sort, grouping)
        if complete or len(kept) >= wanted:
            return kept[:wanted]
        ask *= 4


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return how many units answer *query*.

    Nothing is scored for it: what only orders hits costs as much again as finding them.
    """
    from tantivy import Query

    unscored = Query.const_score_query(query, 0.0)
    return int(searcher.search(unscored, 1).count)  # type: ignore[attr-defined]  # not in its stub


def _fetch(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, sort: Sort
) -> list[tuple[float, tantivy.DocAddress]]:
    if sort is Sort.RELEVANCE:
        hits = searcher.search(query, limit, count=False).hits
        return [(round(score, SCORE_DECIMALS), place) for score, place in hits]
    from tantivy import Order

    field = _SORT_FIELDS[sort]
    hits = searcher.search(query, limit, count=False, order_by_field=field, order=Order.Asc).hits
    # The smallest key comes first: its negative ranks as a score does.
    return [(-key, place) for key, place in hits]


def _whole_ties(
    found: list[tuple[float, tantivy.DocAddress]],
) -> list[tuple[float, tantivy.DocAddress]]:
    """Return *found* without its last tie, which may go on beyond what was fetched."""
    last = found[-1][0]
    end = len(found)
    while end and found[end - 1][0] == last:
        end -= 1
    return found[:end]


def _in_order(
    searcher: tantivy.Searcher,
    found: Sequence[tuple[float, tantivy.DocAddress]],
    sort: Sort,
    grouping: Grouping,
) -> list[Ranked]:
    places = [place for _, place in found]
    orders = searcher.fast_field_values("order", places)
    units = searcher.fast_field_values("place", places)
    wordings = searcher.fast_field_values("wording", places)
    by_rank = sorted(
        range(len(found)), key=lambda at: (-found[at][0], orders[at] or 0, units[at] or 0)
    )
    if grouping is not Grouping.NONE:
        # A document's key of order is its own: it ends in a checksum of the address.
        alike = wordings if grouping is Grouping.WORDING else orders
        firsts: dict[float | None, int] = {}
        for at in by_rank:
            firsts.setdefault(alike[at], at)
        by_rank = list(firsts.values())
    scored = sort is Sort.RELEVANCE
    return [
        Ranked(found[at][0] if scored else 0.0, found[at][1], int(wordings[at] or 0))
        for at in by_rank
    ]
