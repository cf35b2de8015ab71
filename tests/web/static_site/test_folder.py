"""The folder of a site: claimed before it is written, completed after a kill, shared."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fihris.index.errors import PlaceTaken, PlaceUnwritable
from fihris.web.static_site.folder import MANIFEST, SiteFolder


def export(out: Path, files: dict[str, str]) -> SiteFolder:
    folder = SiteFolder(out)
    folder.begin([*files], "search")
    for name, content in files.items():
        folder.write(name, content.encode())
    folder.finish("search")
    return folder


def texts(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text("utf-8")
        for path in out.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_what_does_not_change_keeps_its_time(tmp_path):
    export(tmp_path / "out", {"a.html": "a", "r/b.html": "b"})
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = export(tmp_path / "out", {"a.html": "a", "r/b.html": "b"})
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before
    assert (again.written, again.unchanged, again.removed) == (0, 2, 0)


def test_what_is_no_longer_written_goes_with_its_empty_folder(tmp_path):
    export(tmp_path / "out", {"a.html": "a", "r/x/b.html": "b", "r/c.html": "c"})
    assert export(tmp_path / "out", {"a.html": "a", "r/c.html": "c"}).removed == 1
    assert texts(tmp_path / "out") == {"a.html": "a", "r/c.html": "c"}
    assert not (tmp_path / "out" / "r" / "x").exists()


def test_what_others_put_there_stays(tmp_path):
    out = tmp_path / "out"
    export(out, {"a.html": "a", "r/b.html": "b"})
    (out / "CNAME").write_text("example.org")
    (out / "r" / "own.html").write_text("own")
    export(out, {"a.html": "a"})
    assert texts(out) == {"CNAME": "example.org", "r/own.html": "own", "a.html": "a"}


def test_a_file_of_others_is_not_overwritten(tmp_path):
    out = tmp_path / "out"
    export(out, {"a.html": "a"})
    (out / "b.html").write_text("own")
    with pytest.raises(PlaceTaken, match=r"b\.html: was not written by an export"):
        export(out, {"a.html": "new", "b.html": "b"})
    assert texts(out) == {"a.html": "a", "b.html": "own"}


@pytest.mark.parametrize("name", ["thesis.txt", ".git/config", MANIFEST])
def test_a_folder_with_anything_else_is_refused(tmp_path, name):
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    with pytest.raises(PlaceTaken):
        SiteFolder(tmp_path / "out")
    assert path.read_text() == "{}"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("text")
    with pytest.raises(PlaceTaken, match="is no folder"):
        SiteFolder(tmp_path / "out")


@pytest.mark.parametrize("name", ["../kept", "/kept", "r/../../kept", "a\\..\\kept", "", "~/kept"])
def test_a_forged_manifest_removes_nothing_outside(tmp_path, name):
    out = tmp_path / "out"
    export(out, {"a.html": "a"})
    (tmp_path / "kept").write_text("kept")
    values = json.loads((out / MANIFEST).read_text())
    values["files"].append(name)
    (out / MANIFEST).write_text(json.dumps(values))
    with pytest.raises(PlaceTaken, match="is not what an export wrote"):
        export(out, {"a.html": "a"})
    assert (tmp_path / "kept").read_text() == "kept"


def test_nothing_is_written_or_removed_through_a_link(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    export(out, {"r/a.html": "a"})
    elsewhere.mkdir()
    (elsewhere / "a.html").write_text("kept")
    (out / "r" / "a.html").unlink()
    (out / "r").rmdir()
    (out / "r").symlink_to(elsewhere)
    with pytest.raises(PlaceTaken, match="is a link"):
        export(out, {"r/a.html": "b"})
    export(out, {"c.html": "c"})
    assert (elsewhere / "a.html").read_text() == "kept"


def test_a_run_that_was_killed_is_completed_by_the_next(tmp_path):
    out = tmp_path / "out"
    export(out, {"old.html": "old", "a.html": "a"})
    killed = SiteFolder(out)
    killed.begin(["a.html", "b.html", "c.html"], "search")
    killed.write("b.html", b"b")
    (out / "c.html.new").write_text("half a pa")  # what a kill in the middle of a file leaves
    export(out, {"a.html": "a", "d.html": "d"})
    assert texts(out) == {"a.html": "a", "d.html": "d"}


def test_a_full_disk_is_told_and_leaves_whole_files(tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(out, {"a.html": "a"})
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "a.html.new":
            write(path, content[:1])
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PlaceUnwritable, match=r"No space left on device\. Make room"):
        export(out, {"a.html": "another"})
    assert texts(out) == {"a.html": "a"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="all may be written here")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(PlaceUnwritable, match="Permission denied"):
        export(tmp_path / "closed" / "out", {"a.html": "a"})
