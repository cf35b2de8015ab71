"""``<fihris-search>`` in a real browser, on a host that serves files and allows nothing foreign."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.static_host import hosted, hosted_as_packed
from tests.browser.widget_pages import DISK, QUERY, TAG, ask, fetched, page_of


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
    assert fetched(page) == ["fihris-search.js"]


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


def test_a_suggestion_is_spelled_as_the_texts_spell_it(shown):
    page = shown(TAG)
    ask(page, "المأمون")
    expect(page.get_by_role("button", name="المأمونة")).to_be_visible()


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


def test_without_scripts_the_content_of_the_tag_is_shown(browser, exported):
    with hosted(exported) as host:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        tag = '<fihris-search index="search"><p id="instead">browse</p></fihris-search>'
        page.goto(f"{host}/{page_of(exported, tag)}")
        expect(page.locator("#instead")).to_be_visible()
        context.close()


def test_a_host_that_lets_the_browser_unpack_serves_as_well(browser, exported):
    with hosted_as_packed(exported) as host:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host}/{page_of(exported, TAG)}")
        ask(page, QUERY)
        expect(page.get_by_role("status")).to_have_text("12 فقرة")
        context.close()


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
