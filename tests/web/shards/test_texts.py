"""Units come out of their files as they went in, with what they have in common with others."""

from __future__ import annotations

import pytest

from fihris.web.shards import write_documents, write_shards
from fihris.web.shards.texts import MOST_NAMED, next_fragment
from tests.web.shards.test_units import document, paragraph
from tests.web.shards.unpacking import Shards

REPEATED = "يعمل بهذا القانون من تاريخ صدوره."


def alike(shards: Shards) -> dict[int, list[int]]:
    units = [unit for block in shards.blocks() for unit in block.units]
    return {number: unit.alike for number, unit in enumerate(units) if unit.alike}


def test_equal_wordings_name_each_other(index_of, tmp_path):
    laws = {"law1": [REPEATED], "law2": ["نص آخر.", REPEATED], "law3": [REPEATED]}
    write_shards(index_of(**laws), tmp_path / "shards")
    shards = Shards(tmp_path / "shards")
    assert alike(shards) == {1: [4, 6], 4: [1, 6], 6: [1, 4]}
    assert shards.wordings() == []


def test_a_wording_that_many_units_have_stands_in_a_file_of_its_own(index_of, tmp_path):
    laws = {f"law{number:02}": [REPEATED] for number in range(MOST_NAMED + 1)}
    write_shards(index_of(**laws), tmp_path / "shards")
    shards = Shards(tmp_path / "shards")
    units = [2 * number + 1 for number in range(MOST_NAMED + 1)]
    assert shards.wordings() == [units]
    assert alike(shards) == {one: [other for other in units if other != one] for one in units}


def test_fragments_come_back_whether_they_count_on_or_not(tmp_path):
    fragments = [
        "art8",
        "art9",
        "art10",
        "art010",
        "art11",
        "7",
        "8",
        "",
        "0",
        "+",
        "x99999999999",
        "OP1.a",
    ]
    one = document(*(paragraph(fragment) for fragment in fragments))
    write_documents([one], tmp_path / "shards")
    (block,) = Shards(tmp_path / "shards").blocks()
    assert [unit.fragment for unit in block.units] == ["", *fragments]


@pytest.mark.parametrize(
    ("fragment", "following"),
    [("art9", "art10"), ("7", "8"), ("OP1.a", None), ("", None), ("x1999999999", "x11000000000")],
)
def test_a_fragment_is_followed_by_the_next_number(fragment, following):
    assert next_fragment(fragment) == following
