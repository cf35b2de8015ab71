"""The search page: the box, what was found, and every way on from there as a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from fihris.index.frozen import frozen
from fihris.search.hits import Facet, Grouping, Sort
from fihris.search.suggest import Suggestions
from fihris.web.answers import SearchAnswer, answer_search
from fihris.web.catalogue import Catalogue, catalogue
from fihris.web.links import Links
from fihris.web.pages.facet_views import (
    ChosenFilter,
    FacetView,
    chosen_filters,
    facet_views,
    filter_names,
    question_name,
    without_filters,
)
from fihris.web.pages.frame import make_frame, render
from fihris.web.pages.hit_views import DocumentView, HitView, document_view, hit_view
from fihris.web.pages.notices import notice_html
from fihris.web.questions import Level, SearchQuestion
from fihris.web.texts import Texts, texts_in
from fihris.web.visits import Visit

if TYPE_CHECKING:
    from fihris.web.live_index import IndexState

#: Pages before this one that are linked by number, beside the first.
_PAGES_BEFORE = 3
_LATEST = 5

# Two words, a phrase, an exclusion, a root: what the front page offers to be tried.
_TRIED = ("حقوق الإنسان", '"إذ يشير إلى"', "المياه -القرى", "جذر:علم")


@frozen
class Choice:
    """One of several values that a form offers."""

    value: str
    label: str
    chosen: bool


@frozen
class SearchForm:
    """The form of a search; ``kept`` are the filters, which stay when another query is typed.

    Before anything was asked there is nothing to be sorted or grouped.
    """

    action: str
    q: str
    levels: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    suggestions: str


@frozen
class Way:
    """A link to another question, with what it finds."""

    href: str
    label: str
    count: Markup


@frozen
class PageLink:
    """A page of results; ``href`` is empty for the one that is shown."""

    label: str
    href: str


@frozen
class FrontView:
    """The page before anything was asked."""

    form: SearchForm
    tried: tuple[tuple[str, str], ...]
    holds: Markup
    latest: tuple[DocumentView, ...]
    menus: tuple[str, ...]


@frozen
class SearchView:
    """The page of an answer.

    ``strict`` hits have every word; ``partial`` ones follow them. ``first`` is the ordinal of the
    first hit on the page.
    """

    form: SearchForm
    count: Markup
    notices: tuple[Markup, ...]
    corrections: tuple[Way, ...]
    levels: tuple[Way, ...]
    documents: tuple[DocumentView, ...]
    strict: tuple[HitView, ...]
    partial: tuple[HitView, ...]
    first: int
    facets: tuple[FacetView, ...]
    chosen: tuple[ChosenFilter, ...]
    unrestricted: str
    pages: tuple[PageLink, ...]
    previous: str
    next: str
    first_page: str
    feed: str
    csv: str
    json: str

    @property
    def hits(self) -> tuple[HitView, ...]:
        """All hits of the page, in order."""
        return self.strict + self.partial


def search_page(visit: Visit) -> Response:
    """Answer the address of the search page."""
    question = SearchQuestion.read(visit.parameters)
    if not question.asks_something:
        return HTMLResponse(front_html(visit.state, visit.links, question))
    answer = answer_search(visit.state.reader, question)
    texts = texts_in(visit.language)
    frame = make_frame(
        visit.links,
        title=texts.say("search.title_of", query=question_name(question, visit.links, texts)[:120]),
        here=lambda links: links.search(question),
        section="search",
        indexed=False,
        scripts=("results.js",),
        followed=question,
    )
    return HTMLResponse(render("search", frame, search_view(answer, visit.links, texts)))


def front_html(state: IndexState, links: Links, question: SearchQuestion) -> str:
    """Return the page that is shown before anything was asked; *question* is how it will be."""
    texts = texts_in(links.language)
    frame = make_frame(
        links,
        title=texts.say("search.title"),
        here=lambda links: links.search(),
        section="search",
        scripts=("hit-links.js", "searching.js") if links.shards() else (),
    )
    return render("front", frame, front_view(state, links, question, texts))


def front_view(
    state: IndexState, links: Links, question: SearchQuestion, texts: Texts
) -> FrontView:
    """Return what that page shows; what the search of the site does not know is not proposed."""
    held = catalogue(state)
    documents = sum(organ.documents for organ in held.organs)
    paragraphs = state.reader.searcher().num_docs - documents
    tried = ((one, links.search(question.changed(q=one))) for one in _TRIED)
    return FrontView(
        form=replace(search_form(question, links, texts), sorts=(), groups=()),
        tried=tuple((query, href) for query, href in tried if href),
        holds=texts.show(
            "site.holds",
            documents=texts.show_count("documents", documents),
            paragraphs=texts.show_count("paragraphs", paragraphs),
        ),
        latest=tuple(document_view(one, links, texts) for one in held.latest(_LATEST)),
        menus=tuple(_menus(held)),
    )


def _menus(held: Catalogue) -> Iterator[str]:
    """Yield the fields by which documents differ: collections may know no organ and no session."""
    if any(organ.organ for organ in held.organs):
        yield "organ"
    if any(shelf.name.label and not shelf.is_year for one in held.organs for shelf in one.shelves):
        yield "session"
    yield from ("kind", "year")


def search_view(answer: SearchAnswer, links: Links, texts: Texts) -> SearchView:
    """Return what the page of *answer* shows."""
    question, page = answer.question, answer.page
    hits = [(hit.partial, hit_view(hit, question, links, texts)) for hit in page.hits]
    return SearchView(
        form=search_form(question, links, texts),
        count=_count(answer, texts),
        notices=tuple(notice_html(notice, texts) for notice in page.notices),
        corrections=_corrections(answer, links, texts),
        levels=_levels(answer, links, texts),
        documents=tuple(document_view(one, links, texts) for one in page.documents),
        strict=tuple(view for partial, view in hits if not partial),
        partial=tuple(view for partial, view in hits if partial),
        first=question.offset + 1,
        facets=facet_views(_telling(page.facets), question, links, texts),
        chosen=chosen_filters(question, links, texts),
        unrestricted=links.search(without_filters(question)),
        pages=_pages(answer, links, texts),
        previous=links.search(_turned_to(question, question.page - 1)) if question.page > 1 else "",
        next=links.search(_turned_to(question, question.page + 1)) if answer.has_next else "",
        first_page=links.search(question.changed()),
        feed=links.feed(question),
        csv=links.export(question, "csv"),
        json=links.export(question, "json"),
    )


def search_form(question: SearchQuestion, links: Links, texts: Texts) -> SearchForm:
    """Return the form that *question* was asked with."""
    return SearchForm(
        action=links.search(),
        q=question.q,
        levels=tuple(
            Choice(level.value, texts.say(f"search.match.{level}"), level is question.level)
            for level in (Level.INFLECTIONS, Level.EXACT, Level.ROOTS)
        ),
        sorts=tuple(
            Choice(sort.value, texts.say(f"search.sort.{sort}"), sort is question.sort)
            for sort in Sort
        ),
        groups=tuple(
            Choice(group.value, texts.say(f"search.group.{group}"), group is question.group)
            for group in (Grouping.WORDING, Grouping.DOCUMENT, Grouping.NONE)
        ),
        kept=tuple(
            pair
            for pair in question.parameters()
            if pair[0] in (*filter_names(), "strict", "per_page")
        ),
        suggestions=links.suggestions(),
    )


def _count(answer: SearchAnswer, texts: Texts) -> Markup:
    page = answer.page
    count = texts.show_count("paragraphs", page.total)
    if page.at_least:
        count = texts.show("search.at_least", count=count)
    if page.partial_total:
        partial = texts.show_count("in_paragraphs", page.partial_total)
        count = texts.show("search.and_partial", count=count, partial=partial)
    return count


def _telling(facets: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """Return the facets that tell hits apart."""
    return tuple(facet for facet in facets if len(facet.values) > 1 or facet.others)


def _corrections(answer: SearchAnswer, links: Links, texts: Texts) -> tuple[Way, ...]:
    suggestions: Suggestions | None = answer.suggestions
    if suggestions is None:
        return ()
    ways = []
    for one in suggestions.corrections:
        if one.total:
            count = texts.show_count("paragraphs", one.total)
        else:
            partial = texts.show_count("paragraphs", one.partial_total)
            count = texts.show("search.some_of", count=partial)
        ways.append(Way(links.search(answer.question.changed(q=one.query)), one.query, count))
    return tuple(ways)


def _levels(answer: SearchAnswer, links: Links, texts: Texts) -> tuple[Way, ...]:
    """Return the less strict readings that find more than the query did."""
    if answer.suggestions is None:
        return ()
    ways = []
    found = answer.page.total
    for level in answer.suggestions.levels:
        if level.total > found:
            found = level.total
            reading = answer.question.changed(q=level.query, level=Level.INFLECTIONS)
            label = texts.say(f"search.level.{level.strictness}")
            ways.append(Way(links.search(reading), label, texts.show_count("paragraphs", found)))
    return tuple(ways)


def _pages(answer: SearchAnswer, links: Links, texts: Texts) -> tuple[PageLink, ...]:
    """Return the pages up to this one; how many follow is not known where wordings collapse."""
    shown = answer.question.page
    if shown == 1 and not answer.has_next:
        return ()
    numbers = sorted({1, *range(max(1, shown - _PAGES_BEFORE), shown + 1)})
    return tuple(
        PageLink(
            texts.number(number),
            links.search(_turned_to(answer.question, number)) if number != shown else "",
        )
        for number in numbers
    )


def _turned_to(question: SearchQuestion, page: int) -> SearchQuestion:
    return question.changed(page=page)
