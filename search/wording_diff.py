"""Two wordings side by side: how alike they are, and word by word what differs.

Words are compared by their folded spelling, then by their stem, so that a vowel mark is no change
and an ending is a small one. The alignments are longest common subsequences, found bit-parallel by
RapidFuzz (Hyyrö, *Bit-parallel LCS-length computation revisited*, 2004).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.plain_text import read_plain
from fihris.search.hits import Span

#: Of any text so many words are compared: the table behind a diff grows with the product of two.
MOST_WORDS = 10_000
# As the analyzer finds them.
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
# A word that occurs more often among what is left over is no sign of a move.
_MOST_PARTNERS = 16


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


@dataclass(frozen=True, slots=True)
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


def spellings_of(text: str) -> list[str]:
    """Return the first words of *text*, folded, at most MOST_WORDS.

    A hundred texts are read for one clause, most of them once in the life of a process. Folding
    them whole costs a fraction of analysing every word that was not met before.
    """
    plain = read_plain(text)
    words = plain.words() if plain is not None else _WORD.findall(fold_text(text))
    return words[:MOST_WORDS]


def words_of(spellings: Sequence[str], analyzer: Analyzer) -> Words:
    """Return folded words with their stems."""
    return Words(spellings, [analyzer.word_forms(word).stem for word in spellings])


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


def compare(before: str, after: str, analyzer: Analyzer) -> tuple[Change, ...]:
    """Return what became of every word on the way from one wording to another, in reading order.

    Where words were replaced, those that went stand before those that came. Inflected words are
    told one by one, other words in runs.

    >>> [(c.kind.value, c.before, c.after) for c in compare("حقوق الطفل", "حق الطفل", Analyzer())]
    [('inflected', (0, 4), (0, 2)), ('unchanged', (5, 10), (3, 8))]
    """
    old = analyzer.word_tokens(before)[:MOST_WORDS]
    new = analyzer.word_tokens(after)[:MOST_WORDS]
    pairs = _align(old, new)
    return tuple(_changes(old, new, pairs, _moves(old, new, pairs)))


class _Pair(NamedTuple):
    """A word of each text, by index."""

    before: int
    after: int


def _align(before: Sequence[Token], after: Sequence[Token]) -> list[_Pair]:
    """Return the words that stand in both texts in the same order: the same, or inflected.

    Same spellings are aligned first, for a word that was kept should never be shown as the
    inflection of another; what lies between them is aligned by stem.
    """
    same = _common([token.exact for token in before], [token.exact for token in after])
    pairs: list[_Pair] = []
    last = _Pair(-1, -1)
    for pair in [*same, _Pair(len(before), len(after))]:
        stems = _common(
            [token.stem for token in before[last.before + 1 : pair.before]],
            [token.stem for token in after[last.after + 1 : pair.after]],
        )
        pairs += [_Pair(last.before + 1 + one, last.after + 1 + other) for one, other in stems]
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


def _moves(
    before: Sequence[Token], after: Sequence[Token], pairs: Sequence[_Pair]
) -> dict[int, int]:
    """Return which leftover words of *before* stand elsewhere in *after*, the longest runs first.

    A run of stop words alone has not moved: such words are everywhere. Neither has a single word
    that changed its form as well: two texts about one matter share some by chance.
    """
    left = set(range(len(before))) - {pair.before for pair in pairs}
    free = set(range(len(after))) - {pair.after for pair in pairs}
    partners: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(free):
        partners[after[at].stem].append(at)
    runs: list[tuple[int, int, int]] = []
    walked: defaultdict[int, int] = defaultdict(int)  # how far, by distance between the partners
    for at in sorted(left):
        candidates = partners.get(before[at].stem, ())
        if before[at].stop or len(candidates) > _MOST_PARTNERS:
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
        if all(before[origin].stop for origin, _ in run):
            continue
        if len(run) == 1 and before[run[0][0]].exact != after[run[0][1]].exact:
            continue
        moves.update(run)
        left.difference_update(origin for origin, _ in run)
        free.difference_update(to for _, to in run)
    return moves


def _same_stem(
    before: Sequence[Token],
    after: Sequence[Token],
    left: set[int],
    free: set[int],
    at: int,
    partner: int,
) -> bool:
    return at in left and partner in free and before[at].stem == after[partner].stem


class _Step(NamedTuple):
    """The fate of one word; an index is None where the word does not stand."""

    kind: ChangeKind
    before: int | None
    after: int | None


def _changes(
    before: Sequence[Token],
    after: Sequence[Token],
    pairs: Sequence[_Pair],
    moves: dict[int, int],
) -> Iterator[Change]:
    run: list[_Step] = []
    for step in _steps(before, after, pairs, moves):
        if run and not _goes_on(run[-1], step):
            yield _change(before, after, run)
            run = []
        run.append(step)
    if run:
        yield _change(before, after, run)


def _steps(
    before: Sequence[Token],
    after: Sequence[Token],
    pairs: Sequence[_Pair],
    moves: dict[int, int],
) -> Iterator[_Step]:
    origins = {to: origin for origin, to in moves.items()}
    last = _Pair(-1, -1)
    for pair in [*pairs, _Pair(len(before), len(after))]:
        for at in range(last.before + 1, pair.before):
            kind = ChangeKind.MOVED_FROM if at in moves else ChangeKind.DELETED
            yield _Step(kind, at, moves.get(at))
        for at in range(last.after + 1, pair.after):
            kind = ChangeKind.MOVED_TO if at in origins else ChangeKind.INSERTED
            yield _Step(kind, origins.get(at), at)
        if pair.before < len(before):
            same = before[pair.before].exact == after[pair.after].exact
            yield _Step(ChangeKind.UNCHANGED if same else ChangeKind.INFLECTED, *pair)
        last = pair


def _goes_on(last: _Step, step: _Step) -> bool:
    """Tell whether *step* continues the run that ends in *last*."""
    if step.kind is not last.kind or step.kind is ChangeKind.INFLECTED:
        return False
    return all(
        one is None or other is None or other == one + 1
        for one, other in ((last.before, step.before), (last.after, step.after))
    )


def _change(before: Sequence[Token], after: Sequence[Token], run: Sequence[_Step]) -> Change:
    return Change(
        run[0].kind,
        _span(before, run[0].before, run[-1].before),
        _span(after, run[0].after, run[-1].after),
    )


def _span(tokens: Sequence[Token], first: int | None, last: int | None) -> Span | None:
    if first is None or last is None:
        return None
    return tokens[first].start, tokens[last].end
