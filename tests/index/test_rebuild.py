"""An index is rebuilt beside the old one and put in its place while others go on reading."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from fihris.index import swap
from fihris.index.errors import IndexDamaged, IndexOutdated, NotAnIndex
from fihris.index.folder import MARKER
from fihris.index.ledger import LEDGER
from fihris.index.reader import open_index
from fihris.index.rebuild import rebuild
from fihris.index.report import Tally
from fihris.index.synchronize import sync
from fihris.index.verify import verify

CLONE = Path(__file__).resolve().parents[2]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def addresses(index: Path) -> list[str]:
    return sorted(record.document.address for record in open_index(index).records())


def beside(index: Path) -> list[str]:
    return [path.name for path in index.parent.iterdir() if path.name.startswith("index.")]


def outdate(index: Path) -> None:
    marker = json.loads((index / MARKER).read_text())
    (index / MARKER).write_text(json.dumps(marker | {"versions": "schema 0, analyzer 0"}))


def test_an_outdated_index_is_made_anew_from_the_sources_it_knows(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص", "نص"), law("b", "نص")).parent])
    outdate(index)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        open_index(index)
    assert rebuild(index).added == Tally(2, 3)
    assert addresses(index) == ["a", "b"]
    assert verify(index).sound
    assert beside(index) == []


def test_without_the_ledger_the_records_tell_the_sources(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"))])
    (index / LEDGER).unlink()
    outdate(index)
    assert rebuild(index).added == Tally(1, 1)


def test_documents_whose_sources_are_gone_are_carried_over_whole(index, write_laws, law):
    kept = write_laws(law("a", "نص"), name="a.jsonl")
    gone = write_laws(law("b", "نص أول", "نص ثان", organ="HRC"), name="b.jsonl")
    sync(index, [kept, gone])
    before = open_index(index).document("b")
    gone.unlink()
    report = rebuild(index)
    assert (report.added, report.carried) == (Tally(1, 1), Tally(1, 2))
    assert open_index(index).document("b") == before
    # The next run knows both, and a second rebuild still has what was carried over.
    assert sync(index, [kept]).unchanged == Tally(1, 1)
    assert rebuild(index).carried == Tally(1, 2)


def test_what_a_source_holds_no_more_does_not_come_back_from_the_old_index(index, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("A/HRC/RES/91/4\n\nعنوان\n\nنص", "utf-8")
    sync(index, [text])
    text.write_text("A/HRC/RES/92/7\n\nعنوان\n\nنص آخر", "utf-8")
    report = rebuild(index)
    assert (report.added.documents, report.carried.documents) == (1, 0)
    assert addresses(index) == ["A/HRC/RES/92/7"]


def test_paths_that_are_named_come_besides(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"), name="a.jsonl")])
    rebuild(index, [write_laws(law("b", "نص"), name="b.jsonl")])
    assert addresses(index) == ["a", "b"]


def test_a_damaged_index_is_made_anew_from_what_the_ledger_knows(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"), name="a.jsonl")])
    gone = write_laws(law("b", "نص"), name="b.jsonl")
    sync(index, [gone])
    gone.unlink()
    (index / "meta.json").write_text("{")
    report = rebuild(index)
    assert report.added == Tally(1, 1)
    assert ["b could not be carried over" in refusal.reason for refusal in report.refused] == [True]
    assert addresses(index) == ["a"]


def test_a_damaged_index_that_tells_no_sources_is_left_and_told(index, write_laws, law):
    laws = write_laws(law("a", "نص"))
    sync(index, [laws])
    (index / "meta.json").write_text("{")
    (index / LEDGER).unlink()
    before = sorted(path.name for path in index.iterdir())
    with pytest.raises(IndexDamaged, match="Name its sources"):
        rebuild(index)
    assert sorted(path.name for path in index.iterdir()) == before
    assert rebuild(index, [laws]).added == Tally(1, 1)


def test_a_folder_that_is_no_index_is_not_replaced(tmp_path, write_laws, law):
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.doc").write_text("عزيزي")
    with pytest.raises(NotAnIndex):
        rebuild(letters, [write_laws(law("a", "نص"))])
    assert [path.name for path in letters.iterdir()] == ["dear.doc"]


def test_a_link_to_an_index_stays_a_link(index, write_laws, law, tmp_path):
    sync(index, [write_laws(law("a", "نص"))])
    link = tmp_path / "link"
    try:
        link.symlink_to(index)
    except OSError:
        pytest.skip("this system makes no links")
    rebuild(link)
    assert link.is_symlink()
    assert addresses(link) == addresses(index) == ["a"]


@pytest.mark.parametrize("steps", ["one step", "two steps"])
def test_readers_go_on_through_many_rebuilds(index, write_laws, law, monkeypatch, steps):
    if steps == "two steps":
        monkeypatch.setattr(swap, "_exchange", lambda first, second: False)
    laws = write_laws(*(law(f"{n}", "نص أول", "نص ثان") for n in range(20)))
    sync(index, [laws])
    reader = open_index(index)
    seen: list[int] = []
    faults: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                searcher = reader.searcher()
                seen.append(searcher.num_docs)
                place = next(iter(reader.records_of(searcher)))
                assert place.paragraph_count == 2
            except BaseException as error:
                faults.append(error)
                return

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(5):
        rebuild(index)
    stop.set()
    thread.join()
    assert faults == []
    assert set(seen) == {60}
    assert beside(index) == []


_READER = """
import sys, time
from pathlib import Path
from fihris.index.reader import open_index

reader = open_index(Path(sys.argv[1]))
count = reader.searcher().num_docs
print(count, time.time(), flush=True)
until = time.time() + 30
while count != int(sys.argv[2]) and time.time() < until:
    now = reader.searcher().num_docs
    if now != count:
        count = now
        print(count, time.time(), flush=True)
    time.sleep(0.01)
"""


def start_reader(index: Path, until: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _READER, str(index), str(until)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


@pytest.mark.parametrize("write", [sync, rebuild])
def test_another_process_sees_a_commit_and_a_swap_within_a_second(index, write_laws, law, write):
    sync(index, [write_laws(law("a", "نص"), name="a.jsonl")])
    process = start_reader(index, 5)
    with process:
        write(index, [write_laws(law("b", "نص", "نص"), name="b.jsonl")])
        written = time.time()
        assert process.stdout is not None
        counts = [line.split() for line in process.stdout]
    assert [count for count, _ in counts] == ["5"]
    assert float(counts[0][1]) - written < 1


def test_a_reader_of_the_old_version_is_told_and_gets_no_wrong_hits(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"))])
    reader = open_index(index)
    outdate(index)
    with pytest.raises(IndexOutdated):
        reader.searcher()


_KILLED = """
import os, signal, sys
from pathlib import Path
from fihris.index import rebuild, swap

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "before the swap":
    rebuild.put_in_place = die
elif sys.argv[2] == "while building":
    rebuild._carry_over = die
else:
    def die_between(first, second):
        first.rename(swap.name_beside(first, "replaced"))
        die()

    swap._exchange = die_between
rebuild.rebuild(Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill at once")
@pytest.mark.parametrize("moment", ["while building", "before the swap", "between its steps"])
def test_a_rebuild_that_is_killed_leaves_an_index_and_the_next_run_clears_up(
    index, write_laws, law, moment
):
    laws = write_laws(law("a", "نص"), law("b", "نص"))
    sync(index, [laws])
    ran = subprocess.run(
        [sys.executable, "-c", _KILLED, str(index), moment],
        check=False,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    assert ran.returncode == -signal.SIGKILL
    assert beside(index)
    assert addresses(index) == ["a", "b"]
    assert sync(index, [laws]).unchanged == Tally(2, 2)
    assert beside(index) == []


def test_a_rebuild_that_fails_leaves_nothing_beside(index, write_laws, law, monkeypatch):
    sync(index, [write_laws(law("a", "نص"))])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fihris.index.rebuild._carry_over", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild(index)
    assert beside(index) == []
    assert addresses(index) == ["a"]


def test_folders_that_only_look_like_leftovers_stay(index, write_laws, law):
    mine = index.with_name("index.rebuild-notes")
    mine.mkdir()
    laws = write_laws(law("a", "نص"))
    sync(index, [laws])
    rebuild(index)
    assert mine.exists()
    shutil.rmtree(mine)
