"""Addresses name, order and find documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.addresses import (
    document_address,
    fragment_of_ref,
    order_key,
    split_address,
    symbol_forms,
    symbol_key,
    unit_address,
    unused,
)
from fihris.index.resolution import (
    Date,
    DocumentKind,
    Organ,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)


def resolution(symbol: str, number: str, **entries: object) -> Resolution:
    return Resolution(
        address=symbol,
        kind=DocumentKind.RESOLUTION,
        title="",
        paragraphs=(),
        source_kind=SourceKind.TEXT,
        symbol=symbol if "/" in symbol else None,
        number=number,
        **entries,
    )


@given(st.text(min_size=1).filter(lambda fragment: "#" not in fragment), st.text(min_size=1))
def test_an_address_splits_into_what_it_was_joined_from(fragment, document):
    assert split_address(unit_address(document, fragment)) == (document, fragment)


@pytest.mark.parametrize("name", ["  ", "سطر\nثان", "a\ud800b", "x" * 501, "a\u2028b"])
def test_what_cannot_be_an_address_is_refused(name):
    with pytest.raises(ValueError, match=r"is empty|holds a line break|characters"):
        document_address(name)


def test_an_address_keeps_slashes_marks_spaces_and_arabic():
    assert document_address("قانون 5/أ #2") == "قانون 5/أ #2"


def test_an_address_is_the_same_however_its_letters_are_composed():
    assert document_address("\u0627\u0653") == document_address("\u0622")


@given(st.text(), st.integers(1, 10**6))
def test_a_fragment_never_holds_the_mark_that_parts_an_address(ref, ordinal):
    fragment = fragment_of_ref(ref, ordinal)
    assert fragment
    assert "#" not in fragment
    assert fragment.encode()


def test_a_repeated_fragment_gets_the_next_free_number():
    used = {"a"}
    for expected in ("a~2", "a~3"):
        used.add(found := unused("a", used))
        assert found == expected


def test_documents_are_ordered_by_date_then_number_and_the_undated_come_last():
    addresses = [
        ("A/HRC/RES/46/9", Date(2021, 3, 23)),
        ("A/HRC/RES/46/28", Date(2021, 3, 23)),
        ("A/HRC/RES/46/3", Date(2021, 3, 24)),
        ("A/RES/1/1", None),
    ]
    keys = [order_key(address, date) for address, date in addresses]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@given(st.text(max_size=500), st.none() | st.builds(Date, st.integers(0, 9999)))
def test_an_order_key_fits_into_63_bits(address, date):
    assert 0 <= order_key(address.encode("utf-8", "replace").decode(), date) < 2**63


def test_symbols_are_ordered_as_people_count():
    special = Session(30, SessionType.SPECIAL)
    ordered = [
        resolution("A/RES/217(III)", "217 (III)", organ=Organ.GA),
        resolution("A/RES/9/2", "9/2", organ=Organ.GA),
        resolution("A/RES/70/1", "70/1", organ=Organ.GA),
        resolution("S/RES/242(1967)", "242 (1967)", organ=Organ.SC),
        resolution("S/RES/1325(2000)", "1325 (2000)", organ=Organ.SC),
        resolution("S/PRST/2010/22", None, organ=Organ.SC),
        resolution("A/HRC/RES/46/9", "46/9", organ=Organ.HRC),
        resolution("A/HRC/RES/46/28", "46/28", organ=Organ.HRC),
        resolution("A/HRC/RES/S-30/1", "S-30/1", organ=Organ.HRC, session=special),
        resolution("law-7", None),
        resolution("law-12", None),
    ]
    keys = [symbol_key(document) for document in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(0 <= key < 2**63 for key in keys)


def test_a_symbol_is_looked_up_in_full_and_by_its_number():
    forms = symbol_forms(resolution("A/HRC/RES/46/28", "46/28"))
    assert forms == ("A/HRC/RES/46/28", "46/28")


def test_a_number_with_a_year_is_looked_up_with_and_without_a_blank():
    forms = symbol_forms(resolution("S/RES/1325(2000)", "1325(2000)"))
    wanted = {"S/RES/1325(2000)", "S/RES/1325", "1325(2000)", "1325 (2000)", "1325"}
    assert wanted <= set(forms)


def test_a_special_session_is_looked_up_in_arabic_as_well():
    session = Session(30, SessionType.SPECIAL)
    forms = symbol_forms(resolution("A/HRC/RES/S-30/1", "S-30/1", session=session))
    assert {"S-30/1", "د-30/1", "دإ-30/1"} <= set(forms)


def test_a_part_is_looked_up_with_its_letter():
    assert "40/152 O" in symbol_forms(resolution("A/RES/40/152", "40/152", part="O"))
