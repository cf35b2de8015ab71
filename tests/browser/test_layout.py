"""How pages stand on a screen: from right to left, on a phone, in the dark, for everyone (axe)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect

from tests.browser.conftest import SCREENSHOTS

PAGES = {
    "front": "/",
    "search": "/?q=المياه",
    "search-page-2": "/?q=المياه&page=2",
    "search-notices": '/?q="حقوق الإنسان" هيئة:عدم المياه',
    "search-partial": "/?q=مسرد الزرافة",
    "search-filtered": "/?q=المياه&organ=HRC&year=2036",
    "search-symbol": "/?q=94/9",
    "search-nothing": "/?q=كلمةلاوجودلها&organ=GA&session=91",
    "document": "/r/A/HRC/RES/91/17?q=المدارس",
    "document-vote": "/r/A/HRC/RES/92/6",
    "document-annex": "/r/A/RES/92/58",
    "clause": "/clause",
    "clause-nearest": "/clause?text=وإذ تؤكد أن حق الإنسان في المياه شرط لعيش الناس بكرامة",
    "clause-history": "/clause?like=A/HRC/RES/91/4%23PP4&order=oldest",
    "sessions": "/sessions",
    "session": "/sessions/HRC/91",
    "about": "/about",
    "error": "/r/A/HRC/RES/1/1",
}
LANGUAGES = {"ar": "", "en": "/en"}
WIDTHS = {"phone": 390, "desktop": 1280}
#: What WCAG asks for without scrolling sideways (reflow, 1.4.10).
SMALLEST: ViewportSize = {"width": 320, "height": 700}
#: What WCAG 2.2 AA asks for, by axe's names.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: Those of them that another colour scheme may break.
COLOUR_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "link-in-text-block"],
}
AXE = Axe()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def violations(page: Page, rules: dict[str, list[str]] = RULES) -> list[str]:
    found = AXE.run(page, options=rules).response["violations"]
    return [
        f"{one['id']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone_and_fits_any_screen(page: Page, name: str, language: str) -> None:
    page.goto(LANGUAGES[language] + PAGES[name])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOUR_RULES) == []
    page.emulate_media(color_scheme="light")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width, pixels in WIDTHS.items():
        page.set_viewport_size({"width": pixels, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}-{language}-{width}.png", full_page=True)
    page.set_viewport_size(SMALLEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


def test_an_arabic_page_runs_from_right_to_left(page: Page) -> None:
    page.goto(PAGES["search"])
    assert box(page.locator(".brand"))["x"] > box(page.locator(".tongue"))["x"]
    assert box(page.locator(".hits"))["x"] > box(page.locator(".facets"))["x"]
    assert box(page.locator("#ui-q"))["x"] > box(page.locator(".press"))["x"]
    label, number = page.locator(".facets a span").first, page.locator(".facets a .number").first
    assert box(label)["x"] > box(number)["x"]


def test_an_english_page_runs_from_left_to_right_with_arabic_inside(page: Page) -> None:
    page.goto(f"/en{PAGES['search']}")
    assert box(page.locator(".brand"))["x"] < box(page.locator(".tongue"))["x"]
    assert box(page.locator(".hits"))["x"] < box(page.locator(".facets"))["x"]
    assert page.locator(".snippet").first.evaluate("(p) => getComputedStyle(p).direction") == "rtl"


def test_a_symbol_reads_from_left_to_right_on_an_arabic_page(page: Page) -> None:
    """Its first letter stands left of its last digit, whatever stands round it."""
    page.goto(PAGES["sessions"].replace("sessions", "?q=إطلاق النار"))
    edges = page.locator(".facts bdi", has_text="S/RES/").first.evaluate(
        """(bdi) => [0, bdi.firstChild.length - 1].map((at) => {
            const range = document.createRange();
            range.setStart(bdi.firstChild, at);
            range.setEnd(bdi.firstChild, at + 1);
            return range.getBoundingClientRect().x;
        })"""
    )
    assert edges[0] < edges[1]


def test_marks_take_no_room_and_letters_are_never_spaced(page: Page) -> None:
    page.goto(PAGES["search"])
    style = page.locator(".snippet mark").first.evaluate(
        """(mark) => {
            const all = getComputedStyle(mark);
            return [all.marginLeft, all.marginRight, all.paddingLeft, all.paddingRight,
                all.borderLeftWidth, all.letterSpacing];
        }"""
    )
    assert style == ["0px", "0px", "0px", "0px", "0px", "normal"]
    spaced = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => getComputedStyle(one).letterSpacing !== "normal").length"""
    )
    assert spaced == 0


def test_a_marked_word_is_as_wide_as_an_unmarked_one(page: Page) -> None:
    page.goto(PAGES["search"])
    widths = page.locator(".snippet mark").first.evaluate(
        """(mark) => {
            const before = mark.parentElement.scrollWidth;
            const range = document.createRange();
            range.selectNodeContents(mark.parentElement);
            const marked = range.getBoundingClientRect().width;
            mark.replaceWith(mark.textContent);
            range.selectNodeContents(document.querySelector(".snippet"));
            return [marked, range.getBoundingClientRect().width];
        }"""
    )
    assert widths[0] == pytest.approx(widths[1], abs=0.5)


def test_the_dark_scheme_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) < 200


def test_facets_are_one_step_away_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(PAGES["search"])
    page.get_by_role("link", name="تضييق البحث").click()
    expect(page.locator("#ui-facets")).to_be_in_viewport()
