"""What a whole query may mean as a symbol."""

import pytest

from fihris.index.parser import parse_symbol


@pytest.mark.parametrize("query", ["46/28", "٤٦/٢٨", " 46 / 28 ", "(46/28)", "۴۶/۲۸"])
def test_a_bare_number_is_read_for_every_organ_resolutions_first(query: str):
    assert parse_symbol(query) == (
        "A/HRC/RES/46/28",
        "A/RES/46/28",
        "A/HRC/DEC/46/28",
        "A/DEC/46/28",
    )


def test_a_number_too_high_for_the_council_is_the_assembly_s_first():
    assert parse_symbol("60/251")[0] == "A/RES/60/251"
    assert "A/HRC/RES/60/251" in parse_symbol("60/251")


@pytest.mark.parametrize("query", ["1325 (2000)", "١٣٢٥(٢٠٠٠)", "1325(2000)", ")2000(1325"])
def test_a_number_with_a_year_is_the_security_council_s(query: str):
    assert parse_symbol(query) == ("S/RES/1325(2000)",)


@pytest.mark.parametrize(
    "query", ["د-30/1", "دإ-30/1", "S-30/1", "s-30/1", "د إ - 30/1", "دا-٣٠/١"]
)
def test_a_special_session_is_read_in_every_spelling(query: str):
    assert parse_symbol(query)[:2] == ("A/HRC/RES/S-30/1", "A/RES/S-30/1")


@pytest.mark.parametrize("query", ["دإط-10/15", "ES-10/15"])
def test_an_emergency_session_is_the_assembly_s(query: str):
    assert parse_symbol(query)[0] == "A/RES/ES-10/15"


@pytest.mark.parametrize("query", ["217 ألف (د-3)", "217 (د - 3)", "217 ألف د-3"])
def test_a_roman_session_is_read_from_its_arabic_form(query: str):
    assert parse_symbol(query)[0] == "A/RES/217(III)"


def test_a_year_and_a_number_are_the_economic_and_social_council_s():
    assert parse_symbol("2006/2")[0] == "E/RES/2006/2"


@pytest.mark.parametrize("query", ["A/HRC/RES/46/28", "A/60/L.78", "a/hrc/res/46/28"])
def test_a_full_symbol_means_itself(query: str):
    assert parse_symbol(query) == (query.upper(),)


def test_words_before_the_number_narrow_it():
    assert parse_symbol("قرار مجلس حقوق الإنسان 46/28") == ("A/HRC/RES/46/28",)
    assert parse_symbol("المقرر 2/102") == ("A/HRC/DEC/2/102", "A/DEC/2/102")
    assert parse_symbol("القرار رقم 46/28") == ("A/HRC/RES/46/28", "A/RES/46/28")


@pytest.mark.parametrize(
    "query",
    ["", "حقوق الإنسان", "46", "حقوق 46/28", "46/28 حقوق", "1993/12/31", "قرار", "(", "2000"],
)
def test_what_is_no_symbol_as_a_whole_means_none(query: str):
    assert parse_symbol(query) == ()
