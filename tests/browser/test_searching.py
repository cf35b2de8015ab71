"""Searching as people do: typing, choosing, turning pages, going back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from fihris.index.analysis import fold

WATER = "المياه"
THIS_PAGE = ".pages [aria-current=page]"


def count_of(page: Page) -> str:
    return page.locator("#ui-results").inner_text()


def addresses(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(".hit h3 a").all()]


def mark_window(page: Page) -> None:
    """Leave a mark in the window that a full reload would wipe out."""
    page.evaluate("window.fihrisWasHere = true")


def was_here(page: Page) -> bool:
    return bool(page.evaluate("window.fihrisWasHere === true"))


def test_a_query_is_typed_and_its_words_are_marked(page: Page) -> None:
    page.goto("/")
    page.get_by_label("ابحث عن كلمات").fill(f"{WATER} القرى")
    page.get_by_role("button", name="ابحث").click()
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator(".hits mark").first).to_be_visible()
    assert "فقر" in count_of(page)
    assert any("مياه" in mark for mark in page.locator(".hits mark").all_inner_texts())


def test_a_phrase_is_marked_as_one(page: Page) -> None:
    page.goto('/?q="حقوق الإنسان"')
    marks = page.locator(".hits mark").all_inner_texts()
    assert marks
    assert {fold(mark).text for mark in marks} == {fold("حقوق الإنسان").text}


def test_pages_share_no_hit_and_the_back_button_returns(page: Page) -> None:
    page.goto(f"/?q={WATER}")
    first = addresses(page)
    mark_window(page)
    page.get_by_role("link", name="التالية").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(THIS_PAGE)).to_have_text(re.compile("2$"))
    second = addresses(page)
    assert was_here(page)
    assert not {*first} & {*second}
    page.go_back()
    expect(page.locator(THIS_PAGE)).to_have_text(re.compile("1$"))
    assert addresses(page) == first
    page.go_forward()
    expect(page.locator(THIS_PAGE)).to_have_text(re.compile("2$"))
    assert addresses(page) == second


def test_a_facet_narrows_the_answer_without_a_reload(page: Page) -> None:
    page.goto(f"/?q={WATER}")
    everything = count_of(page)
    facet = page.locator("#ui-facet-organ + ul a").nth(1)
    told = facet.locator(".number").inner_text()
    mark_window(page)
    facet.click()
    expect(page.locator(".chosen")).to_be_visible()
    assert was_here(page)
    assert told in count_of(page)
    assert count_of(page) != everything
    expect(page.locator("#ui-said")).to_have_text(count_of(page))
    page.locator(".chosen a").first.click()
    expect(page.locator(".chosen")).to_have_count(0)
    assert count_of(page) == everything
    page.go_back()
    expect(page.locator(".chosen")).to_be_visible()
    assert told in count_of(page)


def test_choices_act_at_once_and_stay_in_the_address(page: Page) -> None:
    page.goto(f"/?q={WATER}")
    page.get_by_label("الترتيب").select_option("date")
    expect(page).to_have_url(re.compile(r"sort=date$"))
    page.get_by_label("الكلمات كما كُتبت").check()
    expect(page).to_have_url(re.compile(r"level=exact"))
    page.reload()
    expect(page.get_by_label("الترتيب")).to_have_value("date")
    expect(page.get_by_label("الكلمات كما كُتبت")).to_be_checked()
    page.get_by_label("بأيّ صيغة").check()
    expect(page).not_to_have_url(re.compile("level="))


def test_the_other_language_asks_the_same(page: Page) -> None:
    page.goto(f"/?q={WATER}")
    page.locator(".pages a", has_text="التالية").click()
    expect(page).to_have_url(re.compile("page=2"))
    found = addresses(page)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/\?q="))
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert [f"/en{href}" for href in found] == addresses(page)


def test_a_hit_leads_to_its_paragraph_with_the_words_marked(page: Page) -> None:
    page.goto(f"/?q={WATER} القرى")
    page.locator(".hit h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/r/.*#"))
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="عودة إلى النتائج").click()
    expect(page.locator("#ui-q")).to_have_value(f"{WATER} القرى")


def test_the_same_wording_is_opened_by_a_link(page: Page) -> None:
    page.goto(f"/?q={WATER} المأمونة")
    link = page.locator(".lacking a", has_text="بالنصّ نفسه").first
    link.click()
    expect(page).to_have_url(re.compile(r"/clause\?like="))
    assert page.locator(".wordings > li").first.locator(".listing li").count() > 1


@pytest.mark.parametrize("language", ["", "/en"])
def test_nothing_found_is_no_dead_end(page: Page, language: str) -> None:
    page.goto(f"{language}/?q=كلمةلاوجودلها&organ=GA")
    expect(page.locator(".nothing")).to_be_visible()
    page.locator(".nothing a").first.click()
    expect(page.locator(".chosen")).to_have_count(0)


def test_a_misspelled_word_is_offered_as_it_should_be(page: Page) -> None:
    page.goto("/?q=المباه المأمونة")
    page.locator(".help a").first.click()
    expect(page.locator("#ui-q")).to_have_value("المياه المأمونة")
    expect(page.locator(".hits mark").first).to_be_visible()


def test_everything_works_without_scripts(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_label("ابحث عن كلمات").fill(WATER)
    page.get_by_role("button", name="ابحث").click()
    expect(page.locator(".hits mark").first).to_be_visible()
    page.get_by_label("الترتيب").select_option("-date")
    page.get_by_role("button", name="ابحث").click()
    expect(page.get_by_label("الترتيب")).to_have_value("-date")
    page.locator(".facets a").first.click()
    expect(page.locator(".chosen")).to_be_visible()
    page.get_by_role("link", name="التالية").click()
    expect(page.locator(THIS_PAGE)).to_have_text(re.compile("2$"))
    page.locator(".hit h3 a").first.click()
    expect(page.locator(".text > .unit").first).to_be_visible()
    expect(page.locator("button[data-copy]").first).to_be_hidden()
