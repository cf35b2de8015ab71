"""Plain texts: folded by a table of bytes, and the very words and places of the long way."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis import fold
from fihris.index.analysis.plain_text import piece, read_plain
from fihris.index.analysis.tokens import find_words
from fihris.index.stored_text import PAGE, from_page

TEXTS = st.text(st.sampled_from(PAGE), max_size=40)


@given(TEXTS)
@example("\u064eيُنشأ «سجلٌّ» للجمعيّاتِ ً، و5/2 منهُ")
@example("بـ5 و5/2 المادة (٥)ـ من ٢ ـ القانون\u00a0\u064e رقم ك5\tلسنة\u200f1971مـً")
def test_a_plain_text_has_the_words_of_the_folded_text(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        assert plain.words() == [match[0] for match in find_words(fold(text).text)]


@given(TEXTS, st.sampled_from("اينم5"))
@example("المـُـادّة (٥)ـ و5 القانون\u00a0\u064e رقم 5\tلسنة\u200f1971مـً", "م")
def test_words_that_hold_a_letter_are_found_where_they_stand(text: str, letter: str) -> None:
    plain = read_plain(text)
    if plain is None:
        return
    wanted = piece(letter)
    assert wanted is not None
    places = plain.holding([wanted])
    found = zip(plain.positions(places), places, plain.spans(places), strict=True)
    told = [
        (position, word, span)
        for position, (start, end), span in found
        if letter in (word := from_page(plain.folded[start:end]))
    ]
    folded = fold(text)
    assert told == [
        (position, match[0], folded.span(*match.span()))
        for position, match in enumerate(find_words(folded.text))
        if letter in match[0]
    ]


def test_texts_of_laws_and_resolutions_are_plain() -> None:
    for text in ("المادّة (٣): «يُنشأ سجلٌّ»", "بـ5 و5/2\n1971م", "A/HRC/RES/46/28 – ", ""):
        assert read_plain(text) is not None


def test_what_folds_to_several_letters_or_joins_a_letter_is_not_plain() -> None:
    for text in ("½", "ﷺ", "ا\u0653", "\0", "Ω"):
        assert read_plain(text) is None


def test_no_plain_text_has_a_letter_from_outside_the_page() -> None:
    assert piece("Ω") is None
