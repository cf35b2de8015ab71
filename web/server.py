"""The server process: a socket, the workers that share it, and how they end.

uvicorn does the work. What is chosen here is what keeps it small and safe: HTTP/1.1 by h11, which
bounds the size of headers, no WebSockets, no log of what people search for.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn

from fihris.index.errors import FihrisError
from fihris.web.patience import PatientProtocol
from fihris.web.settings import ServeSettings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

#: Connections that wait until they are accepted.
_BACKLOG = 512
#: How long answers under way may take once the server has been told to end.
_LAST_SECONDS = 5

_LOGGING: Mapping[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "fihris: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": "WARNING", "propagate": False}
        for name in ("uvicorn", "fihris")
    },
}


class CannotListen(FihrisError):
    """The server cannot listen at the address that it was given."""


def listen(settings: ServeSettings) -> socket.socket:
    """Return the socket that all workers share; raises CannotListen."""
    where = f"{settings.host}, port {settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host,
            settings.port,
            type=socket.SOCK_STREAM,
            proto=socket.IPPROTO_TCP,
            flags=socket.AI_PASSIVE,
        )[0]
        # With its protocol named, asyncio sends what there is at once (TCP_NODELAY); otherwise the
        # body of an answer would wait some 40 ms for its headers to be acknowledged.
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotListen(f"{where}: {error.strerror}.", "Name another --host.") from error
    try:
        if os.name != "nt":  # there it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
        listening.set_inheritable(True)
    except OSError as error:
        listening.close()
        raise CannotListen(
            f"The server cannot listen at {where}: {error.strerror}.",
            "Another server may be running there; name another --port.",
        ) from error
    return listening


def run(
    settings: ServeSettings,
    listening: socket.socket,
    ready: Callable[[str], None],
    make_app: Callable[[], ASGIApp] | None = None,
) -> None:
    """Serve at the socket until the process is told to end; *ready* is given the address first.

    *make_app* makes another application than the site, to be measured beside it.
    """
    config = uvicorn.Config(
        make_app or partial(_app, settings),
        factory=True,
        workers=settings.workers,
        http=PatientProtocol,
        h11_max_incomplete_event_size=settings.limits.header_bytes,
        ws="none",
        loop="asyncio",
        lifespan="on",
        access_log=False,
        log_config=dict(_LOGGING),
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        backlog=_BACKLOG,
        limit_concurrency=settings.limits.connections,
        timeout_keep_alive=settings.limits.idle_seconds,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    # uvicorn raises the signal again when all is done: to end so is what was asked for.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    ready(_address(settings, listening))
    if settings.workers == 1:
        uvicorn.Server(config).run([listening])
    else:
        from uvicorn.supervisors import Multiprocess

        Multiprocess(config, sockets=[listening]).run()


def _app(settings: ServeSettings) -> ASGIApp:
    from fihris.web.app import create_app

    return create_app(settings)


def _address(settings: ServeSettings, listening: socket.socket) -> str:
    """Return the address under which a person at this machine finds the site."""
    host, port = listening.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{settings.prefix}/"
