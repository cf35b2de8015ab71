"""Labels, parts and annexes in every order of their signs."""

import pytest

from fihris.index.analysis import fold
from fihris.index.parser.numbering import LabelKind, read_annex, read_label, read_part, read_section


@pytest.mark.parametrize(
    "line",
    [
        "7-\tيطلب",
        "7 - يطلب",
        "٧ - يطلب",
        "٧- يطلب",
        "٧ ـ يطلب",
        "7. يطلب",
        "-7 يطلب",
        "7\u2013 يطلب",
    ],
)
def test_an_operative_number_is_read_in_every_order(line: str):
    folded = fold(line).text
    label = read_label(folded)
    assert label is not None
    assert (label.kind, label.value, folded[label.end :]) == (LabelKind.NUMBER, "7", "يطلب")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("(أ) أن", "a"),
        (")أ( أن", "a"),
        ("(أ ) أن", "a"),
        ("(ب) أن", "b"),
        ("(هـ) أن", "e"),
        ("(ه) أن", "e"),
        ("(\ufeeb) أن", "e"),
        ("(و) أن", "f"),
        ("(ي) أن", "j"),
        ("(ل) أن", "l"),
        ("(أأ) أن", "aa"),
    ],
)
def test_a_letter_is_read_by_its_place_in_the_abjad_order(line: str, value: str):
    label = read_label(fold(line).text)
    assert label is not None
    assert (label.kind, label.value) == (LabelKind.LETTER, value)


@pytest.mark.parametrize("line", ["'2' أن", "‘2’ أن", "”2“ أن", '"2" أن', "(2) أن", "(ii) أن"])
def test_a_third_level_number_is_read_in_quotes_and_brackets(line: str):
    label = read_label(fold(line).text)
    assert label is not None
    assert (label.kind, label.value) == (LabelKind.QUOTED, "2")


@pytest.mark.parametrize(
    "line",
    [
        "2019-2023",
        "22 شباط/فبراير",
        "22 - 24 شباط",
        "46/28 عنوان",
        "د-30/1 عنوان",
        "في",
        "",
        "1.5 مليون",
    ],
)
def test_a_number_in_running_text_is_no_label(line: str):
    assert read_label(fold(line).text) is None


@pytest.mark.parametrize(
    ("line", "key"),
    [("ألف", "A"), ("باء -", "B"), ("بـــاء -", "B"), ("سين", "O"), ("جيم - المبادئ", "C")],
)
def test_a_part_is_opened_by_the_name_of_its_letter(line: str, key: str):
    part = read_part(fold(line).text)
    assert part is not None
    assert part.key == key


@pytest.mark.parametrize(
    ("line", "key"), [("أولاً - أحكام", "I"), ("ثانيا", "II"), ("حادي عشر - كذا", "XI")]
)
def test_a_section_has_a_roman_number(line: str, key: str):
    section = read_section(fold(line).text)
    assert section is not None
    assert section.key == key


@pytest.mark.parametrize(
    ("line", "key"),
    [("المرفق", ""), ("المرفق الثاني", "2"), ("مرفق", ""), ("تذييل", ""), ("ضميمة", "")],
)
def test_an_annex_is_opened_by_its_name(line: str, key: str):
    annex = read_annex(fold(line).text)
    assert annex is not None
    assert annex.key == key


@pytest.mark.parametrize(
    "line", ["المرفق بهذا القرار", "باء من الناس", "ثانيا يطلب إلى", "ألف صوت"]
)
def test_a_sentence_that_begins_with_such_a_word_opens_nothing(line: str):
    folded = fold(line).text
    assert (read_annex(folded), read_part(folded), read_section(folded)) == (None, None, None)
