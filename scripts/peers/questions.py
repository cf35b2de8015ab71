"""Questions for measuring speed: what kind each is of, its words, and where they were found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is asked of an engine; each has its own way of writing it, or the nearest thing to it.

    ``term``, ``AND`` and ``OR`` are plain words. ``partial`` are words that hardly any unit has
    all of. A ``phrase`` holds a content word, a ``stop-word phrase`` none. A ``prefix`` is the
    beginning of one word, a ``clause`` a paragraph with some of its words changed. ``facets`` asks
    for all of its words and counts the hits by year.
    """

    TERM = "term"
    AND = "AND"
    OR = "OR"
    PARTIAL = "partial"
    PHRASE = "phrase"
    STOP_PHRASE = "stop-word phrase"
    PREFIX = "prefix"
    CLAUSE = "clause"
    FACETS = "facets"


@dataclass(frozen=True, slots=True)
class Question:
    """Plain words, one blank between two; ``source`` is the document that they were taken from."""

    kind: Kind
    words: str
    source: str = ""
