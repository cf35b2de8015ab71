"""Numbers and texts come out of their bytes as they went in, and the same bytes come each time."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.web.shards.packing import code_units, deltas, gzipped, packed, single_bytes, varints
from tests.web.shards.unpacking import numbers, sums, text_of, unpacked

LARGE = st.integers(0, 2**40)


@given(st.lists(LARGE))
def test_numbers_come_back(given_numbers):
    assert numbers(varints(given_numbers)) == given_numbers


@pytest.mark.parametrize("number", [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])
def test_numbers_at_the_edge_of_a_byte_come_back(number):
    assert numbers(varints([number, 0, number])) == [number, 0, number]


@given(st.lists(LARGE).map(sorted))
def test_rising_numbers_come_back_from_their_differences(rising):
    assert sums(deltas(rising)) == rising


# A lone surrogate is no character: no text of an index has one.
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_come_back(text):
    assert text_of(single_bytes(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x19\x1a\x1b\x7f\x80",  # controls, the sign of the format itself among them
        "\u05ff\u0600\u067f\u0680",  # the edges of basic Arabic
        "\ufefb \ufc32 \U0001f600 \U00010ffff",
        "\ufffe\uffff\ufeff",
        "نص with both",
    ],
)
def test_odd_characters_come_back(text):
    assert text_of(single_bytes(text)) == text


def test_basic_arabic_takes_one_byte_a_letter():
    assert len(single_bytes("حقوق الإنسان، ١٢")) == len("حقوق الإنسان، ١٢")


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=9), st.binary(max_size=300))
def test_a_packed_file_holds_its_parts(parts, dictionary):
    file = packed(*parts, dictionary=dictionary)
    assert unpacked(file, dictionary) == b"".join(parts)


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=5))
def test_the_same_parts_make_the_same_bytes(parts):
    assert packed(*parts) == packed(*parts)


def test_what_a_dictionary_has_takes_hardly_any_room():
    phrase = bytes(random.Random(8).choices(range(256), k=200))
    assert (
        len(packed(phrase, dictionary=b"before " + phrase + b" behind")) < 30 < len(packed(phrase))
    )


def test_a_browser_unpacks_with_a_dictionary_that_it_puts_before():
    dictionary, content = b"in the name of the people", b"in the name of the law"
    block = b"\0" + len(dictionary).to_bytes(2, "little")
    block += (len(dictionary) ^ 0xFFFF).to_bytes(2, "little")
    file = packed(content, dictionary=dictionary)
    whole = gzipped(b"")[:10] + block + dictionary + file
    assert gzip.decompress(whole) == dictionary + content


def test_a_gzip_file_bears_no_time_and_no_name():
    file = gzipped(b"content")
    assert file[:2] == b"\x1f\x8b"
    assert file[3] == 0  # no name, no comment
    assert file[4:8] == bytes(4)  # no time
    assert gzip.decompress(file) == b"content"


def test_streams_of_many_kinds_take_less_room_with_codes_of_their_own():
    chance = random.Random(8)
    few = bytes(chance.choices(range(4), k=4000))
    many = bytes(chance.choices(range(200, 256), k=4000))
    assert len(packed(b"", few, many)) < len(packed(few + many))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=6))
def test_keys_are_ordered_as_javascript_orders_them(texts):
    units = [[*text.encode("utf-16-be")] for text in sorted(texts, key=code_units)]
    assert units == sorted(units)


def test_a_letter_of_another_plane_stands_before_a_presentation_form():
    assert sorted(["\ufefb", "\U0001f600"], key=code_units) == ["\U0001f600", "\ufefb"]
