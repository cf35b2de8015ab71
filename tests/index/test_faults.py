"""What can go wrong around an index, each with the real thing: nothing indexed is ever lost."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from fihris.index import open_index, sync
from fihris.index.verify import verify

CLONE = Path(__file__).resolve().parents[2]
FIHRIS = (sys.executable, "-c", "from fihris.web.cli import main; main()")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def titles(index: Path) -> list[str]:
    return sorted(record.document.title for record in open_index(index).records())


def test_a_list_of_deletions_that_a_killed_run_left_is_in_nobodys_way(
    index, tmp_path, write_laws, law
):
    sync(index, [write_laws(law("a", "نص"), law("b", "نص"))])
    killed = tmp_path / "killed"
    shutil.copytree(index, killed)
    changed = write_laws(law("a", "نص آخر"), law("b", "نص"))
    sync(index, [changed])
    # The state of a run that was killed after it wrote its files and before it listed them.
    for path in index.iterdir():
        if path.suffix == ".del" or path.name == ".managed.json":
            shutil.copy(path, killed)
    assert list(killed.glob("*.del"))
    assert sync(killed, [changed]).replaced.documents == 1
    assert verify(killed).sound
    assert verify(killed).leftovers == ()


def run_fihris(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FIHRIS, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=CLONE,
        check=False,
        **options,
    )


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of one megabyte, on which little room is left."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        pytest.skip(f"this system cannot mount a small disk ({error})")
    if mounted.returncode:
        pytest.skip(f"no small disk may be mounted here ({mounted.stderr.decode().strip()})")
    (disk / "filler").write_bytes(b"x" * 850_000)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def much(law, prefix: str = "big"):
    """A collection that is too much for the small disk."""
    return [
        law(f"{prefix}{n}", *(" ".join(f"كلمة{n * k * m}" for k in range(80)) for m in range(40)))
        for n in range(6)
    ]


def test_a_full_disk_is_one_line_and_what_was_committed_stays(small_disk, write_laws, law):
    index = small_disk / "index"
    few = write_laws(law("a", "نص"), law("b", "نص"))
    sync(index, [few])
    run = run_fihris("index", write_laws(*much(law), name="much.jsonl"), "--index", index)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "could not be written" in run.stderr
    assert "free space" in run.stderr
    assert titles(index) == ["قانون a", "قانون b"]
    assert verify(index).sound
    # What the failed run left behind is cleared by the next one, and there is room again.
    assert sync(index, [write_laws(law("a", "نص"), law("b", "نص معدل"))]).replaced.documents == 1
    assert verify(index).leftovers == ()


def test_a_backup_to_a_full_disk_leaves_nothing_there(small_disk, index, write_laws, law):
    sync(index, [write_laws(*much(law))])
    run = run_fihris("backup", small_disk / "saved", "--index", index)
    assert run.returncode == 2
    assert "No space left" in run.stderr
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_compacting_on_a_full_disk_leaves_the_index_as_it_was(small_disk, write_laws, law):
    index = small_disk / "index"
    (small_disk / "filler").unlink()
    sync(index, [write_laws(*much(law))])
    sync(index, [write_laws(*much(law)[1:], law("big0", "نص معدل"))])
    used = sum(path.stat().st_size for path in index.iterdir())
    (small_disk / "filler").write_bytes(b"x" * (1_000_000 - used - 60_000))
    before = titles(index)
    assert run_fihris("compact", "--index", index).returncode == 2
    assert titles(index) == before
    assert verify(index).sound
    (small_disk / "filler").unlink()
    assert run_fihris("compact", "--index", index).returncode == 0
    assert titles(index) == before


# Somebody else's process: root is let in everywhere, so permissions are tried as another user.

_AS_NOBODY = """
import os, sys, threading
from pathlib import Path
import tantivy, fihris.index.parser, fihris.index.synchronize, fihris.index.sources.readers
from fihris.index import open_index, sync
from fihris.index.errors import FihrisError
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder, source = map(Path, sys.argv[1:])
try:
    report = sync(folder, [source])
    print(report.documents, *report.refused, sep="\\n")
except FihrisError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def open_place():
    """A folder in which every user may write; pytest's own are closed to others."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    yield place
    for path in (place, *place.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(place)


def run_as_nobody(program: str, *arguments: Path) -> str:
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no users to become")
    run = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_permission_that_is_lost_half_way_is_told_and_harms_nothing(open_place):
    source = open_place / "laws.jsonl"
    documents = [
        {"id": f"{n}", "title": f"قانون {n}", "provisions": [{"ref": "1", "text": f"نص {n} " * 50}]}
        for n in range(300)
    ]
    source.write_text("".join(f"{json.dumps(document)}\n" for document in documents[:5]), "utf-8")
    index = open_place / "index"
    assert run_as_nobody(_AS_NOBODY, index, source).startswith("5")
    before = titles(index)
    source.write_text("".join(f"{json.dumps(document)}\n" for document in documents), "utf-8")
    # The folder is closed while the run is at work: by then it has read the first documents.
    losing = _AS_NOBODY.replace(
        "try:\n",
        "import fihris.index.writer as writer\n"
        "add = writer.IndexWriter.add\n"
        "def close_and_add(self, document, *rest):\n"
        "    if document.address == '100':\n"
        "        os.chmod(folder, 0o500)\n"
        "    add(self, document, *rest)\n"
        "writer.IndexWriter.add = close_and_add\n"
        "try:\n",
        1,
    )
    printed = run_as_nobody(losing, index, source)
    assert printed.startswith(f"IndexReadOnly {index}: could not be written")
    index.chmod(0o755)
    assert titles(index) == before
    assert verify(index).sound
    assert run_as_nobody(_AS_NOBODY, index, source).startswith("300")


_READING_AS_NOBODY = """
import os, sys
from pathlib import Path
import tantivy, fihris.index.reader, fihris.index.mirror, fihris.search.searcher
from fihris.index import open_index
from fihris.search import search
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
reader = open_index(Path(sys.argv[1]))
for _ in sys.stdin:
    print(search(reader, "نص").total, len(list(reader.records())), flush=True)
"""


def test_an_index_that_may_only_be_read_is_searched_and_followed(open_place, write_laws, law):
    index = open_place / "index"
    sync(index, [write_laws(law("a", "نص"), name="a.jsonl")])

    def close() -> None:
        for path in index.iterdir():
            path.chmod(0o444)
        index.chmod(0o555)

    close()
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no users to become")
    with subprocess.Popen(
        [sys.executable, "-c", _READING_AS_NOBODY, str(index)],
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask() -> str:
            print("?", file=process.stdin, flush=True)
            return process.stdout.readline().strip()

        assert ask() == "1 1"
        for number in range(12):  # more than are left unmerged
            index.chmod(0o755)
            for path in index.iterdir():
                path.chmod(0o644)
            sync(index, [write_laws(law(f"b{number}", "نص"), name=f"{number}.jsonl")])
            close()
            assert ask() == f"{number + 2} {number + 2}"
        process.stdin.close()
        assert process.wait() == 0
    index.chmod(0o755)


# Two at once


def test_of_two_writers_the_second_says_who_writes_and_the_first_goes_on(index, tmp_path, law):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("".join(f"{json.dumps(one)}\n" for one in much(law, "f")), "utf-8")
    second.write_text(json.dumps(law("s", "نص")) + "\n", "utf-8")
    with subprocess.Popen(
        [*FIHRIS, "index", str(first), "--index", str(index)],
        cwd=CLONE,
        stdout=subprocess.DEVNULL,
    ) as process:
        wait_until(lambda: (index / ".tantivy-writer.lock").exists() or process.poll() is not None)
        run = run_fihris("index", second, "--index", index)
        assert process.wait() == 0
    if run.returncode == 0:
        pytest.skip("this machine is too fast: the first had finished")
    assert run.returncode == 2
    assert str(index) in run.stderr
    assert "Wait until it has finished" in run.stderr
    assert run_fihris("index", second, "--index", index).returncode == 0
    assert len(titles(index)) == 7
    assert verify(index).sound


def wait_until(holds, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.002)


# What a folder of sources may hold


def test_file_names_with_line_breaks_and_names_that_are_no_text_are_indexed(index, tmp_path):
    (tmp_path / "sources").mkdir()
    names = [b"line\nbreak.txt", b"\xff\xfe.txt", b"another \xff.txt", "قرار.txt".encode()]
    for number, name in enumerate(names):
        path = tmp_path / "sources" / os.fsdecode(name)
        path.write_text(f"وثيقة {number}\nنص الفقرة {number}\n", "utf-8")
    run = run_fihris("index", tmp_path / "sources", "--index", index, "--json")
    report = json.loads(run.stdout)
    taken = report["added"]["documents"]
    assert taken + len(report["refused"]) == len(names)
    assert taken == 3
    for refusal in report["refused"]:
        assert "line break" in refusal["reason"]
    again = json.loads(run_fihris("index", tmp_path / "sources", "--index", index, "--json").stdout)
    assert again["unchanged"]["documents"] == taken
    assert verify(index).sound


def test_links_that_lead_round_in_circles_are_followed_at_most_once(index, tmp_path):
    folder = tmp_path / "sources"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text("وثيقة\nنص", "utf-8")
    (folder / "inner" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "again.txt").symlink_to(folder / "a.txt")
    report = sync(index, [folder])
    assert report.documents == 1
    assert [refusal.path.name for refusal in report.refused] == ["self.txt"]


def test_a_file_that_changes_all_the_time_ends_as_it_is_when_it_rests(index, tmp_path):
    path = tmp_path / "living.txt"
    resting = threading.Event()

    def scribble() -> None:
        version = 0
        while not resting.is_set():
            version += 1
            path.write_text(f"وثيقة {version}\n" + f"نص النسخة {version}\n" * 50, "utf-8")

    path.write_text("وثيقة 0\n" + "نص النسخة 0\n" * 50, "utf-8")
    scribbler = threading.Thread(target=scribble)
    scribbler.start()
    try:
        for _ in range(10):
            sync(index, [path])
            assert verify(index).sound
    finally:
        resting.set()
        scribbler.join()
    path.write_text("وثيقة الختام\nنص أخير\n", "utf-8")
    sync(index, [path])
    assert titles(index) == ["وثيقة الختام"]


@pytest.mark.parametrize("year", [1971, 2100])
def test_a_clock_that_jumps_hides_no_change(index, tmp_path, year):
    path = tmp_path / "a.txt"
    then = time.mktime((year, 1, 1, 0, 0, 0, 0, 0, 0)) if year > 1970 else 0
    path.write_text("وثيقة\nنص أول", "utf-8")
    os.utime(path, (then, then))
    sync(index, [path])
    path.write_text("وثيقة\nنص ثان", "utf-8")  # of the very same size
    os.utime(path, (then + 1, then + 1))
    assert sync(index, [path]).replaced.documents == 1
    sync(index, [path])
    path.write_text("وثيقة\nنص بعد", "utf-8")
    if year > 2050:  # a time that has not come proves nothing, even when it stands still
        os.utime(path, (then + 1, then + 1))
    assert sync(index, [path]).replaced.documents == 1
