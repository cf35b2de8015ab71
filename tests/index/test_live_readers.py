"""Whoever reads sees each commit within a second, without starting again, and never half of one."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fihris.index import open_index
from fihris.index.compaction import compact
from fihris.search import search

CLONE = Path(__file__).resolve().parents[2]

#: Gives all paragraphs of two documents a new version each time it reads a line.
WRITER = """
import json, sys
from pathlib import Path
from fihris.index import sync
source, index = map(Path, sys.argv[1:])
for version, _ in enumerate(sys.stdin, start=1):
    provisions = [{"ref": f"p{n}", "text": f"علامة نص النسخة {version}"} for n in range(20)]
    lines = [{"id": name, "title": f"علامة {version}", "provisions": provisions} for name in "ab"]
    source.write_text("".join(json.dumps(line) + "\\n" for line in lines), "utf-8")
    sync(index, [source])
    print(version, flush=True)
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def publish(index, tmp_path):
    """Let a writer in another process commit the next version, and return its number."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "laws.jsonl"), str(index)],
        cwd=CLONE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def next_version() -> int:
            print("next", file=process.stdin, flush=True)
            return int(process.stdout.readline())

        yield next_version
        process.stdin.close()


def versions_seen(reader) -> set[str]:
    """Return the versions of all units that one search of everything finds."""
    found = search(reader, "علامة", limit=100, collapse=False)
    assert found.total == 42
    return {hit.text.split()[-1] for hit in found.hits}


def test_a_commit_of_another_process_is_seen_by_the_next_search_of_an_open_reader(index, publish):
    publish()
    reader = open_index(index)
    for _ in range(5):
        version = publish()
        assert versions_seen(reader) == {str(version)}


def test_no_search_sees_half_of_a_commit(index, publish):
    publish()
    reader = open_index(index)
    seen: list[set[str]] = []
    stop = threading.Event()
    failures: list[BaseException] = []

    def hammer() -> None:
        try:
            while not stop.is_set():
                seen.append(versions_seen(reader))
                searcher = reader.searcher()
                for address in ("a", "b"):
                    document = reader.document_of(searcher, address)
                    assert document is not None
                    seen.append({unit.text.split()[-1] for unit in document.paragraphs})
        except BaseException as error:
            failures.append(error)

    hammering = [threading.Thread(target=hammer) for _ in range(2)]
    for thread in hammering:
        thread.start()
    last = 0
    for number in range(12):
        last = publish()
        if number % 4 == 3:
            compact(index)
    stop.set()
    for thread in hammering:
        thread.join()
    assert failures == []
    assert all(len(versions) == 1 for versions in seen)
    assert len({version for versions in seen for version in versions}) > 3
    assert versions_seen(reader) == {str(last)}


def test_a_reader_that_is_opened_in_the_middle_of_commits_sees_whole_documents(index, publish):
    publish()
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            publish()

    publishing = threading.Thread(target=go_on)
    publishing.start()
    try:
        for _ in range(30):
            assert len(versions_seen(open_index(index))) == 1
    finally:
        stop.set()
        publishing.join()
