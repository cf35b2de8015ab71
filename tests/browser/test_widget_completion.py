"""Completions in ``<fihris-search>``: a list below the box, for keys, fingers and ears."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static_host import hosted
from tests.browser.widget_pages import (
    DISK,
    QUERY,
    TAG,
    ask,
    fetched,
    packed_files,
    page_of,
    tag_with,
)


def type_in(page: Page, text: str) -> None:
    page.locator("fihris-search input").press_sequentially(text, delay=10)


def completed(page: Page, text: str) -> Page:
    """Type a text and wait for the list."""
    type_in(page, text)
    expect(page.get_by_role("listbox")).to_be_visible()
    return page


def value(page: Page) -> str:
    return page.locator("fihris-search input").input_value()


def test_the_word_being_typed_is_completed_the_commonest_first(shown):
    page = completed(shown(TAG), "حقو")
    assert page.get_by_role("option").all_text_contents()[0] == "حقوق"


def test_words_are_spelled_as_the_texts_spell_them_however_they_are_typed(shown):
    page = completed(shown(TAG), "الانسا")
    assert "الإنسان" in page.get_by_role("option").all_text_contents()


def test_arrows_choose_enter_takes_and_the_search_follows(shown):
    page = completed(shown(TAG), "المياه المأم")
    box = page.get_by_role("combobox")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    expect(box).to_be_focused()
    assert value(page) == "المياه المأم"  # nothing is written before it is taken
    page.keyboard.press("Enter")
    assert value(page) == QUERY
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("12 فقرة")


def test_what_is_chosen_belongs_to_what_is_typed_however_fast_one_types(shown):
    page = completed(shown(TAG), "الم")
    assert page.get_by_role("option").first.text_content() != "المأمونة"
    page.keyboard.insert_text("أم")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_text("المأمونة")
    page.keyboard.press("Enter")
    assert value(page) == "المأمونة"


def test_arrows_go_round_and_past_the_text_itself(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None


def test_the_box_tells_whether_its_list_is_open(shown):
    page = shown(TAG)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    completed(page, "حقو")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")


def test_escape_closes_the_list_and_the_next_one_clears_the_box(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert value(page) == "حقو"
    page.keyboard.press("Escape")
    assert value(page) == ""


def test_enter_with_nothing_chosen_asks_what_was_typed(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert value(page) == "حقو"


def test_once_the_list_is_closed_arrows_lead_into_the_results(shown):
    page = completed(shown(TAG), "حق")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[part~=hit] a").first).to_be_focused()


def test_alt_and_an_arrow_open_and_close_the_list(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_tab_leaves_without_taking_anything(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert value(page) == "حقو"
    expect(page.get_by_role("combobox")).not_to_be_focused()


def test_a_click_takes_and_the_box_keeps_the_focus(shown):
    page = completed(shown(TAG), "المياه المأم")
    page.get_by_role("option").first.click()
    assert value(page) == QUERY
    expect(page.get_by_role("combobox")).to_be_focused()


def test_a_finger_takes_as_well(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        completed(page, "المياه المأم").get_by_role("option").first.tap()
        assert value(page) == QUERY
        context.close()


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ('"المياه المأم', '"المياه المأمونة'),
        ("«المأم", "«المأمونة"),
        ("الميزانية -المأم", "الميزانية -المأمونة"),
        ("title:المشرد", "title:المشردين"),
        ("عنوان:(المشرد", "عنوان:(المشردين"),
        ("(المأم", "(المأمونة"),
        ("وثيقة wa المأم", "وثيقة wa المأمونة"),
    ],
)
def test_what_stands_before_the_word_stays(shown, typed, taken):
    page = completed(shown(TAG), typed)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    assert value(page) == taken


@pytest.mark.parametrize(
    "typed", ["م", "organ:HR", "year:20", "هيئة:المأم", "المأم*", "المياه ", "12"]
)
def test_what_is_no_word_of_the_texts_is_not_completed(shown, typed):
    page = shown(TAG)
    type_in(page, typed)
    page.wait_for_timeout(700)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_word_in_the_middle_is_completed_where_the_cursor_is(shown):
    page = shown(TAG)
    page.locator("fihris-search input").fill("المأم المياه النظيفة")
    page.locator("fihris-search input").evaluate("(box) => box.setSelectionRange(5, 5)")
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("option").first.click()
    assert value(page) == "المأمونة المياه النظيفة"


def test_nothing_is_completed_while_characters_are_being_composed(shown):
    page = shown(TAG)
    completed(page, "حقو")
    page.keyboard.press("ArrowDown")
    prevented = page.locator("fihris-search input").evaluate(
        "(box) => ['Enter', 'ArrowDown', 'Escape'].map((key) => !box.dispatchEvent("
        "new KeyboardEvent('keydown',"
        " { key, isComposing: true, bubbles: true, cancelable: true })))"
    )
    assert prevented == [False, False, False]
    assert value(page) == "حقو"
    expect(page.get_by_role("listbox")).to_be_visible()


def test_the_number_of_completions_is_announced_once_and_behind_the_results(shown):
    page = shown(TAG)
    page.evaluate(
        "() => { const { shadowRoot } = document.querySelector('fihris-search');"
        " window.announced = [];"
        " for (const one of shadowRoot.querySelectorAll('[role=status], [aria-live]'))"
        "  new MutationObserver(() => one.textContent && announced.push(one.textContent))"
        "   .observe(one, { childList: true }); }"
    )
    completed(page, "حق")
    count = page.get_by_role("option").count()
    expect(page.locator("[aria-live]")).to_have_text(f"{count} اقتراحات")
    announced = page.evaluate("announced")
    assert [one for one in announced if "اقتراح" in one] == announced[-1:]
    assert any("فقر" in one for one in announced)
    page.keyboard.press("Escape")
    expect(page.locator("[aria-live]")).to_be_empty()


def test_completions_can_be_switched_off(shown):
    page = shown(tag_with('completion="off"'))
    type_in(page, "المأمونة")
    expect(page.locator("[part~=hit]").first).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert "fihris-assistance.js" not in fetched(page)


def test_a_beginning_costs_two_files_of_words_at_most_and_each_is_fetched_once(shown):
    page = completed(shown(TAG), "حقو")
    page.keyboard.press("Escape")
    type_in(page, "ق")
    page.wait_for_timeout(500)
    words = [
        name
        for name in page.evaluate(
            "() => performance.getEntriesByType('resource').map(({ name }) => name)"
        )
        if "/words/" in name
    ]
    assert 1 <= len(words) <= 2
    assert len(set(words)) == len(words)


def test_what_fails_about_completions_is_no_harm(browser, own_site):
    for path in packed_files(own_site, "words"):
        path.unlink()
    with hosted(own_site) as host:
        context = browser.new_context()
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{host}/{page_of(own_site, TAG)}")
        type_in(page, "المياه المأمونة")
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        (own_site / "search" / "fihris-assistance.js").unlink()
        page.reload()
        type_in(page, "المياه المأمونة")
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()
    assert thrown == []


def test_from_a_disk_words_are_completed_too(browser, own_site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((own_site / page_of(own_site, TAG, script=DISK)).as_uri())
    completed(page, "المياه المأم").keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert value(page) == QUERY
    context.close()


def test_an_english_page_announces_in_english_and_leaves_arabic_words_arabic(shown):
    page = completed(shown(TAG, language="en"), "المأمو")
    expect(page.locator("[aria-live]")).to_have_text("1 completion")
    assert page.get_by_role("option").first.get_attribute("lang") == "ar"


def test_a_query_that_is_asked_at_once_opens_no_list(shown):
    page = shown(TAG)
    for _ in range(2):  # also when what completes words is there already
        ask(page, "")
        ask(page, "حق")
        expect(page.locator("[part~=hit]").first).to_be_visible()
        page.wait_for_timeout(500)
        expect(page.get_by_role("listbox")).to_be_hidden()
    completed(page, "و")


def test_the_list_goes_with_the_word_that_it_was_for(shown):
    page = completed(shown(TAG), "حق")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("listbox")).to_be_hidden()
    completed(page, "ق")
    page.locator("fihris-search input").fill("")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_what_a_keyboard_of_a_phone_composes_is_completed_and_may_be_taken(shown):
    page = shown(TAG)
    page.locator("fihris-search input").focus()
    composing = page.context.new_cdp_session(page)
    for text in ("ال", "المأ", "المأم"):
        composing.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    expect(page.get_by_role("option").first).to_have_text("المأمونة")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("status")).to_have_text("12 فقرة")
    assert value(page) == "المأمونة"
