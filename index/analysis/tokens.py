"""Tokens: the words of a text with the forms that they can be found by, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from fihris.index.analysis.families import Families
from fihris.index.analysis.stemmer import Rule, Stem

# A word is a run of letters or a run of digits: "1971م" is two, so that 1971 finds it.
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
# "و5/2": a conjunction or preposition that is written together with a number is no token.
ATTACHED_CLITICS = frozenset("وفبلك")


class WordForms:
    """What the analyzer knows of one folded word.

    Stem and family are worked out when they are first asked for: a phrase needs its words as they
    are, and marking the words of a query in a page of hits needs the stems of some.
    """

    __slots__ = ("_families", "_family", "_stem", "_stem_of", "exact", "stop")

    def __init__(
        self,
        exact: str,
        stem_of: Callable[[str], Stem],
        *,
        stop: bool = False,
        families: Families | None = None,
    ) -> None:
        self.exact = exact
        self.stop = stop
        self._stem_of = stem_of
        self._stem: Stem | None = None
        self._families = families
        self._family: tuple[str, ...] | None = None

    @property
    def stem(self) -> str:
        """The word without clitics and inflection."""
        return self._stemmed().text

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that made the stem, in the order in which they applied."""
        return self._stemmed().rules

    @property
    def family(self) -> tuple[str, ...]:
        """The keys of the word's family; a stop word, a number or a Latin word has none."""
        if self._family is None:
            families = self._families
            self._family = () if families is None else families.keys(self.exact, self.stem)
        return self._family

    def _stemmed(self) -> Stem:
        if self._stem is None:
            self._stem = self._stem_of(self.exact)
        return self._stem


class Token(NamedTuple):
    """A word, a number or a part of a symbol, with the forms that it can be found by.

    ``start`` and ``end`` are code points into the original text, end exclusive. ``family`` and
    ``alias`` may be empty. ``rules`` tell what made the stem.
    """

    forms: WordForms
    alias: tuple[str, ...]
    position: int
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The folded spelling."""
        return self.forms.exact

    @property
    def stem(self) -> str:
        """The word without clitics and inflection."""
        return self.forms.stem

    @property
    def family(self) -> tuple[str, ...]:
        """The keys of the word's family."""
        return self.forms.family

    @property
    def stop(self) -> bool:
        """Whether this is a stop word."""
        return self.forms.stop

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that made the stem, in the order in which they applied."""
        return self.forms.rules


def find_words(folded: str) -> list[re.Match[str]]:
    """Return the words of a folded text, which are its tokens, in order."""
    return [
        match
        for match in _WORD.finditer(folded)
        if match[0] not in ATTACHED_CLITICS or not _is_attached(folded, match)
    ]


def _is_attached(folded: str, match: re.Match[str]) -> bool:
    """Tell whether a match is written together with the number behind it ("و5/2")."""
    return (
        folded[match.end() : match.end() + 1].isdigit()
        and not folded[: match.start()][-1:].isalnum()
    )


class AnalyzedText(NamedTuple):
    """The forms of a text's tokens, each joined by spaces, ready for the fields of their names.

    ``exact`` holds every token. ``stem`` and ``family`` leave stop words out, which makes lengths
    comparable and words that only a preposition parts neighbours. ``pairs`` holds each two
    neighbouring stop words (:func:`~fihris.index.analysis.stop_pairs.stop_pairs`).
    """

    exact: str
    stem: str
    family: str
    alias: str
    pairs: str


#: How a chunk joins its neighbours: not at all ("0"), perhaps ("1"), or it has readings by itself
#: ("2"). The codes of a chunk without any word, or whose only word is a stop word, are "a", "b",
#: "c" in their stead, and "x", "y", "z" where a stop word is one of several.
STOP_CODES = str.maketrans("012", "abc")
PARTLY_STOP_CODES = str.maketrans("012", "xyz")


class ChunkFields(NamedTuple):
    """What a chunk gives to the fields of these names, with a space behind each term.

    ``code`` tells how it joins its neighbours; see :data:`STOP_CODES`.
    """

    exact: str
    stem: str
    family: str
    code: str
