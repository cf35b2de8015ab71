"""Ordinals of sessions and meetings, counts of votes."""

import pytest

from fihris.index.analysis import fold
from fihris.index.parser.ordinals import read_count, read_ordinal, spell_ordinal


@pytest.mark.parametrize("feminine", [True, False])
@pytest.mark.parametrize("genitive", [True, False])
def test_every_ordinal_to_199_is_read_in_both_genders_and_cases(feminine: bool, genitive: bool):
    for number in range(1, 200):
        words = spell_ordinal(number, feminine=feminine, genitive=genitive)
        assert read_ordinal(fold(words).text) == number, words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("الأولى", 1),
        ("الحادية عشرة", 11),
        ("التاسع عشر", 19),
        ("العشرون", 20),
        ("الحادية والعشرون", 21),
        ("السادسة والأربعون", 46),
        ("السادسة والأربعين", 46),
        ("السادسة و الأربعون", 46),
        ("التاسعة  والتسعون", 99),
        ("المئة", 100),
        ("الأولى بعد المائة", 101),
        ("الثالثة والعشرين بعد المئة", 123),
        ("السَّابعة والثلاثُون", 37),
        ("الثانيـــة", 2),
        ("السبعون المستأنفة", 70),
        ("67، المعقودة في", 67),
        ("٥١", 51),
    ],
)
def test_an_ordinal_is_read_as_it_is_written(words: str, number: int):
    assert read_ordinal(fold(words).text) == number


@pytest.mark.parametrize("words", ["", "الدورة", "والعشرون", "12/5", "أولى"])
def test_what_is_no_ordinal_gives_none(words: str):
    assert read_ordinal(fold(words).text) is None


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("26 صوتاً", 26),
        ("٩ أصوات", 9),
        ("صوت واحد", 1),
        ("عضوين عن التصويت", 2),
        ("ثلاثة أعضاء", 3),
        ("عشرة أصوات", 10),
        ("أحد عشر صوتا", 11),
        ("اثني عشر", 12),
        ("ستة عشر صوتا", 16),
        ("خمسة وعشرين صوتاً", 25),
        ("لا شيء", 0),
        ("لا أحد", 0),
        ("صفر", 0),
        ("نفر", None),
    ],
)
def test_a_count_of_votes_is_read_from_digits_and_words(words: str, count: int | None):
    assert read_count(fold(words).text) == count
