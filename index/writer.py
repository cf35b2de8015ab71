"""Writing an index: bring it in step with its sources, or take documents out of it.

A document and its record change in one commit, and a commit never falls inside a document. So a
run that is cut short, at any moment and by anything, leaves an index that holds whole documents.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fihris.index.addresses import split_address
from fihris.index.analysis import Analyzer
from fihris.index.documents import ReadDocument, raw_documents, read_documents
from fihris.index.errors import AddressUnknown, IndexLocked
from fihris.index.folder import create_index, holds_index, open_tantivy, write_failed
from fihris.index.manifest import Entry, Manifest, read_manifest
from fihris.index.reader import IndexReader
from fihris.index.record import SourceStamp
from fihris.index.report import Progress, RemovalReport, SourceWarning, SyncReport, Tally
from fihris.index.sources import RawDocument, Refusal, SourceFile, find_sources
from fihris.index.units import document_units

if TYPE_CHECKING:
    import tantivy

# Bytes. One thread with this much room was faster on 70 000 paragraphs than any pool of threads.
_HEAP = 192_000_000
# A commit costs a segment, and every query pays for each segment; so a long run commits seldom,
# but never risks more than these seconds of work. The law corpus (79 000 units) ended in
# three segments, twice, on two cores that were busy with other work (50 s).
_COMMIT_SECONDS = 20.0
_COMMIT_UNITS = 50_000


def sync(
    folder: Path,
    paths: Sequence[Path],
    *,
    progress: Callable[[Progress], None] | None = None,
) -> SyncReport:
    """Index what *paths* hold into the index in *folder*, which is made when there is none.

    Unchanged documents are left alone; changed ones are replaced. When two sources claim one
    address, the one that is in the index already keeps it, else the first in the order of
    reading; the other is refused. A source that no longer exists on disk has no claim.

    Raises an IndexError_ when the index cannot serve; faults of sources are in the report.
    """
    # Said before anything is read: nobody should wait only to learn that the folder is wrong.
    exists = holds_index(folder)
    found = list(find_sources(paths))
    report = progress if progress is not None else _unheard
    with ExitStack() as resources:
        run = _Run(folder, resources)
        if exists:
            run.open()
        for read in read_documents(run.wanted(found, report)):
            if isinstance(read, Refusal):
                run.refused.append(read)
            else:
                run.put(read)
        run.commit()
    return SyncReport(
        added=run.added,
        unchanged=run.unchanged,
        replaced=run.replaced,
        refused=tuple(run.refused),
        warnings=tuple(run.warnings),
    )


def _unheard(progress: Progress) -> None:
    """Report to nobody."""


def remove(folder: Path, addresses: Sequence[str]) -> RemovalReport:
    """Take the documents at *addresses* out of the index in *folder*: all of them, or none.

    Raises AddressUnknown when one of them is not the address of a document in the index, and an
    IndexError_ when the index cannot serve.
    """
    index = open_tantivy(folder)
    with _writer(folder, index) as writer:
        known = read_manifest(IndexReader(folder, index).records()).by_address
        tally = Tally()
        removed = tuple(dict.fromkeys(addresses))
        for address in removed:
            if address not in known:
                raise _unknown(address, known)
            tally = tally.plus(known[address].paragraph_count)
            writer.delete_documents_by_term("doc", address)
        with _failures_named(folder):
            writer.commit()
    return RemovalReport(removed, tally)


def _unknown(address: str, known: dict[str, Entry]) -> AddressUnknown:
    document, fragment = split_address(address)
    if fragment and document in known:
        return AddressUnknown(
            f'"{address}" is a part of a document.',
            f"Only a whole document can be removed: {document}",
        )
    return AddressUnknown(
        f'"{address}" is not in the index.', "`fihris search` shows the addresses that are."
    )


@contextmanager
def _writer(folder: Path, index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Hold the one writer of an index; on leaving, wait until its segments are merged.

    What was not committed by then is dropped.
    """
    try:
        writer = index.writer(_HEAP, 1)
    except (OSError, ValueError) as error:
        if "LockBusy" in str(error):
            raise IndexLocked(
                folder,
                "another process is writing to this index.",
                "Wait until it has finished, then try again.",
            ) from error
        raise write_failed(folder, error) from error
    try:
        yield writer
    except BaseException:
        # What went wrong says more than the threads that it took along, as on a full disk.
        with suppress(OSError, ValueError):
            writer.wait_merging_threads()
        raise
    with _failures_named(folder):
        writer.wait_merging_threads()


@contextmanager
def _failures_named(folder: Path) -> Iterator[None]:
    """Turn what Tantivy raises when it cannot write into our own error."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise write_failed(folder, error) from error


class _Run:
    """One run of :func:`sync`: what it has done so far, and the writer once there is need of one.

    An index that does not exist is made with the first document, so that a run which finds
    nothing to index leaves nothing behind.
    """

    def __init__(self, folder: Path, resources: ExitStack) -> None:
        self.folder = folder
        self.added = Tally()
        self.unchanged = Tally()
        self.replaced = Tally()
        self.refused: list[Refusal] = []
        self.warnings: list[SourceWarning] = []
        self._resources = resources
        self._analyzer = Analyzer()
        self._known = Manifest()
        self._claimed: dict[str, str] = {}
        self._exists: dict[str, bool] = {}
        self._schema: tantivy.Schema | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._pending_units = 0
        self._last_commit = time.monotonic()

    @property
    def documents(self) -> int:
        """How many documents were seen and not refused."""
        return self.added.documents + self.unchanged.documents + self.replaced.documents

    def open(self) -> tantivy.IndexWriter:
        """Return the writer; on the first call take the lock, then read what is known.

        In this order, for another process may have written until the lock was ours.
        """
        if self._writer is None:
            index = create_index(self.folder)
            self._schema = index.schema
            self._writer = self._resources.enter_context(_writer(self.folder, index))
            self._known = read_manifest(IndexReader(self.folder, index).records())
        return self._writer

    def wanted(
        self, found: Sequence[SourceFile | Refusal], report: Callable[[Progress], None]
    ) -> Iterator[RawDocument | Refusal]:
        """Yield what has to be read of *found*; what is in the index unchanged is kept."""
        total = sum(source.size for source in found if isinstance(source, SourceFile))
        done = 0
        for source in found:
            if isinstance(source, Refusal):
                yield source
                continue
            if not self._keep_untouched(source):
                for raw in raw_documents(source):
                    if isinstance(raw, Refusal):
                        yield raw
                    elif not self._keep_unchanged(raw):
                        yield self._under_former_name(raw)
                        report(Progress(done + raw.position, total, self.documents))
            done += source.size
            report(Progress(done, total, self.documents))

    def _keep_untouched(self, file: SourceFile) -> bool:
        """Keep a file that is one document and was not written to since; tell whether it was."""
        if file.form.holds_many or not file.modified_ns:
            return False
        for entry in self._known.of_source(file.key):
            if (entry.stamp.size, entry.stamp.modified_ns) == (file.size, file.modified_ns):
                self._keep(entry, str(file.path))
                return True
        return False

    def _keep_unchanged(self, raw: RawDocument) -> bool:
        """Keep a document that has the same bytes as before; tell whether it has."""
        entry = self._known.by_source[raw.file.key].get(raw.sha256)
        if entry is None or entry.address in self._claimed:
            return False
        self._keep(entry, raw.place)
        return True

    def _under_former_name(self, raw: RawDocument) -> RawDocument:
        """Return *raw* with the address it had: from whichever folder the file is named now."""
        for entry in self._former(raw):
            if entry.named_by_path:
                return replace(raw, name=entry.address)
        return raw

    def _former(self, raw: RawDocument) -> tuple[Entry, ...]:
        """Return what a file that is one document was before it was changed."""
        return () if raw.file.form.holds_many else self._known.of_source(raw.file.key)

    def _keep(self, entry: Entry, where: str) -> None:
        self._claimed[entry.address] = where
        self.unchanged = self.unchanged.plus(entry.paragraph_count)

    def put(self, read: ReadDocument) -> None:
        """Add a document, or put it in the place of the one it replaces."""
        writer = self.open()
        raw, document = read.raw, read.document
        address = document.address
        holder = self._holder(address, raw.file.key)
        if holder is not None:
            reason = f"its address {address} is taken by {holder}."
            remedy = "Give one of them another id or symbol, or leave it out."
            self.refused.append(Refusal(raw.file.path, raw.line, reason, remedy, raw.member))
            return
        self._claimed[address] = raw.place
        # A text that is changed may have changed its symbol: what it was before goes with it.
        former = (entry.address for entry in self._former(raw))
        outdated = {address, *former} & self._known.by_address.keys()
        stamp = SourceStamp(raw.file.key, raw.sha256, raw.file.size, raw.file.modified_ns)
        with _failures_named(self.folder):
            for outdated_address in sorted(outdated):
                writer.delete_documents_by_term("doc", outdated_address)
            for fields in document_units(document, read.paragraph_count, stamp, self._analyzer):
                writer.add_document(self._tantivy_document(fields))
                self._pending_units += 1
        if outdated:
            self.replaced = self.replaced.plus(read.paragraph_count)
        else:
            self.added = self.added.plus(read.paragraph_count)
        self.warnings += [SourceWarning(raw.file.path, address, text) for text in document.warnings]
        waited = time.monotonic() - self._last_commit
        if self._pending_units >= _COMMIT_UNITS or waited >= _COMMIT_SECONDS:
            self.commit()

    def _tantivy_document(self, fields: dict[str, Any]) -> tantivy.Document:
        import tantivy

        # `from_dict` with the schema is the fastest way in, and the only one for unsigned fields.
        return tantivy.Document.from_dict(fields, self._schema)

    def _holder(self, address: str, path: str) -> str | None:
        """Return the place that holds *address* against the source *path*, if one does."""
        if address in self._claimed:
            return self._claimed[address]
        entry = self._known.by_address.get(address)
        if entry is None or entry.stamp.path == path:
            return None
        holder = entry.stamp.path
        if holder not in self._exists:
            try:
                self._exists[holder] = Path(holder).exists()
            except OSError:  # we may not look, so it may well be there
                self._exists[holder] = True
        return holder if self._exists[holder] else None

    def commit(self) -> None:
        """Make what was done so far last; without a change, do nothing."""
        if self._pending_units and self._writer is not None:
            with _failures_named(self.folder):
                self._writer.commit()
        self._pending_units = 0
        self._last_commit = time.monotonic()
