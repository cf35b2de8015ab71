"""Bring an index in step with its sources, or foresee what that would do; take documents out.

What one run does is told by :class:`~fihris.index.run.Run`; here it meets the index, or nothing at
all when it is only foreseen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fihris.index.folder import commit_identity, holds_index, write_failed
from fihris.index.ledger import Ledger, discard_ledger
from fihris.index.pruning import Prune, Pruning
from fihris.index.reader import IndexReader, open_index
from fihris.index.record import SourceStamp
from fihris.index.report import Progress, SyncReport
from fihris.index.resolution import Resolution
from fihris.index.run import Run, Target
from fihris.index.sources import Refusal, SourceFile, find_sources
from fihris.index.writer import IndexWriter, open_writer


def sync(
    folder: Path,
    paths: Sequence[Path],
    *,
    prune: Prune = Prune.NEVER,
    wait: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Index what *paths* hold into the index in *folder*, which is made when there is none.

    Unchanged documents are left alone; changed ones are replaced; those whose source was renamed
    or moved are recognised. What is gone goes as *prune* says. When two places claim one address,
    the better one has it (see :mod:`fihris.index.precedence`) and the other is refused; a source
    that no longer exists has no claim. *wait* is how many seconds to wait for another writer.

    Raises an IndexError_ when the index cannot serve; faults of sources are in the report.
    """
    # Said before anything is read: nobody should wait only to learn that the folder is wrong.
    exists = holds_index(folder)
    found = list(find_sources(paths))
    try:
        with ExitStack() as resources:
            target = IndexTarget(folder, resources, wait)
            if exists:
                target.open()
            ledger = resources.enter_context(open_ledger(folder, target))
            return _bring_in_step(ledger, target, prune, paths, found, progress)
    except _KnownTooLittle:
        return sync(folder, paths, prune=prune, wait=wait, progress=progress)


def foresee(
    folder: Path,
    paths: Sequence[Path],
    *,
    prune: Prune = Prune.NEVER,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Return what :func:`sync` would report, and write nothing, not even a lock.

    Raises as :func:`sync` does.
    """
    found = list(find_sources(paths))
    ledger = Ledger.in_memory()
    reader = None
    if holds_index(folder):
        reader = open_index(folder)
        ledger = Ledger.copy(folder)
        if ledger.commit_identity != commit_identity(folder):
            ledger.fill(reader.records())
    return _bring_in_step(ledger, _Nothing(reader), prune, paths, found, progress)


def _bring_in_step(
    ledger: Ledger,
    target: Target,
    prune: Prune,
    paths: Sequence[Path],
    found: Sequence[SourceFile | Refusal],
    progress: Callable[[Progress], None] | None,
) -> SyncReport:
    run = Run(ledger, target, progress if progress is not None else unheard)
    pruning = Pruning(ledger, prune, paths, found)
    run.read(found)
    run.settle()
    pruning.apply(run)
    run.settle()  # what was pruned may have stood before another source of the same document
    run.commit()
    return run.report()


class _KnownTooLittle(Exception):
    """The run began without knowing what is in the index, so it has to begin again."""


def unheard(progress: Progress) -> None:
    """Report to nobody."""


@contextmanager
def open_ledger(folder: Path, target: IndexTarget) -> Iterator[Ledger]:
    """Give the ledger of the index in *folder*, made anew from the records where it is stale."""
    try:
        if target.writer is None:
            ledger = Ledger.in_memory()
        else:
            ledger = Ledger.open(folder)
            if ledger.commit_identity != commit_identity(folder):
                ledger.fill(target.writer.reader.records())
        try:
            yield ledger
        finally:
            ledger.close()
    except sqlite3.OperationalError as error:  # a full disk, missing permissions
        raise write_failed(folder, error) from error
    except sqlite3.DatabaseError as error:
        discard_ledger(folder)
        raise _KnownTooLittle from error


class IndexTarget:
    """The index as the target of a run; it is made with the first document.

    So a run that finds nothing to index leaves nothing behind.
    """

    def __init__(self, folder: Path, resources: ExitStack, wait: float) -> None:
        self._folder = folder
        self._resources = resources
        self._wait = wait
        self._is_new = False
        self.writer: IndexWriter | None = None

    def open(self) -> IndexWriter:
        """Return the writer; on the first call take the lock."""
        if self.writer is None:
            self.writer = self._resources.enter_context(open_writer(self._folder, wait=self._wait))
        return self.writer

    def _make(self) -> IndexWriter:
        """Return the writer; an index that another process made meanwhile has to be read first."""
        if self.writer is None:
            self._is_new = True
            if self.open().reader.searcher().num_docs:
                raise _KnownTooLittle
        return self.open()

    @property
    def is_due(self) -> bool:
        """Whether it is time for a commit."""
        return self.writer is not None and self.writer.is_due

    def add(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Add a document."""
        self._make().add(document, paragraph_count, stamp)

    def remove(self, address: str) -> None:
        """Take a document out."""
        self.open().remove(address)

    def restamp(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Note another source for a document."""
        self.open().restamp(document, paragraph_count, stamp)

    def stored(self, address: str) -> Resolution | None:
        """Return the document at *address* as it was last committed."""
        return self.open().reader.document(address)

    def commit(self, ledger: Ledger) -> None:
        """Make everything so far last, and then the ledger."""
        if self.writer is not None:
            identity = self.writer.commit()
            if self._is_new:
                ledger.move_to(self._folder)
                self._is_new = False
            ledger.commit(identity)


class _Nothing:
    """The target of a run that is only foreseen; *reader* is of the index, where there is one."""

    is_due = False

    def __init__(self, reader: IndexReader | None) -> None:
        self._reader = reader

    def add(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        pass

    def remove(self, address: str) -> None:
        pass

    def restamp(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        pass

    def stored(self, address: str) -> Resolution | None:
        return None if self._reader is None else self._reader.document(address)

    def commit(self, ledger: Ledger) -> None:
        pass
