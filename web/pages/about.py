"""The page about the query language: its tables, with every example as a search."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import HTMLResponse, Response

from fihris.web.pages.frame import make_frame, render
from fihris.web.questions import SearchQuestion
from fihris.web.texts import read_table, texts_in
from fihris.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Example:
    """A query, the link that asks it, and what it finds."""

    query: str
    href: str
    finds: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the language: what it is for, examples, and what else is to be known."""

    anchor: str
    title: str
    lead: str
    examples: tuple[Example, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page."""

    lead: str
    sections: tuple[Section, ...]


def about_page(visit: Visit) -> Response:
    """Answer the address of the page."""
    language = visit.language.value
    table = read_table("query_language")
    view = AboutView(
        lead=table["lead"][language],
        sections=tuple(
            Section(
                anchor=section["anchor"],
                title=section["title"][language],
                lead=section["lead"][language],
                examples=tuple(
                    Example(
                        one["query"],
                        visit.links.search(SearchQuestion().changed(q=one["query"])),
                        one[language],
                    )
                    for one in section["examples"]
                ),
                notes=tuple(note[language] for note in section["notes"]),
            )
            for section in table["sections"]
        ),
    )
    frame = make_frame(
        visit.links,
        title=texts_in(visit.language).say("about.title"),
        description=view.lead,
        here=lambda links: links.about(),
        section="about",
    )
    return HTMLResponse(render("about", frame, view))
