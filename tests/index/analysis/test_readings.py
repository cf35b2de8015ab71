"""Second readings: other ways to write what a text says with numbers, symbols and months."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis.readings import find_readings, month_reading
from fihris.index.resolution import SourceKind


def terms(text: str, source_kind: SourceKind = SourceKind.TEXT) -> list[str]:
    return [term for reading in find_readings(text, source_kind) for term in reading.terms]


@pytest.mark.parametrize(
    "text", ["1325(2000)", "1325 (2000)", "١٣٢٥ (٢٠٠٠)", "1325)2000(", ")2000(1325"]
)
def test_a_number_with_its_year_is_read_in_every_spelling(text: str) -> None:
    assert terms(text) == ["1325(2000)"]


def test_thousands_in_display_order_are_read_where_typists_enter_them_so() -> None:
    assert terms("ل 730 1 عضواً", SourceKind.TIKA) == ["=1730"]
    assert terms("800 19 إفادة", SourceKind.TIKA) == ["=19800"]
    for kind in (SourceKind.DOCX, SourceKind.DOC, SourceKind.ODT, SourceKind.RTF):
        assert terms("730 1", kind) == ["=1730"]
    assert terms("ل 730 1 عضواً") == []


def test_groups_of_three_are_read_both_ways_where_the_order_is_in_doubt() -> None:
    assert terms("325 000", SourceKind.TIKA) == ["=325000", "=000325"]
    assert terms("325 000") == ["=325000"]


@pytest.mark.parametrize("text", ["1 730", "1,730", "١\u066c٧٣٠", "1\u00a0730"])
def test_thousands_are_read_with_any_separator(text: str) -> None:
    assert terms(text) == ["=1730"]


@pytest.mark.parametrize("text", ["A/HRC/46/68", "a/hrc/46/68"])
def test_a_symbol_is_read_whole(text: str) -> None:
    assert terms(text) == ["a/hrc/46/68"]


def test_the_full_stop_of_a_sentence_is_no_part_of_a_symbol() -> None:
    assert terms("انظر A/65/L.78.") == ["a/65/l.78"]


@pytest.mark.parametrize("text", ["2019-2023", "2019 - 2023", "٢٠١٩\u2013٢٠٢٣"])
def test_a_range_of_years_is_read_in_one_spelling(text: str) -> None:
    assert terms(text) == ["2019-2023"]


@pytest.mark.parametrize(
    ("text", "term"), [("د إ-30/1", "s-30/1"), ("دإ - 30", "s-30"), ("د إ ط-10/2", "es-10/2")]
)
def test_a_special_session_is_read_as_its_symbol(text: str, term: str) -> None:
    assert terms(text) == [term]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("24 مارس 2021", "month=3"),
        ("24 آذار/مارس 2021", "month=3"),
        ("في آذار 2021", "month=3"),
        ("١ كانون الثاني/يناير ٢٠٢٢", "month=1"),
    ],
)
def test_a_month_is_read_as_its_number(text: str, term: str) -> None:
    assert set(terms(text)) == {term}


def test_a_name_of_a_month_without_a_date_is_just_a_word() -> None:
    assert terms("سار في مارس مسيرة 5") == []
    assert month_reading("تشرين الاول") == "month=10"


@pytest.mark.parametrize("text", ["46/28", "5/2", "المادة 12", "2-", "قرار"])
def test_what_its_tokens_say_already_has_no_reading(text: str) -> None:
    assert terms(text) == []


def test_a_reading_tells_what_it_covers() -> None:
    text = "القرارُ ١٣٢٥ (٢٠٠٠) نفسه"
    (reading,) = find_readings(text)
    assert text[reading.start : reading.end] == "١٣٢٥ (٢٠٠٠)"


@given(st.text("0123456789٣ /()-,.\u066cدإطAHRC\u0640\u064eمارسآذ ", max_size=40))
def test_readings_are_in_order_and_inside_the_text(text: str) -> None:
    readings = find_readings(text, SourceKind.TIKA)
    starts = [reading.start for reading in readings]
    assert starts == sorted(starts)
    assert all(0 <= reading.start < reading.end <= len(text) for reading in readings)
    assert all(reading.terms for reading in readings)
