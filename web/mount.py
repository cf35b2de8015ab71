"""How a request reaches the routes: under a prefix, by another method, from another origin."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Prefixed:
    """Serves the site under a path, whether or not the proxy before it takes the path away.

    The prefix comes from the settings only: a header that any client can send proves nothing.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with the path that the routes know."""
        if scope["type"] == "http" and self._prefix:
            path = scope["path"]
            if path == self._prefix:
                await RedirectResponse(f"{self._prefix}/", 308)(scope, receive, send)
                return
            if not path.startswith(f"{self._prefix}/"):
                path = f"{self._prefix}{path}"
            # A path holds the prefix, and the routes look behind it (ASGI, "root_path").
            scope = {**scope, "path": path, "root_path": self._prefix}
        await self._app(scope, receive, send)


class HeadRequests:
    """Answers HEAD with the headers that GET would have: routes need not know of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, a HEAD without the body."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class SharedApi:
    """Lets scripts of some origins read the API, and nothing else of the site (CORS)."""

    def __init__(self, app: ASGIApp, origins: Sequence[str], prefix: str) -> None:
        self._app = app
        self._path = f"{prefix}/api/"
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Retry-After"],
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, one for the API as its origin may have it."""
        shared = scope["type"] == "http" and scope["path"].startswith(self._path)
        await (self._shared if shared else self._app)(scope, receive, send)
