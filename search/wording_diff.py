"""Two wordings side by side: how alike they are, and word by word what differs.

Words are compared by their folded spelling, then by their stem, so that a vowel mark is no change
and an ending is a small one. The alignments are longest common subsequences, found bit-parallel by
RapidFuzz (Hyyrö, *Bit-parallel LCS-length computation revisited*, 2004).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.analysis.tables import TABLES
from fihris.index.frozen import frozen
from fihris.search.hits import Span

#: Of any text so many words are compared: the table behind a diff grows with the product of two.
MOST_WORDS = 10_000
# A word that occurs more often among what is left over is no sign of a move.
_MOST_PARTNERS = 16
_STOP_WORDS = TABLES.stop_words


class ChangeKind(StrEnum):
    """What became of some words on the way from one wording to another.

    ``moved-from`` and ``moved-to`` are the two ends of one move.
    """

    UNCHANGED = "unchanged"
    INFLECTED = "inflected"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED_FROM = "moved-from"
    MOVED_TO = "moved-to"


@frozen
class Change:
    """Words that stand together and share their fate.

    ``before`` is their span in the first wording, ``after`` in the second; inserted words have
    none in the first, deleted ones none in the second.
    """

    kind: ChangeKind
    before: Span | None
    after: Span | None


class Words(NamedTuple):
    """The words of a text: folded spellings and, in the same places, stems."""

    exact: Sequence[str]
    stem: Sequence[str]


def spellings_of(text: str, analyzer: Analyzer) -> list[str]:
    """Return the first words of *text*, folded, at most MOST_WORDS.

    A hundred texts are read for one clause, most of them once in the life of a process. Folding
    them whole costs a fraction of analysing every word that was not met before.
    """
    return analyzer.words(text)[:MOST_WORDS]


def words_of(spellings: Sequence[str], analyzer: Analyzer) -> Words:
    """Return folded words with their stems."""
    return Words(spellings, analyzer.stems(spellings))


def spelled_alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the half of :func:`similarity` that needs no stems, from 0 to 1."""
    from rapidfuzz.distance import LCSseq

    length = len(one) + len(other)
    return 2 * LCSseq.similarity(one, other) / length if length else 0.0


def similarity(one: Words, other: Words) -> float:
    """Return how alike two wordings are: 1.0 for the same words in the same order, 0.0 for none.

    It is the mean of two ratios, one over folded spellings and one over stems. Each is the length
    of the longest common subsequence of words, doubled, divided by the words of both texts. The
    two arguments may change places.

    >>> one, other = (words_of(text.split(), Analyzer()) for text in ("حقوق الطفل", "حق الطفل"))
    >>> similarity(one, other)
    0.75
    """
    return (spelled_alike(one.exact, other.exact) + spelled_alike(one.stem, other.stem)) / 2


class ComparedText(NamedTuple):
    """The words of a text as they are compared: folded spellings, stems and places.

    Three sequences of one length; places are spans of code points, end exclusive.
    """

    exact: Sequence[str]
    stem: Sequence[str]
    place: Sequence[Span]


def read_to_compare(text: str, analyzer: Analyzer) -> ComparedText:
    """Return the first words of *text*, at most MOST_WORDS, for :func:`compare`."""
    words, places = analyzer.placed_words(text)
    exact = words[:MOST_WORDS]
    return ComparedText(exact, analyzer.stems(exact), places[:MOST_WORDS])


def compare(before: ComparedText, after: ComparedText) -> tuple[Change, ...]:
    """Return what became of every word on the way from one wording to another, in reading order.

    Where words were replaced, those that went stand before those that came. Inflected words are
    told one by one, other words in runs.

    >>> before, after = (read_to_compare(text, Analyzer()) for text in ("حقوق الطفل", "حق الطفل"))
    >>> [(change.kind.value, change.before, change.after) for change in compare(before, after)]
    [('inflected', (0, 4), (0, 2)), ('unchanged', (5, 10), (3, 8))]
    """
    pairs = _align(before, after)
    return tuple(_changes(before, after, pairs, _moves(before, after, pairs)))


class _Pair(NamedTuple):
    """A word of each text, by index."""

    before: int
    after: int


def _align(before: ComparedText, after: ComparedText) -> list[_Pair]:
    """Return the words that stand in both texts in the same order: the same, or inflected.

    Same spellings are aligned first, for a word that was kept should never be shown as the
    inflection of another; what lies between them is aligned by stem.
    """
    pairs: list[_Pair] = []
    last = _Pair(-1, -1)
    end = _Pair(len(before.exact), len(after.exact))
    for pair in [*_common(before.exact, after.exact), end]:
        first, first_after = last.before + 1, last.after + 1
        if first < pair.before and first_after < pair.after:
            stems = _common(before.stem[first : pair.before], after.stem[first_after : pair.after])
            pairs += [_Pair(first + one, first_after + other) for one, other in stems]
        pairs.append(pair)
        last = pair
    return pairs[:-1]


def _common(before: Sequence[str], after: Sequence[str]) -> list[_Pair]:
    """Return the pairs of a longest common subsequence."""
    if not before or not after:
        return []
    from rapidfuzz.distance import LCSseq

    return [
        _Pair(operation.src_start + ahead, operation.dest_start + ahead)
        for operation in LCSseq.opcodes(before, after)
        if operation.tag == "equal"
        for ahead in range(operation.src_end - operation.src_start)
    ]


def _moves(before: ComparedText, after: ComparedText, pairs: Sequence[_Pair]) -> dict[int, int]:
    """Return which leftover words of *before* stand elsewhere in *after*, the longest runs first.

    A run of stop words alone has not moved: such words are everywhere. Neither has a single word
    that changed its form as well: two texts about one matter share some by chance.
    """
    left = set(range(len(before.exact))) - {pair.before for pair in pairs}
    free = set(range(len(after.exact))) - {pair.after for pair in pairs}
    partners: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(free):
        partners[after.stem[at]].append(at)
    runs: list[tuple[int, int, int]] = []
    walked: defaultdict[int, int] = defaultdict(int)  # how far, by distance between the partners
    for at in sorted(left):
        candidates = partners.get(before.stem[at], ())
        if before.exact[at] in _STOP_WORDS or len(candidates) > _MOST_PARTNERS:
            continue
        for partner in candidates:
            if at < walked[partner - at]:
                continue
            first = 0
            while _same_stem(before, after, left, free, at + first - 1, partner + first - 1):
                first -= 1
            last = 1
            while _same_stem(before, after, left, free, at + last, partner + last):
                last += 1
            walked[partner - at] = at + last
            runs.append((first - last, at + first, partner + first))
    moves: dict[int, int] = {}
    for length, at, partner in sorted(runs):
        run = [
            (origin, origin + partner - at)
            for origin in range(at, at - length)
            if origin in left and origin + partner - at in free
        ]
        if all(before.exact[origin] in _STOP_WORDS for origin, _ in run):
            continue
        if len(run) == 1 and before.exact[run[0][0]] != after.exact[run[0][1]]:
            continue
        moves.update(run)
        left.difference_update(origin for origin, _ in run)
        free.difference_update(to for _, to in run)
    return moves


def _same_stem(
    before: ComparedText,
    after: ComparedText,
    left: set[int],
    free: set[int],
    at: int,
    partner: int,
) -> bool:
    return at in left and partner in free and before.stem[at] == after.stem[partner]


class _Step(NamedTuple):
    """The fate of one word; an index is None where the word does not stand."""

    kind: ChangeKind
    before: int | None
    after: int | None


def _changes(
    before: ComparedText,
    after: ComparedText,
    pairs: Sequence[_Pair],
    moves: dict[int, int],
) -> Iterator[Change]:
    first: _Pair | None = None  # of the unchanged words that end at the last pair
    last = _Pair(-1, -1)
    end = _Pair(len(before.exact), len(after.exact))
    origins = {to: origin for origin, to in moves.items()}
    for pair in [*pairs, end]:
        gone, come = range(last.before + 1, pair.before), range(last.after + 1, pair.after)
        same = pair is not end and before.exact[pair.before] == after.exact[pair.after]
        if first is not None and (gone or come or not same):
            yield Change(
                ChangeKind.UNCHANGED,
                (before.place[first.before][0], before.place[last.before][1]),
                (after.place[first.after][0], after.place[last.after][1]),
            )
            first = None
        for run in _runs([_Step(_GONE[at in moves], at, moves.get(at)) for at in gone]):
            yield _change(before, after, run)
        for run in _runs([_Step(_COME[at in origins], origins.get(at), at) for at in come]):
            yield _change(before, after, run)
        if same:
            first = first or pair
        elif pair is not end:
            yield Change(ChangeKind.INFLECTED, before.place[pair.before], after.place[pair.after])
        last = pair


#: The fate of a word that has no partner in its place, by whether it has one elsewhere.
_GONE = (ChangeKind.DELETED, ChangeKind.MOVED_FROM)
_COME = (ChangeKind.INSERTED, ChangeKind.MOVED_TO)


def _runs(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Yield neighbouring words that share their fate."""
    begin = 0
    for at in range(1, len(steps) + 1):
        if at == len(steps) or not _goes_on(steps[at - 1], steps[at]):
            yield steps[begin:at]
            begin = at


def _goes_on(last: _Step, step: _Step) -> bool:
    """Tell whether *step*, of the word behind, continues the run that ends in *last*."""
    if step.kind is not last.kind:
        return False
    partners = (last.after, step.after) if last.kind in _GONE else (last.before, step.before)
    return partners[0] is None or partners[1] is None or partners[1] == partners[0] + 1


def _change(before: ComparedText, after: ComparedText, run: list[_Step]) -> Change:
    first, last = run[0], run[-1]
    return Change(
        first.kind,
        _span(before.place, first.before, last.before),
        _span(after.place, first.after, last.after),
    )


def _span(places: Sequence[Span], first: int | None, last: int | None) -> Span | None:
    if first is None or last is None:
        return None
    return places[first][0], places[last][1]
