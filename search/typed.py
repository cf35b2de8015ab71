"""A query as it was typed, piece by piece: which pieces are words that may be corrected.

Suggestions change a word and leave every other character of a query where it stands, so they work
on the text, and not on what the query language made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.characters import whole_characters

#: Code points. What is longer is no question that was mistyped but a text that was pasted.
LONGEST_QUERY = 400

Span = tuple[int, int]

_PIECE = re.compile(r"\S+")
_OPENING, _CLOSING = '"«“”(', '"»“”)'
_FIELD = re.compile(r"[^\W\d_]+:(?=.)")
_OPERATORS = frozenset({"OR", "NOT", "AND", "|", "&", "أو"})
_NO_PLAIN_WORD = re.compile(r"[0-9٠-٩۰-۹*?/\\~_@]")
_QUOTES = re.compile(r'["«»“”()]')


class Piece(NamedTuple):
    """A run of characters without a blank, less the quotes and brackets around it."""

    start: int
    end: int
    text: str


class FreeWord(NamedTuple):
    """A word of a query that may be corrected: its place in the query, and its folded form."""

    start: int
    end: int
    exact: str
    stop: bool


class TypedQuery:
    """What was typed, with its pieces told apart.

    ``pieces`` are those that ask for words. ``kept`` are those that leave out or restrict
    (``-word``, ``field:value``), joined by spaces. ``plain`` is the rest without quotes.
    """

    def __init__(self, text: str) -> None:
        self.text = whole_characters(text)
        self.pieces: tuple[Piece, ...]
        self.has_operators = False
        pieces: list[Piece] = []
        kept: list[str] = []
        for match in _PIECE.finditer(self.text):
            piece = _bare(match)
            if piece.text in _OPERATORS and piece.text != "أو":
                self.has_operators = True
            elif match[0].startswith("-") or _FIELD.match(piece.text):
                kept.append(match[0])
            elif piece.text:
                pieces.append(piece)
        self.pieces = tuple(pieces)
        self.kept = " ".join(kept)
        self.plain = " ".join(_QUOTES.sub(" ", " ".join(piece.text for piece in pieces)).split())

    def free_words(self, analyzer: Analyzer) -> Iterator[FreeWord]:
        """Yield the words that are nothing but letters, in order."""
        for piece in self.pieces:
            if _NO_PLAIN_WORD.search(piece.text):
                continue
            for token in analyzer.tokens(piece.text):
                start, end = piece.start + token.start, piece.start + token.end
                yield FreeWord(start, end, token.exact, token.stop)

    def with_replaced(self, written: Mapping[Span, str]) -> str:
        """Return the text with each of the spans, which do not overlap, written anew."""
        text = self.text
        for start, end in sorted(written, reverse=True):
            text = text[:start] + written[start, end] + text[end:]
        return text


def _bare(match: re.Match[str]) -> Piece:
    text = match[0]
    left = len(text) - len(text.lstrip(_OPENING))
    bare = text[left:].rstrip(_CLOSING)
    start = match.start() + left
    return Piece(start, start + len(bare), bare)
