"""Symbols in running text, brought to one form."""

import pytest

from fihris.index.analysis import fold
from fihris.index.parser import canonical_symbol, find_symbols
from fihris.index.resolution import Confidence


def symbols(text: str) -> list[str]:
    return [found.symbol for found in find_symbols(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الوثيقة A/HRC/46/68.", ["A/HRC/46/68"]),
        ("(A/60/L.48)", ["A/60/L.48"]),
        ("A/65/L.78*", ["A/65/L.78"]),
        ("S/AC.51/2020/11", ["S/AC.51/2020/11"]),
        ("S/RES/1325 (2000) و", ["S/RES/1325(2000)"]),
        ("S/RES/1325(2000)", ["S/RES/1325(2000)"]),
        ("A/HRC/RES/S-30/1", ["A/HRC/RES/S-30/1"]),
        ("A/CONF.206/6، الفصل الأول", ["A/CONF.206/6"]),
        ("A/61/229 و Corr.1", ["A/61/229", "A/61/229/Corr.1"]),
        ("A/65/37/Add.1 و Add.2", ["A/65/37/Add.1", "A/65/37/Add.2"]),
        ("A/C.3/76/L.5/Rev.1 و Corr.1", ["A/C.3/76/L.5/Rev.1", "A/C.3/76/L.5/Rev.1/Corr.1"]),
        ("E/CN.4/Sub.2/2001/16", ["E/CN.4/Sub.2/2001/16"]),
        ("S/23500", ["S/23500"]),
        ("وA/60/251", ["A/60/251"]),
        ("S/PRST/2018/15، ST/AI/189/Add.9/Rev.2", ["S/PRST/2018/15", "ST/AI/189/Add.9/Rev.2"]),
    ],
)
def test_a_symbol_is_found_and_made_canonical(text: str, expected: list[str]):
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://undocs.org/A/HRC/46/68",
        "and/or",
        "a/60/251",
        "ورق A/4",
        "1/2",
        "AA/60/251",
    ],
)
def test_what_merely_looks_like_a_symbol_is_left_alone(text: str):
    assert symbols(text) == []


@pytest.mark.parametrize("text", ["A/RES/40/152 O", "A/RES/40/152O", "A/RES/217 A (III)"])
def test_the_part_of_a_symbol_is_told_apart(text: str):
    (found,) = find_symbols(fold(text))
    assert found.part in ("O", "A")
    assert found.symbol in ("A/RES/40/152", "A/RES/217(III)")


def test_a_found_symbol_is_a_sure_citation_whose_offsets_slice_back():
    text = "انظُر A/٦١/٢٢٩."
    (found,) = find_symbols(fold(text))
    assert found.confidence is Confidence.SYMBOL
    assert text[found.start : found.end] == found.surface == "A/٦١/٢٢٩"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/HRC/RES/46/28", "A/HRC/RES/46/28"),
        (" a/hrc/res/٤٦/٢٨ ", "A/HRC/RES/46/28"),
        ("A / RES / 60 / 251", "A/RES/60/251"),
        ("s/res/1325 (2000)", "S/RES/1325(2000)"),
        ("«A/60/L.78»", "A/60/L.78"),
        ("a/61/229/corr.1", "A/61/229/Corr.1"),
        ("46/28", None),
        ("حقوق A/60/251", None),
        ("", None),
    ],
)
def test_a_full_symbol_has_one_canonical_form_in_any_spelling(text: str, expected: str | None):
    assert canonical_symbol(text) == expected
