"""The files of a static index: what they hold, and which of them a further run touches."""

from __future__ import annotations

import os
from bisect import bisect_right
from itertools import product
from pathlib import Path

import pytest

from fihris.index.reader import open_index
from fihris.web.shards import write_shards
from fihris.web.shards.output import RUN
from fihris.web.shards.packing import code_units
from fihris.web.shards.texts import UNITS_PER_BLOCK
from tests.direct_index import write_index
from tests.web.shards.unpacking import Shards

#: Undated documents are ordered by the numbers in their names.
FEW = {"law1": ["تسري أحكام هذا القانون.", "ينشر القانون."], "law2": ["تلغى الرسوم."]}
#: Enough for several files of everything.
MANY = {f"law{number:03}": [f"مادة فريدة رقم {number}"] * 3 for number in range(60)}

#: Enough words for several files of them.
WORDS = ["".join(letters) for letters in product("بجدحخصضطعق", repeat=3)] * 3
LONG = {f"law{at:04}": [" ".join(WORDS[at : at + 100])] for at in range(0, len(WORDS), 100)}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_unit_is_shown_as_it_was_written(index_of, tmp_path):
    report = write_shards(index_of(**FEW), tmp_path / "shards")
    (block,) = Shards(tmp_path / "shards").blocks()
    assert (report.documents, report.units) == (2, 5)
    assert [unit[:3] for unit in block.units] == [
        ("", "title", "قانون law1"),
        ("art1", "provision", "تسري أحكام هذا القانون."),
        ("art2", "provision", "ينشر القانون."),
        ("", "title", "قانون law2"),
        ("art1", "provision", "تلغى الرسوم."),
    ]
    assert [one[:3] for one in block.documents] == [
        [0, "law1", "قانون law1"],
        [3, "law2", "قانون law2"],
    ]


def test_the_report_counts_what_lies_in_the_folder(index_of, tmp_path):
    report = write_shards(index_of(**MANY), tmp_path / "shards")
    written = contents(tmp_path / "shards")
    assert report.files == len(written)
    assert report.size == sum(map(len, written.values()))


def test_blocks_are_full_but_the_last_and_name_only_documents_whose_units_they_hold(
    index_of, tmp_path
):
    write_shards(index_of(**MANY), tmp_path / "shards")
    blocks = list(Shards(tmp_path / "shards").blocks())
    assert len(blocks) > 2
    assert {len(block.units) for block in blocks[:-1]} == {UNITS_PER_BLOCK}
    for number, block in enumerate(blocks):
        firsts = [one[0] for one in block.documents]
        start = number * UNITS_PER_BLOCK
        assert firsts == sorted(set(firsts))
        assert firsts[0] <= start < start + len(block.units) > firsts[-1]
        assert all(first > start for first in firsts[1:])


def test_a_second_run_writes_nothing(index_of, tmp_path):
    folder = tmp_path / "shards"
    reader = index_of(**MANY)
    first = write_shards(reader, folder)
    before = contents(folder)
    long_ago = 1_000_000_000
    for name in before:
        os.utime(folder / name, (long_ago, long_ago))
    assert write_shards(reader, folder) == first
    assert contents(folder) == before
    assert {(folder / name).stat().st_mtime for name in before} == {long_ago}


def test_a_document_at_the_end_leaves_the_texts_before_it_alone(index_of, tmp_path):
    write_shards(index_of(**MANY), tmp_path / "before")
    write_shards(index_of(**MANY, law900=["مادة في آخر القوانين"]), tmp_path / "after")
    before, after = contents(tmp_path / "before"), contents(tmp_path / "after")
    texts = sorted(name for name in before if name.startswith("texts/"))
    changed = [name for name in texts if before[name] != after[name]]
    assert len(texts) > 2
    last_run = range((len(texts) - 1) // RUN * RUN, len(texts))
    assert {*changed} <= {f"texts/{number}.bin" for number in last_run}


def test_files_of_a_larger_index_go_and_those_of_other_people_stay(index_of, tmp_path):
    folder = tmp_path / "shards"
    write_shards(index_of(**MANY), folder)
    others = {
        "index.html": b"<!doctype html>",
        "texts/notes.txt": b"mine",
        "texts/old/9.bin": b"mine",
        "texts/more.bin": b"mine",
        "archive.bin": b"mine",
    }
    for name, content in others.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    write_shards(index_of(**FEW), folder)
    written = contents(folder)
    assert {name: written[name] for name in others} == others
    assert len([name for name in written if name.startswith("texts/")]) == 4
    clean = write_shards(index_of(**FEW), tmp_path / "clean")
    assert clean.files == len(written) - len(others)


def test_an_index_without_documents_makes_shards_that_say_so(tmp_path):
    write_index(tmp_path / "index", ())
    report = write_shards(open_index(tmp_path / "index"), tmp_path / "shards")
    shards = Shards(tmp_path / "shards")
    assert (report.documents, report.units) == (0, 0)
    assert shards.root["totals"] == [0, 0, 0, 0]
    assert (list(shards.blocks()), shards.words(), shards.groups()) == ([], [], {})


def test_a_title_alone_is_enough(index_of, tmp_path):
    assert write_shards(index_of(a=[]), tmp_path / "shards").units == 1
    assert Shards(tmp_path / "shards").root["totals"][0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "قبل\x00\x01\x1a\x1b\x7fبعد",
        "\x1a",
        "حبر \U0001f600 \U00010330 ﻻ ﷺ",
        'سطر\u2028آخر "علامات" \\ <script>',
        "א ב\u0600\u067f\u0680\ufffe",
    ],
)
def test_hostile_texts_come_back_letter_by_letter(index_of, tmp_path, text):
    reader = index_of(a=[f"أول {text} آخر"])
    write_shards(reader, tmp_path / "shards")
    (block,) = Shards(tmp_path / "shards").blocks()
    searcher = reader.searcher()
    stored = reader.paragraph(searcher, "a", "art1")
    assert stored is not None
    assert block.units[1].text == stored.text


def test_a_key_is_found_by_what_the_root_says_of_the_first_keys(index_of, tmp_path):
    write_shards(index_of(**LONG), tmp_path / "shards")
    shards = Shards(tmp_path / "shards")
    boundaries = [code_units(key) for key in shards.boundaries("postings")]
    files = [*shards.shards()]
    assert len(boundaries) == len(files) > 2
    assert boundaries == sorted(boundaries)
    for number, groups in enumerate(files):
        for key in groups:
            assert bisect_right(boundaries, code_units(key)) - 1 == number


def test_an_index_of_the_former_format_is_brought_up(index_of, tmp_path):
    folder = tmp_path / "shards"
    write_shards(index_of(**FEW), folder)
    wanted = contents(folder)
    for name in ("documents", "tables", "texts/0", "texts/12", "postings/3", "words/0"):
        (folder / f"{name}.gz").write_bytes(b"of the former format")
    write_shards(index_of(**FEW), folder)
    assert contents(folder) == wanted


def test_no_file_is_half_written(index_of, tmp_path):
    write_shards(index_of(**FEW), tmp_path / "shards")
    assert {name.rsplit(".", 1)[1] for name in contents(tmp_path / "shards")} == {"gz", "bin"}
