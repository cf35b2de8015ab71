"""What ``<fihris-search>`` says when it cannot search; the page around it goes on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.static_host import hosted, hosted_with_pages
from tests.browser.widget_pages import (
    DISK,
    QUERY,
    SCRIPT,
    TAG,
    ask,
    index_of_a_page,
    packed_files,
    page_of,
)

#: Addresses of files of an index.
PACKED = re.compile(r"/search/.*(?<!\.js)$")

FAILURES = {
    "a postings file is missing": ("غير موجود", lambda site: remove(site, "postings")),
    "a file of texts is missing": ("غير موجود", lambda site: remove(site, "texts")),
    "a file was cut short": ("تالف", lambda site: cut(site, "postings")),
    "files are of another upload": ("تالف", lambda site: exchange(site)),
    "the root is something else": ("تالف", lambda site: put(site, "fihris.json.gz", b"<html>")),
    "nothing was uploaded": ("غير موجود", lambda site: remove(site, "")),
    "another version": ("إصدار آخر", lambda site: another_version(site)),
}


def remove(site: Path, part: str) -> None:
    for path in packed_files(site, part):
        path.unlink()


def cut(site: Path, part: str) -> None:
    for path in packed_files(site, part):
        path.write_bytes(path.read_bytes()[:-40])


def put(site: Path, name: str, content: bytes) -> None:
    (site / "search" / name).write_bytes(content)


def exchange(site: Path) -> None:
    files = packed_files(site, "postings")
    contents = [path.read_bytes() for path in files]
    for path, content in zip(files, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def another_version(site: Path) -> None:
    from fihris.web.shards.packing import gzipped

    put(site, "fihris.json.gz", gzipped(b'{"format":99,"analyzer":1}'))


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_is_said_in_the_language_of_the_page(browser, own_site, what):
    said, damage = FAILURES[what]
    damage(own_site)
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{host}/{page_of(own_site, TAG)}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text(said)
        page.click("#other")
        expect(page.locator("#other")).to_be_focused()
        context.close()
    assert thrown == []


def test_without_a_network_it_says_so_and_goes_on_when_there_is_one(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        ask(page, "ميزانية")
        expect(page.locator("[part~=hit]").first).to_be_visible()
        context.set_offline(True)
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text("الشبكة")
        context.set_offline(False)
        page.get_by_role("button", name="أعد المحاولة").click()
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()


@pytest.mark.parametrize(
    "lack",
    [
        "delete globalThis.DecompressionStream",
        (
            "const R = RegExp;"
            "globalThis.RegExp = new Proxy(R, { construct(one, [source, ...rest]) {"
            " if (String(source).includes('(?<=')) throw new SyntaxError('group');"
            " return new one(source, ...rest); } })"
        ),
    ],
    ids=["unpack", "look behind"],
)
def test_a_browser_that_is_too_old_is_told(browser, exported, lack):
    with hosted(exported) as host:
        context = browser.new_context()
        context.add_init_script(lack)
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG, 'en')}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text("too old")
        context.close()


def test_a_page_from_a_disk_says_which_files_are_missing(browser, own_site):
    for path in (own_site / "search" / "texts").glob("*.js"):
        path.write_text("fihris.held[", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto((own_site / page_of(own_site, TAG, script=DISK)).as_uri())
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_contain_text("تالف")
    for path in (own_site / "search" / "texts").glob("*.js"):
        path.unlink()
    page.get_by_role("button", name="أعد المحاولة").click()
    expect(page.get_by_role("status")).to_contain_text("غير موجود")
    context.close()


def test_a_host_that_answers_with_a_page_of_its_own_is_found_out(browser, own_site):
    """Many hosts send a page, and as if it were there, for whatever they do not have."""
    remove(own_site, "postings")
    with hosted_with_pages(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(own_site, TAG)}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text("غير موجود")
        (own_site / "search" / "fihris-engine.js").unlink()
        page.reload()
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text("غير موجود")
        context.close()


def test_a_first_search_without_a_network_succeeds_once_there_is_one(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG, 'en')}")
        context.set_offline(True)
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_contain_text("could not be reached")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("status")).to_contain_text("could not be reached")
        context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("status")).to_have_text("12 paragraphs")
        context.close()


def test_a_new_upload_under_an_open_page_is_searched_without_a_word(browser, own_site):
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(own_site, TAG)}")
        ask(page, "ميزانية")
        expect(page.locator("[part~=hit]").first).to_be_visible()
        other = index_of_a_page(own_site.parent)
        for part in ("postings", "texts", "words"):
            shutil.rmtree(own_site / "search" / part)
        shutil.copytree(other, own_site / "search", dirs_exist_ok=True)
        ask(page, "الطائر")
        expect(page.get_by_role("status")).to_have_text("فقرة واحدة")
        context.close()


def test_a_browser_without_sheets_of_styles_searches_in_its_own_style(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        context.add_init_script(
            "delete Document.prototype.adoptedStyleSheets;"
            "delete ShadowRoot.prototype.adoptedStyleSheets;"
        )
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{host}/{page_of(exported, TAG)}")
        assert page.evaluate("'adoptedStyleSheets' in ShadowRoot.prototype") is False
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()
    assert thrown == []


def test_a_browser_that_knows_no_modules_shows_the_content_of_the_tag(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        tag = '<fihris-search index="search"><p id="instead">browse</p></fihris-search>'
        # To such a browser the type of the script is one that it does not run.
        script = SCRIPT.replace('"module"', '"unknown"')
        page.goto(f"{host}/{page_of(exported, tag, script=script)}")
        expect(page.locator("#instead")).to_be_visible()
        page.click("#other")
        context.close()


def test_a_slow_network_shows_no_answer_to_what_is_no_longer_asked(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        page.evaluate(
            "() => { window.answered = [];"
            " addEventListener('fihris-results', (event) => answered.push(event.detail.query)); }"
        )
        page.route(PACKED, lambda route: (page.wait_for_timeout(400), route.continue_()))
        box = page.locator("fihris-search input")
        box.press_sequentially("ميزانية")
        expect(page.get_by_role("status")).to_have_text("جارٍ البحث…")
        box.fill("")
        box.press_sequentially(QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة", timeout=20_000)
        page.wait_for_timeout(1_000)
        assert page.evaluate("answered") == [QUERY]
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()


def test_what_was_cleared_says_nothing_later(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        page.route(PACKED, lambda route: (page.wait_for_timeout(400), route.continue_()))
        box = page.locator("fihris-search input")
        box.fill("ميزانية")
        page.wait_for_timeout(300)
        box.fill("")
        page.wait_for_timeout(1_500)
        expect(page.get_by_role("status")).to_be_empty()
        expect(page.locator("[part~=hit]")).to_have_count(0)
        context.close()
