"""The keyboard alone: the slash, completion, the way through the page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_the_slash_takes_to_the_box_and_is_a_letter_inside_it(page: Page) -> None:
    page.goto("/?q=المياه")
    page.keyboard.press("/")
    box = page.locator("#ui-q")
    expect(box).to_be_focused()
    page.keyboard.type("91/4")
    expect(box).to_have_value("91/4")


def test_completion_is_chosen_with_the_arrow_keys(page: Page) -> None:
    page.goto("/")
    box = page.locator("#ui-q")
    expect(box).to_have_attribute("role", "combobox")
    box.press_sequentially("حقو")
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.get_attribute("data-text") or ""
    expect(box).to_have_value(chosen)
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("حقو")
    box.press_sequentially("ق")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    last = options.last.get_attribute("data-text") or ""
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator("#ui-q")).to_have_value(last)


def test_enter_searches_for_what_was_typed_whatever_is_offered(page: Page) -> None:
    page.goto("/")
    box = page.locator("#ui-q")
    box.press_sequentially("المدر")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(box).to_have_value("المدر")


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/?q=المياه")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#ui-main")).to_be_focused()


def test_the_tools_of_a_paragraph_open_and_close_with_keys(page: Page) -> None:
    page.goto("/r/A/HRC/RES/91/17")
    summary = page.locator("#OP3 .tools summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#OP3 .tools ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#OP3 .tools ul")).to_be_hidden()
