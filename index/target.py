"""What a run changes: the index, or nothing at all when it is only foreseen."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from fihris.index.ledger import Ledger
from fihris.index.reader import IndexReader
from fihris.index.record import SourceStamp
from fihris.index.resolution import Resolution
from fihris.index.writer import IndexWriter, open_writer


class Target(Protocol):
    """What a run changes: an index, or nothing when a run is only foreseen.

    For the names see :class:`~fihris.index.writer.IndexWriter`.
    """

    @property
    def is_due(self) -> bool:
        """Whether it is time for a commit."""

    def add(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Add a document."""

    def remove(self, address: str) -> None:
        """Take a document out."""

    def restamp(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Note another source for a document."""

    def stored(self, address: str) -> Resolution | None:
        """Return the document at *address* as it was last committed."""

    def commit(self, ledger: Ledger) -> None:
        """Make everything so far last, and then the ledger."""


class KnownTooLittle(Exception):
    """The run began without knowing what is in the index, so it has to begin again."""


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
                raise KnownTooLittle
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


class Nothing:
    """The target of a run that is only foreseen; *reader* is of the index, where there is one."""

    is_due = False

    def __init__(self, reader: IndexReader | None) -> None:
        self._reader = reader

    def add(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Add nothing."""

    def remove(self, address: str) -> None:
        """Remove nothing."""

    def restamp(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Note nothing."""

    def stored(self, address: str) -> Resolution | None:
        """Return the document at *address* as it was last committed."""
        return None if self._reader is None else self._reader.document(address)

    def commit(self, ledger: Ledger) -> None:
        """Leave everything as it is."""
