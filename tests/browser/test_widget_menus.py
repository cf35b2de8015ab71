"""Menus of filters in ``<fihris-search>``, and what the address of the page keeps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static_host import hosted
from tests.browser.widget_pages import (
    QUERY,
    SCRIPT,
    TAG,
    ask,
    fetched,
    packed_files,
    page_of,
    tag_with,
)

MENUS = 'menus="organ session kind year"'


def options(page: Page, label: str) -> list[str]:
    return page.get_by_label(label).locator("option").all_text_contents()


def address(page: Page) -> dict[str, str]:
    held: dict[str, str] = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    return held


def test_menus_stand_in_their_order_with_names_and_nothing_is_fetched_for_them(shown):
    page = shown(tag_with(MENUS))
    labels = ["الهيئة", "الدورة", "نوع الفقرة", "السنة"]
    assert [
        one.strip()
        for one in page.locator("[part=menu-label]").evaluate_all(
            "(all) => all.map((one) => one.firstChild.textContent)"
        )
    ] == labels
    assert options(page, "الهيئة") == ["الكل"]
    page.wait_for_timeout(300)
    assert fetched(page) == ["fihris-search.js"]


def test_a_menu_is_filled_when_somebody_comes_to_it(shown):
    page = shown(tag_with(MENUS))
    page.get_by_label("الهيئة").focus()
    expect(page.get_by_label("الهيئة").locator("option").nth(1)).to_have_text("الجمعية العامة")
    assert "مجلس حقوق الإنسان" in options(page, "الهيئة")
    years = options(page, "السنة")[1:]
    assert years == sorted(years, reverse=True) and len(years) > 2
    sessions = options(page, "الدورة")[1:]
    assert all(one.startswith("الدورة ") for one in sessions)
    ordinary = [int(one.split()[1]) for one in sessions if "الاستثنائية" not in one]
    assert ordinary == sorted(ordinary, reverse=True)
    assert "الاستثنائية" in sessions[-1]
    assert options(page, "نوع الفقرة")[1:4] == ["عنوان", "ديباجة", "منطوق"]


def test_a_search_fills_them_as_well(shown):
    page = shown(tag_with(MENUS))
    ask(page, QUERY)
    expect(page.get_by_label("السنة").locator("option").nth(1)).to_have_count(1)


def test_what_is_chosen_restricts_the_results_and_all_takes_it_back(shown):
    page = shown(tag_with(MENUS))
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    page.get_by_label("نوع الفقرة").select_option(label="ديباجة")
    expect(page.get_by_role("status")).not_to_have_text("12 فقرة")
    places = page.locator("[part=place]").all_text_contents()
    assert places and all("#PP" in one for one in places)
    page.get_by_label("نوع الفقرة").select_option(label="الكل")
    expect(page.get_by_role("status")).to_have_text("12 فقرة")


def test_what_the_site_restricts_stays_so_and_the_menus_offer_no_more(shown):
    page = shown(tag_with(f'{MENUS} organ="HRC" year="2036..2038"'))
    ask(page, "المياه")
    expect(page.get_by_label("السنة").locator("option").nth(1)).to_have_count(1)
    assert options(page, "الهيئة") == ["الكل", "مجلس حقوق الإنسان"]
    assert set(options(page, "السنة")[1:]) <= {"2036", "2037", "2038"}
    page.get_by_label("السنة").select_option("2036")
    expect(page.get_by_role("status")).to_contain_text("فقر")
    places = page.locator("[part=place]").all_text_contents()
    assert places and all("A/HRC/" in one and "2036" in one for one in places)


def test_what_an_address_asks_beyond_the_restrictions_of_the_site_is_not_given(shown):
    tag = tag_with(f'{MENUS} organ="HRC" parameter="q"')
    page = shown(tag, search="?q=المياه&q-organ=GA")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    assert all("A/HRC/" in one for one in page.locator("[part=place]").all_text_contents())


def test_a_shared_address_opens_with_the_same_hits_and_the_same_choice(shown):
    tag = tag_with(f'{MENUS} parameter="q"')
    page = shown(tag)
    ask(page, "المياه")
    expect(page.get_by_label("الهيئة").locator("option").nth(1)).to_have_count(1)
    page.get_by_label("الهيئة").select_option("HRC")
    page.get_by_label("السنة").select_option("2036")
    page.wait_for_function("new URLSearchParams(location.search).get('q-year') === '2036'")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    said = page.get_by_role("status").text_content()
    places = page.locator("[part=place]").all_text_contents()
    assert address(page) == {"q": "المياه", "q-organ": "HRC", "q-year": "2036"}
    other = shown(tag, search=page.evaluate("location.search"))
    expect(other.get_by_role("status")).to_have_text(said or "")
    assert other.locator("[part=place]").all_text_contents() == places
    expect(other.get_by_label("الهيئة")).to_have_value("HRC")
    expect(other.get_by_label("الهيئة").locator("option:checked")).to_have_text("مجلس حقوق الإنسان")


def test_back_and_forward_lead_through_what_was_asked(shown):
    page = shown(tag_with(f'{MENUS} parameter="q"'))
    box = page.locator("fihris-search input")
    ask(page, "ميزانية")
    expect(page.locator("mark").first).to_contain_text("ميزاني")
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    page.get_by_label("نوع الفقرة").select_option("preambular")
    expect(page.get_by_role("status")).not_to_have_text("12 فقرة")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    expect(page.get_by_label("نوع الفقرة")).to_have_value("")
    page.go_back()
    expect(box).to_have_value("ميزانية")
    expect(page.locator("mark").first).to_contain_text("ميزاني")
    page.go_back()
    expect(box).to_have_value("")
    expect(page.locator("[part~=hit]")).to_have_count(0)
    page.go_forward()
    expect(box).to_have_value("ميزانية")
    expect(page.locator("mark").first).to_contain_text("ميزاني")


def test_pauses_in_typing_are_nothing_to_go_back_to(shown):
    page = shown(tag_with('parameter="q"'))
    before = page.evaluate("history.length")
    box = page.locator("fihris-search input")
    for piece in ("ميز", "ان", "ية"):
        box.press_sequentially(piece)
        page.wait_for_timeout(400)
    assert address(page) == {"q": "ميزانية"}
    assert page.evaluate("history.length") == before + 1
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("history.length") == before + 1


def test_a_link_within_the_page_asks_nothing_anew(shown):
    page = shown(tag_with('parameter="q"') + '<a id="down" href="#other">down</a>')
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    page.evaluate(
        "() => { window.answered = 0; addEventListener('fihris-results', () => answered++); }"
    )
    page.click("#down")
    page.go_back()
    page.wait_for_timeout(400)
    assert page.evaluate("answered") == 0
    expect(page.locator("fihris-search input")).to_have_value(QUERY)


def test_without_a_parameter_the_address_is_left_alone(shown):
    page = shown(tag_with(MENUS), search="?q=ميزانية")
    expect(page.locator("fihris-search input")).to_have_value("")
    ask(page, QUERY)
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    page.evaluate("location.hash = 'x'")
    page.go_back()
    expect(page.locator("fihris-search input")).to_have_value(QUERY)
    assert address(page) == {"q": "ميزانية"}


def test_the_names_are_english_on_an_english_page(shown):
    page = shown(tag_with(MENUS), language="en")
    page.get_by_label("Organ").focus()
    expect(page.get_by_label("Organ").locator("option").nth(1)).to_have_text("General Assembly")
    assert options(page, "Organ")[0] == "All"
    assert options(page, "Kind of paragraph")[1:4] == ["title", "preambular", "operative"]


@pytest.mark.parametrize("menus", ["organ nonsense organ", "year,kind"])
def test_menus_are_those_that_there_are_each_once(shown, menus):
    page = shown(tag_with(f'menus="{menus}"'))
    expected = ["organ"] if "organ" in menus else ["year", "kind"]
    assert (
        page.locator("select").evaluate_all("(all) => all.map((one) => one.dataset.field)")
        == expected
    )


def test_menus_that_cannot_be_filled_say_why(browser, own_site):
    for path in packed_files(own_site, ""):
        if path.name.startswith("documents"):
            path.unlink()
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(own_site, tag_with(MENUS), script=SCRIPT)}")
        page.get_by_label("الهيئة").focus()
        expect(page.get_by_role("status")).to_contain_text("غير موجود")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()


def test_the_plain_tag_has_no_menus(shown):
    page = shown(TAG)
    expect(page.locator("select")).to_have_count(0)
    expect(page.locator("[part=menus]")).to_be_hidden()
