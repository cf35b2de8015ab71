"""Which words of the index a misspelled one may have been meant to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer, fold
from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Paragraph, ParagraphKind
from fihris.search.misspelling import LONGEST, candidates, edit_cost, edits
from fihris.search.vocabulary import Vocabulary
from tests.direct_index import write_index
from tests.search.conftest import LAW

ARABIC_WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=9)


def vocabulary_of(reader: IndexReader) -> Vocabulary:
    return Vocabulary(reader, reader.searcher(), Analyzer())


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    texts = (
        "المنارات والموانئ والجزر",
        "صيانة المنارات",
        "المُنارات",
        "العـوّامات في الخلجان",
        "إنارة الأرصفة",
        "أنارة الأرصفة",
        "إنارَة الجسور",
        "The Harbour lights",
    )
    units = tuple(
        Paragraph(f"p{number}", ParagraphKind.PROVISION, text) for number, text in enumerate(texts)
    )
    folder = tmp_path_factory.mktemp("words")
    write_index(folder, (replace(LAW, paragraphs=(LAW.paragraphs[0], *units)),))
    return vocabulary_of(open_index(folder))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("المنارث", "المنارات"),  # a letter short and a dot too many
        ("المتارات", "المنارات"),  # dots
        ("المناراات", "المنارات"),  # doubled
        ("المنرات", "المنارات"),  # a long vowel forgotten
        ("المانرات", "المنارات"),  # two letters swapped
        ("الغوامات", "العوامات"),  # a dot on ع
        ("الارسفه", "الارصفه"),  # sounds
        ("harbuor", "harbour"),
    ],
)
def test_a_slip_of_the_pen_leads_back_to_the_word(
    typed: str, meant: str, vocabulary: Vocabulary
) -> None:
    assert candidates(typed, vocabulary, 3)[0].word == meant


def test_a_forgotten_space_gives_two_words(vocabulary: Vocabulary) -> None:
    (found,) = candidates("صيانهالمنارات", vocabulary, 3)
    assert found.word == "صيانه المنارات"


def test_clitics_stay_before_the_word_that_is_corrected(vocabulary: Vocabulary) -> None:
    for prefix in ("ل", "وب"):
        found = candidates(prefix + "انازه", vocabulary, 3)[0]
        assert (found.prefix, found.word) == (prefix, "اناره")


@pytest.mark.parametrize("typed", ["", "ام", "م" * (LONGEST + 1), "12345", "سس5سس", "ظظظظظظظظظ"])
def test_what_resembles_no_word_has_no_candidates(typed: str, vocabulary: Vocabulary) -> None:
    assert candidates(typed, vocabulary, 3) == []


def test_likely_slips_cost_less_than_unlikely_ones() -> None:
    costs = edits("حقوق")
    assert costs["جقوق"] < costs["لقوق"]
    assert costs["حقوف"] < costs["حقوم"]
    assert costs["قحوق"] < 1
    assert "حقوق" not in costs


def test_the_frequent_word_comes_before_the_rare_one(vocabulary: Vocabulary) -> None:
    found = candidates("انارة".replace("ة", "خ"), vocabulary, 3)
    assert found[0].word == "اناره"
    assert found[0].frequency == 3


@settings(deadline=None)  # hundreds of words are measured
@given(ARABIC_WORDS)
def test_every_edit_is_one_edit_away(word: str) -> None:
    for other, cost in list(edits(word).items())[::7]:
        assert 0 < cost <= 1.2
        assert abs(len(other) - len(word)) <= 1
        assert edit_cost(word, other) <= 1.4


@given(ARABIC_WORDS, ARABIC_WORDS)
def test_only_the_same_word_costs_nothing(word: str, other: str) -> None:
    assert edit_cost(word, word) == 0
    assert (edit_cost(word, other) == 0) == (word == other)


def test_a_word_is_shown_as_most_of_its_texts_spell_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.as_written("اناره") == "إنارة"
    assert vocabulary.as_written("العوامات") == "العوامات"
    assert vocabulary.as_written("harbour") == "Harbour"
    assert vocabulary.as_written("زرافه") == "زرافه"


def test_a_word_reaches_its_inflections(specimens: IndexReader) -> None:
    words = vocabulary_of(specimens)
    assert words.frequency("وبالبحيرتين") == 0
    assert words.reach("وبالبحيرتين") > 0
    assert words.holds("بحيرة المياه") and not words.holds("بحيرة الزرافة")
    assert not words.holds("…")


def test_words_that_begin_alike_come_with_their_frequencies(specimens: IndexReader) -> None:
    found = vocabulary_of(specimens).beginning_with("حقو", 5)
    assert found[0][0] == "حقوق"
    assert [frequency for _, frequency in found] == sorted((f for _, f in found), reverse=True)
    assert all(fold(word).text == word for word, _ in found)


def test_the_folder_is_untouched(tmp_path: Path) -> None:
    write_index(tmp_path, (LAW,))
    before = sorted(path.name for path in tmp_path.iterdir())
    candidates("الموانيء", vocabulary_of(open_index(tmp_path)), 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
