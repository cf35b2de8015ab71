"""Dates in every spelling of the month, with what they state."""

import pytest

from fihris.index.analysis import fold, fold_characters
from fihris.index.parser import find_dates
from fihris.index.resolution import DatePrecision

MONTHS = {
    1: "كانون الثاني/يناير",
    2: "شباط/فبراير",
    3: "آذار/مارس",
    4: "نيسان/أبريل",
    5: "أيار/مايو",
    6: "حزيران/يونيه",
    7: "تموز/يوليه",
    8: "آب/أغسطس",
    9: "أيلول/سبتمبر",
    10: "تشرين الأول/أكتوبر",
    11: "تشرين الثاني/نوفمبر",
    12: "كانون الأول/ديسمبر",
}


def dates(text: str) -> list[tuple[str, str | None]]:
    """Return surface and date of each mention in *text*."""
    return [
        (mention.surface, mention.date.isoformat() if mention.date else None)
        for mention in find_dates(fold(text))
    ]


@pytest.mark.parametrize(("month", "name"), MONTHS.items())
def test_every_month_is_read_by_both_names_and_by_each(month: int, name: str):
    levantine, gregorian = name.split("/")
    for spelling in (name, levantine, gregorian, f"{levantine} ({gregorian})"):
        assert dates(f"في 7 {spelling} 2031") == [(f"7 {spelling} 2031", f"2031-{month:02d}-07")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22 تموز/ يوليه 2030", ["2030-07-22"]),
        ("22 تموز / يوليو 2030", ["2030-07-22"]),
        ("٢٢ تموز/يوليه ٢٠٣٠", ["2030-07-22"]),
        ("٢٢ اذار ٢٠٣٠", ["2030-03-22"]),
        ("9 تشرين اﻷول/أكتوبر 2030", ["2030-10-09"]),
        ("23 July 2018", ["2018-07-23"]),
        ("وتموز/يوليه 2019", ["2019-07"]),
        ("بشباط/فبراير 2019", ["2019-02"]),
        ("و5 كانون الأول/ديسمبر 2020", ["2020-12-05"]),
        ("ديسمبر\u00a02018", ["2018-12"]),
    ],
)
def test_a_date_is_read_in_the_spellings_that_occur(text: str, expected: list[str]):
    assert [iso for _, iso in dates(text)] == expected


def test_days_that_share_a_month_are_a_mention_each():
    assert dates("22 و 23 آب/أغسطس 2011") == [
        ("22", "2011-08-22"),
        ("23 آب/أغسطس 2011", "2011-08-23"),
    ]
    assert [iso for _, iso in dates("5 - 6 تموز/يوليه 2006")] == ["2006-07-05", "2006-07-06"]


def test_a_first_date_takes_the_year_of_the_second():
    assert [iso for _, iso in dates("22 شباط/فبراير - 24 آذار/مارس 2031")] == [
        "2031-02-22",
        "2031-03-24",
    ]
    across = dates("من 28 كانون الأول/ديسمبر إلى 5 كانون الثاني/يناير 2030")
    assert [iso for _, iso in across] == ["2029-12-28", "2030-01-05"]


def test_a_date_whose_year_stands_nowhere_has_none():
    assert dates("في 3 آذار/مارس اجتمع") == [("3 آذار/مارس", None)]


def test_precision_tells_what_the_surface_states():
    day, month = find_dates(fold("في 3 آذار/مارس 2031 وفي نيسان/أبريل 2032"))
    assert (day.precision, month.precision) == (DatePrecision.DAY, DatePrecision.MONTH)


@pytest.mark.parametrize(
    "text",
    [
        "آب 2006 من رحلته",
        "مارس 5 أشخاص حقهم",
        "في عام 2022",
        "مايو",
        "كتاب 2006",
        "17/10/1958",
        "you may 2019",
        "لا رقم هنا في آذار/مارس",
    ],
)
def test_a_word_that_only_looks_like_a_month_is_no_date(text: str):
    assert dates(text) == []


def test_surfaces_keep_the_spelling_and_offsets_slice_back():
    text = "عُقد فِي ٢٤ آذَار/ مـارس ٢٠٣١."
    (mention,) = find_dates(fold(text))
    assert text[mention.start : mention.end] == mention.surface == "٢٤ آذَار/ مـارس ٢٠٣١"


def test_a_text_without_digits_is_left_alone():
    assert find_dates(fold_characters("شباط/فبراير")) == []
