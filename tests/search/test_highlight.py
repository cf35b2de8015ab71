"""Highlights: spans of the author's own spelling, and the part of a text worth showing."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.search.highlight import SNIPPET_LENGTH, best_snippet, match_terms, merge_spans
from fihris.search.hits import Had
from fihris.search.terms import phrase_term, query_terms

ANALYZER = Analyzer()


def marked(query: str, text: str, *, partial: bool = False) -> list[str]:
    terms = query_terms(query, ANALYZER)
    _, spans = match_terms(terms, [], ANALYZER.tokens(text), frozenset, partial=partial)
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
    _, spans = match_terms([], [phrase], ANALYZER.tokens(text), frozenset, partial=False)
    assert [text[start:end] for start, end in spans] == ["حق الإنسان"]


def test_every_word_tells_how_it_was_had() -> None:
    terms = query_terms("حقوق الطفل المياه المكتبة", ANALYZER)
    tokens = ANALYZER.tokens("حقوق للأطفال والكتاب")
    context = frozenset(ANALYZER.analyze("المياه").stem.split())
    words, _ = match_terms(terms, [], tokens, lambda: context, partial=True)
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


@given(st.text(alphabet="اب جد", max_size=900), st.data())
def test_a_snippet_is_whole_words_of_the_text_and_shows_a_mark(
    text: str, data: st.DataObject
) -> None:
    words = [token for token in ANALYZER.tokens(text) if token.end - token.start < 100]
    chosen = data.draw(st.lists(st.sampled_from(words), max_size=4)) if words else []
    spans = merge_spans((token.start, token.end) for token in chosen)
    start, end = best_snippet(text, spans)
    assert 0 <= start <= end <= len(text)
    assert len(text) > SNIPPET_LENGTH or (start, end) == (0, len(text))
    assert start == 0 or text[start - 1].isspace() or " " not in text[start - 280 : start]
    assert not spans or any(start <= first and last <= end for first, last in spans)


def test_a_snippet_among_many_thousand_marks_is_found_at_once() -> None:
    text = "كلمة " * 200_000
    spans = [(at, at + 4) for at in range(0, len(text), 5)]
    begun = time.perf_counter()
    start, end = best_snippet(text, spans)
    assert end - start <= 3 * SNIPPET_LENGTH
    assert time.perf_counter() - begun < 2


def test_a_snippet_of_a_text_without_blanks_stays_short_and_begins_near_its_mark() -> None:
    text = "ا" * 1_000_000
    start, end = best_snippet(text, [(500_000, 500_010)])
    assert start <= 500_000 < 500_010 <= end
    assert end - start <= 3 * SNIPPET_LENGTH
    start, end = best_snippet(text, [(0, len(text))])
    assert end - start <= 3 * SNIPPET_LENGTH
