"""What a search returns: pages of hits, each telling what it is, where, and why it was found.

The engine returns text and spans; whoever shows them escapes and marks. Every span is a pair of
code points into ``Hit.text``, the author's own spelling, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.frozen import frozen
from fihris.index.resolution import Date, DocumentKind, Organ, ParagraphKind

if TYPE_CHECKING:
    from fihris.index.record import DocumentHead
    from fihris.index.resolution import Resolution

Span = tuple[int, int]


class Sort(StrEnum):
    """The order of hits; ties are broken by date, then by the place in the document.

    ``date`` begins with the oldest, ``-date`` with the latest; undated documents come last in
    both. ``symbol`` goes by organ, kind, session and number, each as people count them.
    """

    RELEVANCE = "relevance"
    OLDEST = "date"
    NEWEST = "-date"
    SYMBOL = "symbol"


class Grouping(StrEnum):
    """What of several hits that are alike is shown once: nothing, a wording, or a document."""

    NONE = "none"
    WORDING = "wording"
    DOCUMENT = "document"


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


@frozen
class WordMatch:
    """One required word or phrase of the query, as typed, and how the hit has it."""

    word: str
    had: Had


@frozen
class DocumentSummary:
    """What a list of hits says of a document.

    ``number`` is how its organ numbers it: ``46/28``, ``1325 (2000)``.
    """

    address: str
    title: str
    symbol: str | None = None
    organ: Organ | None = None
    session: str | None = None
    date: Date | None = None
    kind: DocumentKind = DocumentKind.DOCUMENT
    number: str | None = None


def summarise(document: Resolution | DocumentHead) -> DocumentSummary:
    """Return what a list of hits says of *document*."""
    return DocumentSummary(
        address=document.address,
        title=document.title,
        symbol=document.symbol,
        organ=document.organ,
        session=document.session.label if document.session is not None else None,
        date=document.date,
        kind=document.kind,
        number=document.number,
    )


@frozen
class Evidence:
    """One reason for a hit's score.

    ``word`` is what was typed (neighbouring words, where their standing together counts).
    ``field`` is where it was found, as :mod:`fihris.index.schema` names it; ``form`` is the form
    that matched there. ``share`` is what it adds to the score; all shares sum to it.
    """

    word: str
    field: str
    form: str
    share: float


@frozen
class FacetValue:
    """A value of a facet, and how many strict hits bear it."""

    value: str
    count: int


@frozen
class Facet:
    """What hits are told apart by: ``name`` is a field, ``values`` its values, commonest first.

    ``others`` counts the hits that bear a value which is not listed.
    """

    name: str
    values: tuple[FacetValue, ...]
    others: int = 0


@frozen
class Hit:
    """One unit of text that answers a query.

    ``partial`` hits lack at least one word of the query. ``same_wording`` counts the *other*
    strict hits with identical wording that this one stands for, ``same_document`` the other hits
    in its document, where hits are grouped by document. ``spans`` mark what was matched, in order,
    without overlap; ``snippets`` are the parts of ``text`` worth showing first, one or two, in
    order. ``evidence`` explains the score where that was asked for.
    """

    address: str
    document: DocumentSummary
    kind: ParagraphKind
    text: str
    spans: tuple[Span, ...]
    snippets: tuple[Span, ...]
    score: float
    partial: bool
    words: tuple[WordMatch, ...]
    label: str = ""
    same_wording: int = 0
    same_document: int = 0
    evidence: tuple[Evidence, ...] = ()


@frozen
class Page:
    """A page of hits.

    ``total`` counts the strict hits (units, before identical wording is collapsed),
    ``partial_total`` the partial ones, None when they were not looked for. ``documents`` are the
    documents that bear the symbol which was asked for. ``notices`` tell a person what of the query
    was ignored or read in a particular way. ``facets`` are those that were asked for.
    ``at_least`` tells that there may be more hits than were counted.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    partial_total: int | None
    documents: tuple[DocumentSummary, ...] = ()
    notices: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    at_least: bool = False


class HitStream(NamedTuple):
    """Strict hits one after the other, for whoever writes them out; the rest is as in a page."""

    hits: Iterator[Hit]
    total: int
    documents: tuple[DocumentSummary, ...]
    notices: tuple[str, ...]
