"""Stored texts take one byte a letter, and come back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from fihris.index.stored_text import pack_text, unpack_text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(text):
    assert unpack_text(pack_text(text)) == text


@given(st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))
def test_no_arabic_text_takes_more_than_utf_8(text):
    assert len(pack_text(text)) <= len(text.encode()) + 1


def test_a_letter_a_mark_a_digit_and_a_quotation_mark_take_one_byte_each():
    for text in ("٣- يُقرِّر أن يُبقي «المسألة» قيدَ نظره؛", 'Résolution 12/5 "أ" – ١٩٩٤'):
        assert len(pack_text(text)) == len(text) + 1


def test_a_character_that_is_rare_and_a_nul_are_kept():
    for text in ("", "\0", "\0Ω", "ﷺ", "\ufffe", "😀 قرار"):
        assert unpack_text(pack_text(text)) == text


def test_what_an_older_index_stored_in_utf_8_can_be_read():
    assert unpack_text("حقوق".encode()) == "حقوق"
