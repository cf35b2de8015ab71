"""The application: every route of the site, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from fihris.index.errors import FihrisError, IndexError_
from fihris.web.pages import page_routes
from fihris.web.problems import answer_error
from fihris.web.security import SecurityHeaders
from fihris.web.settings import ServeSettings
from fihris.web.site import Site


def create_app(settings: ServeSettings) -> FastAPI:
    """Return the site that *settings* describe; it needs no index to start."""
    site = Site(settings)

    @asynccontextmanager
    async def warmed(app: FastAPI) -> AsyncIterator[None]:
        with suppress(IndexError_):  # whoever asks is told; an index may still come
            site.index.state()
        yield

    app = FastAPI(
        title="Fihris",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=warmed,
        middleware=[Middleware(SecurityHeaders, cors_origins=settings.cors_origins)],
        exception_handlers={
            FihrisError: answer_error,
            HTTPException: answer_error,
            RequestValidationError: answer_error,
            Exception: answer_error,
        },
    )
    app.state.site = site
    app.router.routes.extend(page_routes())
    return app
