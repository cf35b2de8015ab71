"""A diff in the order of reading: the later wording, with what differs put where it belongs.

The terminal sets signs or colours round the pieces, a page its own marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from fihris.search.hits import Span
from fihris.search.terminal import one_line
from fihris.search.wording_diff import Change, ChangeKind


class PieceKind(StrEnum):
    """What a piece of a diff is: text of the later wording, or one side of a change.

    ``form-before`` and ``form-after`` follow each other: one word in two forms.
    """

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED_FROM = "moved-from"
    MOVED_TO = "moved-to"
    FORM_BEFORE = "form-before"
    FORM_AFTER = "form-after"


_ARRIVED = {
    ChangeKind.UNCHANGED: PieceKind.SAME,
    ChangeKind.INSERTED: PieceKind.INSERTED,
    ChangeKind.MOVED_TO: PieceKind.MOVED_TO,
    ChangeKind.INFLECTED: PieceKind.FORM_AFTER,
}


class DiffPiece(NamedTuple):
    """A stretch of text, on one line, and what it is."""

    kind: PieceKind
    text: str


def diff_pieces(before: str, after: str, changes: Sequence[Change]) -> list[DiffPiece]:
    """Return *after* in pieces, with what it lost on the way from *before* among them.

    What was deleted or moved away stands where it was. Of the punctuation that no change covers,
    that of *after* is there.
    """
    line = _Line()
    done = 0
    for change in changes:
        if change.after is None or change.kind is ChangeKind.MOVED_FROM:
            gone = change.kind is ChangeKind.DELETED
            line.set_apart()
            line.add(
                PieceKind.DELETED if gone else PieceKind.MOVED_FROM, _words(before, change.before)
            )
            line.add(PieceKind.SAME, " ")
            continue
        start, end = change.after
        between = one_line(after[done:start])
        if between[:1].isspace():
            line.set_apart()
            between = between.lstrip()
        line.add(PieceKind.SAME, between)
        if change.kind is ChangeKind.INFLECTED:
            line.add(PieceKind.FORM_BEFORE, _words(before, change.before))
        line.add(_ARRIVED[change.kind], _words(after, change.after))
        # A comma belongs to the word before it, whatever is deleted between that and the next.
        done = end + _closing_signs(after[end:])
        line.add(PieceKind.SAME, one_line(after[end:done]))
    line.add(PieceKind.SAME, one_line(after[done:]))
    return line.stripped()


class _Line:
    """The pieces so far; neighbours that are the same text are one piece."""

    def __init__(self) -> None:
        self._pieces: list[DiffPiece] = []

    def add(self, kind: PieceKind, text: str) -> None:
        """Put *text* behind the rest."""
        if not text:
            return
        if kind is PieceKind.SAME and self._pieces and self._pieces[-1].kind is kind:
            text = self._pieces.pop().text + text
        self._pieces.append(DiffPiece(kind, text))

    def set_apart(self) -> None:
        """Let exactly one blank stand behind the rest, unless there is nothing yet."""
        self._strip_end()
        if self._pieces:
            self.add(PieceKind.SAME, " ")

    def stripped(self) -> list[DiffPiece]:
        """Return the pieces without blanks around them."""
        self._strip_end()
        if self._pieces and self._pieces[0].kind is PieceKind.SAME:
            self._pieces[0] = DiffPiece(PieceKind.SAME, self._pieces[0].text.lstrip())
        return [piece for piece in self._pieces if piece.text]

    def _strip_end(self) -> None:
        if self._pieces and self._pieces[-1].kind is PieceKind.SAME:
            self.add(PieceKind.SAME, self._pieces.pop().text.rstrip())


def _words(text: str, span: Span | None) -> str:
    return one_line(text[slice(*span)]) if span is not None else ""


def _closing_signs(text: str) -> int:
    """Return how many characters of *text* stand before its first blank or word."""
    at = 0
    while at < len(text) and not text[at].isspace() and not text[at].isalnum():
        at += 1
    return at
