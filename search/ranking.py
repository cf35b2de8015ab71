"""The order of hits: score or key, then document order, then unit order, the same on every page.

Tantivy breaks ties by where a unit happens to lie in its segments. Here the ties, which are common
in texts that repeat each other, are broken by what the units are, so that a page shows the same
hits after a merge, a rebuild or a change of paging.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from fihris.search.hits import Grouping, Sort

if TYPE_CHECKING:
    import tantivy

    _Hit = tuple[float, tantivy.DocAddress]

#: Scores are compared to this many decimals: summing in another order moves the last bits of a
#: 32-bit sum, and no reader would want hits ordered by that.
SCORE_DECIMALS = 4
# Scores that are further apart are not rounded to one number.
_TIED = 2 * 10**-SCORE_DECIMALS

#: The field whose smallest value comes first.
_SORT_FIELDS = {Sort.OLDEST: "order", Sort.NEWEST: "recency", Sort.SYMBOL: "rank"}
#: Units that are fetched beyond what is wanted, for ties and for what is alike.
_BEYOND = 16
#: Lists of so many units take far longer to read than more hits to fetch, and would have to be read
#: again as soon as a few units of one wording come first. So more are fetched at once.
_LONG = 30_000
_FETCHED_OF_LONG = 256
#: Where that was not enough, a wording is repeated by hundreds. Fetching so many costs less than
#: one more search does; then so many times as many, which hardly ever happens.
_MANY = 2048
_MORE = 8


class Ranked(NamedTuple):
    """A unit in its place: its rounded score, its address in the searcher, and its wording."""

    score: float
    place: tantivy.DocAddress
    wording: int


class Ranking(NamedTuple):
    """The first units that answer a query, in order, and how many answer it in all."""

    first: list[Ranked]
    total: int


class Foreseen(NamedTuple):
    """What is known of a query before it is run, where anything is.

    ``total`` is how many units answer it, None where only a search tells; ``postings`` is how many
    entries of lists a search reads, roughly. ``best`` finds some of the units and scores them
    alike; none of the others scores more than ``others``.
    """

    total: int | None = None
    postings: int = 0
    best: tantivy.Query | None = None
    others: float = 0.0


#: Of most queries nothing is known.
NOTHING_FORESEEN = Foreseen()


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
    return rank_and_count(searcher, query, wanted, sort=sort, grouping=grouping).first


def rank_and_count(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    wanted: int,
    *,
    sort: Sort = Sort.RELEVANCE,
    grouping: Grouping = Grouping.NONE,
    foreseen: Foreseen = NOTHING_FORESEEN,
) -> Ranking:
    """Return what :func:`rank` returns, and how many units answer *query*, alike or not.

    One search does both where the number is not *foreseen*: what orders the hits is looked at for
    every unit anyway.
    """
    ask = _enough(wanted)
    if foreseen.postings >= _LONG:
        ask = max(ask, _FETCHED_OF_LONG)
    if foreseen.best is not None and foreseen.total is not None and sort is Sort.RELEVANCE:
        best = _best(searcher, foreseen.best, foreseen.others, wanted, ask, grouping)
        if best:
            return Ranking(best, foreseen.total)
    while True:
        ask = min(ask, max(searcher.num_docs, 1))
        hits, total = _fetch(searcher, query, ask, sort, foreseen.total)
        complete = total <= len(hits)
        first = _first(searcher, hits, wanted, sort, grouping, complete=complete)
        if first is not None:
            return Ranking(first, total)
        ask = min(max(_MORE * ask, _MANY), total)


def _enough(wanted: int) -> int:
    """Return how many hits mostly hold *wanted* different ones, and the end of their last tie."""
    return max(wanted + _BEYOND, 2 * wanted)


def _best(
    searcher: tantivy.Searcher,
    best: tantivy.Query,
    others: float,
    wanted: int,
    ask: int,
    grouping: Grouping,
) -> list[Ranked] | None:
    """Return the first *wanted* units, whom *best* finds as far as they score more than *others*.

    None where these are too few.
    """
    for limit in dict.fromkeys((ask, max(ask, _MANY))):
        hits = searcher.search(best, limit, count=False).hits
        # A unit that is not found could tie with one that scores no more than it may.
        better = [hit for hit in hits if hit[0] > others + _TIED]
        complete = len(better) < limit
        first = _first(searcher, better, wanted, Sort.RELEVANCE, grouping, complete=complete)
        if first is not None:
            return first if len(first) >= wanted else None
    return None


def _first(
    searcher: tantivy.Searcher,
    hits: list[_Hit],
    wanted: int,
    sort: Sort,
    grouping: Grouping,
    *,
    complete: bool,
) -> list[Ranked] | None:
    """Return the first *wanted* units of *hits*, None where these are too few to tell.

    Unless they are *complete*, more may follow. Few hits are mostly enough, so that of the others
    nothing is read.
    """
    for few in dict.fromkeys((min(_enough(wanted), len(hits)), len(hits))):
        found = _Found(searcher, hits[:few], sort, grouping)
        all_there = complete and few == len(hits)
        kept = found.first(wanted, complete=all_there)
        if all_there or len(kept) >= wanted:
            return found.ranked(kept)
    return None


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return how many units answer *query*.

    Nothing is scored for it, and no unit is compared with others: what only orders hits costs three
    times as much again as finding them.
    """
    counted = searcher.aggregate(query, {"units": {"filter": "*"}})
    return int(counted["units"]["doc_count"])


def count_few(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return what :func:`count` returns, sooner where few units answer *query*."""
    from tantivy import Query

    unscored = Query.const_score_query(query, 0.0)
    return int(searcher.search(unscored, 1).count)  # type: ignore[attr-defined]  # not in its stub


def count_by(
    searcher: tantivy.Searcher, query: tantivy.Query, field: str, most: int
) -> dict[int, int]:
    """Return how many units answer *query* for each value of a numeric *field* that they bear.

    They are *most* at most.
    """
    from tantivy import Query

    unscored = Query.const_score_query(query, 0.0)
    places = [place for _, place in searcher.search(unscored, most, count=False).hits]
    return Counter(searcher.fast_field_values(field, places))  # type: ignore[arg-type]  # all have it


def _fetch(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    limit: int,
    sort: Sort,
    total: int | None,
) -> tuple[list[_Hit], int]:
    """Return the first units in Tantivy's order, *limit* at most, and how many there are.

    Counting takes as long as finding, so that it is not done where the *total* is known.
    """
    counts = total is None
    if sort is Sort.RELEVANCE:
        result = searcher.search(query, limit, count=counts)
    else:
        from tantivy import Order

        result = searcher.search(
            query, limit, count=counts, order_by_field=_SORT_FIELDS[sort], order=Order.Asc
        )
    if total is None:
        total = int(result.count)  # type: ignore[attr-defined]  # not in its stub
    return result.hits, total


class _Found:
    """Units as Tantivy orders them: by score or key, and within a tie as they happen to lie.

    What tells them apart is read from the index when it is asked for, of all of them at once.
    """

    def __init__(
        self,
        searcher: tantivy.Searcher,
        hits: list[_Hit],
        sort: Sort,
        grouping: Grouping,
    ) -> None:
        self._searcher = searcher
        self._scored = sort is Sort.RELEVANCE
        self._grouping = grouping
        self._hits = hits
        self._places = [place for _, place in hits]

    def first(self, wanted: int, *, complete: bool) -> list[int]:
        """Return the first units by their numbers among the hits, *wanted* at most.

        Unless the hits are *complete*, their last tie may go on beyond them, and is left out.
        """
        hits, key, alike = self._hits, self._key, self._alike
        end = len(hits) if complete else bisect_left(hits, key(hits[-1]), key=key)
        seen: set[int] = set()
        kept: list[int] = []
        at = 0
        while at < end and len(kept) < wanted:
            after = at + 1
            if after < end and self._are_tied(hits[at], hits[after]):
                after = bisect_right(hits, key(hits[at]), after, key=key)
                tie: Iterable[int] = range(at, after)
                if alike is not None:
                    tie = self._firsts(at, after, alike, seen)
                    seen.update(alike[at:after])
                kept += self._in_order(tie)
            elif alike is None:
                kept.append(at)
            elif alike[at] not in seen:
                seen.add(alike[at])
                kept.append(at)
            at = after
        return kept[:wanted]

    def _firsts(self, at: int, after: int, alike: list[int], seen: set[int]) -> list[int]:
        """Return the first unit of each kind in a tie, but for the kinds that were *seen*."""
        firsts: dict[int, int] = {}
        for one in range(at, after):
            first = firsts.setdefault(alike[one], one)
            if one != first and self._is_before(one, first):
                firsts[alike[one]] = one
        return [one for same, one in firsts.items() if same not in seen]

    def _is_before(self, one: int, other: int) -> bool:
        order, of_other = self._orders[one], self._orders[other]
        return self._units[one] < self._units[other] if order == of_other else order < of_other

    def _in_order(self, tie: Iterable[int]) -> Sequence[int]:
        """Return units of one key in the order of documents, and of units in a document."""
        tied = list(tie)
        if len(tied) < 2:
            return tied
        orders = self._orders
        if len({orders[one] for one in tied}) == len(tied):
            return sorted(tied, key=orders.__getitem__)
        units = self._units
        return sorted(tied, key=lambda one: (orders[one], units[one]))

    def ranked(self, kept: list[int]) -> list[Ranked]:
        """Return the units of those numbers."""
        places = [self._places[one] for one in kept]
        if self._grouping is Grouping.WORDING:
            wordings = [self._wordings[one] for one in kept]
        else:
            wordings = self._values("wording", places)
        scores = [-self._key(self._hits[one]) if self._scored else 0.0 for one in kept]
        return list(map(Ranked, scores, places, wordings))

    def _key(self, hit: _Hit) -> float:
        """Return what orders a hit, the smallest first."""
        return -round(hit[0], SCORE_DECIMALS) if self._scored else hit[0]

    def _are_tied(self, one: _Hit, other: _Hit) -> bool:
        """Tell whether nothing but what they are orders two hits."""
        # Rounding takes longer than all else, and most scores are far apart.
        apart = abs(one[0] - other[0])
        return apart == 0 or (apart < _TIED and self._key(one) == self._key(other))

    @cached_property
    def _alike(self) -> list[int] | None:
        """What is equal where units are alike; None where nothing makes them so."""
        if self._grouping is Grouping.NONE:
            return None
        if self._grouping is Grouping.WORDING:
            return self._wordings
        # A document's key of order is its own: it ends in a checksum of the address.
        return self._orders

    @cached_property
    def _wordings(self) -> list[int]:
        return self._values("wording", self._places)

    @cached_property
    def _orders(self) -> list[int]:
        """The order of each unit's document."""
        return self._values("order", self._places)

    @cached_property
    def _units(self) -> list[int]:
        """The place of each unit in its document, which matters where a tie has two of one."""
        return self._values("place", self._places)

    def _values(self, field: str, places: list[tantivy.DocAddress]) -> list[int]:
        # Every unit has a whole number in each of these fields.
        return self._searcher.fast_field_values(field, places)  # type: ignore[return-value]
