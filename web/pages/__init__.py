"""The pages that people see, in Arabic and under ``/en`` in English; every one is a GET."""

from __future__ import annotations

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
    return [
        Route(f"{language}{path}", endpoint, methods=[method])
        for language in ("", "/en")
        for path, method, endpoint in (
            *(
                (path, "GET", answering(page, in_thread if page in _SLOW else at_once))
                for path, page in _PAGES.items()
            ),
            ("/clause", "POST", post_clause),
        )
    ]
