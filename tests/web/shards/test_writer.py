"""The files of a static index: what they hold, and which of them a further run touches."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from fihris.index.reader import open_index
from fihris.web.shards import write_shards
from fihris.web.shards.writer import UNITS_PER_BLOCK
from tests.direct_index import write_index
from tests.web.shards.unpacking import Shards

#: Undated documents are ordered by the numbers in their names.
FEW = {"law1": ["تسري أحكام هذا القانون.", "ينشر القانون."], "law2": ["تلغى الرسوم."]}
#: Enough for several files of everything.
MANY = {f"law{number:03}": [f"مادة فريدة رقم {number}"] * 3 for number in range(60)}


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
    assert [unit[:3] for unit in block["units"]] == [
        ["", "title", "قانون law1"],
        ["art1", "provision", "تسري أحكام هذا القانون."],
        ["art2", "provision", "ينشر القانون."],
        ["", "title", "قانون law2"],
        ["art1", "provision", "تلغى الرسوم."],
    ]
    assert [one[:3] for one in block["documents"]] == [
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
    assert {len(block["units"]) for block in blocks[:-1]} == {UNITS_PER_BLOCK}
    for number, block in enumerate(blocks):
        firsts = [one[0] for one in block["documents"]]
        start = number * UNITS_PER_BLOCK
        assert firsts == sorted(set(firsts))
        assert firsts[0] <= start < start + len(block["units"]) > firsts[-1]
        assert all(first > start for first in firsts[1:])


def test_equal_wordings_name_each_other(index_of, tmp_path):
    repeated = "يعمل بهذا القانون من تاريخ صدوره."
    laws = {"law1": [repeated], "law2": ["نص آخر.", repeated], "law3": [repeated]}
    write_shards(index_of(**laws), tmp_path / "shards")
    (block,) = Shards(tmp_path / "shards").blocks()
    alike = {place: unit[3] for place, unit in enumerate(block["units"]) if len(unit) > 3}
    assert alike == {1: [4, 6], 4: 1, 6: 1}
    assert all(block["units"][place][2] == repeated for place in alike)


def test_the_root_has_the_check_of_every_file(index_of, tmp_path):
    folder = tmp_path / "shards"
    write_shards(index_of(**MANY), folder)
    root = Shards(folder).root
    checks = {
        "texts": root["texts"],
        "postings": root["postings"][1],
        "words": root["words"][1],
    }
    for name, written in checks.items():
        files = sorted((folder / name).iterdir(), key=lambda path: int(path.name[:-3]))
        assert [*bytes.fromhex(written)] == [path.read_bytes()[-8] for path in files]
    assert root["documents"] == (folder / "documents.gz").read_bytes()[-8]


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
    assert changed in ([], [max(texts, key=lambda name: int(name[6:-3]))])


def test_files_of_a_larger_index_go_and_those_of_other_people_stay(index_of, tmp_path):
    folder = tmp_path / "shards"
    write_shards(index_of(**MANY), folder)
    others = {
        "index.html": b"<!doctype html>",
        "texts/notes.txt": b"mine",
        "texts/old/9.gz": b"mine",
        "archive.gz": b"mine",
    }
    for name, content in others.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    write_shards(index_of(**FEW), folder)
    written = contents(folder)
    assert {name: written[name] for name in others} == others
    assert len([name for name in written if name.startswith("texts/")]) == 3
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
    assert block["units"][1][2] == stored.text


def test_a_key_is_found_by_the_first_keys_that_the_root_has(index_of, tmp_path):
    write_shards(index_of(**MANY), tmp_path / "shards")
    shards = Shards(tmp_path / "shards")
    firsts: list[str] = []
    for written in shards.root["postings"][0].split(" "):
        before = firsts[-1] if firsts else ""
        firsts.append(before[: int(written[0])] + written[1:])
    assert set(firsts) <= set(shards.groups())
    assert len(firsts) == len(shards.root["postings"][1]) // 2


def test_every_file_is_a_gzip_file_and_none_is_half_written(index_of, tmp_path):
    write_shards(index_of(**FEW), tmp_path / "shards")
    for name, content in contents(tmp_path / "shards").items():
        assert name.endswith(".gz")
        gzip.decompress(content)
