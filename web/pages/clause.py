"""The page that traces a wording: the same one and the nearest, what differs, and since when."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from urllib.parse import parse_qsl

from markupsafe import Markup
from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fihris.index.addresses import split_address
from fihris.index.frozen import frozen
from fihris.search.clause import (
    LONGEST_CLAUSE,
    ClauseAnswer,
    ClauseOptions,
    Likeness,
    Place,
    Wording,
    find_clause,
)
from fihris.search.clause_lines import written_percent
from fihris.search.diff_pieces import diff_pieces
from fihris.search.hits import summarise
from fihris.search.lookup import Passage
from fihris.web.links import Links
from fihris.web.pages.frame import make_frame, render
from fihris.web.pages.hit_views import DocumentView, document_view
from fihris.web.pages.marked_text import diff_html
from fihris.web.pages.notices import notice_html
from fihris.web.parameters import Parameters, read_lower, read_text
from fihris.web.passages import find_served
from fihris.web.texts import Texts, texts_in
from fihris.web.visits import Visit, in_thread, visit_of

#: Links that are longer are cut by some proxies and mail programs; a text beyond is not in one.
LONGEST_LINK = 8_000
_WORDINGS = 15
_PLACES = 60
#: Places of a wording that stand in the open.
_PLACES_SHOWN = 6
_MOST_FIELDS = 10


class WordingOrder(StrEnum):
    """In which order wordings are shown."""

    NEAREST = "nearest"
    OLDEST = "oldest"


class ClauseQuestion(Parameters):
    """A wording to be traced: a ``text``, or that of the paragraph at the address ``like``."""

    text: Annotated[str, Field(max_length=LONGEST_CLAUSE), BeforeValidator(read_text)] = ""
    like: Annotated[str, Field(max_length=1_200), BeforeValidator(read_text)] = ""
    order: Annotated[WordingOrder, BeforeValidator(read_lower)] = WordingOrder.NEAREST

    def link(self, links: Links, order: WordingOrder) -> str:
        """Return the link that asks this in another *order*."""
        written = "" if order is WordingOrder.NEAREST else order.value
        if self.like:
            return links.clause_of(self.like, written)
        return links.clause(self.text, written)

    def shareable_link(self, links: Links, order: WordingOrder) -> str:
        """Return the same link, or nothing where it is too long to be sent."""
        link = self.link(links, order)
        return link if len(link) <= LONGEST_LINK else ""


@frozen
class PlaceView:
    """A paragraph that has a wording."""

    href: str
    place: str
    document: DocumentView


@frozen
class WordingView:
    """One wording: how near it is, the way from it to the clause, and where it stands.

    ``difference`` is the text itself where nothing differs. ``since`` tells what changed since the
    wording before it, where they are in the order of their dates.
    """

    heading: str
    percent: str
    is_same: bool
    difference: Markup
    since: Markup
    places: tuple[PlaceView, ...]
    more: tuple[PlaceView, ...]
    uncounted: Markup


@frozen
class Tracing:
    """What was found for a wording.

    ``text`` is the wording; ``source`` the paragraph it was taken from, if any. ``shared`` is the
    link to this answer; it and those to either order are empty where the text is too long for one.
    """

    text: str
    source: PlaceView | None
    count: Markup
    notices: tuple[Markup, ...]
    wordings: tuple[WordingView, ...]
    oldest_first: bool
    nearest_link: str
    oldest_link: str
    shared: str
    differs: bool


@frozen
class ClauseView:
    """The page: its form, and what was found, if anything was asked."""

    action: str
    text: str
    tracing: Tracing | None


def clause_page(visit: Visit) -> Response:
    """Answer the address of the page."""
    return _answer(visit, ClauseQuestion.read(visit.parameters))


async def post_clause(request: Request) -> Response:
    """Answer a pasted text: at an address of its own, unless it is too long to be in one.

    Raises HTTPException for a body that the form of the page cannot have sent.
    """
    body = (await request.body()).decode("utf-8", errors="replace")
    try:
        question = ClauseQuestion.read(parse_qsl(body, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise HTTPException(400) from None
    visit = visit_of(request)
    link = question.shareable_link(visit.links, question.order)
    if link:
        return RedirectResponse(link, 303)
    return await in_thread(lambda visit: _answer(visit, question), visit)


def _answer(visit: Visit, question: ClauseQuestion) -> Response:
    texts = texts_in(visit.language)
    shareable = question.shareable_link(visit.links, question.order)
    frame = make_frame(
        visit.links,
        title=texts.say("clause.title"),
        description=texts.say("clause.lead"),
        here=lambda links: question.link(links, question.order) if shareable else links.clause(),
        section="clause",
        indexed=not (question.text or question.like),
        scripts=("copying.js",),
    )
    tracing = _traced(visit, question, texts)
    text = tracing.text if tracing is not None else ""
    view = ClauseView(visit.links.clause(), text, tracing)
    return HTMLResponse(render("clause", frame, view))


def _traced(visit: Visit, question: ClauseQuestion, texts: Texts) -> Tracing | None:
    if not (question.text or question.like):
        return None
    links = visit.links
    source, text = None, question.text
    if question.like:
        passage = find_served(visit.state, question.like)
        text, source = _source(passage, links, texts)
    oldest_first = question.order is WordingOrder.OLDEST
    options = ClauseOptions(limit=_WORDINGS, oldest_first=oldest_first, places=_PLACES)
    answer = find_clause(visit.state.reader, text, options)
    wordings = tuple(_wording(one, answer, links, texts) for one in answer.wordings)
    shared = question.shareable_link(links, question.order)
    return Tracing(
        text=answer.clause.text,
        source=source,
        count=_count(answer, texts),
        notices=tuple(notice_html(notice, texts) for notice in answer.notices),
        wordings=wordings,
        oldest_first=oldest_first,
        nearest_link=question.shareable_link(links, WordingOrder.NEAREST),
        oldest_link=question.shareable_link(links, WordingOrder.OLDEST),
        shared=links.absolute(shared) if shared else "",
        differs=any(one.since or not one.is_same for one in wordings),
    )


def _source(passage: Passage, links: Links, texts: Texts) -> tuple[str, PlaceView]:
    """Return the wording of the paragraph that *passage* begins with, and where it stands."""
    fragment = (
        split_address(passage.address)[1] if passage.address != passage.document.address else ""
    )
    named = [unit for unit in passage.paragraphs if unit.fragment == fragment]
    unit = (named or [*passage.paragraphs])[0]
    document = document_view(summarise(passage.document), links, texts)
    return unit.text, PlaceView(
        links.unit(passage.document.address, passage.address), texts.place(fragment), document
    )


def _count(answer: ClauseAnswer, texts: Texts) -> Markup:
    same = sum(one.place_count for one in answer.wordings if one.likeness is Likeness.IDENTICAL)
    near = sum(one.likeness is not Likeness.IDENTICAL for one in answer.wordings)
    return texts.show(
        "clause.found",
        same=texts.show_count("paragraphs", same),
        near=texts.show_count("similar_wordings", near),
    )


def _wording(wording: Wording, answer: ClauseAnswer, links: Links, texts: Texts) -> WordingView:
    clause = answer.clause.text
    since = Markup("")
    if wording.revision is not None:
        earlier = wording.revision
        since = diff_html(diff_pieces(earlier.text, wording.text, earlier.changes))
    places = tuple(_place(one, links, texts) for one in wording.places)
    uncounted = wording.place_count - len(places)
    return WordingView(
        heading=texts.say(f"clause.{wording.likeness}"),
        percent=texts.say(
            "clause.similarity", percent=written_percent(wording.similarity).rstrip("%")
        ),
        is_same=not wording.changed,
        difference=diff_html(diff_pieces(wording.text, clause, wording.changes)),
        since=since,
        places=places[:_PLACES_SHOWN],
        more=places[_PLACES_SHOWN:],
        uncounted=texts.show_count("more_places", uncounted) if uncounted else Markup(""),
    )


def _place(place: Place, links: Links, texts: Texts) -> PlaceView:
    fragment = "" if place.address == place.document.address else split_address(place.address)[1]
    return PlaceView(
        links.unit(place.document.address, place.address),
        texts.place(fragment) if fragment else texts.say("hit.title_unit"),
        document_view(place.document, links, texts),
    )
