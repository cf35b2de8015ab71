"""A host that serves files and nothing else, and says what a strict site says about scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

#: Nothing but the site's own scripts and files; no style, no image, no string made into code.
STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
)


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _PackedHandler(_Handler):
    """Says that packed files are packed, as some hosts do: then a browser unpacks them itself."""

    def end_headers(self) -> None:
        if self.path.endswith(".gz"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()


class _PageHandler(_Handler):
    """Sends a page for what is not there, and says that all is well."""

    def send_error(self, *_: Any, **__: Any) -> None:
        """Answer with the page."""
        body = b"<!doctype html><title>home</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(folder: Path, handler: type[_Handler] = _Handler) -> Iterator[str]:
    """Serve *folder*, and yield the address without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def hosted_as_packed(folder: Path) -> Iterator[str]:
    """Serve *folder* like a host that knows packed files."""
    with hosted(folder, _PackedHandler) as address:
        yield address


@contextmanager
def hosted_with_pages(folder: Path) -> Iterator[str]:
    """Serve *folder* like a host that sends a page of its own for what is not there."""
    with hosted(folder, _PageHandler) as address:
        yield address
