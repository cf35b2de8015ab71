"""The application: every route of the site, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from fihris.index.errors import FihrisError, IndexError_
from fihris.web.api.routes import api_routes
from fihris.web.discovery import discovery_routes
from fihris.web.feeds import feed_routes
from fihris.web.limits import Limited
from fihris.web.mount import HeadRequests, Prefixed, SharedApi
from fihris.web.pages import page_routes
from fihris.web.problems import answer_error
from fihris.web.security import SecurityHeaders
from fihris.web.settings import ServeSettings
from fihris.web.site import Site


def create_app(settings: ServeSettings) -> Starlette:
    """Return the site that *settings* describe; it needs no index to start."""
    site = Site(settings)
    shared = []
    if settings.cors_origins:
        shared.append(Middleware(SharedApi, origins=settings.cors_origins, prefix=settings.prefix))

    @asynccontextmanager
    async def warmed(app: Starlette) -> AsyncIterator[None]:
        with suppress(IndexError_):  # whoever asks is told; an index may still come
            site.index.state()
        yield

    app = Starlette(
        routes=[*page_routes(), *api_routes(), *feed_routes(), *discovery_routes()],
        lifespan=warmed,
        middleware=[  # the first stands outermost
            Middleware(SecurityHeaders, cors_origins=settings.cors_origins),
            Middleware(HeadRequests),
            Middleware(Prefixed, prefix=settings.prefix),
            Middleware(Limited, settings=settings),
            *shared,
        ],
        exception_handlers={
            FihrisError: answer_error,
            HTTPException: answer_error,
        },
    )
    app.router.redirect_slashes = False  # it would redirect to whatever host a client claims
    app.state.site = site
    return app
