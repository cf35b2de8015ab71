"""Terms: how the words of a query are grouped, and when a text has them."""

from __future__ import annotations

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.resolution import SourceKind
from fihris.search.terms import phrase_term, query_terms

ANALYZER = Analyzer()


def surfaces(text: str) -> list[str]:
    return [term.surface for term in query_terms(text, ANALYZER)]


def has(query: str, text: str, source_kind: SourceKind = SourceKind.TEXT) -> bool:
    (term,) = query_terms(query, ANALYZER)
    return bool(list(term.spans(ANALYZER.tokens(text, source_kind))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("القرار 1325 (2000) بشأن المرأة", ["القرار", "1325 (2000)", "بشأن", "المرأة"]),
        ("46/28 مالي", ["46/28", "مالي"]),
        ("A/HRC/46/68", ["A/HRC/46/68"]),
        ("كانون الثاني", ["كانون الثاني"]),
        ("السلام-الحرب", ["السلام", "الحرب"]),
    ],
)
def test_numbers_symbols_and_months_are_one_term_each(query: str, expected: list[str]) -> None:
    assert surfaces(query) == expected


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("إنسان", "حقوق الإنسان"),
        ("حق", "بحقوقهم"),
        ("مسئول", "المسؤولون"),
        ("1325 (2000)", "القرار ١٣٢٥(٢٠٠٠) المؤرخ"),
        ("1325(2000)", "القرار )2000(1325"),
        ("46/28", "القرار 46 / 28"),
        ("46/68", "التقرير A/HRC/46/68،"),
        ("آذار", "في 24 مارس 2021"),
        ("مارس", "في ٢٤ آذار 2021"),
        ("يناير", "1 كانون الثاني 2012"),
        ("2023-2019", "للفترة 2019-2023"),
        ("1,730", "نحو 1730 عضوا"),
    ],
)
def test_a_text_has_a_word_in_any_of_its_spellings(query: str, text: str) -> None:
    assert has(query, text)


def test_thousands_in_display_order_are_read_in_word_files_only() -> None:
    assert has("1730", "ل 730 1 عضواً", SourceKind.TIKA)
    assert not has("1730", "ل 730 1 عضواً", SourceKind.TEXT)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("1325 (2000)", "1325 عضوا في عام 2000"),
        ("46/28", "46 دولة و28 منظمة"),
        ("آذار", "مارس حقه"),
    ],
)
def test_parts_of_a_number_elsewhere_are_not_the_number(query: str, text: str) -> None:
    assert not has(query, text)


def test_a_phrase_is_had_by_its_forms_in_order_only() -> None:
    phrase = phrase_term("حق الإنسان", ANALYZER)
    assert phrase is not None
    for text, expected in (
        ("إن حقّ الإنسان", 1),
        ("حق\nالإنسان", 1),
        ("حق (1) الإنسان", 0),
        ("حقوق الإنسان", 0),
        ("الإنسان حق", 0),
    ):
        assert len(list(phrase.spans(ANALYZER.tokens(text)))) == expected, text


def test_a_phrase_without_words_is_none() -> None:
    assert phrase_term(" ، ", ANALYZER) is None
