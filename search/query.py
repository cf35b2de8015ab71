"""The query language: what a person typed, as a list of words and phrases.

Reading a query never fails. ``"…"`` is an exact phrase; a ``-`` that touches a word and has a
space or nothing before it leaves that word or phrase out; everything else is words. A quotation
mark without its partner is a letter like any other, and so is a dash between spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

#: Code points of a query that are read; a long paragraph has some two thousand.
MOST_CHARACTERS = 10_000

_CLAUSE = re.compile(r'(?P<minus>(?<!\S)-(?=\S))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+|"))')


class ClauseKind(StrEnum):
    """``words`` are matched by stem and each for itself, a ``phrase`` word by word in its order."""

    WORDS = "words"
    PHRASE = "phrase"


class Clause(NamedTuple):
    """Part of a query. Words that stand together are one clause, for a date or a number such as
    ``1325 (2000)`` may take several of them. ``excluded`` clauses must not occur.
    """

    kind: ClauseKind
    text: str
    excluded: bool = False


class Query(NamedTuple):
    """A query as typed, and the clauses it was read as.

    ``cut`` tells that it was too long, and that ``text`` is its beginning.
    """

    text: str
    clauses: tuple[Clause, ...]
    cut: bool = False

    @property
    def only_words(self) -> bool:
        """Whether the query is plain words, as a symbol typed alone is."""
        return len(self.clauses) == 1 and self.clauses[0] == Clause(
            ClauseKind.WORDS, self.text.strip()
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are restricted to; an empty filter restricts nothing.

    Within one filter any value will do; all filters must hold. ``year`` is an inclusive range.
    ``cites`` are canonical symbols, of which a unit cites one.
    """

    organ: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[int, int] | None = None
    cites: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Read *text* as a query; of a very long one, the first MOST_CHARACTERS.

    >>> [(c.kind.value, c.text, c.excluded) for c in parse_query('ماء "حق الإنسان" -بحر').clauses]
    [('words', 'ماء', False), ('phrase', 'حق الإنسان', False), ('words', 'بحر', True)]
    >>> [c.text for c in parse_query('- من هو "').clauses]
    ['- من هو "']
    """
    cut = len(text) > MOST_CHARACTERS
    text = text[:MOST_CHARACTERS]
    return Query(text, tuple(_join_words(_clauses(text))), cut)


def _clauses(text: str) -> Iterator[Clause]:
    for match in _CLAUSE.finditer(text):
        excluded = match["minus"] is not None
        if match["phrase"] is not None:
            yield Clause(ClauseKind.PHRASE, match["phrase"], excluded)
        else:
            yield Clause(ClauseKind.WORDS, match["word"], excluded)


def _join_words(clauses: Iterator[Clause]) -> Iterator[Clause]:
    """Join neighbouring words that are not excluded into one clause."""
    words: list[str] = []
    for clause in clauses:
        if clause.kind is ClauseKind.WORDS and not clause.excluded:
            words.append(clause.text)
            continue
        if words:
            yield Clause(ClauseKind.WORDS, " ".join(words))
            words = []
        yield clause
    if words:
        yield Clause(ClauseKind.WORDS, " ".join(words))
