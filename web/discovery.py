"""What lets others find the site and watch it: sitemaps, robots.txt, OpenSearch, health, assets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fihris.index.folder import damage_named
from fihris.index.reader import IndexReader
from fihris.index.resolution import ParagraphKind
from fihris.search.hits import Sort
from fihris.search.ranking import count, rank
from fihris.web.feeds import ATOM_TYPE
from fihris.web.links import Language, Links
from fihris.web.visits import Visit, answering, in_thread, is_known, links_of, visit_of
from fihris.web.xml_text import xml_body

if TYPE_CHECKING:
    import tantivy

    from fihris.web.site import Site

#: Links of one sitemap; the protocol allows 50,000 and 50 MB.
SITEMAP_LINKS = 20_000

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_DESCRIPTIONS = {
    Language.ARABIC: ("فهرس", "البحث في القرارات، فقرةً فقرة"),
    Language.ENGLISH: ("Fihris", "Search resolutions, paragraph by paragraph"),
}
_FOREVER = "public, max-age=31536000, immutable"


def discovery_routes() -> list[BaseRoute]:
    """Return the routes for crawlers, browsers and whoever watches the server."""
    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", answering(sitemap_index, in_thread)),
        Route("/sitemap-{part:int}.xml", answering(sitemap, in_thread)),
        *(Route(f"{path}/opensearch.xml", answering(opensearch)) for path in ("", "/en")),
        Route("/health", health),
        Route("/static/{name:path}", static),
    ]


async def health(request: Request) -> Response:
    """Return what is served, for whoever watches; an error of status 503 when nothing is."""
    state = visit_of(request).state
    told = {"status": "ok", "commit": state.commit, "units": state.reader.searcher().num_docs}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def robots(request: Request) -> Response:
    """Return what crawlers may read: pages, but neither every search there is, nor the API."""
    site: Site = request.app.state.site
    prefix = site.settings.prefix
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for path in ("/api/", "/*?", "/clause", "/en/clause")),
        f"Sitemap: {links_of(request).absolute(prefix)}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


async def static(request: Request) -> Response:
    """Return a file that pages need; its version stands in the link, so it may be kept for good."""
    site: Site = request.app.state.site
    asset = site.assets.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    tag = f'"{asset.version}"'
    asked = request.query_params.get("v")
    lasting = _FOREVER if asked == asset.version else "public, max-age=0, must-revalidate"
    headers = {"ETag": tag, "Cache-Control": lasting}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(asset.body, headers=headers, media_type=asset.media_type)


def sitemap_index(visit: Visit) -> Response:
    """Return where the sitemaps are."""
    reader = visit.state.reader
    documents = count(reader.searcher(), _titles(reader))
    prefix = visit.site.settings.prefix
    parts = range(1, max(documents - 1, 0) // SITEMAP_LINKS + 2)
    where = [visit.links.absolute(f"{prefix}/sitemap-{part}.xml") for part in parts]
    return Response(sitemap_list(where), media_type="application/xml")


def sitemap(visit: Visit) -> Response:
    """Return one sitemap: the pages of some documents, in the order of their dates."""
    reader, links = visit.state.reader, visit.links
    part = visit.request.path_params["part"]
    before = (part - 1) * SITEMAP_LINKS
    if part < 1 or before >= max(count(reader.searcher(), _titles(reader)), 1):
        raise HTTPException(404)
    addresses = addresses_by_date(reader, before + SITEMAP_LINKS)[before:]
    where = [links.absolute(links.resolution(address)) for address in addresses]
    return Response(sitemap_of(where), media_type="application/xml")


def addresses_by_date(reader: IndexReader, most: int) -> list[str]:
    """Return the addresses of the first documents by date, *most* of them; undated ones last."""
    searcher = reader.searcher()
    with damage_named(reader.folder):
        ranked = rank(searcher, _titles(reader), most, sort=Sort.OLDEST)
        return [str(searcher.doc(one.place).get_first("doc")) for one in ranked]


def sitemap_list(where: Iterable[str]) -> bytes:
    """Return the index of the sitemaps at the addresses *where*."""
    root = ElementTree.Element("sitemapindex", xmlns=_SITEMAPS)
    for one in where:
        ElementTree.SubElement(ElementTree.SubElement(root, "sitemap"), "loc").text = one
    return xml_body(root)


def sitemap_of(where: Iterable[str]) -> bytes:
    """Return the sitemap of the pages at the addresses *where*."""
    root = ElementTree.Element("urlset", xmlns=_SITEMAPS)
    for one in where:
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = one
    return xml_body(root)


def opensearch(visit: Visit) -> Response:
    """Return what a browser needs to offer the site as a search engine."""
    body = opensearch_description(visit.links)
    return Response(body, media_type="application/opensearchdescription+xml")


def opensearch_description(links: Links) -> bytes:
    """Return it as XML; only what completes queries also has a feed of each."""
    name, description = _DESCRIPTIONS[links.language]
    root = ElementTree.Element("OpenSearchDescription", xmlns=_OPENSEARCH)
    for tag, text in (
        ("ShortName", name),
        ("Description", description),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Language", links.language.value),
    ):
        ElementTree.SubElement(root, tag).text = text
    ways = [("text/html", links.search(), "?q={searchTerms}")]
    if links.suggestions():
        suggested = "?q={searchTerms}&format=opensearch"
        ways += [
            (ATOM_TYPE, links.feed(), "?q={searchTerms}"),
            ("application/x-suggestions+json", links.suggestions(), suggested),
        ]
    for media_type, link, more in ways:
        url = ElementTree.SubElement(root, "Url", type=media_type)
        url.set("template", f"{links.absolute(link)}{more}")
    return xml_body(root)


def _titles(reader: IndexReader) -> tantivy.Query:
    from tantivy import Query

    return Query.term_query(reader.schema, "kind", ParagraphKind.TITLE.value)
