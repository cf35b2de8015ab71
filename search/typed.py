"""A query as it was typed, piece by piece: which pieces are words that may be corrected.

Suggestions change a word and leave every other character of a query where it stands, so they work
on the text and the tokens of the query language in it, and not on the tree that those make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.characters import whole_characters
from fihris.search.query import parse_query
from fihris.search.query_tokens import QueryToken, TokenKind, tokenize
from fihris.search.query_tree import And, Node, Or

#: Code points. What is longer is no question that was mistyped but a text that was pasted.
LONGEST_QUERY = 400

Span = tuple[int, int]

_PIECE = re.compile(r"\S+")
_OPENING, _CLOSING = '"«“”„‟(', '"»“”‟)'
_OPERATORS = frozenset({"OR", "NOT", "AND", "|", "&"})
_NO_PLAIN_WORD = re.compile(r"[0-9٠-٩۰-۹*?/\\~_@]")
_QUOTES = re.compile(r'["«»“”„‟]')


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

    ``pieces`` are those that ask for words. ``kept`` are the parts that leave out, restrict, or
    stand for many words (``-word``, ``field:value``, ``wor*``), joined by spaces. ``plain`` is the
    rest without quotes.
    """

    def __init__(self, text: str) -> None:
        self.text = whole_characters(text)
        self._tokens = tokenize(self.text)
        pieces: list[Piece] = []
        kept: list[str] = []
        plain: list[str] = []
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            end = self._part_end(at)
            at += 1
            if end > at or _is_kept(token):
                kept.append(self.text[token.start : self._tokens[end - 1].end])
                at = end
            elif token.kind in (TokenKind.WORD, TokenKind.PHRASE) and token.text not in _OPERATORS:
                pieces += self._pieces(token)
                plain.append(_QUOTES.sub(" ", token.text))
        self.pieces = tuple(pieces)
        self.kept = " ".join(kept)
        self.plain = " ".join(" ".join(plain).split())

    @property
    def has_alternatives(self) -> bool:
        """Whether one of several parts will do."""
        return _has_alternatives(parse_query(self.text).tree)

    def _part_end(self, at: int) -> int:
        """Return where the part that begins at *at* ends, with what a sign before it excludes."""
        token = self._tokens[at]
        if at + 1 == len(self._tokens) or not _excludes(token):
            return at + 1
        if self._tokens[at + 1].kind is TokenKind.OPEN:
            return _closing(self._tokens, at + 1) + 1
        return self._part_end(at + 1)

    def _pieces(self, token: QueryToken) -> Iterator[Piece]:
        written = self.text[token.start : token.end]
        inside = token.start + written.index(token.text)
        for match in _PIECE.finditer(token.text):
            piece = _bare(match, inside)
            if piece.text:
                yield piece

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


def _excludes(token: QueryToken) -> bool:
    return token.kind is TokenKind.MINUS or (token.kind is TokenKind.WORD and token.text == "NOT")


def _is_kept(token: QueryToken) -> bool:
    return token.kind is TokenKind.FIELD or (token.kind is TokenKind.WORD and "*" in token.text)


def _closing(tokens: Sequence[QueryToken], opening: int) -> int:
    """Return the place of the bracket that closes the one at *opening*, or of the last token."""
    depth = 0
    for at in range(opening, len(tokens)):
        depth += (tokens[at].kind is TokenKind.OPEN) - (tokens[at].kind is TokenKind.CLOSE)
        if not depth:
            return at
    return len(tokens) - 1


def _has_alternatives(node: Node) -> bool:
    if isinstance(node, Or):
        return True
    return isinstance(node, And) and any(map(_has_alternatives, node.parts))


def _bare(match: re.Match[str], offset: int) -> Piece:
    text = match[0]
    left = len(text) - len(text.lstrip(_OPENING))
    bare = text[left:].rstrip(_CLOSING)
    start = offset + match.start() + left
    return Piece(start, start + len(bare), bare)
