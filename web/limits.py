"""What one client may ask: how long an address, how large a body, how often, how long, as whom.

How long a client may take to send its headers, and to read its answer, is for the connection to
watch (:mod:`fihris.web.patience`). Each worker counts by itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fihris.web.hosts import Claim, claim_of
from fihris.web.problems import Problem, problem_of, respond
from fihris.web.settings import Limits, ServeSettings

_LOG = logging.getLogger("fihris.web")

#: Clients that are remembered; whoever has not asked for longest is forgotten first.
_MOST_CLIENTS = 10_000
# What a page needs beside itself, and who watches the server, is not counted.
_UNCOUNTED = ("/static/", "/health")


class BodyTooLarge(Exception):
    """More was sent after the headers than is read."""


class Limited:
    """Refuses what goes beyond the limits, and is the boundary at which everything else is told."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self._app = app
        self._limits = settings.limits
        self._settings = settings
        self._rate = Rate(settings.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            await respond(request, refusal)(scope, receive, send)
            return
        await self._answer(request, receive, send)

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        started = False
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limits.body_bytes:
                raise BodyTooLarge
            return message

        async def send_noted(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if not any(name.lower() == b"content-length" for name, _ in message["headers"]):
                    end = asyncio.get_running_loop().time() + self._limits.export_seconds
                    deadline.reschedule(end)  # what is streamed takes longer
            await send(message)

        try:
            async with asyncio.timeout(self._limits.seconds) as deadline:
                await self._app(request.scope, receive_bounded, send_noted)
        except Exception as error:
            problem = _too_large() if isinstance(error, BodyTooLarge) else problem_of(error)
            if started:
                # The connection is closed in the middle: no client takes the part for the whole.
                _LOG.warning("An answer was cut off: %s", problem.detail)
                return
            await respond(request, problem)(request.scope, receive, send)

    def _refusal(self, request: Request) -> Problem | None:
        scope = request.scope
        asked = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if asked > self._limits.address_bytes:
            said = f"The address is longer than {self._limits.address_bytes:,} bytes."
            return Problem(HTTPStatus.REQUEST_URI_TOO_LONG, "address_too_long", said)
        # h11 bounds what comes in pieces; headers that come at once are weighed here.
        sent = sum(len(name) + len(value) for name, value in scope["headers"])
        if sent > self._limits.header_bytes:
            said = f"The headers are longer than {self._limits.header_bytes:,} bytes."
            return Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_long", said)
        claim = claim_of(request, self._settings)
        if claim is Claim.MALFORMED:
            return Problem(HTTPStatus.BAD_REQUEST, "bad_host", "The host name makes no sense.")
        if claim is Claim.UNKNOWN:
            said = "The server is not known by this name; its operator can set --public-url."
            return Problem(HTTPStatus.MISDIRECTED_REQUEST, "unknown_host", said)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limits.body_bytes:
            return _too_large()
        path = scope["path"].removeprefix(self._settings.prefix)
        if not path.startswith(_UNCOUNTED) and not self._rate.allows(_client(scope)):
            said = "Too many requests; wait a moment."
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", said)
        return None


class Rate:
    """How often each client has asked: a bucket of tokens that fills steadily."""

    def __init__(self, limits: Limits) -> None:
        self._per_second = limits.per_second
        self._burst = limits.burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str, now: float | None = None) -> bool:
        """Tell whether *client* may ask now, and count that it does."""
        if not self._per_second:
            return True
        now = time.monotonic() if now is None else now
        tokens, last = self._buckets.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - last) * self._per_second)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - allowed, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return allowed


def _client(scope: Scope) -> str:
    """Return whose request it is; one household has 2**64 addresses of IPv6."""
    address: str = (scope.get("client") or ("", 0))[0]
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return address


def _too_large() -> Problem:
    said = "More was sent than is read."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", said)
