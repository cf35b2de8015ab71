"""A record of a collection becomes a document of the model."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.resolution import (
    Date,
    DocumentKind,
    Organ,
    ParagraphKind,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.sources import CollectionRecord, Provision
from fihris.index.sources.provisions import resolution_of, split_provision, year_in_title


def record(*provisions: tuple[str, str], title: str = "قانون الواحات", **rest: str):
    return CollectionRecord(
        "law-1", title, tuple(Provision(*provision) for provision in provisions), **rest
    )


def fragments(*provisions: tuple[str, str]) -> list[str]:
    return [unit.fragment for unit in resolution_of(record(*provisions)).paragraphs[1:]]


def test_a_record_becomes_a_title_unit_and_its_provisions():
    document = resolution_of(record(("art1", "نص أول"), ("art2", "نص ثان")))
    title, first, second = document.paragraphs
    assert (document.address, document.kind) == ("law-1", DocumentKind.DOCUMENT)
    assert document.source_kind is SourceKind.JSONL
    assert (title.fragment, title.kind, title.text) == ("", ParagraphKind.TITLE, "قانون الواحات")
    assert (first.fragment, first.kind, first.text) == ("art1", ParagraphKind.PROVISION, "نص أول")
    assert second.label == "art2"
    assert document.warnings == ()


def test_an_empty_ref_is_called_by_its_number():
    assert fragments(("", "أ"), ("art1", "ب"), ("  ", "ج")) == ["p1", "art1", "p3"]


def test_a_repeated_ref_gets_a_number_and_a_warning():
    document = resolution_of(record(("art1", "أ"), ("art1", "ب"), ("art1", "ج")))
    assert [unit.fragment for unit in document.paragraphs[1:]] == ["art1", "art1~2", "art1~3"]
    (warning,) = document.warnings
    assert '"art1~2" and 1 more' in warning


def test_a_ref_that_is_repeated_twenty_thousand_times_costs_little():
    begun = time.process_time()
    document = resolution_of(record(*(("art1", f"نص {n}") for n in range(20_000))))
    assert time.process_time() - begun < 3
    assert document.paragraphs[-1].fragment == "art1~20000"
    assert len(document.warnings) == 1


def test_a_ref_that_looks_like_a_repeated_one_keeps_addresses_apart():
    assert fragments(("a", "أ"), ("a~2", "ب"), ("a", "ج")) == ["a", "a~2", "a~3"]


def test_a_long_provision_is_split_at_its_newlines():
    text = "\n".join(["كلمة " * 300] * 3).strip()
    assert fragments(("art1", text), ("art1.2", "نص")) == ["art1.1", "art1.2", "art1.3", "art1.2~2"]


def test_a_single_long_line_is_not_cut():
    assert fragments(("art1", "كلمة " * 1000)) == ["art1"]


def test_a_line_without_end_is_cut_after_a_sentence():
    line = "كلمة كلمة كلمة. " * 1000
    pieces = split_provision(line, limit=400)
    assert " ".join(pieces) == line
    assert all(len(piece.split()) <= 400 for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces[:-1])
    assert fragments(("art1", "كلمة " * 5000))[-1] == "art1.13"


@given(st.lists(st.sampled_from(["أ", "أ. ", " ", "\n", "ب  "]), min_size=1), st.integers(1, 6))
def test_cutting_leaves_out_one_blank_at_each_cut(parts, limit):
    text = "".join(parts)
    at = 0
    for piece in split_provision(text, limit, longest_line=limit):
        assert text[at : at + len(piece)] == piece
        at += len(piece) + 1
        assert at > len(text) or text[at - 1].isspace()
    assert at == len(text) + 1


@given(st.lists(st.sampled_from(["", " ", "أ", "أ ب ج", "أ ب ج د ه و ز"]), min_size=1))
def test_the_pieces_of_a_provision_joined_are_the_provision(lines):
    text = "\n".join(lines)
    pieces = split_provision(text, limit=5)
    assert "\n".join(pieces) == text
    assert len(pieces) == 1 or all(piece.strip() for piece in pieces)
    for piece in pieces:
        assert len(piece.split()) <= 5 or sum(bool(line.strip()) for line in piece.split("\n")) == 1


def test_a_blank_title_is_made_of_the_first_words_else_of_the_id():
    words = [f"كلمة{n}" for n in range(20)]
    document = resolution_of(record(("art1", " ".join(words)), title=""))
    assert document.title == " ".join(words[:12]) + " …"
    assert resolution_of(record(title="")).title == "law-1"


def test_presentation_forms_of_a_title_are_written_out_for_reading_only():
    document = resolution_of(record(("1", "نص"), title="بناء القدرات ﰲ  الواحات"))
    assert document.title == "بناء القدرات في الواحات"
    assert document.paragraphs[0].text == "بناء القدرات ﰲ  الواحات"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("قانون رقم 7 لسنة 1993 بشأن الآبار", 1993),
        ("قانون رقم (٧) لسنة ١٩٩٣", 1993),
        ("قانون رقم 7 لسنة 1993بشأن الآبار", 1993),
        ("قانون رقم 7 لسنة (1993)", 1993),
        ("قانون رقم 3 لسنة 2004 بتعديل القانون رقم 5 لسنة 1990", 2004),
        ("قانون لسنة 1426هـ", None),
        ("قانون الواحات 1993", None),
        ("قانون لسنة 19931", None),
    ],
)
def test_the_year_is_the_first_that_a_title_states(title, year):
    assert year_in_title(title) == (year and Date(year))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1999", Date(1999)),
        ("1999-02", Date(1999, 2)),
        ("1999-02-28", Date(1999, 2, 28)),
    ],
)
def test_a_date_goes_before_the_year_of_the_title(written, date):
    document = resolution_of(record(("1", "نص"), title="قانون لسنة 1993", date=written))
    assert (document.date, document.warnings) == (date, ())


@pytest.mark.parametrize("written", ["1999-02-30", "28/2/1999", "1999-13", "أمس", "0000"])
def test_a_date_that_is_none_is_left_out_with_a_warning(written):
    document = resolution_of(record(("1", "نص"), title="قانون لسنة 1993", date=written))
    assert document.date == Date(1993)
    assert len(document.warnings) == 1


def test_organ_session_and_symbol_are_taken_over():
    document = resolution_of(record(("1", "نص"), organ="hrc", session="s-30", symbol="A/X/1"))
    assert document.organ is Organ.HRC
    assert document.session == Session(30, SessionType.SPECIAL)
    assert (document.address, document.symbol) == ("A/X/1", "A/X/1")


def test_an_organ_or_session_that_is_none_is_left_out_with_a_warning():
    document = resolution_of(record(("1", "نص"), organ="نادي", session="ربيع"))
    assert (document.organ, document.session, len(document.warnings)) == (None, None, 2)
