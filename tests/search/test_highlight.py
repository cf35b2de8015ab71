"""Highlights: spans of the author's own spelling, and the part of a text worth showing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.index.resolution import SourceKind
from fihris.search.highlight import Marker, merge_spans
from fihris.search.hits import Had
from fihris.search.plan import Plan
from fihris.search.terms import phrase_term, query_terms

ANALYZER = Analyzer()


def marked(query: str, text: str, *, partial: bool = False) -> list[str]:
    terms = query_terms(query, ANALYZER)
    plan = Plan(required=tuple(terms))
    _, spans = Marker(plan, ANALYZER, partial=partial).match(text, SourceKind.TEXT, tuple)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("يؤكد", "إذ يؤكِّد من جديد", ["يؤكِّد"]),
        ("الأمم", "الأمــم المتحدة", ["الأمــم"]),
        ("المساعدة", "(المساعدةُ)،", ["المساعدةُ"]),
        ("لاجئ", "\ufefbجئ", ["\ufefbجئ"]),
        ("حقوق", "والحقوق وحقوقهم", ["والحقوق", "وحقوقهم"]),
    ],
)
def test_whole_words_are_marked_as_the_author_wrote_them(
    query: str, text: str, expected: list[str]
) -> None:
    assert marked(query, text) == expected


def test_a_phrase_marks_the_phrase_and_not_its_words_elsewhere() -> None:
    phrase = phrase_term("حق الإنسان", ANALYZER)
    assert phrase is not None
    text = "حق الإنسان، والإنسان حق"
    plan = Plan(conditions=(phrase,))
    _, spans = Marker(plan, ANALYZER, partial=False).match(text, SourceKind.TEXT, tuple)
    assert [text[start:end] for start, end in spans] == ["حق الإنسان"]


def test_every_word_tells_how_it_was_had() -> None:
    terms = query_terms("حقوق الطفل المياه المكتبة", ANALYZER)
    text = "حقوق للأطفال والكتاب"
    plan = Plan(required=tuple(terms))
    marker = Marker(plan, ANALYZER, partial=True)
    words, _ = marker.match(text, SourceKind.TEXT, lambda: ["المياه"])
    assert [word.had for word in words] == [
        Had.EXACT,
        Had.INFLECTED,
        Had.CONTEXT,
        Had.FAMILY,
    ]


def test_family_is_marked_in_partial_hits_only() -> None:
    assert marked("كتابة", "المكتبات") == []
    assert marked("كتابة", "المكتبات", partial=True) == ["المكتبات"]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=8))
def test_merged_spans_are_in_order_and_apart(starts: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in starts]
    merged = merge_spans(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(merged))
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for start, end in merged for at in range(start, end)} == covered
