"""The folder of an index tells what stands in the way of using it, and is never harmed."""

import json
from pathlib import Path

import pytest

from fihris.index.errors import (
    IndexDamaged,
    IndexError_,
    IndexMissing,
    IndexOutdated,
    NotAnIndex,
)
from fihris.index.folder import MARKER, create_index, holds_index
from fihris.index.reader import open_index
from fihris.index.synchronize import sync


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def index(tmp_path: Path, write_laws, law) -> Path:
    sync(tmp_path / "index", [write_laws(law("a", "نص"))])
    return tmp_path / "index"


def refuses_to_open_and_to_write(index: Path, laws: Path, expected: type[IndexError_]) -> str:
    """Return the message, after making sure that nothing in the folder has changed."""
    before = contents(index)
    with pytest.raises(expected) as opening:
        open_index(index)
    with pytest.raises(expected):
        sync(index, [laws])
    assert contents(index) == before
    message = str(opening.value)
    assert str(index) in message
    assert "\n" not in message
    return message


def test_an_index_of_another_version_is_not_touched(index, write_laws, law):
    (index / MARKER).write_text(json.dumps({"versions": "schema 0, analyzer 0"}))
    message = refuses_to_open_and_to_write(index, write_laws(law("b", "نص")), IndexOutdated)
    assert "schema 0" in message


def test_an_index_of_tantivy_that_is_not_ours_is_not_touched(index, write_laws, law):
    (index / MARKER).unlink()
    refuses_to_open_and_to_write(index, write_laws(law("b", "نص")), NotAnIndex)


@pytest.mark.parametrize("marker", ["", "[]", "{}", "\x00\x01"])
def test_a_damaged_marker_is_told(index, write_laws, law, marker):
    (index / MARKER).write_text(marker)
    refuses_to_open_and_to_write(index, write_laws(law("b", "نص")), IndexDamaged)


@pytest.mark.parametrize("meta", ["", "{", "{}", "نص"])
def test_a_damaged_list_of_segments_is_told_in_one_line(index, write_laws, law, meta):
    (index / "meta.json").write_text(meta)
    refuses_to_open_and_to_write(index, write_laws(law("b", "نص")), IndexDamaged)


def test_a_lost_list_of_segments_is_told(index, write_laws, law):
    (index / "meta.json").unlink()
    refuses_to_open_and_to_write(index, write_laws(law("b", "نص")), IndexDamaged)


@pytest.mark.parametrize("suffix", [".store", ".term", ".idx", ".fast"])
@pytest.mark.parametrize("harm", ["lost", "truncated"])
def test_lost_and_truncated_segment_files_are_told(index, suffix, harm):
    for path in index.glob(f"*{suffix}"):
        if harm == "lost":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IndexDamaged, match=r"index: is damaged"):
        open_index(index).info()


def test_records_that_were_overwritten_are_told(index):
    for path in index.glob("*.store"):
        content = path.read_bytes()
        path.write_bytes(b"\xff" * 40 + content[40:])
    with pytest.raises(IndexDamaged):
        open_index(index).document("a")


def test_a_missing_folder_is_no_index_and_is_not_made_by_looking(tmp_path: Path):
    with pytest.raises(IndexMissing, match="fihris index"):
        open_index(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_an_empty_folder_may_become_an_index(tmp_path: Path):
    assert not holds_index(tmp_path)
    create_index(tmp_path)
    assert holds_index(tmp_path)


def test_an_index_whose_making_was_cut_short_is_made_again(tmp_path: Path):
    create_index(tmp_path)
    (tmp_path / "meta.json").unlink()
    assert not holds_index(tmp_path)
    create_index(tmp_path)
    assert holds_index(tmp_path)


def test_a_file_is_no_index(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text("نص")
    with pytest.raises(NotAnIndex, match="is a file"):
        open_index(path)
    with pytest.raises(NotAnIndex):
        sync(path, [])
    assert path.read_text() == "نص"


def test_lock_files_left_behind_do_not_stand_in_the_way(index, write_laws, law):
    assert (index / ".tantivy-writer.lock").exists()
    assert sync(index, [write_laws(law("b", "نص"))]).added.documents == 1
