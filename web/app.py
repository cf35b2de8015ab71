"""The application: every route of the site, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from fihris.index.errors import FihrisError, IndexError_
from fihris.web.api.routes import PREFIX, api_router
from fihris.web.limits import Limited
from fihris.web.mount import HeadRequests, Prefixed, SharedApi
from fihris.web.pages import page_routes
from fihris.web.problems import answer_error
from fihris.web.security import SecurityHeaders
from fihris.web.settings import ServeSettings
from fihris.web.site import Site


def create_app(settings: ServeSettings) -> FastAPI:
    """Return the site that *settings* describe; it needs no index to start."""
    site = Site(settings)
    shared = []
    if settings.cors_origins:
        shared.append(Middleware(SharedApi, origins=settings.cors_origins, prefix=settings.prefix))

    @asynccontextmanager
    async def warmed(app: FastAPI) -> AsyncIterator[None]:
        with suppress(IndexError_):  # whoever asks is told; an index may still come
            site.index.state()
        yield

    app = FastAPI(
        title="Fihris",
        version="1",
        summary="Search resolutions, paragraph by paragraph",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # what FastAPI offers loads scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,  # it would redirect to whatever host a client claims
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
            RequestValidationError: answer_error,
        },
    )
    app.state.site = site
    app.include_router(api_router())
    app.router.routes.extend(page_routes())
    return app
