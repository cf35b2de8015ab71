"""What every detector gives: the passages after its repairs, and what it found."""

from __future__ import annotations

from collections.abc import Callable

from fihris.index.frozen import frozen
from fihris.index.sources.finding import Finding

#: Words around a place that a sample shows at most.
SAMPLE_LENGTH = 60


@frozen
class Repair:
    """The passages of a document after one detector, in the same order, and its findings.

    ``moved`` tells for each passage where a place in it went; None where no place moved.
    """

    passages: list[str]
    findings: tuple[Finding, ...] = ()
    moved: tuple[Callable[[int], int] | None, ...] | None = None


def sample_around(text: str, start: int, end: int) -> str:
    """Return the words of *text* around a place, on one line, for people to look at."""
    room = max(0, SAMPLE_LENGTH - (end - start)) // 2
    first, last = max(0, start - room), min(len(text), end + room)
    while first > 0 and not text[first - 1].isspace() and start - first < SAMPLE_LENGTH:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - end < SAMPLE_LENGTH:
        last += 1
    return " ".join(text[first:last].split())
