"""What a server is told when it starts; nothing else decides how it behaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

#: The addresses that only this machine can reach.
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask of a server.

    ``address_bytes`` bounds path and query of a request as sent, percent signs included,
    ``header_bytes`` its headers, ``body_bytes`` what follows them. ``seconds`` is how long a
    request may take from its headers to the end of its answer, ``export_seconds`` the same for what
    is streamed, ``idle_seconds`` how long a connection waits for its client: for headers, for
    another request, for what was sent to be taken. Each client may ask ``burst`` times at once, and
    then ``per_second`` times a second; 0 sets no such limit. Each worker counts by itself.
    ``connections`` are those that one worker serves at a time.
    """

    address_bytes: int = 61_440
    header_bytes: int = 98_304
    body_bytes: int = 1_000_000
    seconds: float = 20.0
    export_seconds: float = 300.0
    idle_seconds: int = 10
    per_second: float = 20.0
    burst: int = 100
    connections: int = 500


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """How one server runs.

    ``prefix`` is the path under which a proxy shows the site: empty, or ``/fihris`` without a slash
    at its end. ``public_url`` is the address people know it by, without a slash at its end; it
    makes absolute links independent of what a client claims. ``cors_origins`` are the origins whose
    scripts may read the API (``*`` for all). Of the addresses in ``trusted_proxies`` the headers
    are believed that tell whom a proxy speaks for. ``cache_bytes`` bounds the answers that each
    worker keeps until the next commit; 0 keeps none.
    """

    index: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    prefix: str = ""
    public_url: str | None = None
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    cache_bytes: int = 32_000_000
    limits: Limits = field(default_factory=Limits)

    @property
    def hosts(self) -> frozenset[str] | None:
        """The host names under which the server answers; None when any will do.

        A server on the loopback interface answers to no other name: a page of some other site could
        otherwise have its own name resolved to this machine, and read what is served here.
        """
        if self.host not in LOOPBACK_HOSTS:
            return None
        public = urlsplit(self.public_url or "").hostname
        return LOOPBACK_HOSTS | ({public} if public else set())
