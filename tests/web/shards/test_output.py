"""Files bear the stamp of their run, by which those of another upload are told from them."""

from __future__ import annotations

from pathlib import Path

from fihris.web.shards.output import RUN, Output, former_name, numbered_files
from tests.web.shards.unpacking import unpacked


def series(folder: Path, *contents: bytes) -> list[int]:
    """Write a series, and return the stamps of its runs."""
    return [*bytes.fromhex(Output(folder).pack_series("part", ([one] for one in contents)))]


def test_a_run_of_files_has_one_stamp(tmp_path):
    contents = [f"file {number}".encode() for number in range(RUN + 2)]
    stamps = series(tmp_path, *contents)
    assert len(stamps) == 2
    for number, content in enumerate(contents):
        file = (tmp_path / "part" / f"{number}.bin").read_bytes()
        assert file[0] == stamps[number // RUN]
        assert unpacked(file[1:]) == content


def test_another_content_makes_another_stamp_of_its_run_and_of_no_other(tmp_path):
    contents = [bytes([number]) * 9 for number in range(3 * RUN)]
    before = series(tmp_path, *contents)
    contents[RUN] = b"another"
    after = series(tmp_path, *contents)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_the_stamp_tells_of_the_dictionary_too(tmp_path):
    known = (Output(tmp_path).pack_series("part", [[b"x"]], known) for known in (b"one", b"two"))
    assert len({*known}) == 2


def test_numbered_files_are_those_that_an_index_writes_or_once_wrote(tmp_path):
    names = (
        "0.bin",
        "12.gz",
        "12.gz.js",
        "x.bin",
        "1.5.gz",
        "3.txt",
        "4.bin.new",
        "5.bin.js",
        ".gz",
    )
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in numbered_files(tmp_path)] == ["0.bin", "12.gz"]
    assert [path.name for path in numbered_files(tmp_path, ".js")] == ["12.gz.js", "5.bin.js"]
    assert numbered_files(tmp_path / "nowhere") == []


def test_files_were_called_otherwise_once():
    assert former_name("tables.bin") == "tables.gz"
