"""Atom feeds (RFC 4287): what answers a question, the latest first, and the latest documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from xml.etree import ElementTree

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fihris.index.resolution import Date
from fihris.search.hits import DocumentSummary, Hit, Sort
from fihris.web.answers import answer_search
from fihris.web.catalogue import catalogue
from fihris.web.links import Language, Links
from fihris.web.questions import SearchQuestion
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
    links = visit.links
    if not question.asks_something:
        documents = catalogue(visit.state).latest(MOST_ENTRIES)
        entries = (_document_entry(document, links) for document in documents)
        title, alternate = _TITLES[visit.language], links.search()
        return _respond(visit, title, alternate, links.feed(), entries)
    asked = question.changed(sort=Sort.NEWEST, per_page=MOST_ENTRIES)
    hits = answer_search(visit.state.reader, asked, facets=()).page.hits
    shown = question.q or question.url_query()
    title = _SEARCHES[visit.language].format(query=" ".join(shown.split()))
    entries = (_hit_entry(hit, links) for hit in hits if not hit.partial)
    return _respond(visit, title, links.search(question), links.feed(question), entries)


def _respond(
    visit: Visit, title: str, alternate: str, own: str, entries: Iterable[Entry]
) -> Response:
    links = visit.links
    root = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    root.set("xml:lang", visit.language.value)
    _add(root, "title", title)
    _add(root, "id", links.absolute(own))
    _add(root, "updated", _time(visit.state.changed))
    ElementTree.SubElement(root, "link", rel="self", type=ATOM_TYPE, href=links.absolute(own))
    ElementTree.SubElement(
        root, "link", rel="alternate", type="text/html", href=links.absolute(alternate)
    )
    _add(ElementTree.SubElement(root, "author"), "name", "Fihris")
    for entry in entries:
        root.append(_entry_element(entry, links))
    return Response(xml_body(root), media_type=ATOM_TYPE)


def _entry_element(entry: Entry, links: Links) -> ElementTree.Element:
    element = ElementTree.Element("entry")
    element.set("xml:lang", Language.ARABIC.value)
    where = links.absolute(entry.link)
    _add(element, "title", entry.title)
    _add(element, "id", where)
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
