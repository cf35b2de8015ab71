"""A concordance: each matched passage with what stands before it and what stands after it.

The columns are called *before* and *after*, in the order of reading. Left and right would change
places with the direction of the script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fihris.index.analysis import fold_characters
from fihris.index.columns import display_width
from fihris.search.hits import Hit
from fihris.search.terminal import one_line

#: Cells of a screen that each of the two contexts takes at most.
CONTEXT_WIDTH = 36


class Occurrence(NamedTuple):
    """One matched passage with its surroundings, each on one line."""

    before: str
    match: str
    after: str
    address: str


def occurrences(hits: Iterable[Hit], width: int = CONTEXT_WIDTH) -> Iterator[Occurrence]:
    """Yield every matched passage of *hits*, with whole words on both sides."""
    for hit in hits:
        text = one_line(hit.text)
        for start, end in hit.spans:
            before = _fitting(reversed(text[:start].split()), width)
            after = _fitting(text[end:].split(), width)
            # A mark that touches the passage (a bracket, a comma) is no word of its own.
            yield Occurrence(
                " ".join(reversed(before)), text[start:end], " ".join(after), hit.address
            )


def sort_occurrences(found: Iterable[Occurrence], side: str) -> list[Occurrence]:
    """Return *found* by the words *before* the passage, nearest first, or by those *after* it."""

    def key(one: Occurrence) -> tuple[list[str], str]:
        words = fold_characters(getattr(one, side)).text.split()
        return (words[::-1] if side == "before" else words), one.address

    return sorted(found, key=key)


def kwic_lines(found: Iterable[Occurrence], width: int = CONTEXT_WIDTH) -> Iterator[str]:
    """Yield a line for each occurrence in which the passages stand under each other.

    Everything is in logical order; the address comes last, so that a terminal which orders text
    by itself takes the direction of the line from the Arabic.
    """
    for one in found:
        before = " " * (width - display_width(one.before)) + one.before
        after = one.after + " " * (width - display_width(one.after))
        yield f"{before}  {one.match}  {after}  {one.address}"


def _fitting(words: Iterable[str], width: int) -> list[str]:
    taken: list[str] = []
    room = width
    for word in words:
        room -= display_width(word) + bool(taken)
        if room < 0:
            break
        taken.append(word)
    return taken
