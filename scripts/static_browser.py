"""A browser that asks static searches, and a server of files that counts what it sends.

The server does what a plain host does: it sends files as they are, and packs scripts and JSON on
the way, once each. Both engines are asked the same way: load the script, ask, take ten excerpts.
"""

from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PACKED_ON_THE_WAY = {".js": "text/javascript", ".json": "application/json", ".html": "text/html"}
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
#: Hits of which excerpts are shown.
SHOWN = 10

#: For each engine a function that opens it, and one that asks: hits, names and excerpts.
OPEN = {
    "fihris": """async () => {
        await import("/fihris/fihris-search.js");
        await import("/fihris/fihris-engine.js");
        const { Engine, fetchFrom } = globalThis.fihris.engine;
        const engine = await Engine.open(fetchFrom(new URL("/fihris/", location.href)));
        globalThis.ask = async (query, limit) => {
            const collapse = limit <= SHOWN; // more are wanted where every hit counts
            const { hits, total } = await engine.search(query, { limit, collapse });
            const strict = hits.filter((hit) => !hit.partial);
            const names = strict.map((hit) => hit.address);
            return { total, names, units: strict.map((hit) => hit.unit) };
        };
    }""".replace("SHOWN", str(SHOWN)),
    "pagefind": """async () => {
        const pagefind = await import("/pagefind/pagefind.js");
        await pagefind.init();
        globalThis.ask = async (query, limit) => {
            const { results } = await pagefind.search(query);
            const data = await Promise.all(results.slice(0, limit).map((result) => result.data()));
            return { total: results.length, names: data.map((one) => one.url), units: [] };
        };
    }""",
}


@dataclass(slots=True)
class Sent:
    """What a server has sent: bytes of files, as they went over the wire, and requests."""

    size: int = 0
    requests: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, size: int) -> None:
        """Count one answer."""
        with self.lock:
            self.size += size
            self.requests += 1

    def reset(self) -> None:
        """Count from nothing."""
        with self.lock:
            self.size = self.requests = 0


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Sent]]:
    """Serve *folder* on a free port; give its address without a slash, and what is sent."""
    sent = Sent()

    @cache
    def body_of(path: Path) -> bytes:
        body = path.read_bytes()
        return gzip.compress(body, 9) if path.suffix in _PACKED_ON_THE_WAY else body

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # As servers are set up: else a body waits until the browser has acknowledged its headers,
        # which browsers put off by 40 ms.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            found = path.is_file()
            body = body_of(path) if found else b""
            if found:
                sent.add(len(body))
            self.send_response(200 if found else 404)
            kind = _PACKED_ON_THE_WAY.get(path.suffix)
            if kind:
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Encoding", "gzip" if found else "identity")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless browser. Raises LookupError where none is installed."""
    from playwright.sync_api import sync_playwright

    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise LookupError("Chromium is not installed (on Debian: apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser, site: str) -> Iterator[Page]:
    """Give a page of *site* in a browser that has seen nothing of it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/index.html")
    yield page
    context.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: hits in all, names of documents, numbers of units, and milliseconds it took."""

    total: int
    names: list[str]
    units: list[int]
    milliseconds: float


def ask(page: Page, query: str, limit: int = SHOWN) -> Answer:
    """Ask the engine that a page has opened."""
    return Answer(**page.evaluate(_timed(f"await ask({json.dumps(query)}, {limit})")))


def open_and_ask(page: Page, engine: str, query: str) -> Answer:
    """Open an engine and ask it at once."""
    asked = f"(await ({OPEN[engine]})(), await ask({json.dumps(query)}, {SHOWN}))"
    return Answer(**page.evaluate(_timed(asked)))


def _timed(expression: str) -> str:
    return f"""async () => {{
        const began = performance.now();
        const answer = {expression};
        return {{ ...answer, milliseconds: performance.now() - began }};
    }}"""
