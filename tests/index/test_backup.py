"""A backup is a whole commit, taken while others write, and comes back as it was or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index import sync
from fihris.index.backup import BACKUP_LIST, back_up, restore
from fihris.index.errors import (
    BackupDamaged,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexReadOnly,
    PlaceTaken,
)
from fihris.index.reader import open_index
from fihris.index.verify import verify
from fihris.web.cli import main

CLONE = Path(__file__).resolve().parents[2]

#: Writes versions of a collection into an index, one after the other, until it is ended.
WRITER = """
import json, sys
from pathlib import Path
from fihris.index import sync
source, index = map(Path, sys.argv[1:])
version = 0
while True:
    version += 1
    texts = [f"نص {version} فقرة {n}" for n in range(5)]
    provisions = [{"ref": f"art{n}", "text": text} for n, text in enumerate(texts)]
    lines = [{"id": name, "title": f"قانون {version}", "provisions": provisions} for name in "abc"]
    source.write_text("".join(json.dumps(line) + "\\n" for line in lines), "utf-8")
    sync(index, [source])
    print(version, flush=True)
"""


@pytest.fixture
def index(tmp_path: Path, write_laws, law) -> Path:
    sync(tmp_path / "index", [write_laws(law("a", "نص أول", "نص ثان"), law("b", "نص"))])
    return tmp_path / "index"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_backup_comes_back_as_it_was(index, tmp_path):
    whole = open_index(index).document("a")
    report = back_up(index, tmp_path / "saved" / "monday")
    assert (report.units, report.source, report.target) == (5, index, tmp_path / "saved" / "monday")
    restored = restore(report.target, tmp_path / "new" / "index").target
    assert verify(restored).sound
    assert verify(restored).foreign == ()
    assert open_index(restored).document("a") == whole
    assert sum(path.stat().st_size for path in restored.iterdir()) >= report.size


def test_a_restored_index_is_written_on_like_any_other(index, tmp_path, write_laws, law):
    restored = restore(back_up(index, tmp_path / "saved").target, tmp_path / "again").target
    report = sync(restored, [write_laws(law("a", "نص أول", "نص ثان"), law("c", "نص"))])
    assert (report.unchanged.documents, report.added.documents) == (1, 1)
    assert verify(restored).sound
    left = {path.name for path in restored.glob("*.store")}
    assert len(left) == verify(restored).segments


def test_an_empty_folder_may_take_a_backup_and_nothing_else_may(index, tmp_path):
    (tmp_path / "empty").mkdir()
    back_up(index, tmp_path / "empty")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for taken in ("empty", "file", "link"):
        with pytest.raises(PlaceTaken, match=taken):
            back_up(index, tmp_path / taken)
        with pytest.raises(PlaceTaken, match=taken):
            restore(tmp_path / "empty", tmp_path / taken)
    assert (tmp_path / "file").read_text() == "mine"
    with pytest.raises(PlaceTaken, match="inside"):
        back_up(index, index / "backup")


def test_an_index_is_never_restored_over(index, tmp_path):
    saved = back_up(index, tmp_path / "saved").target
    before = contents(index)
    with pytest.raises(PlaceTaken):
        restore(saved, index)
    assert contents(index) == before


def test_a_damaged_index_is_not_backed_up(index, tmp_path):
    path = next(index.glob("*.pos"))
    path.write_bytes(b"\x00" + path.read_bytes()[1:])
    with pytest.raises(IndexDamaged, match="verify"):
        back_up(index, tmp_path / "saved")
    path.unlink()
    with pytest.raises(IndexDamaged, match="missing"):
        back_up(index, tmp_path / "saved")
    assert [path.name for path in tmp_path.iterdir() if "saved" in path.name] == []
    with pytest.raises(IndexMissing):
        back_up(tmp_path / "nothing", tmp_path / "saved")


def test_a_backup_with_a_flipped_missing_or_truncated_file_is_not_restored(index, tmp_path):
    saved = back_up(index, tmp_path / "saved").target
    for path in sorted(saved.iterdir()):
        whole = path.read_bytes()
        for damage in (bytes([whole[0] ^ 1]) + whole[1:], whole[:-1], None):
            if damage is None:
                path.unlink()
            else:
                path.write_bytes(damage)
            if path.name == BACKUP_LIST and damage == whole[:-1]:
                damage = path.write_bytes(whole[: len(whole) // 2])
            with pytest.raises(BackupDamaged):
                restore(saved, tmp_path / "new")
            path.write_bytes(whole)
        assert not [path for path in tmp_path.iterdir() if "new" in path.name]
    restore(saved, tmp_path / "new")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "", "..", "a/b"])
def test_a_list_that_leads_out_of_the_folder_is_refused(index, tmp_path, name):
    saved = back_up(index, tmp_path / "saved").target
    entries = json.loads((saved / BACKUP_LIST).read_text())
    entries["files"][name] = {"size": 0, "sha256": "0"}
    (saved / BACKUP_LIST).write_text(json.dumps(entries))
    with pytest.raises(BackupDamaged):
        restore(saved, tmp_path / "new")


def test_what_is_no_backup_is_told(index, tmp_path):
    for path in (tmp_path / "nothing", index, next(index.glob("*.store"))):
        with pytest.raises(BackupDamaged, match="no backup"):
            restore(path, tmp_path / "new")


def test_a_backup_of_another_version_is_told(index, tmp_path, monkeypatch):
    monkeypatch.setattr("fihris.index.folder.version_stamp", lambda: "schema 99, analyzer 1")
    (index / "fihris.json").write_text('{"versions": "schema 99, analyzer 1"}')
    saved = back_up(index, tmp_path / "saved").target
    monkeypatch.undo()
    with pytest.raises(IndexOutdated):
        restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_place_that_cannot_be_written_is_told(index, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(IndexReadOnly, match="saved"):
        back_up(index, tmp_path / "file" / "saved")


@pytest.fixture
def writer(index, tmp_path):
    """A process that replaces three documents again and again."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "living.jsonl"), str(index)],
        cwd=CLONE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_backups_taken_while_another_process_writes_are_whole(index, tmp_path, writer):
    versions = set()
    for number in range(12):
        saved = back_up(index, tmp_path / f"saved{number}").target
        restored = restore(saved, tmp_path / f"restored{number}").target
        assert verify(restored).sound
        titles = {record.document.title for record in open_index(restored).records()}
        living = {title for title in titles if title[-1].isdigit()}
        assert len(living) == 1, "half of a commit"
        versions |= living
    assert writer.poll() is None
    assert len(versions) > 1, "the writer must have written meanwhile"
    assert verify(index).sound


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
def test_a_backup_that_was_killed_leaves_nothing_that_has_its_name(
    index, tmp_path, write_laws, law
):
    sync(
        index, [write_laws(*(law(f"c{n}", f"نص {n}" * 9_000) for n in range(9)), name="big.jsonl")]
    )
    command = [sys.executable, "-c", "from fihris.web.cli import main; main()", "backup"]
    killed = 0
    for number in range(4):
        target = tmp_path / f"saved{number}"
        with subprocess.Popen(
            [*command, str(target), "--index", str(index)], cwd=CLONE, stdout=subprocess.DEVNULL
        ) as process:
            deadline = time.monotonic() + 20
            while process.poll() is None and not list(tmp_path.glob(f".saved{number}.*")):
                assert time.monotonic() < deadline
            time.sleep(number * 0.002)
            process.send_signal(signal.SIGKILL)
        if target.exists():
            restore(target, tmp_path / f"restored{number}")
        else:
            killed += 1
    assert killed
    assert verify(index).sound


def test_the_commands_say_what_they_did(index, tmp_path):
    saved = str(tmp_path / "saved")
    run = CliRunner().invoke(main, ["backup", saved, "--index", str(index)])
    assert run.exit_code == 0
    assert "5 units" in run.stdout
    run = CliRunner().invoke(main, ["backup", saved, "--index", str(index)])
    assert run.exit_code == 2
    assert "in the way" in run.stderr
    new = str(tmp_path / "new")
    run = CliRunner().invoke(main, ["restore", saved, "--index", new, "--json"])
    assert run.exit_code == 0
    assert json.loads(run.stdout) == {
        "from": saved,
        "to": new,
        "files": 9,
        "size": sum(
            path.stat().st_size for path in (tmp_path / "new").iterdir() if path.stat().st_size
        ),
        "units": 5,
    }
