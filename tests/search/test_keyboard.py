"""Reading what was struck with the wrong keyboard layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.search.keyboard import KEY_NEIGHBOURS, arabic_meant, latin_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgpr,r", "الحقوق"),
        ("hghkshk", "الانسان"),
        ("hgYkshk", "الإنسان"),
        ("hgHvq", "الأرض"),
        ("]dk", "دين"),
        ("]'`", "دطذ"),
        ("fb", "بلا"),
        ("Gl", "لأم"),
        ("B", "لآ"),
        ("fh", "با"),
    ],
)
def test_latin_keys_are_read_as_the_arabic_ones(typed: str, meant: str) -> None:
    assert arabic_meant(typed)[0] == meant


def test_capitals_are_read_as_caps_lock_too() -> None:
    assert "الحقوق" in arabic_meant("HGPR,R")


@pytest.mark.parametrize("typed", ["", "12", "الحقوق", "hgpr الحقوق", "é"])
def test_what_is_no_latin_typing_means_nothing_in_arabic(typed: str) -> None:
    assert arabic_meant(typed) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ثيعؤشفهخى", "education"),
        ("شظاقؤظقثسظ46ظ28", "a/hrc/res/46/28"),
        ("ِظأًٌظ1", "A/HWR/1"),
    ],
)
def test_arabic_keys_are_read_as_the_latin_ones(typed: str, meant: str) -> None:
    assert latin_meant(typed)[0] == meant


def test_lam_alef_is_one_key_or_two() -> None:
    assert set(latin_meant("لاعيلثف")) == {"budget", "ghudget"}


def test_many_lam_alefs_do_not_multiply_without_end() -> None:
    assert len(latin_meant("لا" * 200)) <= 8


@pytest.mark.parametrize("typed", ["", "12", "漢字", "ﷺ"])
def test_what_is_on_no_arabic_key_means_nothing_in_latin(typed: str) -> None:
    assert latin_meant(typed) == ()


@given(st.text(alphabet="qwertyuiop[]asdfghjkl;'zxcvbnm,./", min_size=1))
def test_what_was_struck_comes_back_when_it_is_struck_in_the_other_layout(typed: str) -> None:
    arabic = arabic_meant(typed)[0]
    readings = latin_meant(arabic)
    if "gh" not in typed and typed.count("b") <= 3:
        assert typed in readings or not any(char.isalpha() for char in typed)


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert all(isinstance(reading, str) for reading in arabic_meant(text) + latin_meant(text))


def test_neighbours_lie_side_by_side_in_both_orders() -> None:
    assert {"qw", "wq", "ضص", "صض", "من", "نم"} <= KEY_NEIGHBOURS
    assert KEY_NEIGHBOURS.isdisjoint({"qa", "ضش", "aa", "مر"})
