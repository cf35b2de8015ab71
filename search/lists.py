"""Lists of units: what is known of a query for any of several terms before it is run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fihris.search.building import Builder
from fihris.search.frequencies import Frequencies
from fihris.search.ranking import Foreseen

if TYPE_CHECKING:
    import tantivy

# Shorter lists than this, taken together, are read as soon as anything is worked out about them.
_LONG = 10_000
# What takes how long, in entries that are read: to look a unit up in a list, to find a list in one
# segment, to count a unit while units are scored, and to count one without that.
_LOOKED_UP = 5.0
_LIST_FOUND = 100.0
_COUNTED_BESIDE = 1.0
_COUNTED_ALONE = 0.4
# So many units are enough for a page, though some may be of one wording. The last of the page is
# likely to have such a part of what the rarest lists with so many units can give at most.
_ENOUGH = 500
_LIKELY = 0.7


class ListedTerm(NamedTuple):
    """A term as one list of units, and how much it counts."""

    field: str
    term: str
    weight: float = 1.0


class _Measured(NamedTuple):
    """A list with the number of its units, and what it can give to the score of one at most."""

    listed: ListedTerm
    units: int
    most: float


def foresee(
    alternatives: Sequence[Sequence[ListedTerm]], build: Builder, frequencies: Frequencies
) -> Foreseen:
    """Return what is known beforehand of the units that bear any of the *alternatives*.

    Each is a term that will do, and others that only units bear which bear the first.
    """
    firsts = [listed[0] for listed in alternatives]
    postings = sum(frequencies.of(one.field, one.term) for one in firsts)
    if postings < _LONG:
        return Foreseen(postings=postings)
    total = postings if len(firsts) == 1 and frequencies.are_exact else None
    spared = 0.0
    if total is None:  # then units are counted by a search of its own
        finds = _LIST_FOUND * len(firsts) * frequencies.segments
        spared = (_COUNTED_BESIDE - _COUNTED_ALONE) * postings - finds
    best, others = _best(alternatives, build, frequencies, spared)
    if best is None:
        return Foreseen(total, postings)
    finding = build.any_of([build.term(one.field, one.term) for one in firsts])
    return Foreseen(total, postings, finding, best, others)


def _best(
    alternatives: Sequence[Sequence[ListedTerm]],
    build: Builder,
    frequencies: Frequencies,
    spared: float,
) -> tuple[tantivy.Query | None, float]:
    """Return the query for those units that rank first, and what no other scores more than.

    A unit that is only in lists that give little cannot be among the first. The less a list gives
    for what reading it takes, the sooner it is one of these; units of the other lists are looked
    up in them. None where that takes longer than reading them all, of which so much is *spared*
    beside.
    """
    lists = [one for listed in alternatives for one in listed]
    spared += sum(frequencies.of(one.field, one.term) for one in lists)
    if spared <= 0:
        return None, 0.0
    measured = [[_measured(one, frequencies) for one in listed] for listed in alternatives]
    every = [one for listed in measured for one in listed]
    room = _likely(measured)
    read: list[_Measured] = []
    looked_up: list[_Measured] = []
    others = 0.0
    for one in sorted(every, key=lambda one: one.most / max(one.units, 1)):
        if others + one.most < room:
            others += one.most
            looked_up.append(one)
        else:
            read.append(one)
    to_read = sum(one.units for one in read)
    if spared <= to_read * (1 + _LOOKED_UP * len(looked_up)):
        return None, 0.0
    best = build.any_of([_query(one.listed, build) for one in read])
    for one in looked_up:
        best = build.favouring(best, [_query(one.listed, build)])
    return best, others


def _likely(measured: Sequence[Sequence[_Measured]]) -> float:
    """Return what the last unit of a page is likely to score."""
    units = 0
    for listed in sorted(measured, key=lambda listed: -listed[0].most):
        units += listed[0].units
        if units >= _ENOUGH:
            return _LIKELY * sum(one.most for one in listed if one.units >= _ENOUGH)
    return 0.0


def _measured(one: ListedTerm, frequencies: Frequencies) -> _Measured:
    most = one.weight * frequencies.most(one.field, one.term)
    return _Measured(one, frequencies.of(one.field, one.term), most)


def _query(one: ListedTerm, build: Builder) -> tantivy.Query:
    query = build.term(one.field, one.term)
    return query if one.weight == 1 else build.weighted(query, one.weight)
