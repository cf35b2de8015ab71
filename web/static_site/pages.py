"""Every file of a static site but the search: its name, and what makes its content.

Pages are those of the server, made by the same views and templates with links of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.resolution import Organ, Resolution
from fihris.search.citation_graph import CitationGraph
from fihris.web.assets import shipped_assets
from fihris.web.catalogue import catalogue
from fihris.web.discovery import SITEMAP_LINKS, opensearch_description, sitemap_list, sitemap_of
from fihris.web.feeds import MOST_ENTRIES, latest_feed, organ_feed
from fihris.web.pages.about import about_html
from fihris.web.pages.browse import DOCUMENTS_ON_A_PAGE, session_html, sessions_html
from fihris.web.pages.errors import not_found_html
from fihris.web.pages.resolution import DocumentTies, resolution_html
from fihris.web.pages.search import front_html
from fihris.web.questions import SearchQuestion
from fihris.web.static_site.links import StaticLayout, StaticLinks

if TYPE_CHECKING:
    from fihris.web.live_index import IndexState

#: What pages load beside themselves and the search.
STYLES = ("fihris.css", "styles/embedded.css", "icon.svg")
SCRIPTS = ("shortcuts.js", "copying.js", "hit-links.js", "searching.js")


class SiteFile(NamedTuple):
    """A file: its path below the site, with slashes, and what makes its content.

    ``listed`` tells whether it is a page that search engines should know.
    """

    name: str
    make: Callable[[], bytes]
    listed: bool = False


class SitePages:
    """The files of a site over one commit of an index, which has *addresses*, in their order."""

    def __init__(self, state: IndexState, layout: StaticLayout, addresses: Sequence[str]) -> None:
        self._state = state
        self._layout = layout
        self._addresses = addresses
        self._held = catalogue(state)
        self._graph = CitationGraph(map(self._read, addresses))
        # The pages of a document in all languages follow each other.
        self._document = lru_cache(maxsize=1)(self._document_with_ties)

    def files(self) -> Iterator[SiteFile]:
        """Yield all files. Each is made when it is asked for, in any order."""
        pages = [*self._pages()]
        yield from pages
        yield from self._assets()
        for language in self._layout.languages:
            yield from self._feeds(self._layout.links(language))
        yield from self._for_crawlers([page.name for page in pages if page.listed])

    def _pages(self) -> Iterator[SiteFile]:
        for language in self._layout.languages:
            root = self._layout.links(language)
            yield _page(root.search(), root, self._front)
            yield _page(root.sessions(), root, partial(sessions_html, self._held))
            yield _page(root.about(), root, about_html)
            yield SiteFile(root.not_found(), partial(self._not_found, root))
            for organ in self._held.organs:
                for shelf in organ.shelves:
                    for page in range(1, (shelf.documents - 1) // DOCUMENTS_ON_A_PAGE + 2):
                        make = partial(session_html, self._held, shelf, page)
                        yield _page(root.session(*shelf.name, page=page), root, make)
        for address in self._addresses:
            for language in self._layout.languages:
                root = self._layout.links(language)
                yield _page(root.resolution(address), root, partial(self._resolution, address))

    def _feeds(self, root: StaticLinks) -> Iterator[SiteFile]:
        yield SiteFile(root.feed(), partial(self._latest_feed, root.seen_from(root.feed())))
        for shelves in self._held.organs:
            if shelves.organ is not None:
                name = root.organ_feed(shelves.organ)
                make = partial(self._organ_feed, Organ(shelves.organ), root.seen_from(name))
                yield SiteFile(name, make)
        if root.opensearch():
            yield SiteFile(root.opensearch(), partial(opensearch_description, root))

    def _assets(self) -> Iterator[SiteFile]:
        root = self._layout.links(self._layout.languages[0])
        for name in STYLES:
            yield SiteFile(root.asset(name), partial(_asset, name))
        for name in SCRIPTS:
            make = _as_classic_script if self._layout.from_disk else _asset
            yield SiteFile(root.asset(name), partial(make, name))

    def _for_crawlers(self, names: Sequence[str]) -> Iterator[SiteFile]:
        base = self._layout.base
        lines = ["User-agent: *", "Disallow:"]
        if base:
            lines.append(f"Sitemap: {base}sitemap.xml")
            where = [base + name for name in names]
            for name, content in sitemaps(base, where, SITEMAP_LINKS):
                yield SiteFile(name, partial(bytes, content))
        yield SiteFile("robots.txt", partial(bytes, ("\n".join(lines) + "\n").encode()))

    def _front(self, links: StaticLinks) -> str:
        return front_html(self._state, links, SearchQuestion())

    def _not_found(self, root: StaticLinks) -> bytes:
        """Return the page for what is not there: shown at any depth, it begins at the base."""
        up = self._layout.path or root.seen_from(root.not_found()).up
        return not_found_html(replace(root, up=up)).encode()

    def _resolution(self, address: str, links: StaticLinks) -> str:
        document, ties = self._document(address)
        return resolution_html(links, document, ties, SearchQuestion())

    def _document_with_ties(self, address: str) -> tuple[Resolution, DocumentTies]:
        document = self._read(address)
        return document, DocumentTies(
            shelf=self._held.shelf_of(document),
            cited=self._graph.cited_in(document),
            citing=self._graph.citing(document),
            all_citing=True,
            neighbours=self._held.neighbours(document),
        )

    def _latest_feed(self, links: StaticLinks) -> bytes:
        return latest_feed(self._held.latest(MOST_ENTRIES), links)

    def _organ_feed(self, organ: Organ, links: StaticLinks) -> bytes:
        return organ_feed(organ, self._held.latest(MOST_ENTRIES, organ.value), links)

    def _read(self, address: str) -> Resolution:
        reader = self._state.reader
        document = reader.document_of(reader.searcher(), address)
        if document is None:
            raise LookupError(f"{address} is not in the commit that has its address")
        return document


def sitemaps(base: str, where: Sequence[str], most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of the pages *where*; or several, of *most* links each, and their list."""
    if len(where) <= most:
        yield "sitemap.xml", sitemap_of(where)
        return
    parts = [where[at : at + most] for at in range(0, len(where), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", sitemap_list([base + name for name in names])
    yield from ((name, sitemap_of(part)) for name, part in zip(names, parts, strict=True))


def _page(name: str, root: StaticLinks, make: Callable[[StaticLinks], str]) -> SiteFile:
    return SiteFile(name, lambda: make(root.seen_from(name)).encode(), listed=True)


def _asset(name: str) -> bytes:
    asset = shipped_assets().get(name)
    if asset is None:
        raise LookupError(f"{name} is missing from web/static.")
    return asset.body


def _as_classic_script(name: str) -> bytes:
    """Return a module as a script, whose names stay its own; from a disk no module is loaded."""
    return b"(() => {\n" + _asset(name) + b"})();\n"
