"""Atom feeds (RFC 4287): what answers a question, the latest first, and the latest documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fihris.index.resolution import Date, Organ
from fihris.search.hits import DocumentSummary, Hit, Sort
from fihris.web.answers import answer_search
from fihris.web.catalogue import catalogue
from fihris.web.links import Language, Links
from fihris.web.pages.facet_views import question_name
from fihris.web.questions import SearchQuestion
from fihris.web.texts import texts_in
from fihris.web.visits import Visit, answering
from fihris.web.xml_text import xml_body, xml_text

ATOM_TYPE = "application/atom+xml"
#: Entries of a feed; a reader that asks once a day misses nothing.
MOST_ENTRIES = 50

_TITLES = {Language.ARABIC: "فهرس: أحدث القرارات", Language.ENGLISH: "Fihris: latest documents"}
_SEARCHES = {Language.ARABIC: "فهرس: {query}", Language.ENGLISH: "Fihris: {query}"}
# RFC 4287 requires a time; this one says that none is known.
_UNDATED = "1970-01-01T00:00:00Z"


class Entry(NamedTuple):
    """One entry: what it is called, where it is, since when, and what it says."""

    title: str
    link: str
    date: Date | None
    text: str


def feed_routes() -> list[BaseRoute]:
    """Return the route of all feeds, in both languages."""
    return [Route(f"{language}/feed.atom", answering(feed)) for language in ("", "/en")]


def feed(visit: Visit) -> Response:
    """Return the feed of the question that the address asks, or of the latest documents."""
    question = SearchQuestion.read(visit.parameters)
    links, changed = visit.links, _time(visit.state.changed)
    if not question.asks_something:
        documents = catalogue(visit.state).latest(MOST_ENTRIES)
        return Response(latest_feed(documents, links, changed), media_type=ATOM_TYPE)
    asked = question.changed(sort=Sort.NEWEST, per_page=MOST_ENTRIES)
    hits = answer_search(visit.state.reader, asked, facets=()).page.hits
    shown = question_name(question, links, texts_in(visit.language))
    title = _SEARCHES[visit.language].format(query=shown)
    entries = (_hit_entry(hit, links) for hit in hits if not hit.partial)
    ways = _Ways(links.feed(question), links.search(question.first_page()))
    return Response(_feed(title, ways, links, changed, entries), media_type=ATOM_TYPE)


def latest_feed(
    documents: Sequence[DocumentSummary], links: Links, changed: str | None = None
) -> bytes:
    """Return the feed of the latest *documents*, the latest first.

    *changed* is when the feed changed, in the form of RFC 3339; without it, the day of the latest.
    """
    if changed is None:
        changed = _day(documents[0].date if documents else None)
    entries = (_document_entry(document, links) for document in documents)
    ways = _Ways(links.feed(), links.search())
    return _feed(_TITLES[links.language], ways, links, changed, entries)


def organ_feed(organ: Organ, documents: Sequence[DocumentSummary], links: Links) -> bytes:
    """Return the feed of the latest *documents* of *organ*, the latest first."""
    title = _SEARCHES[links.language].format(query=texts_in(links.language).organ(organ))
    entries = (_document_entry(document, links) for document in documents)
    ways = _Ways(links.organ_feed(organ.value), links.sessions())
    changed = _day(documents[0].date if documents else None)
    return _feed(title, ways, links, changed, entries)


class _Ways(NamedTuple):
    """The link to a feed, and to the page that shows the same."""

    own: str
    alternate: str


def _feed(title: str, ways: _Ways, links: Links, changed: str, entries: Iterable[Entry]) -> bytes:
    root = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    root.set("xml:lang", links.language.value)
    own, alternate = map(links.absolute, ways)
    _add(root, "title", title)
    _add(root, "id", _identity(own, links))
    _add(root, "updated", changed)
    ElementTree.SubElement(root, "link", rel="self", type=ATOM_TYPE, href=own)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=alternate)
    _add(ElementTree.SubElement(root, "author"), "name", "Fihris")
    for entry in entries:
        root.append(_entry_element(entry, links))
    return xml_body(root)


def _identity(link: str, links: Links) -> str:
    """Return what names *link* for good: itself, or what is made of it where it is relative."""
    if "://" in link:
        return link
    return uuid5(NAMESPACE_URL, f"{links.language}:{link}").urn


def _entry_element(entry: Entry, links: Links) -> ElementTree.Element:
    element = ElementTree.Element("entry")
    element.set("xml:lang", Language.ARABIC.value)
    where = links.absolute(entry.link)
    _add(element, "title", entry.title)
    _add(element, "id", _identity(where, links))
    _add(element, "updated", _day(entry.date))
    ElementTree.SubElement(element, "link", rel="alternate", type="text/html", href=where)
    _add(element, "content", entry.text).set("type", "text")
    return element


def _document_entry(document: DocumentSummary, links: Links) -> Entry:
    name = document.symbol or document.address
    title = document.title or name
    return Entry(
        f"{name}: {title}" if title != name else name,
        links.resolution(document.address),
        document.date,
        title,
    )


def _hit_entry(hit: Hit, links: Links) -> Entry:
    document = _document_entry(hit.document, links)
    return Entry(
        f"{hit.address}: {hit.document.title}",
        links.unit(hit.document.address, hit.address),
        document.date,
        hit.text,
    )


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = xml_text(text)
    return element


def _day(date: Date | None) -> str:
    if date is None:
        return _UNDATED
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
