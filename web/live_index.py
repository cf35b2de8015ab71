"""The index as a server sees it: always the last commit, opened anew when another is made.

One request is answered from one :class:`IndexState`, whatever is committed meanwhile. What a state
is, its ``commit``, names everything that is made of it: entity tags, kept answers, lists.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from fihris.index.errors import IndexDamaged, IndexError_
from fihris.index.folder import open_tantivy
from fihris.index.reader import IndexReader

if TYPE_CHECKING:
    import tantivy

T = TypeVar("T")

_META = "meta.json"
# While another process commits, what its list names may be gone before it is opened.
_ATTEMPTS = 5


class _MetaStamp(NamedTuple):
    """What tells one list of segments from another without reading it: a new one is a new file."""

    device: int
    inode: int
    modified_ns: int
    size: int


class PinnedReader(IndexReader):
    """A reader of one commit: its searcher stays the same, and costs nothing to ask for again."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        super().__init__(folder, index)
        self._pinned = super().searcher()

    def searcher(self) -> tantivy.Searcher:
        """Return the searcher of the commit that was the last one when this was opened."""
        return self._pinned


class IndexState:
    """One commit of the index, and what has been worked out from it so far.

    ``commit`` is 16 hexadecimal digits, the same in every process that sees the same files;
    ``changed`` is when it was made.
    """

    def __init__(self, commit: str, changed: datetime, reader: IndexReader) -> None:
        self.commit = commit
        self.changed = changed
        self.reader = reader
        self._derived: dict[object, Any] = {}
        self._making: dict[object, Lock] = {}
        self._lock = Lock()

    def derived(self, name: object, derive: Callable[[IndexReader], T]) -> T:
        """Return what *derive* makes of this commit, made once and kept under *name*.

        Names are few and chosen by the program; nothing that a client sends may become one.
        """
        with self._lock:
            making = self._making.setdefault(name, Lock())
        with making:  # who wants something else need not wait for this
            if name not in self._derived:
                self._derived[name] = derive(self.reader)
            value: T = self._derived[name]
            return value


def frozen_state(reader: IndexReader) -> IndexState:
    """Return the commit that *reader* shows now, for long work that must not see another.

    Keep *reader* as long: an index that may not be written is read by way of it.
    """
    listed = reader.folder / _META
    return IndexState(
        sha256(listed.read_bytes()).hexdigest()[:16],
        datetime.fromtimestamp(listed.stat().st_mtime, UTC),
        PinnedReader(reader.folder, reader.index),
    )


class LiveIndex:
    """The index in a folder, whichever process writes it or puts another in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._stamp: _MetaStamp | None = None
        self._state: IndexState | None = None

    def state(self) -> IndexState:
        """Return the last commit; looking whether there is a new one costs some microseconds.

        Raises an :class:`~fihris.index.errors.IndexError_` while there is nothing to serve.
        """
        stamp = self._look()
        state = self._state
        if state is not None and stamp is not None and stamp == self._stamp:
            return state
        with self._lock:
            return self._open()

    def _open(self) -> IndexState:
        error: IndexError_ | None = None
        for _ in range(_ATTEMPTS):
            stamp = self._look()  # before the list is read: a newer one is met the next time
            if self._state is not None and stamp is not None and stamp == self._stamp:
                return self._state
            self._state = self._stamp = None
            try:
                listed = self._listed()
                self._state = IndexState(
                    sha256(listed).hexdigest()[:16],
                    datetime.fromtimestamp(stamp.modified_ns / 1e9 if stamp else 0, UTC),
                    PinnedReader(self._folder, open_tantivy(self._folder)),
                )
            except IndexError_ as failure:
                error = failure
                if not isinstance(failure, IndexDamaged):
                    break
                continue
            if self._listed() == listed:
                self._stamp = stamp
                return self._state
        if self._state is not None:  # commits follow each other faster than they are opened
            return self._state
        assert error is not None
        raise error

    def _look(self) -> _MetaStamp | None:
        """Return the stamp of the list of segments, None when there is none."""
        try:
            status = (self._folder / _META).stat()
        except OSError:
            return None
        return _MetaStamp(status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)

    def _listed(self) -> bytes:
        """Return the list of segments; nothing where there is none, which opening will explain."""
        try:
            return (self._folder / _META).read_bytes()
        except OSError:
            return b""
