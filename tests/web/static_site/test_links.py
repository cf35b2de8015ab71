"""Links of a static site: from page to page, and none to what only a server has."""

from __future__ import annotations

import pytest

from fihris.web.links import Language
from fihris.web.questions import SearchQuestion
from fihris.web.static_site.links import StaticLayout, static_query

ARABIC, ENGLISH = Language.ARABIC, Language.ENGLISH


def test_links_begin_at_the_page_that_holds_them():
    root = StaticLayout().links(ENGLISH)
    name = root.session("GA", "S-61", page=2)
    assert name == "en/sessions/GA/S-61.2.html"
    links = root.seen_from(name)
    assert links.resolution("A/RES/94/9", "OP1.a") == "../../../en/r/A_RES_94_9.html#OP1.a"
    assert links.in_language(ARABIC).about() == "../../../about.html"
    assert links.asset("icon.svg") == "../../../assets/icon.svg"
    assert links.shards() == "../../../search/"


def test_the_first_language_is_at_the_root_and_the_only_one_has_no_twin():
    layout = StaticLayout(languages=(ENGLISH,))
    assert layout.links(ENGLISH).about() == "about.html"
    assert layout.links(ENGLISH).in_language(ARABIC).about() == ""
    assert layout.links(ENGLISH).in_language(ARABIC).absolute("") == ""


def test_absolute_links_begin_at_the_base():
    layout = StaticLayout("https://example.org/p/")
    links = layout.links(ARABIC).seen_from("sessions/GA/94.html")
    assert links.absolute(links.about()) == "https://example.org/p/about.html"
    assert StaticLayout().links(ARABIC).absolute("about.html") == "about.html"


def test_what_needs_a_server_has_no_link():
    links = StaticLayout().links(ARABIC)
    question = SearchQuestion(q="المياه")
    empty = (
        links.clause("text"), links.clause_of("A/RES/94/9#OP1"), links.export(question, "csv"),
        links.suggestions(), links.api(), links.feed(question), links.opensearch(),
    )  # fmt: skip
    assert {*empty} == {""}


@pytest.mark.parametrize(
    ("question", "query"),
    [
        (SearchQuestion(q="المياه"), "المياه"),
        (SearchQuestion(q="مدر* -(القرى OR \"المدن\"~3)"), "مدر* -(القرى OR \"المدن\"~3)"),
        (SearchQuestion(organ=("GA",), session=("94",)), "organ:GA session:94"),
        (SearchQuestion(q="س", year=(2036, 2036)), "س year:2036"),
        (SearchQuestion(q="جذر:علم"), None),
        (SearchQuestion(q="المياه (القرى OR أسرة:علم)"), None),
        (SearchQuestion(q="=على"), None),
        (SearchQuestion(q="-cites:94/9"), None),
        (SearchQuestion(cites=("A/RES/94/9",)), None),
        (SearchQuestion(organ=("GA", "SC")), None),
        (SearchQuestion(q="المياه", page=2), None),
    ],
)  # fmt: skip
def test_a_question_is_asked_only_where_the_browser_reads_it_as_the_server_does(question, query):
    assert static_query(question) == query
    assert bool(StaticLayout().links(ARABIC).search(question)) is (query is not None)
