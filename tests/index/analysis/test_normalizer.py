"""Folding: what is written alike afterwards, and that the way back is never lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis.normalizer import fold, fold_characters, fold_letters, fold_text

# Texts of the kind that matters, and any text at all, lone surrogates and controls among it.
ARABIC = st.text(
    st.sampled_from(
        "ابتحدسعفقكلمنهوي أإآٱىةؤئء\u0640\u064e\u0651\u0670\u06d6\u200f\u200c\u00ad\u00a0 \t\n"
        "٠٣٩۵019.,/()-،؛\ufc32\ufdfa\ufe77\ufef7یکAzİß"
    )
)
ANY = st.text(st.characters()) | ARABIC


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("يؤكِّد", "يؤكد"),
        ("الحُرِّيّات", "الحريات"),
        ("حقـــوق", "حقوق"),
        ("أإآٱ", "اااا"),
        ("على", "علي"),
        ("لجنة", "لجنه"),
        ("\u06a9\u062a\u0627\u0628\u06cc", "كتابي"),  # Persian keheh and yeh
        ("١٣٢٥ ۱۳۲۵", "1325 1325"),
        ("\ufc32 \ufef7", "في لا"),  # presentation forms, as some PDF files hold them
        ("\ufe77", ""),  # a mark alone, which NFKC would write with a space before it
        ("\ufdfa", "صلي الله عليه وسلم"),  # one character for four words
        ("1\u00a0325\u202f000", "1 325 000"),
        ("\u200fقرار\u200e\ufeff", "قرار"),
        ("حقو\u00adق", "حقوق"),
        ("٢ \u0640", "2 -"),
        ("٢\u0640", "2-"),
        ("2019\u20132023", "2019-2023"),
        ("A/HRC", "a/hrc"),
        ("لاجئ مسؤول", "لاجئ مسؤول"),  # the seat of a hamza is left to the stemmer
    ],
)
def test_a_spelling_folds(written: str, folded: str) -> None:
    assert fold(written).text == folded
    assert fold_text(written) == folded


def test_characters_leave_letters_and_case_alone() -> None:
    assert fold_characters("إلى لجنةٍ A/HRC ٤٦").text == "إلى لجنة A/HRC 46"


def test_decomposed_hamza_folds_like_the_composed_one() -> None:
    assert fold(unicodedata.normalize("NFD", "أسئلة مؤتمر")).text == fold("أسئلة مؤتمر").text


def test_marks_belong_to_the_letter_before_them() -> None:
    folded = fold("مُعَلِّمٌ")
    assert folded.text == "معلم"
    assert folded.span(0, 4) == (0, 9)
    assert folded.span(2, 3) == (4, 7)


def test_an_empty_span_stands_at_its_place() -> None:
    assert fold("قَرار").span(1, 1) == (2, 2)


def test_a_capital_that_has_no_single_small_letter_moves_nothing() -> None:
    folded = fold("İs قرار")
    start = folded.text.index("قرار")
    assert folded.original[slice(*folded.span(start, start + 4))] == "قرار"


@given(ANY)
@example("\ufe77\u0640 ـ")
@example("٢ \u0640")
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(ANY)
@example("İ")
@example("\u00a8\u064b")
def test_the_fast_way_gives_the_same_text(text: str) -> None:
    assert fold_text(text) == fold(text).text


@given(ANY)
def test_offsets_lead_back_into_the_original_and_never_decrease(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)


@given(ARABIC)
def test_what_a_span_slices_folds_to_what_was_found(text: str) -> None:
    folded = fold(text)
    for start, letter in enumerate(folded.text):
        if letter.isalnum():
            first, last = folded.span(start, start + 1)
            assert letter in fold(text[first:last]).text


@given(ANY)
def test_letters_keep_the_length(text: str) -> None:
    assert len(fold_letters(text)) == len(text)
