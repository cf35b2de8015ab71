"""What a search returns: pages of hits, each telling what it is, where, and why it was found.

The engine returns text and spans; whoever shows them escapes and marks. Every span is a pair of
code points into ``Hit.text``, the author's own spelling, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fihris.index.resolution import Date, Organ, ParagraphKind

Span = tuple[int, int]


class Had(StrEnum):
    """How a unit has a word of the query.

    ``exact``: the folded form itself; ``inflected``: another form of the same stem; ``context``:
    only the title of the document (or the chapeau) has it; ``family``: a word of the same root or
    consonant skeleton, which counts in partial hits only; ``missing``: not at all (partial hits).
    """

    EXACT = "exact"
    INFLECTED = "inflected"
    CONTEXT = "context"
    FAMILY = "family"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class WordMatch:
    """One required word or phrase of the query, as typed, and how the hit has it."""

    word: str
    had: Had


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What a list of hits says of a document."""

    address: str
    title: str
    symbol: str | None = None
    organ: Organ | None = None
    session: str | None = None
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One unit of text that answers a query.

    ``partial`` hits lack at least one word of the query. ``same_wording`` counts the *other*
    strict hits with identical wording that this one stands for. ``spans`` mark what was matched,
    in order, without overlap; ``snippet`` is the part of ``text`` worth showing first.
    """

    address: str
    document: DocumentSummary
    kind: ParagraphKind
    text: str
    spans: tuple[Span, ...]
    snippet: Span
    score: float
    partial: bool
    words: tuple[WordMatch, ...]
    label: str = ""
    same_wording: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits.

    ``total`` counts the strict hits (units, before identical wording is collapsed),
    ``partial_total`` the partial ones, None when they were not looked for. ``documents`` are the
    documents that bear the symbol which was asked for. ``notices`` tell a person what of the query
    was ignored or read in a particular way.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    partial_total: int | None
    documents: tuple[DocumentSummary, ...] = ()
    notices: tuple[str, ...] = ()
