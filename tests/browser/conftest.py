"""A real browser and a real server: Debian's Chromium, and ``fihris serve`` on the specimens.

Where no Chromium is found these tests are skipped. On a test machine (``CI``) they fail instead: it
installs what it lacks, so nothing may be missing there without anybody noticing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from fihris.index import sync
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main
from tests.browser.static_host import hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.widget_pages import Shown

ROOT = Path(__file__).resolve().parents[2]
#: Where the screenshots go, for people to look at; git knows nothing of them.
SCREENSHOTS = ROOT / ".cache" / "screenshots"

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
SERVE = "from fihris.web.cli import main; main()"


def chromium() -> str:
    """Return the path of Chromium; where there is none, end the test as the machine deserves."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return found
    missing = "Chromium is not installed (on Debian: apt install chromium)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the browser, which the tests of a module share; each has a profile of its own.

    Playwright runs an event loop as long as it is open, which other tests would stumble over.
    """
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of the specimens, without a slash at its end."""
    folder = tmp_path_factory.mktemp("browser") / "index"
    assert not sync(folder, [specimens_folder()]).refused
    arguments = ["serve", "--index", str(folder), "--port", "0", "--rate", "0"]
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert " at http://" in line, line
        yield line.split(" at ")[1].strip().rstrip("/")
        server.terminate()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Return a fresh page at desktop width whose addresses begin at the site.

    A script that fails, or that the site's own policy forbids, fails the test.
    """
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    # A page that says what was not found is itself reported as not found.
    assert [error for error in errors if "404" not in error] == []


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """Return a page in a browser that runs no scripts."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a search, and each of its files as a script as well."""
    folder = tmp_path_factory.mktemp("widget")
    assert not sync(folder / "index", [specimens_folder()]).refused
    out = str(folder / "site" / "search")
    arguments = ["export-search", out, "--scripts", "--index", str(folder / "index")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return folder / "site"


@pytest.fixture
def own_site(exported: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder, for a test that does damage."""
    return Path(shutil.copytree(exported, tmp_path / "site"))


@pytest.fixture
def shown(browser: Browser, exported: Path) -> Iterator[Shown]:
    """Return a function that shows a tag; a script that fails or is forbidden fails the test."""
    from tests.browser.widget_pages import page_of

    errors: list[str] = []
    with hosted(exported) as host:
        context = browser.new_context()

        def show(tag: str, language: str = "ar", search: str = "") -> Page:
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on(
                "console", lambda said: errors.append(said.text) if said.type == "error" else None
            )
            page.goto(f"{host}/{page_of(exported, tag, language)}{search}")
            return page

        yield show
        context.close()
    assert [error for error in errors if "favicon" not in error and "404" not in error] == []
