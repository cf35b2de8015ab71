"""The dictionary: turns of phrase that the texts of an index repeat, told once for all files.

A file of texts is small, so that a hit costs little; too small to learn by itself what the whole
repeats. Each is therefore packed as if the dictionary stood before it, and a browser unpacks it
that way.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence

from fihris.web.shards.packing import single_bytes

#: Bytes: a visitor fetches a third of them once, and saves an eighth of all texts. More does not
#: pay before the third query.
_MOST_BYTES = 8_000
# A small collection repeats little.
_LETTERS_A_BYTE = 50
#: Texts that are looked through.
_MOST_TEXTS = 8_192
# Words: of a turn that counts as repeated, of a passage that is taken whole, between two passages.
_TURN, _PASSAGE, _STEP = 3, 12, 4
# Texts that must have a turn.
_FEWEST = 3

_Turn = tuple[str, ...]


def dictionary(texts: Sequence[str]) -> bytes:
    """Return the passages of *texts* that are worth knowing beforehand, in single bytes.

    The best stand at the end, where pointing at them costs least. Only the first so many texts
    count, a power of two, and of those evenly spaced ones: a dictionary that has changed changes
    every file, and so it stays the same while texts are added to an index, until it has grown to
    twice its size.
    """
    counted = texts[: 1 << len(texts).bit_length() - 1] if texts else texts
    most = min(_MOST_BYTES, sum(map(len, counted)) // _LETTERS_A_BYTE)
    sample = [text.split() for text in counted[:: max(1, len(counted) // _MOST_TEXTS)]]
    chosen: list[bytes] = []
    size = 0
    for passage in _best_passages(sample):
        written = single_bytes(" ".join(passage) + " ")
        size += len(written)
        if size > most:
            break
        chosen.append(written)
    return b"".join(reversed(chosen))


def _best_passages(sample: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield passages, each time the one whose turns not yielded yet are the commonest."""
    counts = Counter(turn for words in sample for turn in set(_turns(words)))
    # To the nearest power of two: one text more changes hardly any.
    worth = {turn: 1 << count.bit_length() for turn, count in counts.items() if count >= _FEWEST}

    def worth_of(passage: Sequence[str]) -> int:
        return sum(worth.get(turn, 0) for turn in set(_turns(passage)))

    passages = {
        tuple(words[at : at + _PASSAGE]): None  # each once, in their order
        for words in sample
        for at in range(0, len(words) - _TURN + 1, _STEP)
    }
    ranked = [(-value, place) for place, one in enumerate(passages) if (value := worth_of(one))]
    heapq.heapify(ranked)
    in_order = list(passages)
    while ranked:
        _, place = heapq.heappop(ranked)
        passage = in_order[place]
        value = worth_of(passage)
        if ranked and -value > ranked[0][0]:  # what was yielded since has taken of its worth
            if value:
                heapq.heappush(ranked, (-value, place))
            continue
        for turn in _turns(passage):
            worth.pop(turn, None)
        yield passage


def _turns(words: Sequence[str]) -> Iterator[_Turn]:
    return zip(*(words[at:] for at in range(_TURN)), strict=False)
