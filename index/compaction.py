"""Compacting: an index as if its documents had just been indexed, without asking for their sources.

The units of documents that were replaced or removed stay in their segments until the engine
happens to merge those, and until then they count wherever the engine counts how rare a word is and
how long a text, so scores drift. The engine has no way to be told to merge. So every document is
read back from the index, analysed, and written again, all in one commit: readers go on with what
was there until it is made, and whatever interrupts it leaves the index as it was.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from fihris.index.commit import read_segments
from fihris.index.folder import commit_identity, damaged
from fihris.index.frozen import frozen
from fihris.index.ledger import Ledger, discard_ledger
from fihris.index.reader import open_index
from fihris.index.writer import IndexWriter, open_writer

# So many segments, none of them with deletions, are what the engine itself leaves: it merges
# eight of a size, and those of a large index have several sizes.
_FEW = 24


@frozen
class Shape:
    """How many segments an index has, how many units, and how many deleted ones besides."""

    segments: int
    units: int
    deleted: int


@frozen
class CompactionReport:
    """The shape of an index before and after; the same when there was nothing to do."""

    folder: Path
    before: Shape
    after: Shape


def compact(folder: Path, *, wait: float = 0.0) -> CompactionReport:
    """Write the documents of the index in *folder* anew, where that changes anything.

    *wait* is how many seconds to wait for another writer. It takes as long as indexing does,
    without the reading of sources, and as much free space as the index has.

    Raises an IndexError_ when the index cannot serve; it is then as it was.
    """
    open_index(folder)  # one that is not there is an error, and not made
    with open_writer(folder, wait=wait) as writer:
        before = shape_of(folder)
        if before.deleted or before.segments > _FEW:
            identity = commit_identity(folder)
            _write_anew(writer)
            _keep_ledger(folder, identity, writer.commit())
    return CompactionReport(folder, before, shape_of(folder))


def shape_of(folder: Path) -> Shape:
    """Return the shape of the index in *folder*."""
    segments = read_segments(folder)
    return Shape(
        segments=len(segments),
        units=sum(segment.units for segment in segments),
        deleted=sum(segment.deleted for segment in segments),
    )


def _write_anew(writer: IndexWriter) -> None:
    reader = writer.reader
    searcher = reader.searcher()
    writer.clear()
    for record in reader.records_of(searcher):
        document = reader.document_of(searcher, record.document.address)
        if document is None or len(document.paragraphs) != record.places:
            # Nothing was committed, so what is left of it stays where it is.
            raise damaged(
                writer.folder, ValueError(f"{record.document.address} is not whole in it")
            )
        writer.add(document, record.paragraph_count, record.stamp)


def _keep_ledger(folder: Path, before: str, after: str) -> None:
    """Let the ledger that described the commit *before* describe the one *after*."""
    try:
        with closing(Ledger.open(folder)) as ledger:
            if ledger.commit_identity == before:
                ledger.commit(after)
    except sqlite3.Error:
        discard_ledger(folder)
