"""The pages that people see, in Arabic and under ``/en`` in English."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fihris.web.pages.about import about_page
from fihris.web.pages.browse import session_page, sessions_page
from fihris.web.pages.clause import clause_page, post_clause
from fihris.web.pages.errors import error_page
from fihris.web.pages.resolution import resolution_page
from fihris.web.pages.search import search_page
from fihris.web.visits import Answer, answering, at_once, in_thread

__all__ = ["error_page", "page_routes"]

_PAGES: dict[str, Answer] = {
    "/": search_page,
    "/about": about_page,
    "/clause": clause_page,
    "/sessions": sessions_page,
    "/sessions/{organ}/{session}": session_page,
    "/r/{address:path}": resolution_page,
}
# A long text, a document that hundreds cite, or an address that nothing bears may take seconds.
_SLOW = frozenset({clause_page, resolution_page})


def page_routes() -> list[BaseRoute]:
    """Return the routes of all pages."""
    routes: list[BaseRoute] = [Route("/en", _slash_added)]
    for language in ("", "/en"):
        for path, page in _PAGES.items():
            endpoint = answering(page, in_thread if page in _SLOW else at_once)
            methods = ["GET"]
            if page is clause_page:
                # One route, so that whoever uses another method is told both.
                endpoint, methods = _clause_endpoint, ["GET", "POST"]
            routes.append(Route(f"{language}{path}", endpoint, methods=methods))
            if page not in (search_page, resolution_page):  # an address is what stands there
                routes.append(Route(f"{language}{path}/", _slash_dropped))
    return routes


_get_clause = answering(clause_page, in_thread)


async def _clause_endpoint(request: Request) -> Response:
    return await (post_clause if request.method == "POST" else _get_clause)(request)


async def _slash_added(request: Request) -> Response:
    return _moved(request, f"{request.scope['path']}/")


async def _slash_dropped(request: Request) -> Response:
    return _moved(request, request.scope["path"].removesuffix("/"))


def _moved(request: Request, path: str) -> Response:
    """Lead to *path* on this site, with the same question; a host is never named."""
    asked = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(quote(path) + (f"?{asked}" if asked else ""), 308)
