"""Hits as lines of text: what a person reads, and what a hostile text cannot do."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.resolution import Date, Organ, ParagraphKind
from fihris.search.hits import DocumentSummary, Had, Hit, Page, WordMatch
from fihris.search.terminal import count_line, hit_lines, mark_spans, one_line, page_lines

DOCUMENT = DocumentSummary(
    "A/HRC/RES/91/4", "صون المنارات", "A/HRC/RES/91/4", Organ.HRC, "91", Date(2036, 3, 21)
)
TEXT = "يحُثّ حكومة سندار على إصلاح المنارات المعطلة؛"
START = TEXT.index("المنارات")
SPAN = (START, START + len("المنارات"))


def a_hit(**changes: Any) -> Hit:
    hit: dict[str, Any] = {
        "address": "A/HRC/RES/91/4#OP12",
        "document": DOCUMENT,
        "kind": ParagraphKind.OPERATIVE,
        "text": TEXT,
        "spans": (SPAN,),
        "snippets": ((0, len(TEXT)),),
        "score": 1.0,
        "partial": False,
        "words": (WordMatch("منارة", Had.INFLECTED),),
    }
    return Hit(**(hit | changes))


def a_page(*hits: Hit, total: int = 1, partial: int | None = None, **more: Any) -> Page:
    return Page("منارة", hits, total, partial, **more)


def plain(lines: Any) -> list[str]:
    return [click.unstyle(line) for line in lines]


def test_a_hit_tells_address_session_kind_title_and_wording() -> None:
    assert plain(hit_lines(a_hit())) == [
        "A/HRC/RES/91/4#OP12  session 91, operative, 2036-03-21",
        "صون المنارات",
        TEXT,
    ]


def test_the_matched_words_are_coloured_and_no_others() -> None:
    coloured = re.findall("\x1b\\[31m\x1b\\[1m(.*?)\x1b\\[0m", mark_spans(TEXT, [SPAN], [(0, 45)]))
    assert coloured == ["المنارات"]


def test_an_ellipsis_stands_only_where_the_snippet_cuts_the_text() -> None:
    whole = (0, len(TEXT))
    middle = (TEXT.index("حكومة"), SPAN[1])
    assert "…" not in click.unstyle(mark_spans(TEXT, [], [whole]))
    assert click.unstyle(mark_spans(TEXT, [], [middle])) == "… حكومة سندار على إصلاح المنارات …"
    assert mark_spans(f" {TEXT} ", [], [(1, len(TEXT) + 1)]) == TEXT


def test_a_span_that_reaches_out_of_the_snippet_is_cut_with_it() -> None:
    marked = mark_spans("abcdef", [(0, 3), (5, 6)], [(2, 5)])
    assert click.unstyle(marked) == "… cde …"
    assert marked.count("\x1b[31m") == 1


def test_a_snippet_is_one_line() -> None:
    assert mark_spans("سطر\nوسطر\tآخر", [], [(0, 12)]) == "سطر وسطر آخر"


@given(st.text(), st.lists(st.integers(0, 40), min_size=4, max_size=4).map(sorted))
def test_no_text_commands_the_terminal_and_none_is_lost(text: str, places: list[int]) -> None:
    text = text.ljust(40, "x")
    window = (places[0], places[3])
    shown = click.unstyle(mark_spans(text, [(places[1], places[2])], [window]))
    assert one_line(text[slice(*window)]).strip() in shown
    assert not any(unicodedata.category(char) == "Cc" for char in shown)


def test_identical_wording_is_counted() -> None:
    assert "and 1,011 more with the same wording" in plain(hit_lines(a_hit(same_wording=1011)))


def test_a_title_is_not_repeated_under_itself() -> None:
    title = a_hit(
        address=DOCUMENT.address,
        kind=ParagraphKind.TITLE,
        text=DOCUMENT.title,
        spans=(),
        snippets=((0, len(DOCUMENT.title)),),
    )
    assert plain(hit_lines(title)).count("صون المنارات") == 1


def test_partial_hits_come_after_a_line_that_says_so_and_tell_what_they_lack() -> None:
    words = (
        WordMatch("منارة", Had.INFLECTED),
        WordMatch("برج", Had.MISSING),
        WordMatch("بحر", Had.MISSING),
        WordMatch("صائن", Had.FAMILY),
    )
    partial = a_hit(address="A/HRC/RES/91/4#OP13", partial=True, words=words)
    lines = plain(page_lines(a_page(a_hit(), partial, partial, total=1, partial=2)))
    announced = [
        at for at, line in enumerate(lines) if line == "These have only some of the words:"
    ]
    assert len(announced) == 1
    assert lines.index(f"{a_hit().address}  session 91, operative, 2036-03-21") < announced[0]
    assert lines.index(f"{partial.address}  session 91, operative, 2036-03-21") > announced[0]
    assert "without: برج, بحر" in lines
    assert "only a word of the same family: صائن" in lines


def test_a_word_that_only_the_title_has_is_named() -> None:
    hit = a_hit(words=(WordMatch("صون", Had.CONTEXT), WordMatch("منارة", Had.EXACT)))
    assert plain(hit_lines(hit))[-1] == "only in the title or the chapeau: صون"


def test_documents_that_bear_the_symbol_come_first_with_their_organ() -> None:
    wells = DocumentSummary("A/RES/91/4", "آبار", "A/RES/91/4", Organ.GA, "91", Date(2036, 12, 3))
    lines = plain(page_lines(a_page(a_hit(), documents=(DOCUMENT, wells))))
    assert lines[:8] == [
        "2 documents bear this symbol:",
        "",
        "A/HRC/RES/91/4  HRC  session 91, 2036-03-21",
        "صون المنارات",
        "",
        "A/RES/91/4  GA  session 91, 2036-12-03",
        "آبار",
        "",
    ]


@pytest.mark.parametrize(
    ("total", "partial", "line"),
    [
        (0, None, "0 paragraphs"),
        (1, None, "1 paragraph"),
        (2, 0, "2 paragraphs"),
        (1012, None, "1,012 paragraphs"),
        (1, 12, "1 paragraph, and 12 with only some of the words"),
    ],
)
def test_the_count_is_in_the_right_number(total: int, partial: int | None, line: str) -> None:
    page = a_page(total=total, partial=partial)
    assert count_line(page) == line
    assert plain(page_lines(page))[-1] == line


def test_no_bidi_control_is_added() -> None:
    lines = "".join(page_lines(a_page(a_hit(), documents=(DOCUMENT,))))
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", lines)
