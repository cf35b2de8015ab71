"""Nothing that a document or an address holds is ever markup on a page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from fihris.web.pages.marked_text import Insertion, LinkSpan, Markup, marked, running_text, snippet
from tests.web.pages.conftest import BAIT, EVIL, HOSTILE

ADDRESS = quote(HOSTILE.address, safe="")
PAGES = (
    "/",
    f"/?q={BAIT}",
    f"/?q={quote(EVIL)}",
    f"/?q={BAIT}&group=none&verb={quote(EVIL)}&agenda={quote(EVIL)}",
    f"/?q={quote('91/9' + EVIL)}",
    f"/?organ={quote(EVIL)}",
    f"/r/?address={ADDRESS}",
    f"/r/?address={ADDRESS}&q={BAIT} {quote(EVIL)}",
    f"/r/{quote(EVIL)}",
    f"/clause?text={BAIT} {quote(EVIL)}",
    f"/clause?like={ADDRESS}",
    "/sessions",
    "/sessions/HRC/91",
    f"/sessions/HRC/{quote(EVIL, safe='')}",
    f"/{quote(EVIL)}",
)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_runs_what_it_shows(hostile, address, language):
    answer = hostile.get(f"{language}{address}")
    assert answer.status_code in (200, 400, 404)
    tree = html.document_fromstring(answer.text)
    scripts = [script.get("src") for script in tree.iter("script")]
    assert all(source and source.startswith("/static/") for source in scripts)
    assert not list(tree.iter("img", "style", "iframe", "base", "object"))
    handlers = [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert handlers == []
    links = [element.get("href", "") for element in tree.iter("a", "link")]
    assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))]
    assert "style=" not in answer.text


def test_the_hostile_document_is_shown_as_it_is_written(hostile):
    found = hostile.get(f"/?q={BAIT}").text
    assert str(escape("<script>")) in found
    assert "<mark>" in found


def test_an_address_that_is_no_web_address_leads_nowhere_else(hostile):
    for address in ("//evil.example", "/\\evil.example", "http://evil.example"):
        answer = hostile.get(f"/r/{address}", follow_redirects=False)
        assert "evil.example" not in answer.headers.get("location", "")


TEXT = st.text(alphabet="ab <>&\"'كتاب\u0651\n", max_size=30)
SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


def apart(spans, length):
    """Return those of *spans* that fit into the text, in order and without overlap."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start < end <= length and (not kept or kept[-1][1] <= start):
            kept.append((start, end))
    return kept


def read_back(markup):
    """Return the text that a browser would show."""
    return html.fragment_fromstring(f"<p>{markup}</p>").text_content()


@given(TEXT, st.lists(SPAN, max_size=4), st.lists(SPAN, max_size=3))
def test_marks_and_links_change_no_letter_of_a_text(text, spans, links):
    spans = apart(spans, len(text))
    ties = [LinkSpan(start, end, "/x") for start, end in apart(links, len(text))]
    assert read_back(marked(text, spans)) == text
    tree = html.fragment_fromstring(f"<p>{running_text(text, spans, ties, ())}</p>")
    assert tree.text_content() == text
    assert len(tree.findall(".//a")) == len(ties)
    assert "".join(one.text_content() for one in tree.iter("mark")) == "".join(
        text[start:end] for start, end in spans
    )


@given(TEXT, st.lists(st.integers(0, 40), max_size=4), st.lists(SPAN, max_size=3))
def test_every_insertion_is_set_and_none_falls_into_a_link(text, offsets, links):
    ties = [LinkSpan(start, end, "/x") for start, end in apart(links, len(text))]
    notes = [Insertion(offset, Markup("<sup>#</sup>")) for offset in sorted(offsets)]
    tree = html.fragment_fromstring(f"<p>{running_text(text, (), ties, notes)}</p>")
    assert len(tree.findall(".//sup")) == len(notes)
    assert not tree.cssselect("a sup")
    for note in tree.iter("sup"):
        note.text = ""
    assert tree.text_content() == text


def test_a_snippet_shows_where_it_was_cut():
    text = "أول الكلام ثم الماء ثم آخره"
    assert snippet(text, [(14, 19)], [(11, 19)]) == "… ثم <mark>الماء</mark> …"
