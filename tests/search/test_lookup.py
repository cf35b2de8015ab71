"""From an address in any usual spelling to the passage that bears it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fihris.index.errors import AddressAmbiguous, AddressUnknown
from fihris.index.reader import IndexReader, open_index
from fihris.search.lookup import Passage, find_passage


@pytest.fixture(scope="module")
def reader(invented_index: Path) -> IndexReader:
    return open_index(invented_index)


def fragments(passage: Passage) -> list[str]:
    return [paragraph.fragment for paragraph in passage.paragraphs]


@pytest.mark.parametrize(
    "written",
    [
        "A/HRC/RES/91/4#OP2",
        "a/hrc/res/91/4#op2",
        " A / HRC / RES / 91 / 4 # OP2 ",
        "A/HRC/RES/٩١/٤#OP٢",
        "A/HRC/RES/۹۱/۴#2",
        "A/HRC/RES/91/4#٢",
        "\u200eA/HRC/RES/91/4#OP2\u200f",
    ],
)
def test_every_usual_spelling_names_the_same_paragraph(reader: IndexReader, written: str) -> None:
    passage = find_passage(reader, written)
    assert passage.address == "A/HRC/RES/91/4#OP2"
    assert [unit.text for unit in passage.paragraphs] == ["يقرر إبقاء المسألة قيد نظره."]


@pytest.mark.parametrize("written", ["S-61/1", "s-61/1", "٦١/١-S", "دإ-61/1", "دإ-٦١/١", "د-61/1"])
def test_a_number_that_one_document_bears_is_enough(reader: IndexReader, written: str) -> None:
    if written == "٦١/١-S":
        with pytest.raises(AddressUnknown):
            find_passage(reader, written)
    else:
        assert find_passage(reader, written).address == "A/HRC/RES/S-61/1"


def test_a_number_that_several_documents_bear_lists_them(reader: IndexReader) -> None:
    with pytest.raises(AddressAmbiguous, match=r"2 documents.*91/4") as raised:
        find_passage(reader, "٩١/٤#OP1")
    assert raised.value.candidates == ("A/HRC/RES/91/4", "A/RES/91/4")
    assert raised.value.exit_code == 2
    assert raised.value.remedy


def test_a_document_comes_whole_and_in_reading_order(reader: IndexReader) -> None:
    passage = find_passage(reader, "A/HRC/RES/91/4")
    assert fragments(passage) == ["", "", "PP1", "OP1", "OP1.a", "FN1", "OP1.b", "OP2", ""]
    assert passage.chapeaux == ()


def test_a_paragraph_brings_its_sub_paragraphs_and_all_their_notes(reader: IndexReader) -> None:
    passage = find_passage(reader, "A/HRC/RES/91/4#OP1")
    assert fragments(passage) == ["OP1", "OP1.a", "FN1", "OP1.b"]


def test_a_sub_paragraph_brings_its_chapeau_and_its_note_but_not_its_neighbour(
    reader: IndexReader,
) -> None:
    passage = find_passage(reader, "A/HRC/RES/91/4#OP1.A")
    assert passage.address == "A/HRC/RES/91/4#OP1.a"
    assert [unit.fragment for unit in passage.chapeaux] == ["OP1"]
    assert fragments(passage) == ["OP1.a", "FN1"]


def test_a_footnote_brings_the_paragraphs_above_it(reader: IndexReader) -> None:
    passage = find_passage(reader, "A/HRC/RES/91/4#FN1")
    assert [unit.fragment for unit in passage.chapeaux] == ["OP1", "OP1.a"]
    assert fragments(passage) == ["FN1"]


def test_an_id_may_hold_the_mark_that_parts_addresses(reader: IndexReader) -> None:
    assert find_passage(reader, "law#5").address == "law#5"
    assert find_passage(reader, "LAW#5").address == "law#5"
    assert find_passage(reader, "Law#5#الماده ١").address == "law#5#المادة 1"


def test_a_split_provision_is_shown_whole(reader: IndexReader) -> None:
    passage = find_passage(reader, "law#5#ART2")
    assert passage.address == "law#5#art2"
    assert fragments(passage) == ["art2.1", "art2.2"]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("A/HRC/RES/91/5", "A/HRC/RES/91/4"),
        ("A/HRC/RES/91/4#OP7", "A/HRC/RES/91/4#OP2"),
        ("low#5", "law#5"),
        ("law#5#art3", "law#5#art2.1"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_near(
    reader: IndexReader, written: str, near: str
) -> None:
    with pytest.raises(AddressUnknown) as raised:
        find_passage(reader, written)
    assert near in raised.value.remedy
    assert raised.value.exit_code == 1


@pytest.mark.parametrize("written", ["", " ", "#", "##", "/", "\ud800", "\x00", "ط" * 70_000])
def test_no_address_is_too_odd_to_be_unknown(reader: IndexReader, written: str) -> None:
    with pytest.raises(AddressUnknown):
        find_passage(reader, written)
