"""The pages to browse: every organ with its sessions, and the documents of one session."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from fihris.index.frozen import frozen
from fihris.index.resolution import Organ
from fihris.web.catalogue import Catalogue, OrganShelves, Shelf, ShelfName, catalogue
from fihris.web.links import UNSORTED, Links
from fihris.web.pages.frame import make_frame, render
from fihris.web.pages.hit_views import DocumentView, document_view
from fihris.web.parameters import Parameters
from fihris.web.questions import PageNumber, SearchQuestion
from fihris.web.texts import Texts, texts_in
from fihris.web.visits import Visit

DOCUMENTS_ON_A_PAGE = 100


class ShelfQuestion(Parameters):
    """Which part of a session is wanted."""

    page: PageNumber = 1


@frozen
class ShelfView:
    """A session, or a year: where it leads, its name, and how many documents it holds."""

    href: str
    name: str
    documents: Markup


@frozen
class OrganView:
    """An organ and its shelves, the latest first; ``feed`` tells of them all, where it has one."""

    anchor: str
    name: str
    documents: Markup
    feed: str
    shelves: tuple[ShelfView, ...]


@frozen
class SessionsView:
    """The page of all organs."""

    organs: tuple[OrganView, ...]


@frozen
class SessionView:
    """The page of one session: its documents with the numbers they bear, and the ways on."""

    name: str
    organ: str
    count: Markup
    documents: tuple[tuple[str, DocumentView], ...]
    search: str
    earlier: ShelfView | None
    later: ShelfView | None
    previous: str
    next: str


def sessions_page(visit: Visit) -> Response:
    """Answer the address of the page of all organs."""
    return HTMLResponse(sessions_html(catalogue(visit.state), visit.links))


def sessions_html(held: Catalogue, links: Links) -> str:
    """Return the page of all organs that are *held*."""
    texts = texts_in(links.language)
    frame = make_frame(
        links,
        title=texts.say("sessions.title"),
        description=texts.say("sessions.lead"),
        here=lambda links: links.sessions(),
        section="sessions",
    )
    organs = tuple(_organ(one, links, texts) for one in held.organs)
    return render("sessions", frame, SessionsView(organs))


def session_page(visit: Visit) -> Response:
    """Answer the address of the page of one session; raises HTTPException when there is none."""
    name = ShelfName(*(_known(visit.request.path_params[part]) for part in ("organ", "session")))
    held = catalogue(visit.state)
    shelf = held.shelf(name)
    if shelf is None:
        raise HTTPException(404)
    question = ShelfQuestion.read(visit.parameters)
    return HTMLResponse(session_html(held, shelf, question.page, visit.links))


def session_html(held: Catalogue, shelf: Shelf, page: int, links: Links) -> str:
    """Return one *page* of the documents of *shelf*, from 1 on."""
    texts = texts_in(links.language)
    offset = (page - 1) * DOCUMENTS_ON_A_PAGE
    documents = held.documents(shelf, DOCUMENTS_ON_A_PAGE, offset)
    shelves = next(one for one in held.organs if one.organ == shelf.name.organ)
    earlier, later = _around(shelf, shelves)
    label = _label(shelf, texts)
    organ = _organ_name(shelf.name.organ, texts)
    frame = make_frame(
        links,
        title=texts.say("sessions.title_of", organ=organ, session=label),
        here=lambda links: links.session(*shelf.name, page=page),
        section="sessions",
    )
    shown = offset + len(documents)
    view = SessionView(
        name=label,
        organ=organ,
        count=texts.show_count("documents", shelf.documents),
        documents=tuple(
            (one.number or one.symbol or "", document_view(one, links, texts)) for one in documents
        ),
        search=_search_link(shelf, links),
        earlier=_shelf(earlier, links, texts) if earlier else None,
        later=_shelf(later, links, texts) if later else None,
        previous=links.session(*shelf.name, page=page - 1) if page > 1 else "",
        next=links.session(*shelf.name, page=page + 1) if shown < shelf.documents else "",
    )
    return render("session", frame, view)


def _known(name: str) -> str | None:
    return None if name == UNSORTED else name


def _around(shelf: Shelf, organ: OrganShelves) -> tuple[Shelf | None, Shelf | None]:
    """Return the shelves before and after *shelf* in time; the latest stands first."""
    at = organ.shelves.index(shelf)
    earlier = organ.shelves[at + 1] if at + 1 < len(organ.shelves) else None
    return earlier, organ.shelves[at - 1] if at else None


def _organ(organ: OrganShelves, links: Links, texts: Texts) -> OrganView:
    return OrganView(
        anchor=organ.organ or UNSORTED,
        name=_organ_name(organ.organ, texts),
        documents=texts.show_count("documents", organ.documents),
        feed=links.organ_feed(organ.organ),
        shelves=tuple(_shelf(one, links, texts) for one in organ.shelves),
    )


def _organ_name(organ: str | None, texts: Texts) -> str:
    return texts.organ(Organ(organ) if organ else None)


def _shelf(shelf: Shelf, links: Links, texts: Texts) -> ShelfView:
    return ShelfView(
        links.session(*shelf.name),
        _label(shelf, texts),
        texts.show_count("documents", shelf.documents),
    )


def _label(shelf: Shelf, texts: Texts) -> str:
    if shelf.is_year:
        return texts.say("sessions.year", number=shelf.name.label)
    return texts.session(shelf.name.label)


def _search_link(shelf: Shelf, links: Links) -> str:
    """Return the search within *shelf*; empty where no filter names it."""
    organ, label = shelf.name
    if organ is None or label is None:
        return ""
    question = SearchQuestion().changed(organ=(organ,))
    if shelf.is_year:
        return links.search(question.changed(year=(int(label), int(label))))
    return links.search(question.changed(session=(label,)))
