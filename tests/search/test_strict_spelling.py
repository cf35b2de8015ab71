"""Spelling that counts: what differs, and that the fast comparison agrees with the careful one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.search.query_tree import AS_TYPED, Strictness
from fihris.search.strict_spelling import same_spelling, spelled
from fihris.search.terms import phrase_term
from fihris.search.verification import checker

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("strictness", "differing", "alike"),
    [
        (Strictness(hamza=True), ("إلى", "الى"), ("مدرسة", "مدرسه")),
        (Strictness(teh=True), ("مدرسة", "مدرسه"), ("إلى", "الي")),
        (Strictness(yeh=True), ("على", "علي"), ("أن", "ان")),
        (Strictness(marks=True), ("عِلم", "عَلم"), ("على", "علي")),
        (AS_TYPED, ("أنّ", "إنّ"), ("عِلْم", "عِلم")),
    ],
)
def test_each_difference_counts_by_itself(
    strictness: Strictness, differing: tuple[str, str], alike: tuple[str, str]
) -> None:
    assert not same_spelling(*differing, strictness)
    assert same_spelling(*alike, strictness)


def test_marks_that_only_one_of_two_words_bears_agree() -> None:
    assert same_spelling("علم", "عِلْمٌ", AS_TYPED)
    assert same_spelling("عِلم", "علم", AS_TYPED)


def test_tatweel_and_presentation_forms_never_count() -> None:
    assert spelled("الأمــم", AS_TYPED) == "الأمم"
    assert same_spelling("لإ", "\ufef9", AS_TYPED)


LETTERS = st.text(alphabet="اأإىيةهعلم\u064e\u0650\u0640 1_(،", min_size=1, max_size=12)


@example("ل", "ل1", False, False)
@example("1 1", "1_ل1", False, False)
@given(LETTERS, st.lists(LETTERS, max_size=4).map(" ".join), st.booleans(), st.booleans())
def test_the_fast_comparison_agrees_with_the_careful_one(
    typed: str, text: str, yeh: bool, around: bool
) -> None:
    strictness = Strictness(marks=True, hamza=True, teh=True, yeh=yeh)
    phrase = phrase_term(typed, ANALYZER, strictness=strictness)
    if phrase is None:
        return
    text = f"{text} {typed} {text}" if around else text
    assert checker(phrase, ANALYZER)(text) == any(phrase.spans(ANALYZER.tokens(text), text))
