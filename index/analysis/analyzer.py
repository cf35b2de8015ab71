"""The analyzer: a text in, its tokens with all their forms out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fihris.index.analysis.normalizer import fold
from fihris.index.resolution import SourceKind

ANALYZER_VERSION = 1

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or symbol with its forms; ``start`` and ``end`` are places in the original."""

    exact: str
    stem: str
    family: tuple[str, ...]
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """The forms of a text's tokens, each joined by spaces, ready for the fields of their names."""

    exact: str
    stem: str
    family: str
    alias: str


class Analyzer:
    """Turns texts into tokens."""

    def tokens(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> list[Token]:
        """Return the tokens of *text* in order, with their places in it."""
        folded = fold(text)
        return [
            Token(word[0], word[0], (word[0],), position, *folded.span(*word.span()))
            for position, word in enumerate(_WORD.finditer(folded.text))
        ]

    def analyze(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> AnalyzedText:
        """Return the forms of *text* as the index stores them: the same tokens, without places."""
        tokens = self.tokens(text, source_kind)
        exact = " ".join(token.exact for token in tokens)
        family = " ".join(form for token in tokens for form in token.family)
        return AnalyzedText(exact, exact, family, "")
