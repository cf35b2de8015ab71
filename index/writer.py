"""The one writer of an index: documents in and out, and commits that hold whole documents only.

A document and its record change in one commit, and a commit never falls inside a document. So a
run that is cut short, at any moment and by anything, leaves an index that holds whole documents.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.analysis import Analyzer
from fihris.index.folder import commit_identity, create_index, write_failed
from fihris.index.lock import lock_index, release_note
from fihris.index.reader import IndexReader
from fihris.index.record import SourceStamp
from fihris.index.resolution import ParagraphKind, Resolution
from fihris.index.swap import clear_beside
from fihris.index.unit_maker import Fields, UnitMaker
from fihris.index.units import analyze_units, document_units

if TYPE_CHECKING:
    import tantivy

#: Bytes. One thread was faster on 70 000 paragraphs than any pool of threads. With half as much
#: again the law corpus took the same time and ended in the same three segments, for a commit was
#: due before either was full; what is saved is memory for longer paragraphs.
HEAP = 128_000_000
# A commit costs a segment, and every query pays for each segment; so a long run commits seldom,
# but never risks more than these seconds of work. The law corpus (79 000 units) ended in
# three segments, twice, on two cores that were busy with other work (50 s).
_COMMIT_SECONDS = 20.0
_COMMIT_UNITS = 50_000


@lru_cache(maxsize=1)
def _shared_analyzer() -> Analyzer:
    """Return the analyzer of this process: making its families takes longer than one document."""
    return Analyzer()


@contextmanager
def open_writer(folder: Path, *, wait: float = 0.0) -> Iterator[IndexWriter]:
    """Hold the one writer of the index in *folder*, which is made when there is none.

    On leaving, wait until segments are merged; what was not committed by then is dropped. *wait*
    is how many seconds to wait for another process that writes.

    Raises IndexLocked when that one has not finished by then, and another IndexError_ when the
    index cannot serve.
    """
    index, engine = lock_index(folder, wait, HEAP, create_index)
    clear_beside(folder)
    try:
        with failures_named(folder):
            # A run that was killed may have left a list of deletions that bears the very name
            # of the next one, and the engine writes over nothing.
            engine.garbage_collect_files()
        try:
            with closing(UnitMaker(_shared_analyzer())) as units:
                yield IndexWriter(folder, index, engine, units)
        except BaseException:
            # What went wrong says more than the threads that it took along, as on a full disk.
            with suppress(OSError, ValueError):
                engine.wait_merging_threads()
            raise
        with failures_named(folder):
            engine.wait_merging_threads()
    finally:
        release_note(folder)


@contextmanager
def failures_named(folder: Path) -> Iterator[None]:
    """Turn what Tantivy raises when it cannot write into our own error."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise write_failed(folder, error) from error


class IndexWriter:
    """The writer of an index. Get one with :func:`open_writer`.

    ``engine`` is Tantivy's own object, ``reader`` shows the index as it was last committed.
    """

    def __init__(
        self, folder: Path, index: tantivy.Index, engine: tantivy.IndexWriter, units: UnitMaker
    ) -> None:
        self.folder = folder
        self.engine = engine
        self.reader = IndexReader(folder, index)
        self._schema = index.schema
        self._units = units
        self._pending = 0
        self._last_commit = time.monotonic()

    @property
    def is_due(self) -> bool:
        """Whether so much was done since the last commit that it should be made to last."""
        waited = time.monotonic() - self._last_commit
        return self._pending >= _COMMIT_UNITS or (self._pending > 0 and waited >= _COMMIT_SECONDS)

    def add(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Add a document; nothing in the index may bear its address."""
        self._pending += len(document.paragraphs)
        self._add_units(self._units.make(document, paragraph_count, stamp))

    def remove(self, address: str) -> None:
        """Take the document at *address* out."""
        self._let_arrive(address)
        with failures_named(self.folder):
            self.engine.delete_documents_by_term("doc", address)
        self._pending += 1

    def clear(self) -> None:
        """Take every document out that was committed; only before anything is added."""
        with failures_named(self.folder):
            self.engine.delete_all_documents()
        self._pending += 1

    def restamp(self, document: Resolution, paragraph_count: int, stamp: SourceStamp) -> None:
        """Note another source for a *document* that is in the index and stays as it is.

        Only the title unit, which bears the record, is written anew.
        """
        import tantivy

        self._let_arrive(document.address)
        address = tantivy.Query.term_query(self._schema, "doc", document.address)
        title = tantivy.Query.term_query(self._schema, "kind", ParagraphKind.TITLE.value)
        both = [(tantivy.Occur.Must, address), (tantivy.Occur.Must, title)]
        with failures_named(self.folder):
            self.engine.delete_documents_by_query(tantivy.Query.boolean_query(both))
        self._pending += 1
        forms = analyze_units(document, _shared_analyzer())
        units = document_units(document, paragraph_count, stamp, forms)
        self._add_units(islice(units, 1))

    def _let_arrive(self, address: str) -> None:
        """Add what is awaited of the document at *address*: only what is there can be deleted."""
        if self._units.awaits(address):
            self._add_units(self._units.rest())

    def _add_units(self, units: Iterable[Fields]) -> None:
        import tantivy

        with failures_named(self.folder):
            for fields in units:
                # `from_dict` with the schema is the fastest way in, and the only one for unsigned
                # fields.
                self.engine.add_document(tantivy.Document.from_dict(fields, self._schema))

    def commit(self) -> str:
        """Make what was done so far last, and return the identity of that commit."""
        if self._pending:
            self._add_units(self._units.rest())
            with failures_named(self.folder):
                self.engine.commit()
        self._pending = 0
        self._last_commit = time.monotonic()
        return commit_identity(self.folder)
