"""``<fihris-search>`` in pages that change: several of them, moved, made and changed by scripts."""

from __future__ import annotations

import shutil

from playwright.sync_api import Page, expect

from tests.browser.static_host import hosted
from tests.browser.widget_pages import (
    QUERY,
    SCRIPT,
    TAG,
    ask,
    fetched,
    index_of_a_page,
    page_of,
    tag_with,
)


def test_two_on_a_page_answer_each_for_itself_and_share_the_scripts(shown):
    page = shown(TAG + tag_with('language="en" kind="operative"'))
    for one in page.locator("fihris-search").all():
        one.locator("input").fill(QUERY)
        one.locator("input").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("12 فقرة")
    expect(page.get_by_role("status").nth(1)).to_contain_text("paragraphs")
    assert page.get_by_role("status").nth(1).text_content() != "12 paragraphs"
    assert fetched(page).count("fihris-engine.js") == 1


def test_two_on_a_page_may_search_different_indexes_and_share_the_address(browser, own_site):
    shutil.copytree(index_of_a_page(own_site.parent), own_site / "other")
    other = TAG.replace('index="search"', 'index="other" parameter="p"')
    tags = tag_with('parameter="q"') + other
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(own_site, tags)}")
        first, second = page.locator("fihris-search input").all()
        first.fill(QUERY)
        first.press("Enter")
        second.fill("الطائر")
        second.press("Enter")
        expect(page.get_by_role("status").nth(1)).to_have_text("فقرة واحدة")
        expect(page.get_by_role("status").first).to_have_text("12 فقرة")
        held = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
        assert held == {"q": QUERY, "p": "الطائر"}
        context.close()


def test_one_that_is_moved_keeps_what_it_shows_and_goes_on(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    page.evaluate(
        "() => { const one = document.querySelector('fihris-search'); one.remove();"
        " document.querySelector('main').append(one); }"
    )
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    ask(page, "ميزانية")
    expect(page.locator("mark").first).to_contain_text("ميزاني")


def test_one_that_is_taken_away_leaves_the_address_alone(shown):
    page = shown(tag_with('parameter="q"'))
    page.locator("fihris-search input").press_sequentially("ميز")
    page.evaluate("() => document.querySelector('fihris-search').remove()")
    page.wait_for_timeout(600)
    assert page.evaluate("location.search") == ""


def test_one_that_is_moved_before_it_has_searched_searches_then(shown):
    page = shown("", search="?q=" + QUERY)
    page.evaluate(
        "() => { const one = document.createElement('fihris-search');"
        " one.setAttribute('index', 'search'); one.setAttribute('parameter', 'q');"
        " const main = document.querySelector('main'); main.append(one); main.prepend(one); }"
    )
    expect(page.get_by_role("status")).to_have_text("12 فقرة")


def test_one_that_a_script_makes_searches_as_well(shown):
    page = shown("")
    page.evaluate(
        "() => { const one = document.createElement('fihris-search');"
        " one.setAttribute('index', 'search'); one.linkOf = (hit) => `#${hit.fragment}`;"
        " document.querySelector('main').append(one); }"
    )
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    assert page.locator("[part~=hit] a").first.get_attribute("href") == "#PP4"


def set_attribute(page: Page, name: str, value: str) -> None:
    page.locator("fihris-search").evaluate(
        "(one, [name, value]) => one.setAttribute(name, value)", [name, value]
    )


def test_attributes_that_a_script_changes_count_from_the_next_query_on(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    set_attribute(page, "results", "3")
    ask(page, QUERY + " ")
    expect(page.locator("[part~=hit]")).to_have_count(3)
    set_attribute(page, "kind", "preambular")
    ask(page, QUERY)
    expect(page.get_by_role("status")).not_to_have_text("12 فقرة")
    set_attribute(page, "index", "nowhere")
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_contain_text("غير موجود")
    set_attribute(page, "index", "search")
    ask(page, QUERY)
    expect(page.locator("[part~=hit]").first).to_be_visible()


def test_language_label_and_menus_change_at_once_and_what_was_typed_stays(shown):
    page = shown(TAG)
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    set_attribute(page, "language", "en")
    expect(page.get_by_role("status")).to_have_text("12 paragraphs")
    expect(page.locator("fihris-search input")).to_have_value(QUERY)
    set_attribute(page, "label", "Find")
    expect(page.get_by_label("Find")).to_have_value(QUERY)
    set_attribute(page, "menus", "kind")
    expect(page.get_by_label("Kind of paragraph")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("12 paragraphs")
    page.get_by_label("Kind of paragraph").select_option("preambular")
    expect(page.get_by_role("status")).not_to_have_text("12 paragraphs")
    set_attribute(page, "language", "ar")
    expect(page.get_by_label("نوع الفقرة")).to_have_value("preambular")
    expect(page.get_by_label("نوع الفقرة").locator("option:checked")).to_have_text("ديباجة")


def test_the_script_may_be_loaded_twice_also_from_two_places(browser, own_site):
    shutil.copytree(own_site / "search", own_site / "again")
    scripts = SCRIPT + SCRIPT + SCRIPT.replace("search/", "again/", 1)
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{host}/{page_of(own_site, TAG, script=scripts)}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()
    assert thrown == []
