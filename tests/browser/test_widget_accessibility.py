"""``<fihris-search>`` for everybody: readers of screens, high contrast, large type, no motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.static_host import hosted
from tests.browser.widget_pages import QUERY, RULES, TAG, ask, page_of, tag_with

MENUS = 'menus="organ session kind year"'
DARK = (
    "body { background: #14181d; color: #e8e6e3 } :root { color-scheme: dark }"
    "fihris-search { --fihris-accent: #8ab4f8 }"
)


def objections(page: Page) -> list[str]:
    """Return what axe objects to."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [one["id"] for one in found.response["violations"]]


@pytest.fixture
def opened(browser: Browser, exported: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page with a tag, in a browser with settings of its own."""
    with hosted(exported) as host:
        contexts = []

        def open_page(tag: str, language: str = "ar", style: str = "", **settings: Any) -> Page:
            # The rules and styles of a test are foreign to the page.
            context = browser.new_context(bypass_csp=True, **settings)
            contexts.append(context)
            page = context.new_page()
            page.goto(f"{host}/{page_of(exported, tag, language)}")
            if style:
                page.add_style_tag(content=style)
            return page

        yield open_page
        for context in contexts:
            context.close()


def with_list(page: Page) -> Page:
    """Type until the list is open, and choose an entry."""
    page.locator("fihris-search input").press_sequentially("حق")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator("[part~=hit]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    return page


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("query", ["", QUERY, "مسرد الزرافة", "المياة المأمننة", "كلمةلاوجودلها"])
def test_axe_finds_nothing_to_object_to(opened, language, query):
    page = opened(tag_with(MENUS), language)
    if query:
        ask(page, query)
        expect(page.get_by_role("status")).not_to_be_empty()
        page.wait_for_timeout(300)
    assert objections(page) == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "settings",
    [{}, {"style": DARK, "color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "high contrast"],
)
def test_axe_finds_nothing_to_object_to_while_the_list_is_open(opened, language, settings):
    page = with_list(opened(tag_with(MENUS), language, **settings))
    assert objections(page) == []


def test_in_high_contrast_the_chosen_entry_and_the_focus_are_framed(opened):
    page = with_list(opened(TAG, forced_colors="active"))
    widths = page.locator("[aria-selected=true], input").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).outlineWidth))"
    )
    assert all(width >= 2 for width in widths) and len(widths) == 2
    assert (
        page.get_by_role("option").nth(1).evaluate("(one) => getComputedStyle(one).outlineStyle")
        == "none"
    )


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [640, 320], ids=["200 %", "400 %"])
def test_enlarged_everything_fits_and_nothing_is_cut(opened, language, width):
    """A window of 1280 pixels that is enlarged twice has 640, and so on."""
    tag = tag_with(MENUS)
    page = with_list(opened(tag, language, viewport={"width": width, "height": 480}))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.locator("fihris-search").evaluate(
        "(one) => [...one.shadowRoot.querySelectorAll('a, p, li, button, select, label')]"
        ".filter((part) => !part.hasAttribute('aria-live') && part.scrollWidth >"
        " part.clientWidth + 1 && getComputedStyle(part).display !== 'inline').length"
    )
    assert cut == 0


def test_nothing_moves(opened):
    page = with_list(opened(tag_with(MENUS), reduced_motion="reduce"))
    assert (
        page.locator("fihris-search").evaluate("(one) => one.shadowRoot.getAnimations().length")
        == 0
    )
    moving = page.locator("fihris-search").evaluate(
        "(one) => [...one.shadowRoot.querySelectorAll('*')].map((part) => getComputedStyle(part))"
        ".filter((style) => parseFloat(style.transitionDuration) ||"
        " style.animationName !== 'none' || style.scrollBehavior === 'smooth').length"
    )
    assert moving == 0


def test_each_text_has_its_own_language_and_direction(opened):
    page = with_list(opened(TAG, "en"))
    assert page.locator("[part=widget]").evaluate("(one) => [one.lang, one.dir]") == ["en", "ltr"]
    for part in ("[role=option]", "[part~=text]", "[part~=title]"):
        assert page.locator(part).first.evaluate("(one) => one.lang") == "ar", part
    option = page.locator("[role=option] bdi").first
    assert option.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "isolate"
    assert (
        page.locator("[part~=text]").first.evaluate("(one) => getComputedStyle(one).direction")
        == "rtl"
    )
    assert page.locator("[part~=place] bdi").count() > 0


def test_fingers_find_targets_that_are_large_enough(opened):
    page = with_list(opened(tag_with(MENUS), viewport={"width": 360, "height": 740}))
    heights = page.locator("[role=option], select, input").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24
