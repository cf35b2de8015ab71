"""The page about the query language: its tables, with every example as a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from starlette.responses import HTMLResponse, Response

from fihris.index.frozen import frozen
from fihris.web.links import Links
from fihris.web.pages.frame import make_frame, render
from fihris.web.questions import SearchQuestion
from fihris.web.texts import read_table, texts_in
from fihris.web.visits import Visit


@frozen
class Example:
    """A query, the link that asks it, and what it finds."""

    query: str
    href: str
    finds: str


@frozen
class Section:
    """A part of the language: what it is for, examples, and what else is to be known."""

    anchor: str
    title: str
    lead: str
    examples: tuple[Example, ...]
    notes: tuple[str, ...]


@frozen
class AboutView:
    """The page."""

    lead: str
    sections: tuple[Section, ...]


def about_page(visit: Visit) -> Response:
    """Answer the address of the page."""
    return HTMLResponse(about_html(visit.links))


def about_html(links: Links) -> str:
    """Return the page; an example that the search of the site does not know is left out."""
    language = links.language.value
    table = read_table("query_language")
    view = AboutView(
        lead=table["lead"][language],
        sections=tuple(
            Section(
                anchor=section["anchor"],
                title=_sentence(section["title"], links),
                lead=_sentence(section["lead"], links),
                examples=examples,
                notes=tuple(_sentence(note, links) for note in section["notes"]),
            )
            for section in table["sections"]
            if (examples := tuple(_examples(section["examples"], links)))
        ),
    )
    frame = make_frame(
        links,
        title=texts_in(links.language).say("about.title"),
        description=view.lead,
        here=lambda links: links.about(),
        section="about",
    )
    return render("about", frame, view)


def _sentence(twins: Mapping[str, str], links: Links) -> str:
    """Return a sentence as it is true of the search of this site: of the one in a browser, too."""
    language = links.language.value
    return (links.shards() and twins.get(f"{language}_in_browser")) or twins[language]


def _examples(entries: Iterable[Mapping[str, str]], links: Links) -> Iterator[Example]:
    for one in entries:
        href = links.search(SearchQuestion().changed(q=one["query"]))
        if href:
            yield Example(one["query"], href, one[links.language.value])
