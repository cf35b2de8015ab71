"""What parts files leads every key to its own, as a browser reads it, and is short."""

from __future__ import annotations

from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from fihris.web.shards.boundaries import boundaries
from fihris.web.shards.packing import code_units

#: No key has the sign that stands between two.
KEYS = st.text(
    st.one_of(
        st.sampled_from("اب ﻻ\U00010330\U00010331\U0001f600"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=14,
)


@given(st.lists(KEYS, min_size=1, max_size=8, unique=True))
def test_every_key_is_led_to_its_file(keys):
    keys.sort(key=code_units)
    parted: list[bytes] = []
    for one in boundaries([(key, key) for key in keys]).split("\x7f"):
        # As a browser does it, whose letters are UTF-16 units.
        before = parted[-1] if parted else b""
        parted.append(before[: 2 * int(one[0])] + code_units(one[1:]))
    assert [bisect_right(parted, code_units(key)) - 1 for key in keys] == [*range(len(keys))]


def test_no_more_of_a_key_is_written_than_parts_it_from_the_file_before():
    files = [("اسم", "كتاب"), ("كتيبة", "مدرسة"), ("مدينة", "نهر")]
    assert boundaries(files) == "0\x7f0كتي\x7f0مدي"


def test_what_a_key_shares_with_the_one_before_is_written_once():
    assert boundaries([("ا", "كتاب"), ("كتب", "كتبة"), ("كتل", "ي")]) == "0\x7f0كتب\x7f2ل"


def test_no_files_have_no_boundaries():
    assert boundaries([]) == ""
