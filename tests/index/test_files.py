"""A path stands for files, in a stable order, and says why where it cannot."""

import gzip
import lzma
import os
from pathlib import Path

import pytest

from fihris.index.errors import SourceUnreadable
from fihris.index.sources.files import Form, SourceFile, find_sources, form_of, open_source
from fihris.index.sources.refusal import Refusal


def test_a_folder_is_walked_in_a_stable_order(tmp_path: Path):
    for name in ("b.txt", "a.txt", "sub/c.jsonl", "sub/deep/d.txt.gz", "A.TXT"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("نص")
    names = [source.name for source in find_sources([tmp_path])]
    assert names == ["A.TXT", "a.txt", "b.txt", "sub/c.jsonl", "sub/deep/d.txt.gz"]


def test_hidden_and_foreign_files_of_a_folder_are_passed_over(tmp_path: Path):
    for name in (".hidden.txt", "picture.png", "notes.txt"):
        (tmp_path / name).write_text("نص")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("نص")
    assert [source.name for source in find_sources([tmp_path])] == ["notes.txt"]


def test_a_foreign_file_that_is_named_is_refused(tmp_path: Path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"")
    (refusal,) = find_sources([picture])
    assert isinstance(refusal, Refusal)
    assert ".jsonl" in refusal.remedy


def test_a_missing_path_is_refused_and_the_others_are_found(tmp_path: Path):
    (tmp_path / "a.txt").write_text("نص")
    missing, found = find_sources([tmp_path / "nothing", tmp_path / "a.txt"])
    assert isinstance(missing, Refusal)
    assert "no such file" in missing.reason
    assert isinstance(found, SourceFile)


def test_an_empty_folder_is_refused_with_what_could_be_read(tmp_path: Path):
    (refusal,) = find_sources([tmp_path])
    assert isinstance(refusal, Refusal)
    assert ".txt" in refusal.reason


def test_a_file_that_is_named_twice_is_found_once(tmp_path: Path):
    (tmp_path / "a.txt").write_text("نص")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert len(list(find_sources([tmp_path, tmp_path / "a.txt"]))) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    (refusal,) = find_sources([tmp_path])
    assert isinstance(refusal, Refusal)
    assert "regular file" in refusal.reason


def test_a_broken_link_is_refused(tmp_path: Path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (refusal,) = find_sources([tmp_path])
    assert isinstance(refusal, Refusal)


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX systems only")
def test_an_undecodable_name_gives_an_address_that_can_be_written(tmp_path: Path):
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("نص")
    (source,) = find_sources([tmp_path])
    assert source.name.encode()
    assert source.key.encode()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", Form.TEXT),
        ("a.TXT.XZ", Form.TEXT),
        ("a.b.jsonl.gz", Form.COLLECTION),
        ("a.gz", None),
        ("a.json", None),
        ("txt", None),
        ("a.jsonl.zip", Form.ARCHIVE),
        ("a.DOCM", Form.DOCX),
        ("a.htm.gz", Form.HTML),
    ],
)
def test_the_form_of_a_file_is_told_by_its_name(name, form):
    assert form_of(Path(name)) is form


@pytest.mark.parametrize(("suffix", "pack"), [(".xz", lzma.compress), (".gz", gzip.compress)])
def test_a_packed_file_is_unpacked(tmp_path: Path, suffix, pack):
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack("نص".encode()))
    with open_source(path) as source:
        assert source.stream.read().decode() == "نص"
        assert source.position == path.stat().st_size


def test_what_the_system_refuses_to_open_is_unreadable(tmp_path: Path):
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(SourceUnreadable, match=r"cannot be read"), open_source(folder):
        pass
