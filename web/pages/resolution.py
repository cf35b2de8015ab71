"""The page of a document: what it is, every paragraph with its address, and what is tied to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fihris.index.frozen import frozen
from fihris.index.resolution import Adoption, Resolution
from fihris.search.citations import CitedDocument, CitingDocument, cited_in, citing_document
from fihris.search.hits import Span, summarise
from fihris.search.lookup import Passage
from fihris.search.outputs.citation import cite_document
from fihris.search.passage_marks import mark_document
from fihris.web.answers import asked_query
from fihris.web.catalogue import Neighbours, ShelfName, catalogue
from fihris.web.links import Language, Links
from fihris.web.pages.document_text import DocumentText, document_text
from fihris.web.pages.frame import make_frame, render
from fihris.web.pages.hit_views import DocumentView, document_view
from fihris.web.passages import find_served
from fihris.web.questions import SearchQuestion
from fihris.web.texts import Texts, isolate, texts_in
from fihris.web.visits import Visit

if TYPE_CHECKING:
    from fihris.web.live_index import IndexState

#: Paragraphs that are read to list what cites a document; a search lists the rest.
CITING_UNITS_SHOWN = 200
_ADOPTIONS = {
    "without a vote": "resolution.without_a_vote",
    "recorded vote": "resolution.recorded_vote",
}


@frozen
class DocumentTies:
    """What ties a document to others of the index, the same in every language.

    ``all_citing`` tells whether ``citing`` is everything that cites it.
    """

    shelf: ShelfName
    cited: tuple[CitedDocument, ...]
    citing: tuple[CitingDocument, ...]
    all_citing: bool
    neighbours: Neighbours


@frozen
class Fact:
    """One line of what is known of a document."""

    label: str
    value: Markup


@frozen
class Votes:
    """How many voted in one way, and who, as far as that is printed."""

    label: str
    count: str
    states: tuple[str, ...]


@frozen
class CitedView:
    """What the document cites: the documents of the index that bear the symbol, or none."""

    symbol: str
    documents: tuple[DocumentView, ...]


@frozen
class Arrival:
    """What a reader came from: the query, the way back, and where its first word stands."""

    query: str
    back: str
    first: str
    unmarked: str


@frozen
class ResolutionView:
    """A document as its page shows it. ``address`` is its own, ``permalink`` stands alone."""

    document: Resolution
    kind: str
    facts: tuple[Fact, ...]
    votes: tuple[Votes, ...]
    text: DocumentText
    cites: tuple[CitedView, ...]
    cited_by: tuple[DocumentView, ...]
    more_citing: str
    previous: DocumentView | None
    next: DocumentView | None
    citation: str
    permalink: str
    arrival: Arrival | None


def resolution_page(visit: Visit) -> Response:
    """Answer the address of a document, in whatever spelling, at its one place."""
    question = SearchQuestion.read(visit.parameters)
    asked = visit.request.path_params.get("address", "") or visit.request.query_params.get(
        "address", ""
    )
    passage = find_served(visit.state, asked)
    if passage.address != asked:
        marking = question if question.q else None
        return RedirectResponse(
            visit.links.unit(passage.document.address, passage.address, marking), 302
        )
    state, document = visit.state, passage.document
    spans: tuple[tuple[Span, ...], ...] = ()
    if question.q:
        strictness = question.strictness()
        spans = mark_document(state.reader, document, asked_query(question), strictness)
    ties = document_ties(state, document, CITING_UNITS_SHOWN)
    return HTMLResponse(resolution_html(visit.links, document, ties, question, spans))


def document_ties(state: IndexState, document: Resolution, most: int) -> DocumentTies:
    """Return what ties *document* to others; of what cites it, *most* paragraphs are read."""
    held = catalogue(state)
    passage = Passage(document.address, document, document.paragraphs)
    citing = citing_document(state.reader, document, most)
    return DocumentTies(
        shelf=held.shelf_of(document),
        cited=cited_in(state.reader, passage),
        citing=citing,
        all_citing=sum(len(one.places) for one in citing) < most,
        neighbours=held.neighbours(document),
    )


def resolution_html(
    links: Links,
    document: Resolution,
    ties: DocumentTies,
    question: SearchQuestion,
    spans: tuple[tuple[Span, ...], ...] = (),
) -> str:
    """Return the page of *document*, with the *spans* of what *question* asks for marked."""
    texts = texts_in(links.language)
    frame = make_frame(
        links,
        title=" – ".join(filter(None, (document.symbol, document.title))) or document.address,
        description=_description(document, texts),
        here=lambda links: links.resolution(document.address),
        section="sessions",
        indexed=not question.q,
        scripts=("copying.js",),
    )
    text = document_text(document, spans, _targets(ties.cited, links), links, texts)
    previous, following = ties.neighbours.before, ties.neighbours.after
    summary = summarise(document)
    english, arabic = cite_document(summary)
    view = ResolutionView(
        document=document,
        kind=texts.document_kind(document.kind),
        facts=tuple(_facts(ties.shelf, document, links, texts)),
        votes=_votes(document.adoption, texts) if document.adoption else (),
        text=text,
        cites=tuple(
            CitedView(
                " ".join(filter(None, (one.symbol, one.part))),
                tuple(document_view(found, links, texts) for found in one.documents),
            )
            for one in ties.cited
        ),
        cited_by=tuple(document_view(one.document, links, texts) for one in ties.citing),
        more_citing=_more_citing(ties, document, links),
        previous=document_view(previous, links, texts) if previous else None,
        next=document_view(following, links, texts) if following else None,
        citation=arabic if texts.language is Language.ARABIC else english,
        permalink=links.absolute(links.resolution(document.address)),
        arrival=_arrival(question, document, text, links) if question.q else None,
    )
    return render("resolution", frame, view)


def _targets(
    cited: tuple[CitedDocument, ...], links: Links
) -> Mapping[tuple[str, str | None], str]:
    """Return where each citation leads; one that names several documents leads to their list."""
    return {
        (one.symbol, one.part): (
            links.resolution(one.documents[0].address)
            if len(one.documents) == 1
            else links.search(SearchQuestion().changed(q=one.symbol))
        )
        for one in cited
        if one.documents
    }


def _arrival(
    question: SearchQuestion, document: Resolution, text: DocumentText, links: Links
) -> Arrival:
    return Arrival(
        query=question.q,
        back=links.search(question.wording()),
        first=text.first_marked,
        unmarked=links.resolution(document.address),
    )


def _more_citing(ties: DocumentTies, document: Resolution, links: Links) -> str:
    """Return the link to everything that cites *document*, where not all of it is listed."""
    if document.symbol is None or ties.all_citing:
        return ""
    return links.search(SearchQuestion().changed(cites=(document.symbol,)))


def _description(document: Resolution, texts: Texts) -> str:
    """Return a sentence that says what the document is."""
    english, arabic = cite_document(summarise(document))
    cited = arabic if texts.language is Language.ARABIC else english
    return f"{cited}: {document.title}" if document.title else cited


def _facts(shelf: ShelfName, document: Resolution, links: Links, texts: Texts) -> Iterator[Fact]:
    """Yield what is known of *document*, a line for each matter."""
    if document.symbol is not None:
        yield Fact(
            texts.say("resolution.symbol"),
            Markup('<bdi itemprop="legislationIdentifier">%s</bdi>') % document.symbol
            + (
                Markup(' <span class="quiet">%s</span>') % texts.say("resolution.symbol_derived")
                if document.symbol_derived
                else Markup("")
            ),
        )
    if document.organ is not None:
        name = Markup('<span itemprop="legislationPassedBy">%s</span>') % texts.organ(
            document.organ
        )
        yield Fact(texts.say("resolution.organ"), name)
    if document.session is not None:
        yield Fact(texts.say("resolution.session"), _session(shelf, document, links, texts))
    if document.adopted_on is not None:
        # What is no resolution is not adopted, but dated.
        key = "resolution.date" if document.organ is not None else "resolution.dated"
        value = Markup('<time itemprop="legislationDate" datetime="%s">%s</time>') % (
            document.adopted_on.isoformat(),
            texts.date(document.adopted_on),
        )
        yield Fact(texts.say(key), value)
    if document.meeting is not None:
        yield Fact(texts.say("resolution.meeting"), isolate(document.meeting))
    if document.agenda_items:
        items = isolate(texts.list(document.agenda_items))
        title = Markup(' <span lang="ar" dir="rtl">%s</span>') % (document.agenda_title or "")
        yield Fact(
            texts.say("resolution.agenda"), items + title if document.agenda_title else items
        )
    if document.adoption is not None:
        manner = _ADOPTIONS.get(document.adoption.mode)
        said = texts.show(manner) if manner else isolate(document.adoption.mode)
        yield Fact(texts.say("resolution.adoption"), said)


def _session(shelf: ShelfName, document: Resolution, links: Links, texts: Texts) -> Markup:
    label = document.session.label if document.session is not None else None
    value = Markup('<a href="%s">%s</a>') % (links.session(*shelf), texts.session(label))
    if document.session_dates is None:
        return value
    first, last = (texts.date(day) for day in document.session_dates)
    dates = texts.show("resolution.from_to", first=first, last=last)
    return value + Markup(' <span class="quiet">(%s)</span>') % dates


def _votes(adoption: Adoption, texts: Texts) -> tuple[Votes, ...]:
    sides = (
        ("in_favour", adoption.in_favour, adoption.states_in_favour),
        ("against", adoption.against, adoption.states_against),
        ("abstaining", adoption.abstaining, adoption.states_abstaining),
    )
    return tuple(
        Votes(texts.say(f"resolution.{side}"), texts.number(count), states)
        for side, count, states in sides
        if count is not None
    )
