"""The search page: what it says, where its links lead, and that its state is in the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

WATER = "/?q=المياه"


def texts(tree, selector):
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


def hrefs(tree, selector):
    return [element.get("href") for element in tree.cssselect(selector)]


def count(tree):
    return texts(tree, "#ui-results")[0]


def test_the_front_page_asks_and_offers_something_to_try(page):
    tree = page("/")
    (box,) = tree.cssselect("input[name=q]")
    assert tree.cssselect(f"label[for={box.get('id')}]")
    for href in hrefs(tree, ".try a"):
        assert page(href).cssselect(".hit")
    assert texts(tree, ".holds") == ["في الفهرس 25 وثيقة، فيها 545 فقرة."]


def test_marks_are_whole_words_of_the_text(page):
    marks = texts(page(WATER), ".snippet mark")
    assert marks
    assert all("مياه" in mark and " " not in mark for mark in marks)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("كلمةلاوجودلها", "لا فقرات"),
        ("مسرداً", "فقرة واحدة"),
        ("السد", "فقرتان"),
        ("المخطوطات", "3 فقرات"),
        ("الترجمة", "11 فقرة"),
    ],
)
def test_a_count_has_its_own_plural_form(page, query, said):
    assert count(page(f'/?q="{query}"')).startswith(said)


def test_a_facet_link_finds_as_many_as_it_says(page):
    tree = page(WATER)
    choices = tree.cssselect(".facets li a")
    assert len({urlsplit(choice.get("href")).query for choice in choices}) == len(choices)
    for choice in choices:
        (number,) = choice.cssselect(".number")
        narrowed = count(page(choice.get("href")))
        told = int(number.text)
        words = {1: "فقرة واحدة", 2: "فقرتان"}
        assert narrowed.startswith(words.get(told, f"{told} فقر")), choice.get("href")


def test_a_chosen_filter_is_taken_off_by_its_link(page):
    tree = page(f"{WATER}&organ=HRC&year=2036")
    assert texts(tree, ".chosen li a bdi") == [
        "مجلس حقوق الإنسان",
        "السنة: 2036",
    ]
    without = parse_qs(urlsplit(hrefs(tree, ".chosen a")[0]).query)
    assert without == {"q": ["المياه"], "year": ["2036"]}
    assert count(page(hrefs(tree, ".chosen a")[-1])) == count(page(WATER))


def test_a_new_query_keeps_the_filters(page):
    tree = page(f"{WATER}&organ=HRC&strict=hamza")
    kept = {(one.get("name"), one.get("value")) for one in tree.cssselect("input[type=hidden]")}
    assert kept == {("organ", "HRC"), ("strict", "hamza")}


def test_pages_follow_each_other_without_a_gap_or_a_repetition(page):
    addresses: list[str] = []
    href = WATER
    while href:
        tree = page(href)
        (listed,) = tree.cssselect("ol.hits")
        assert int(listed.get("start")) == len(addresses) + 1
        addresses += hrefs(tree, ".hit h3 a")
        href = next(iter(hrefs(tree, ".pages a[rel=next]")), "")
    assert len(addresses) == len({*addresses}) > 50


def test_a_page_beyond_the_end_leads_back(page):
    tree = page(f"{WATER}&page=400")
    assert not tree.cssselect(".hit")
    assert page(hrefs(tree, ".nothing a")[0]).cssselect(".hit")


def test_what_was_ignored_is_said_in_the_language_of_the_page(page):
    assert texts(page("/?q=المياه organ:XX"), ".notices li") == [
        "تُجوهل organ:XX: ليست القيمة مما يقبله الحقل organ."
    ]
    assert texts(page("/en/?q=المياه organ:XX"), ".notices li") == [
        "Ignored organ:XX: that is no organ."
    ]


def test_partial_hits_stand_apart_and_say_what_they_lack(page):
    tree = page("/?q=مسرد الزرافة")
    assert count(tree) == "لا فقرات، وفي فقرة واحدة بعض الكلمات فقط"
    assert "في هذه الفقرات بعض الكلمات فقط" in texts(tree, "h2")
    assert "ليس فيها: الزرافة" in texts(tree, ".lacking")


def test_a_symbol_shows_the_document_first_then_what_cites_it(page):
    tree = page("/?q=٩٤/٩")
    assert hrefs(tree, ".listing a") == ["/r/A/HRC/RES/94/9"]
    assert tree.cssselect(".hit")


def test_identical_wordings_are_one_hit_with_a_link_to_all(page):
    tree = page("/?q=المياه المأمونة")
    (alike,) = [one for one in tree.cssselect(".lacking a") if "4" in one.text_content()]
    assert " ".join(alike.text_content().split()) == "و4 فقرات أخرى بالنصّ نفسه"
    assert len(page(alike.get("href")).cssselect(".wordings > li:first-child .listing li")) == 5


def test_a_document_that_stands_for_its_hits_leads_to_them(page):
    tree = page(f"{WATER}&group=document")
    documents = [href.partition("?")[0] for href in hrefs(tree, ".hit h3 a")]
    assert len(documents) == len({*documents})
    assert any("في هذه الوثيقة" in said for said in texts(tree, ".lacking"))


def test_levels_find_more_or_less(page):
    def total(level):
        return int(count(page(f"/?q=المدارس&level={level}")).split()[0])

    assert total("exact") < total("inflections") < total("roots")


def test_a_wrong_word_and_a_wrong_keyboard_are_put_right(page):
    assert "المياه المأمونة" in texts(page("/?q=المباه المأمونة"), ".help a")
    assert "المياه المأمونة" in texts(page("/?q=hgldhi hglhl,km"), ".help a")


def test_nothing_found_offers_less_strict_readings_and_ways_on(page):
    tree = page('/?q="المأمونة المياه"&organ=HRC')
    assert texts(tree, ".nothing h3") == ["لم يُعثر على شيء"]
    assert tree.cssselect(".help a")
    assert "/about" in hrefs(tree, ".nothing a")
    assert "/clause" in hrefs(tree, ".nothing a")


def test_the_head_names_the_page_its_twin_and_what_can_be_followed(page):
    tree = page(f"{WATER}&organ=HRC&page=2")
    (canonical,) = hrefs(tree, "link[rel=canonical]")
    assert parse_qs(urlsplit(canonical).query)["page"] == ["2"]
    languages = {one.get("hreflang"): one.get("href") for one in tree.cssselect("link[hreflang]")}
    assert languages["ar"] == languages["x-default"] == canonical
    assert urlsplit(languages["en"]).path == "/en/"
    assert tree.cssselect('link[rel=search][type="application/opensearchdescription+xml"]')
    (feed,) = hrefs(tree, 'link[type="application/atom+xml"]')
    assert "organ=HRC" in feed
    assert tree.cssselect('meta[name=robots][content^="noindex"]')
    assert not page("/").cssselect("meta[name=robots]")


def test_every_link_of_the_page_leads_somewhere(page, client):
    for address in (WATER, "/en/?q=94/9", "/"):
        tree = page(address)
        sources = [script.get("src") for script in tree.cssselect("script")]
        for href in {*hrefs(tree, "a[href^='/'], link[href^='/']"), *sources}:
            assert client.get(href.partition("#")[0]).status_code == 200, href


def test_a_hit_of_a_pasted_paragraph_names_few_of_the_words_it_lacks(page):
    strange = "زقزقة وشوشة خرخشة فرفشة دردشة قرقشة طقطقة وسوسة بلبلة زلزلة قهقهة خشخشة همهمة دندنة"
    tree = page(f"/?q=المياه A/X/1 {strange}")
    lacking = tree.cssselect(".lacking")[0]
    named = [element.text_content() for element in lacking.cssselect("bdi")]
    assert len(named) == 13  # twelve words, each in its own direction, and a number
    assert named[-1] == "3"
    assert lacking.text_content().endswith(" و3 كلمات أخرى")


def test_the_server_offers_its_own_search_and_nothing_of_a_static_site(page):
    for address in ("/", "/en/", "/sessions", "/r/A/HRC/RES/91/17"):
        tree = page(address)
        assert tree.cssselect("form[role=search][method=get]")
        assert not tree.cssselect("fihris-search, [data-documents], .organs [type*=atom]")
        assert not tree.cssselect("meta[http-equiv]")
        scripts = tree.cssselect("script")
        assert scripts
        assert {script.get("type") for script in scripts} == {"module"}
