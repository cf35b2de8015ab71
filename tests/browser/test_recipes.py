"""The recipes of docs/embedding.md, followed to the letter with the real generators.

Files and commands are taken out of the page itself. The site is then looked at in a browser, under
a prefix, on a server that knows nothing but files.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "embedding.md").read_text("utf-8")
FIHRIS = "from fihris.web.cli import main; main()"
#: What the commands of the recipes are run as: the programs of this very environment.
PROGRAMS = {
    "fihris": ["-c", FIHRIS],
    "mkdocs": ["-m", "mkdocs"],
    "sphinx-build": ["-m", "sphinx"],
}

# Enough to scroll through, with a paragraph that nothing but a text fragment leads to.
_FILLING = [
    f"وهذه فقرة من كلام الدليل عن الحديقة رقم {number}، وفيها ما يملأ الصفحة."
    for number in range(60)
]
_TICKETS = [
    "تُباع التذاكر عند البوابة الشمالية كل صباح.",
    *_FILLING,
    "ويدخل الأطفال بلا مقابل حتى سن السادسة.",
]


def recipe(section: str) -> tuple[dict[str, str], list[list[str]]]:
    """Return the files of a section by their names, and the words of its commands."""
    text = GUIDE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    files = dict(
        re.findall(r"^`([^`\n]+)`:\n\n```[\w+]+\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    )
    (commands,) = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return files, [shlex.split(line) for line in commands.splitlines()]


def follow(section: str, folder: Path, pages: dict[str, str]) -> None:
    """Write the files of a recipe and the *pages*, and run its commands."""
    files, commands = recipe(section)
    for name, text in (files | pages).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for program, *arguments in commands:
        result = subprocess.run(
            [sys.executable, *PROGRAMS[program], *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
        )
        assert result.returncode == 0, result.stderr + result.stdout


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files under *folder*, and give the address of the server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Return a page; what fails on it fails the test, foreign files aside, which are not let in."""
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.route(
        lambda address: not address.startswith(("http://127.0.0.1", "file:")),
        lambda route: route.fulfill(body=""),
    )
    yield page
    context.close()
    assert [error for error in errors if "hljs" not in error and "favicon" not in error] == []


def needed(module: str) -> None:
    """End the test as the machine deserves where a generator is not installed."""
    if find_spec(module) is None:
        missing = f"{module} is not installed; it is in the extra 'test'"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)


def ask(page: Page, query: str) -> None:
    page.locator("fihris-search input").fill(query)
    expect(page.locator("fihris-search [part~=hit]").first).to_be_visible()


def follow_hit(page: Page, query: str, text: str) -> None:
    """Search, take the first result, and arrive at the paragraph with this *text*."""
    ask(page, query)
    hit = page.locator("fihris-search [part~=hit]").first
    expect(hit.locator("mark").first).to_be_visible()
    hit.locator("a[part~=title]").click()
    expect(page.get_by_text(text, exact=False).last).to_be_in_viewport()


def check(page: Page, start: str, tickets: str, fragment: str) -> None:
    """Look at a site: inflected words are found, a result leads to the paragraph it shows."""
    page.goto(start)
    follow_hit(page, "تذكرة البوابات", "عند البوابة الشمالية")
    assert tickets in page.url
    page.goto(start)
    follow_hit(page, "طفل", "ويدخل الأطفال بلا مقابل")
    # The address as scripts see it has no text directive.
    assert page.evaluate("decodeURIComponent(location.hash)") == fragment
    page.goto(start)
    ask(page, '"مرحباً بكم في دليل الحدائق"')
    expect(page.locator("fihris-search [part~=hit]")).to_have_count(1)


def paragraphs() -> str:
    return "".join(f"<p>{text}</p>\n" for text in _TICKETS)


def test_plain_html(tmp_path: Path, visitor: Page) -> None:
    page = f"""<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>التذاكر</title>
    <main><h1>التذاكر</h1><h2 id="أسعار">الأسعار</h2>{paragraphs()}</main>"""
    follow("Plain HTML", tmp_path / "prefix" / "site", {"tickets.html": page})
    with served(tmp_path) as address:
        start = f"{address}/prefix/site/index.html"
        check(visitor, start, "/prefix/site/tickets.html", "#أسعار")
        visitor.goto(start)
        visitor.locator("fihris-search input").fill('"آخر تحديث لهذه الصفحة"')
        expect(visitor.locator("fihris-search [part~=status]")).not_to_be_empty()
        expect(visitor.locator("fihris-search [part~=hit]")).to_have_count(0)


def test_from_a_disk(tmp_path: Path, visitor: Page) -> None:
    page = f"""<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8">
    <main><h1>التذاكر</h1>{paragraphs()}</main>"""
    site = tmp_path / "موقع على قرص"
    follow("From a disk", site, {"دليل/التذاكر 100% #1.html": page})
    visitor.goto((site / "manual.html").as_uri())
    follow_hit(visitor, "طفل", "ويدخل الأطفال بلا مقابل")
    arrived = unquote(visitor.url.split("#")[0])
    assert arrived.endswith("/موقع على قرص/دليل/التذاكر 100% #1.html")


def test_mkdocs(tmp_path: Path, visitor: Page) -> None:
    needed("mkdocs")
    pages = {
        "docs/index.md": "# الحدائق العامة\n\nمرحباً بكم في دليل الحدائق.\n",
        "docs/tickets.md": "# التذاكر\n\n## الأسعار\n\n" + "\n\n".join(_TICKETS) + "\n",
    }
    follow("MkDocs", tmp_path, pages)
    with served(tmp_path) as address:
        check(visitor, f"{address}/site/", "/site/tickets/", "#الأسعار")
        expect(visitor.locator("[data-bs-target='#mkdocs_search_modal']")).to_have_count(0)


def test_sphinx(tmp_path: Path, visitor: Page) -> None:
    needed("sphinx")
    title = "التذاكر\n=======\n\n.. _prices:\n\nالأسعار\n-------\n\n"
    pages = {
        "index.rst": "الحدائق العامة\n==============\n\nمرحباً بكم في دليل الحدائق.\n\n"
        ".. toctree::\n\n   tickets\n",
        "tickets.rst": title + "\n\n".join(_TICKETS) + "\n",
    }
    follow("Sphinx", tmp_path, pages)
    with served(tmp_path) as address:
        start = f"{address}/_build/html/index.html"
        check(visitor, start, "/_build/html/tickets.html", "#prices")
        visitor.goto(start)
        expect(visitor.locator("#searchbox")).to_have_count(0)
