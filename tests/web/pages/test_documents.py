"""The pages of documents, traced wordings, sessions, the query language, and errors."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from fihris.web.texts import read_table
from tests.web.pages.test_search import hrefs, texts

WITH_NOTES = "/r/A/HRC/RES/91/17"
CLAUSE = "وإذ يؤكد من جديد أن حق الإنسان في المياه المأمونة شرط لعيش الناس بكرامة"


def test_every_paragraph_has_its_anchor_and_every_link_inside_leads_to_one(page):
    for address in (WITH_NOTES, "/r/A/HRC/RES/100/14", "/en/r/A/RES/92/58"):
        tree = page(address)
        ids = [element.get("id") for element in tree.cssselect("[id]")]
        assert len(ids) == len({*ids})
        assert {"PP1", "OP1"} <= {*ids}
        inside = [unquote(href[1:]) for href in hrefs(tree, "a[href^='#']")]
        assert {*inside} <= {*ids}


def test_notes_and_marks_are_tied_both_ways(page):
    tree = page("/r/A/HRC/RES/100/14")
    marks = {mark.get("id"): mark.get("href") for mark in tree.cssselect(".noteref a")}
    backs = hrefs(tree, ".notes .back")
    assert len(marks) >= 2
    assert {f"#{mark}" for mark in marks} == {*backs}
    notes = {f"#{note.get('id')}" for note in tree.cssselect(".notes li")}
    assert {*marks.values()} == notes


def test_citations_are_links_where_the_index_has_the_document(page, client):
    tree = page(WITH_NOTES)
    links = hrefs(tree, "a.citation")
    assert "/r/A/HRC/RES/91/4" in links
    assert all(client.get(link).status_code == 200 for link in links)
    assert any("ليست في الفهرس" in entry for entry in texts(tree, ".graph li"))


def test_cited_by_and_cites_are_two_sides_of_one_tie(page):
    assert "/r/A/HRC/RES/91/4" in hrefs(page(WITH_NOTES), "[aria-labelledby=ui-cites] a")
    assert WITH_NOTES in hrefs(page("/r/A/HRC/RES/91/4"), "[aria-labelledby=ui-cited] a")


def test_the_neighbours_in_a_session_lead_to_each_other(page):
    (after,) = hrefs(page("/r/A/HRC/RES/91/4"), "a[rel=next]")
    assert after == WITH_NOTES
    assert hrefs(page(after), "a[rel=prev]") == ["/r/A/HRC/RES/91/4"]


def test_a_reader_from_a_search_finds_the_words_marked(page):
    tree = page(f"{WITH_NOTES}?q=المدارس")
    marks = texts(tree, ".text mark")
    assert {"مدارس", "مدرسة", "للمدارس"} <= {*marks}
    exact = texts(page(f"{WITH_NOTES}?q=المدارس&level=exact"), ".text mark")
    assert {*exact} == {"المدارس"}
    assert not page(WITH_NOTES).cssselect("mark")
    unmarked = page(f"{WITH_NOTES}?q=كلمةلاوجودلها")
    assert texts(unmarked, ".arrival p")[0].startswith("ليس في النص شيء من")


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/r/91/17", WITH_NOTES),
        ("/r/a/hrc/res/91/17", WITH_NOTES),
        ("/r/91/17%23OP3?q=المدارس", f"{WITH_NOTES}?q="),
        ("/en/r/91/17%2312", "/en/r/A/HRC/RES/91/17"),
    ],
)
def test_any_spelling_of_an_address_leads_to_the_one_place(client, asked, canonical):
    answer = client.get(asked, follow_redirects=False)
    if "12" in asked:
        assert answer.status_code == 404  # there is no paragraph 12
    else:
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(canonical)


def test_schema_org_names_the_document(page):
    tree = page(WITH_NOTES)
    (article,) = tree.cssselect('[itemtype="https://schema.org/Legislation"]')
    named = {one.get("itemprop"): one for one in article.cssselect("[itemprop]")}
    assert named["legislationIdentifier"].text == "A/HRC/RES/91/17"
    assert named["legislationDate"].get("datetime") == "2036-03-26"
    assert named["name"].text_content()


def test_votes_are_counted_and_listed(page):
    tree = page("/r/A/HRC/RES/92/6")
    assert [texts(one, "summary") for one in tree.cssselect(".details details")] == [
        ["28"],
        ["13"],
        ["6"],
    ]


def test_a_short_text_is_traced_at_an_address_of_its_own(client, page):
    answer = client.post("/clause", data={"text": CLAUSE}, follow_redirects=False)
    assert answer.status_code == 303
    tree = page(answer.headers["location"])
    assert tree.cssselect("textarea")[0].text.strip() == CLAUSE
    assert tree.cssselect(".wording del")
    assert texts(tree, "#ui-found")[0].startswith("لا فقرات بالنصّ نفسه")


def test_a_long_text_is_traced_without_one(client):
    answer = client.post("/en/clause", data={"text": f"{CLAUSE} " * 60}, follow_redirects=False)
    assert answer.status_code == 200
    assert "too long for a link" in answer.text


@pytest.mark.parametrize("body", ["a=1&" * 20, "text=x&order=backwards", "text=%FF%FE", "", "text"])
def test_a_body_that_the_form_never_sends_harms_nothing(client, body):
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/clause", content=body, headers=headers)
    assert answer.status_code in (200, 400)


def test_a_paragraph_is_traced_through_the_sessions(page):
    tree = page("/clause?like=A/HRC/RES/91/4%23PP4&order=oldest")
    assert texts(tree, ".wordings h3")[0] == "الصياغة نفسها"
    days = [one.get("datetime") for one in tree.cssselect(".wordings > li:first-child time")]
    assert days == sorted(days)
    assert len(days) == 5
    assert tree.cssselect(".since ins")


def test_every_session_and_every_document_is_reached_from_the_shelves(page):
    shelves = hrefs(page("/sessions"), ".shelf a")
    documents = [href for shelf in shelves for href in hrefs(page(shelf), "tbody a")]
    assert len(documents) == len({*documents}) == 25


def test_the_search_in_a_session_finds_its_documents(page):
    (search,) = [href for href in hrefs(page("/sessions/HRC/91"), ".row a") if "session=91" in href]
    assert page(search).cssselect(".hit")


def test_every_example_of_the_query_language_is_read_without_complaint(page):
    tree = page("/about")
    examples = tree.cssselect("td a")
    assert len(examples) == sum(
        len(section["examples"]) for section in read_table("query_language")["sections"]
    )
    for example in examples:
        found = page(example.get("href"))
        assert not found.cssselect(".notices"), example.text_content()
        assert found.cssselect(".hit, .listing"), example.text_content()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nowhere", 404, "لا توجد صفحة بهذا العنوان."),
        ("/en/nowhere", 404, "There is no page at this address."),
        ("/r/A/HRC/RES/91/5", 404, "ليس في الفهرس ما يحمل هذا العنوان."),
        ("/sessions/HRC/9", 404, "لا توجد صفحة بهذا العنوان."),
        ("/?organ=XX", 400, "القيمة XX غير مقبولة للحقل organ."),
        ("/en/?page=0", 400, "0 is not accepted for page."),
    ],
)
def test_an_error_is_a_page_that_leads_on(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text.replace("<bdi>", "").replace("</bdi>", "")
    assert 'class="top"' in answer.text


def test_a_mistyped_address_is_answered_with_those_like_it(client):
    assert 'href="/r/A/HRC/RES/91/17"' in client.get("/r/A/HRC/RES/91/1").text
