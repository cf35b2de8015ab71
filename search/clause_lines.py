"""Wordings as lines for a terminal: how alike, where they stand, and word by word what differs.

Square brackets hold what only the earlier wording has, the one that was found; braces what only the
later one has, which is the clause that was pasted.
Brackets open and close in the direction of reading, so they hold their words also where a terminal
shows Arabic from right to left; colours take their place where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from fihris.search.clause import ClauseAnswer, Likeness, Wording
from fihris.search.diff_pieces import PieceKind, diff_pieces
from fihris.search.terminal import aside, count_of, one_line, place_line
from fihris.search.wording_diff import Change


class _Mark(NamedTuple):
    """How words are marked: between signs, or in a colour."""

    opening: str
    closing: str
    colour: str
    struck: bool = False


_DELETED = _Mark("[-", "-]", "red", struck=True)
_INSERTED = _Mark("{+", "+}", "green")
_MOVED_FROM = _Mark("[=", "=]", "blue", struck=True)
_MOVED_TO = _Mark("{=", "=}", "blue")
_FORM_BEFORE = _Mark("[~", "~]", "yellow", struck=True)
_FORM_AFTER = _Mark("{~", "~}", "yellow")
_MARKS = {
    PieceKind.DELETED: _DELETED,
    PieceKind.INSERTED: _INSERTED,
    PieceKind.MOVED_FROM: _MOVED_FROM,
    PieceKind.MOVED_TO: _MOVED_TO,
    PieceKind.FORM_BEFORE: _FORM_BEFORE,
    PieceKind.FORM_AFTER: _FORM_AFTER,
}

_LIKENESS_NAMES = {
    Likeness.IDENTICAL: "the same wording",
    Likeness.NUMBERS: "the same but for numbers",
}


def answer_lines(answer: ClauseAnswer, *, colour: bool) -> Iterator[str]:
    """Yield the lines of what was found for a clause, with an empty line after each wording."""
    for wording in answer.wordings:
        yield from wording_lines(wording, answer.clause.text, colour=colour)
        yield ""
    same = sum(one.place_count for one in answer.wordings if one.likeness is Likeness.IDENTICAL)
    near = sum(one.likeness is not Likeness.IDENTICAL for one in answer.wordings)
    exactly = f"{count_of(same, 'paragraph')} with this wording"
    yield f"{exactly}, {count_of(near, 'similar wording')}"


def clause_heading(answer: ClauseAnswer) -> Iterator[str]:
    """Yield the lines that head the answer to one paragraph of a draft."""
    label = f", {answer.clause.label}" if answer.clause.label else ""
    yield click.style(one_line(f"== line {answer.clause.line}{label}"), bold=True)
    yield one_line(answer.clause.text)
    yield ""


def legend(*, colour: bool) -> str:
    """Return the line that explains the marks of a diff."""
    return (
        f"{_marked('only there', _DELETED, colour)} {_marked('only in yours', _INSERTED, colour)}, "
        f"moved {_marked('from', _MOVED_FROM, colour)} {_marked('to', _MOVED_TO, colour)}, "
        f"inflected {_marked('there', _FORM_BEFORE, colour)} "
        f"{_marked('in yours', _FORM_AFTER, colour)}"
    )


def wording_lines(wording: Wording, clause: str, *, colour: bool) -> Iterator[str]:
    """Yield how alike a wording is, its places, and the way from it to the clause."""
    facts = [f"{written_percent(wording.similarity)} similar"]
    if wording.likeness in _LIKENESS_NAMES:
        facts = [_LIKENESS_NAMES[wording.likeness], *facts[: wording.similarity < 1]]
    facts.append(count_of(wording.place_count, "place"))
    yield aside(", ".join(facts))
    for place in wording.places:
        yield place_line(place.address, place.kind, place.document)
    if wording.place_count > len(wording.places):
        yield aside(f"and {wording.place_count - len(wording.places):,} more places")
    if wording.revision is not None:
        yield aside("since the wording before it:")
        earlier = wording.revision
        yield diff_line(earlier.text, wording.text, earlier.changes, colour=colour)
        yield aside("from here to yours:")
    yield diff_line(wording.text, clause, wording.changes, colour=colour)


def diff_line(before: str, after: str, changes: Sequence[Change], *, colour: bool) -> str:
    """Return *after* with what differs from *before* marked in it, on one line."""
    line = ""
    for piece in diff_pieces(before, after, changes):
        mark = _MARKS.get(piece.kind)
        line += piece.text if mark is None else _marked(piece.text, mark, colour)
        if colour and piece.kind is PieceKind.FORM_BEFORE:
            line += " "  # no signs keep the two forms apart
    return line


def _marked(words: str, mark: _Mark, colour: bool) -> str:
    if colour:
        return click.style(words, fg=mark.colour, strikethrough=mark.struck)
    return f"{mark.opening}{words}{mark.closing}"


def written_percent(similarity: float) -> str:
    """Return a similarity in whole per cent; only what is wholly alike has 100."""
    return f"{min(int(similarity * 100), 99) if similarity < 1 else 100}%"
