"""The page of a document in a browser: notes, tools, copying, paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

WITH_NOTES = "/r/A/HRC/RES/91/17"


def test_a_note_and_its_mark_lead_to_each_other(page: Page) -> None:
    page.goto(WITH_NOTES)
    page.locator(".noteref a").first.click()
    note = page.locator(".notes li:target")
    expect(note).to_be_in_viewport()
    note.locator(".back").click()
    expect(page.locator(".noteref a:target")).to_be_in_viewport()


def test_the_citation_and_the_link_are_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(WITH_NOTES)
    page.get_by_role("button", name="انسخ الاستشهاد").first.click()
    expect(page.locator(".copied")).to_have_text("نُسخ")
    copied = "navigator.clipboard.readText()"
    assert page.evaluate(copied) == "قرار مجلس حقوق الإنسان 91/17 المؤرخ 26 آذار/مارس 2036"
    page.get_by_role("button", name="انسخ الرابط").click()
    page.wait_for_function(f"{copied}.then((text) => text.startsWith('http'))")
    assert page.evaluate(copied) == f"{site}{WITH_NOTES}"
    page.locator("#OP3 .tools summary").click()
    page.locator("#OP3 .tools button").click()
    page.wait_for_function(f"{copied}.then((text) => text.includes('الفقرة 3'))")


def test_where_copying_is_refused_the_text_is_shown(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(WITH_NOTES)
    page.get_by_role("button", name="انسخ الرابط").click()
    expect(page.locator(".copied input")).to_have_value(re.compile(WITH_NOTES))


def test_citations_and_neighbours_lead_on(page: Page) -> None:
    page.goto(WITH_NOTES)
    page.locator("a.citation").first.click()
    expect(page).to_have_url(re.compile(r"/r/A/HRC/RES/91/4$"))
    page.locator(".neighbours a[rel=next]").first.click()
    expect(page).to_have_url(re.compile(r"/r/A/HRC/RES/91/17$"))


def test_paper_has_the_text_and_nothing_to_press(page: Page) -> None:
    page.goto(WITH_NOTES)
    page.emulate_media(media="print")
    expect(page.locator(".text > .unit").first).to_be_visible()
    expect(page.locator(".notes li").first).to_be_visible()
    expect(page.locator(".printed")).to_be_visible()
    for hidden in (".menu", ".actions", ".neighbours", ".tools", ".skip"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_pasted_text_gets_an_address_of_its_own(page: Page) -> None:
    page.goto("/clause")
    page.get_by_label("نص الفقرة").fill("وإذ يؤكد من جديد أن حق الإنسان في المياه المأمونة شرط")
    page.get_by_role("button", name="تتبَّع").click()
    expect(page).to_have_url(re.compile(r"/clause\?text="))
    expect(page.locator(".wordings del").first).to_be_visible()
    page.get_by_role("link", name="الأقدم أولاً").click()
    expect(page).to_have_url(re.compile(r"order=oldest"))
