"""What ``fihris index`` prints, for a person, for a log and for another program."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index.places import INDEX_VARIABLE
from fihris.index.reader import open_index
from fihris.web.cli import main

CLONE = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path):
    def run(*arguments: str | Path):
        environment = {INDEX_VARIABLE: str(tmp_path / "index")}
        return CliRunner().invoke(main, [str(a) for a in arguments], env=environment)

    return run


@pytest.fixture
def folder(tmp_path: Path, law) -> Path:
    """Four collections of one law each."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.jsonl").write_text(json.dumps(law(name, "نص")))
    return folder


def test_a_dry_run_shows_each_document_and_writes_nothing(run, folder, tmp_path):
    ran = run("index", folder, "--dry-run")
    assert ran.stdout.splitlines()[0] == f"added     a  {folder / 'a.jsonl'}:1"
    assert "added             4 documents" in ran.stdout
    assert "Nothing was written" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_dry_run_over_an_index_leaves_every_byte(run, folder, tmp_path):
    run("index", folder)
    (folder / "a.jsonl").unlink()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    values = json.loads(run("index", folder, "--prune", "--dry-run", "--json").stdout)
    assert values["removed"] == {"documents": 1, "paragraphs": 1}
    assert values["changes"] == [
        {"outcome": "removed", "address": "a", "place": f"{folder / 'a.jsonl'}:1", "former": ""}
    ]
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()} == before


def test_what_is_gone_is_pruned_and_told(run, folder):
    run("index", folder)
    (folder / "a.jsonl").unlink()
    ran = run("index", folder, "--prune")
    assert ran.exit_code == 0
    assert "removed           1 document " in ran.stdout


def test_more_than_half_goes_by_force_only(run, folder):
    run("index", folder)
    for name in "abc":
        (folder / f"{name}.jsonl").unlink()
    careful = run("index", folder, "--prune")
    assert careful.exit_code == 1
    assert "3 of 4 documents would go" in careful.stderr
    assert "--force" in careful.stderr
    assert run("index", folder, "--prune", "--force").exit_code == 0
    assert json.loads(run("info", "--json").stdout)["documents"] == 1


def test_a_log_line_has_the_time_counts_and_seconds(run, folder):
    ran = run("index", folder, "--log")
    assert ran.stdout == ""
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ fihris index added=4 unchanged=0 replaced=0 moved=0"
        r" removed=0 carried=0 refused=0 seconds=\d+\.\d\n",
        ran.stderr,
    )


def test_a_rebuild_needs_no_paths(run, folder):
    run("index", folder)
    (folder / "a.jsonl").unlink()
    ran = run("index", "--rebuild")
    assert ran.exit_code == 0
    assert "added             3 documents" in ran.stdout
    assert "carried           1 document " in ran.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Missing argument"),
        (["x", "--force"], "--prune"),
        (["x", "--rebuild", "--prune"], "do not go together"),
        (["x", "--watch", "--json"], "do not go together"),
        (["x", "--wait=soon"], "--wait"),
    ],
)
def test_options_that_make_no_sense_are_told(run, options, said):
    ran = run("index", *options)
    assert ran.exit_code == 2
    assert said in ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="this system forbids such names")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\nb.txt", r"a\nb.txt"),
        ("\x1b[31mred.txt", r"\x1b[31mred.txt"),
        ("\u202etxt.evil.txt", r"\u202etxt.evil.txt"),
        (os.fsdecode(b"\xff.txt"), r"\udcff.txt"),
    ],
)
def test_names_that_would_command_a_terminal_are_printed_as_escapes(run, tmp_path, name, said):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(b"\x00\x01")
    ran = run("index", folder)
    (line,) = ran.stderr.splitlines()
    assert said in line
    assert json.loads(run("index", folder, "--json").stdout)["refused"][0]["path"].endswith(name)


def test_who_holds_the_lock_is_told_and_can_be_waited_for(run, folder, tmp_path):
    run("index", folder)
    with held_lock(tmp_path / "index", seconds=3.0) as process:
        told = run("index", folder)
        assert told.exit_code == 2
        assert f"process {process.pid} on " in told.stderr
        assert "hold.py" in told.stderr
        assert run("index", folder, "--wait=0.2").exit_code == 2
        begun = time.monotonic()
        assert run("index", folder, "--wait").exit_code == 0
        assert time.monotonic() - begun > 0.5


def test_a_note_that_was_left_behind_stands_in_nobodys_way(run, folder, tmp_path):
    run("index", folder)
    (tmp_path / "index" / "writer.json").write_text('{"pid": 1}')
    assert run("index", folder).exit_code == 0


_HOLD = """
import sys, time
from pathlib import Path
from fihris.index.writer import open_writer

with open_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held_lock(index: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock of *index* for so long."""
    program = index.with_name("hold.py")
    program.write_text(_HOLD)
    with subprocess.Popen(
        [sys.executable, str(program), str(index), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


@contextmanager
def watching(index: Path, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Run ``fihris index --watch`` until the end of the block, then interrupt it."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from fihris.web.cli import main; main()", "index", "--watch"]
        + [str(argument) for argument in (*arguments, "--index", index)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_documents(index: Path, expected: list[str], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    found: list[str] = []
    while time.monotonic() < until:
        if index.exists():
            found = sorted(record.document.address for record in open_index(index).records())
            if found == expected:
                return
        time.sleep(0.05)
    raise AssertionError(f"{found} and not {expected}")


@pytest.mark.skipif(os.name == "nt", reason="this system sends no such signal")
def test_a_watched_folder_is_followed_even_when_it_vanishes_and_comes_back(folder, tmp_path, law):
    index = tmp_path / "index"
    with watching(index, folder, "--prune") as process:
        until_documents(index, ["a", "b", "c", "d"])
        (folder / "e.jsonl").write_text(json.dumps(law("e", "نص")))
        until_documents(index, ["a", "b", "c", "d", "e"])
        (folder / "a.jsonl").unlink()
        until_documents(index, ["b", "c", "d", "e"])
        folder.rename(tmp_path / "elsewhere")
        time.sleep(2)
        until_documents(index, ["b", "c", "d", "e"])  # more likely unmounted than emptied
        (tmp_path / "elsewhere").rename(folder)
        (folder / "f.jsonl").write_text(json.dumps(law("f", "نص")))
        until_documents(index, ["b", "c", "d", "e", "f"])
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert said.splitlines()[-1] == "fihris: stopped watching."
        assert "added=4" in said.splitlines()[0]
