"""Changes of the sources are told, those of the index are not."""

import threading
import time
from pathlib import Path
from typing import Self

from fihris.index.watch import follow


class Watcher:
    """Follows *paths* in a thread and counts how often something was told."""

    def __init__(self, paths: list[Path], index: Path) -> None:
        self.told = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._follow, args=(paths, index), daemon=True)

    def _follow(self, paths: list[Path], index: Path) -> None:
        for _ in follow(paths, index, self.stop):
            self.told += 1

    def __enter__(self) -> Self:
        self.thread.start()
        self.until(1)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def until(self, told: int) -> None:
        end = time.monotonic() + 15
        while self.told < told:
            assert time.monotonic() < end
            time.sleep(0.02)


def test_a_change_is_told_once_and_an_index_inside_wakes_nobody(tmp_path):
    index = tmp_path / "in" / "index"
    index.mkdir(parents=True)
    with Watcher([tmp_path / "in"], index) as watcher:
        (index / "meta.json").write_text("{}")
        (tmp_path / "in" / "index.rebuild-0").mkdir()
        (tmp_path / "in" / ".hidden").write_text("")
        time.sleep(2.5)
        assert watcher.told == 1
        (tmp_path / "in" / "a.txt").write_text("نص")
        (tmp_path / "in" / "b.txt").write_text("نص")
        watcher.until(2)
        time.sleep(1.5)
        assert watcher.told == 2


def test_a_single_file_is_followed_when_a_program_replaces_it(tmp_path):
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("نص")
    with Watcher([path], tmp_path / "index") as watcher:
        path.with_suffix(".new").write_text("نص آخر")
        path.with_suffix(".new").replace(path)
        watcher.until(2)


def test_a_folder_that_is_not_there_yet_is_waited_for(tmp_path):
    watcher = Watcher([tmp_path / "in"], tmp_path / "index")
    watcher.thread.start()
    time.sleep(1.5)
    assert watcher.told == 0
    (tmp_path / "in").mkdir()
    watcher.until(1)
    watcher.stop.set()
    watcher.thread.join(10)
