"""``<fihris-search>`` in a real browser, on a host that serves files and allows nothing foreign."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from fihris.index import sync
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main
from fihris.web.shards.packing import gzipped
from tests.browser.static_host import hosted, hosted_as_packed, hosted_packing

#: What WCAG 2.2 AA asks for, by axe's names.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUERY = "المياه المأمونة"
SCRIPT = '<script type="module" src="search/fihris-search.js"></script>'

Shown = Callable[..., Page]


@pytest.fixture(scope="module")
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


def page_of(folder: Path, tag: str, language: str = "ar", script: str = SCRIPT) -> str:
    """Write a page with a tag into a folder and return its name."""
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'
        f'<meta charset="utf-8"><title>page</title>{script}'
        f'<main><h1>page</h1>{tag}<button id="other" type="button">other</button></main></html>',
        encoding="utf-8",
    )
    return "page.html"


@pytest.fixture
def shown(browser: Browser, exported: Path) -> Iterator[Shown]:
    """Return a function that shows a tag; a script that fails or is forbidden fails the test."""
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


def ask(page: Page, query: str) -> None:
    page.locator("fihris-search input").fill(query)
    page.keyboard.press("Enter")


TAG = '<fihris-search index="search" link="/r/{address}#{fragment}"></fihris-search>'


def test_a_query_finds_paragraphs_and_says_how_many(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    first = page.locator("[part~=hit]").first
    expect(first.locator("bdi").filter(has_text="A/HRC/RES/91/4#PP4")).to_have_count(1)
    assert first.locator("a").get_attribute("href").endswith("/r/A/HRC/RES/91/4#PP4")


def test_whole_words_are_marked(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.locator("mark").first).to_be_visible()
    assert page.locator("mark").first.text_content() in ("المياه", "المأمونة")
    words = page.evaluate(
        "() => [...document.querySelector('fihris-search').shadowRoot.querySelectorAll('mark')]"
        ".every((mark) => !/[\\u0621-\\u064a]$/.test(mark.previousSibling?.textContent ?? ''))"
    )
    assert words


def test_nothing_is_asked_before_somebody_searches(shown):
    page = shown(TAG)
    page.wait_for_timeout(300)
    fetched = page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())"
    )
    assert fetched == ["fihris-search.js"]


def test_it_searches_while_one_types_and_only_the_last_query_counts(shown):
    page = shown(TAG)
    page.evaluate(
        "() => { window.answered = [];"
        " addEventListener('fihris-results', (event) => answered.push(event.detail.query)); }"
    )
    box = page.locator("fihris-search input")
    box.press_sequentially("ميزانية", delay=20)
    expect(page.locator("[part~=hit] mark").first).to_contain_text("ميزاني")
    # A slow machine may pause between two letters; what was asked then is never answered last.
    page.wait_for_timeout(500)
    assert page.evaluate("answered.at(-1)") == "ميزانية"
    assert page.evaluate("answered.length") <= len("ميزانية")


def test_equal_wordings_are_one_hit_with_their_number(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.locator("[part~=note]").first).to_have_text("و4 فقرات أخرى بالنصّ نفسه")


def test_partial_hits_are_labelled(shown):
    page = shown(TAG)
    ask(page, "مسرد الزرافة")
    expect(page.get_by_role("status")).to_contain_text("وفي")
    expect(page.locator("[part=partial]")).to_have_text("في هذه الفقرات بعض الكلمات فقط")
    expect(page.locator("[part~=partial-hit]").first).to_be_visible()


def test_a_misspelled_query_is_put_right_by_one_click(shown):
    page = shown(TAG)
    ask(page, "المياة المأمننة")
    page.get_by_role("button", name="المأمونة").click()
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    expect(page.locator("fihris-search input")).to_be_focused()


def test_what_finds_nothing_gets_advice(shown):
    page = shown(TAG.replace("index=", 'kind="operative" index='))
    ask(page, '"كلمةلاوجودلها"')
    expect(page.get_by_role("status")).to_contain_text("لم يُعثر على شيء")
    expect(page.get_by_role("status")).to_contain_text("القيود")


def test_what_of_a_query_is_ignored_is_said(shown):
    page = shown(TAG)
    ask(page, "organ:XYZ المياه")
    expect(page.locator("[part=notice]")).to_contain_text("organ:XYZ")


def test_more_results_follow_and_the_focus_goes_to_them(shown):
    page = shown(TAG.replace("index=", 'results="3" index='))
    ask(page, "المياه")
    expect(page.locator("[part~=hit]")).to_have_count(3)
    page.get_by_role("button", name="المزيد").click()
    expect(page.locator("[part~=hit]")).to_have_count(6)
    expect(page.locator("[part~=hit]").nth(3).locator("a")).to_be_focused()


def test_arrow_keys_walk_through_the_results_and_escape_leads_back(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.locator("[part~=hit]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[part~=hit] a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[part~=hit] a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("fihris-search input")).to_be_focused()


def test_filters_of_the_site_hold_for_every_query(shown):
    page = shown(TAG.replace("index=", 'organ="HRC" year="2036..2036" kind="operative" index='))
    ask(page, "المياه")
    expect(page.locator("[part=place]").first).to_contain_text("2036")
    places = page.locator("[part=place]").all_text_contents()
    assert places and all("A/HRC/" in one and "2036" in one and "#OP" in one for one in places)


def test_the_address_of_the_page_holds_the_query_where_the_site_wants_it(shown):
    page = shown(TAG.replace("index=", 'parameter="q" index='), search="?q=ميزانية&x=1")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == QUERY
    assert page.evaluate("new URLSearchParams(location.search).get('x')") == "1"


def test_it_speaks_english_on_an_english_page_and_reads_from_left_to_right(shown):
    page = shown(TAG, language="en")
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 paragraphs")
    widget = page.locator("[part=widget]")
    assert widget.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    assert page.locator("[part=text]").first.evaluate(
        "(one) => [getComputedStyle(one).direction, one.lang]"
    ) == ["rtl", "ar"]


def test_an_arabic_widget_stands_from_right_to_left_on_an_english_page(shown):
    page = shown(TAG.replace("index=", 'language="ar" index='), language="en")
    widget = page.locator("[part=widget]")
    assert widget.evaluate("(one) => getComputedStyle(one).direction") == "rtl"


def test_a_page_may_make_the_links_itself(shown):
    page = shown(TAG)
    page.evaluate(
        "() => { document.querySelector('fihris-search').linkOf = (hit) => `#${hit.fragment}`; }"
    )
    ask(page, QUERY)
    assert page.locator("[part~=hit] a").first.get_attribute("href") == "#PP4"


def test_what_a_visitor_types_never_becomes_markup(shown):
    page = shown(TAG)
    ask(page, 'organ:<img/src=x/onerror=alert(1)> المياه "<b>')
    expect(page.locator("[part=notice]").first).to_contain_text("<img")
    assert page.locator("fihris-search img").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("query", ["", QUERY, "مسرد الزرافة", "المياة المأمننة", "كلمةلاوجودلها"])
def test_axe_finds_nothing_to_object_to(browser, exported, language, query):
    from axe_playwright_python.sync_playwright import Axe

    with hosted(exported) as host:
        context = browser.new_context(bypass_csp=True)  # axe itself is a foreign script
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG, language)}")
        if query:
            ask(page, query)
            expect(page.get_by_role("status")).not_to_be_empty()
            page.wait_for_timeout(300)
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        context.close()
    assert json.dumps([one["id"] for one in found.response["violations"]]) == "[]"


FAILURES = {
    "a postings file is missing": ("غير موجود", lambda site: remove(site, "postings")),
    "a file of texts is missing": ("غير موجود", lambda site: remove(site, "texts")),
    "a file was cut short": ("تالف", lambda site: cut(site, "postings")),
    "the tables were cut short": ("تالف", lambda site: cut(site, "tables.bin")),
    "a byte has changed": ("تالف", lambda site: spoil(site, "texts")),
    "the dictionary is missing": ("غير موجود", lambda site: remove(site, "dictionary.bin")),
    "files are of another upload": ("تالف", lambda site: exchange(site)),
    "the root is something else": ("تالف", lambda site: put(site, "fihris.json.gz", b"<html>")),
    "nothing was uploaded": ("غير موجود", lambda site: remove(site, "")),
    "another version": ("إصدار آخر", lambda site: another_version(site)),
}


def files_of(site: Path, part: str) -> list[Path]:
    path = site / "search" / part
    return [path] if path.is_file() else sorted(path.rglob("*.bin"))


def remove(site: Path, part: str) -> None:
    for path in files_of(site, part):
        path.unlink()


def cut(site: Path, part: str) -> None:
    for path in files_of(site, part):
        path.write_bytes(path.read_bytes()[:-40])


def spoil(site: Path, part: str) -> None:
    for path in files_of(site, part):
        content = bytearray(path.read_bytes())
        content[-20] ^= 1
        path.write_bytes(content)


def put(site: Path, name: str, content: bytes) -> None:
    (site / "search" / name).write_bytes(content)


def exchange(site: Path) -> None:
    for path in files_of(site, "postings"):
        stamp, *content = path.read_bytes()
        path.write_bytes(bytes([stamp ^ 1, *content]))


def another_version(site: Path) -> None:
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


def test_without_scripts_the_content_of_the_tag_is_shown(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        tag = '<fihris-search index="search"><p id="instead">browse</p></fihris-search>'
        page.goto(f"{host}/{page_of(exported, tag)}")
        expect(page.locator("#instead")).to_be_visible()
        context.close()


@pytest.mark.parametrize("host_of", [hosted_as_packed, hosted_packing])
def test_a_host_that_lets_the_browser_unpack_serves_as_well(browser, exported, host_of):
    with host_of(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()


DISK = '<script defer src="search/fihris-search.js"></script>'


def test_a_page_from_a_disk_searches_without_fetching(browser, own_site):
    context = browser.new_context()
    page = context.new_page()
    tag = TAG.replace("index=", 'parameter="q" index=')
    page.goto((own_site / page_of(own_site, tag, script=DISK)).as_uri() + "?q=ميزانية")
    expect(page.locator("mark").first).to_be_visible()
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    expect(page.locator("mark").first).to_be_visible()
    ask(page, "المياة المأمننة")
    expect(page.get_by_role("button", name="المأمونة")).to_be_visible()
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
