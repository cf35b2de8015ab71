"""A site that ``fihris export-site`` wrote, in a real browser: under a prefix, and from a disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import expect

from fihris.index import sync
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main
from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_recipes import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "some/prefix"
DOCUMENT = "r/A_HRC_RES_91_17.html"
PAGES = (
    "index.html", "index.html?q=المياه", "sessions.html", "sessions/HRC/91.html", "about.html",
    DOCUMENT, "404.html",
)  # fmt: skip
#: What WCAG 2.2 AA asks for, by axe's names.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Visit = Callable[[str], "Page"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a site of the specimens below a prefix."""
    folder = tmp_path_factory.mktemp("static")
    assert not sync(folder / "index", [specimens_folder()]).refused
    out = folder / "host" / PREFIX
    out.parent.mkdir(parents=True)
    arguments = ["export-site", str(out), "--scripts", "--index", str(folder / "index")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def host(exported: Path) -> Iterator[str]:
    """Return the address of the site on a host that knows nothing but files, with a slash."""
    with served(exported.parents[1]) as address:
        yield f"{address}/{PREFIX}/"


@pytest.fixture
def visit(browser: Browser, exported: Path, host: str) -> Iterator[Visit]:
    """Return what opens a page of the site, by its name or its whole address.

    A request that leads out of the site, or fails, and whatever a browser complains about (a
    script that fails, a violation of the policy) fails the test.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    at_home = (host, exported.as_uri())

    def open_page(name: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type != "log" else None)
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith(at_home) else faults.append(f"leads away: {asked.url}")
            ),
        )
        page.on(
            "response",
            lambda answer: (
                faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
            ),
        )
        page.goto(name if "://" in name else host + name)
        return page

    yield open_page
    context.close()
    assert faults == []


def hits(page: Page):
    return page.locator("fihris-search [part~=hit]")


def ask(page: Page, query: str) -> None:
    page.locator("fihris-search input").fill(query)
    expect(hits(page).first).to_be_visible()


def follow_hit(page: Page, query: str) -> None:
    """Search, take the first hit, and arrive at the paragraph with its words."""
    ask(page, query)
    hit = hits(page).first
    shown = hit.locator("[part~=text]").text_content()
    place = hit.locator("[part~=place]").text_content()
    assert shown is not None
    assert place is not None
    hit.locator("a[part~=title]").click()
    page.wait_for_url("**/r/*.html*")
    fragment = unquote(page.url).partition("#")[2]
    assert f"#{fragment}" in place
    paragraph = page.locator(f"[id='{fragment}']")
    expect(paragraph).to_be_in_viewport()
    assert shown.strip(" …") in (paragraph.text_content() or "")


@pytest.mark.parametrize("front", ["index.html", "en/index.html"])
def test_a_search_leads_to_the_paragraph(visit, front):
    page = visit(front)
    follow_hit(page, '"مياه الشرب المأمونة"')
    assert ("/en/r/" in page.url) is front.startswith("en/")


def test_a_site_on_a_disk_searches_too(visit, exported):
    page = visit((exported / "index.html").as_uri())
    follow_hit(page, '"مياه الشرب المأمونة"')
    page.locator(".quick input").fill("المياه")
    page.locator(".quick button").click()
    expect(hits(page).first).to_be_visible()
    assert page.url.startswith((exported / "index.html").as_uri())


def test_the_query_is_in_the_address_and_any_page_asks_it(visit):
    page = visit(DOCUMENT)
    page.locator(".quick input").fill("المياه")
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_visible()
    assert unquote(page.url).endswith("/index.html?q=المياه")
    page.go_back()
    page.go_forward()
    expect(hits(page).first).to_be_visible()


def test_what_is_offered_before_steps_aside_for_an_answer(visit):
    page = visit("index.html")
    latest = page.locator("#ui-latest")
    expect(latest).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("المياه")
    expect(hits(page).first).to_be_visible()
    expect(latest).to_be_hidden()
    page.locator("fihris-search input").fill("")
    expect(latest).to_be_visible()


def test_the_examples_to_try_and_those_of_the_language_find_something(visit):
    page = visit("index.html")
    links = [one.get_attribute("href") for one in page.locator(".try a").all()]
    page = visit("about.html")
    links += [one.get_attribute("href") for one in page.locator("td a").all()]
    assert len(links) >= 20
    for link in links:
        page = visit(str(link))
        expect(hits(page).first, str(link)).to_be_visible()
        assert page.locator("fihris-search [part~=notice]").count() == 0, unquote(str(link))
        page.close()


def test_a_session_searches_its_own_documents(visit):
    page = visit("sessions/HRC/91.html")
    page.locator(".row a").click()
    expect(hits(page).first).to_be_visible()
    places = page.locator("fihris-search [part~=place]").all_text_contents()
    assert places
    assert all(place.startswith("A/HRC/RES/91/") for place in places)


def test_from_organ_to_session_to_document_to_what_it_cites_and_back_in_english(visit):
    page = visit("sessions.html")
    page.locator(".shelf a", has_text="الدورة 91").last.click()
    page.locator("tbody a").last.click()
    page.locator("a.citation").first.click()
    expect(page.locator("[aria-labelledby=ui-cited] a").first).to_be_visible()
    page.locator("a.tongue").click()
    assert "/en/r/" in page.url
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_a_paragraph_is_cited_by_its_button(visit):
    page = visit(DOCUMENT)
    expect(page.locator("button[data-copy]")).to_be_visible()


def test_without_scripts_a_reader_is_led_to_the_pages(browser, host):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}index.html")
    page.locator("fihris-search a").click()
    assert page.url == f"{host}sessions.html"
    page.locator(".shelf a").first.click()
    page.locator("tbody a").first.click()
    expect(page.locator(".text > .unit").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_object_to(browser, host, language, scheme):
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # axe is a foreign script
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{host}{language}{name}")
        if "?q=" in name:
            expect(hits(page).first).to_be_visible()
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        told = [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]]
        assert json.dumps(told) == "[]", name
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_has_to_be_moved_sideways(browser, host, width):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for language in ("", "en/"):
        for name in PAGES:
            page.goto(f"{host}{language}{name}")
            if "?q=" in name:
                expect(hits(page).first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            picture = f"static-{language}{name}".replace("/", "-").partition("?")
            page.screenshot(
                path=SCREENSHOTS / f"{picture[0]}{'-asked' * bool(picture[1])}-{width}.png"
            )
    context.close()


@pytest.fixture(scope="module")
def demo() -> Path:
    """Return the folder that ``scripts/demo.py --site`` writes."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "demo.py", "--site"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "python3 -m http.server" in done.stdout
    return ROOT / ".cache" / "demo-site"


def test_every_documented_example_searches(browser, demo):
    from scripts.examples_site import examples

    found = examples()
    assert len(found) >= 4
    with served(demo) as host:
        page = browser.new_page()
        page.goto(f"{host}/examples.html")
        assert [one.get_attribute("href") for one in page.locator("li a").all()] == [
            one.name for one in found
        ]
        for one in found:
            page.goto(f"{host}/{quote(one.name)}")
            ask(page, "تذكرة البوابات" if one.has_own_index else "المياه")
            if one.has_own_index:
                hits(page).first.locator("a").click()
                assert page.url.split("#")[0].endswith("tickets.html")
        page.close()


def test_the_examples_for_a_disk_search_from_there(browser, demo):
    from scripts.examples_site import examples

    from_disk = [one for one in examples() if " defer " in one.html]
    assert len(from_disk) >= 2
    page = browser.new_page()
    for one in from_disk:
        page.goto((demo / one.name).as_uri())
        ask(page, "التذاكر" if one.has_own_index else "المياه")
    page.close()
