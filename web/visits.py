"""One request to the site, and what stands between it and its answer: entity tags and kept answers.

An answer depends on the address, on the commit of the index, and on the program. A client that has
it already is told so before anything is searched, and what was answered once is kept until the
next commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from fihris.index.frozen import frozen
from fihris.web.hosts import base_of
from fihris.web.links import Language, Links, ServerLinks

if TYPE_CHECKING:
    from fihris.web.live_index import IndexState
    from fihris.web.site import Site

#: Anyone may keep an answer, and must ask whether it still holds before it is shown again.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

Answer = Callable[["Visit"], Response]
Runner = Callable[[Answer, "Visit"], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@frozen
class Visit:
    """A request, the commit it is answered from, and the links of the site as this client sees it.

    ``language`` is that of the pages around the address.
    """

    request: Request
    state: IndexState
    links: Links
    site: Site

    @property
    def language(self) -> Language:
        """The language of the answer."""
        return self.links.language

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the address, in order, also repeated ones."""
        return self.request.query_params.multi_items()


async def at_once(answer: Answer, visit: Visit) -> Response:
    """Make the *answer* in the event loop, for what takes milliseconds.

    Two processes that each work at one thing at a time answer more, and sooner, than threads that
    compete for one interpreter: docs/serving.md has the figures.
    """
    return answer(visit)


async def in_thread(answer: Answer, visit: Visit) -> Response:
    """Make the *answer* in a thread, for what may take seconds; others are answered meanwhile.

    Who is no longer waited for does not hold up the next: what has not begun is forgotten.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(visit.site.threads, answer, visit)


async def in_turn(answer: Answer, visit: Visit) -> Response:
    """Make the *answer* in a thread of those for the longest work, which hold up no other."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(visit.site.long_threads, answer, visit)


def answering(answer: Answer, run: Runner = at_once) -> Endpoint:
    """Return the endpoint that gives the *answer* with an entity tag, and keeps it."""

    async def endpoint(request: Request) -> Response:
        site: Site = request.app.state.site
        visit = visit_of(request)
        tag = entity_tag(visit)
        headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL}
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        kept = site.kept.get(visit)
        if kept is None:
            kept = await run(answer, visit)
            if kept.status_code == 200:
                kept.headers.update(headers)
                site.kept.put(visit, kept)
        return kept

    return endpoint


def visit_of(request: Request) -> Visit:
    """Return *request* with what answers it; raises IndexError_ while no index can be used."""
    site: Site = request.app.state.site
    return Visit(request, site.index.state(), links_of(request), site)


def links_of(request: Request) -> ServerLinks:
    """Return the links of the site as the client of *request* sees it."""
    site: Site = request.app.state.site
    base = site.base or base_of(request, site.settings)
    path = request.scope["path"].removeprefix(site.settings.prefix)
    english = path == "/en" or path.startswith("/en/")
    return ServerLinks(
        site.assets,
        base,
        site.settings.prefix,
        Language.ENGLISH if english else Language.ARABIC,
    )


def entity_tag(visit: Visit) -> str:
    """Return the entity tag of the answer; a weak one, for a proxy may compress what it passes."""
    return f'W/"{visit.state.commit}-{visit.site.build}"'


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the client says that it has what bears *tag* (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match")
    if known is None:
        return False
    opaque = tag.removeprefix("W/")
    return known.strip() == "*" or opaque in (
        one.strip().removeprefix("W/") for one in known.split(",")
    )
