"""Files in, a Tantivy index out: reading, parsing, analysing and writing documents.

This is the public way to build, read and change an index::

    from pathlib import Path
    from fihris.index import open_index, sync

    report = sync(Path("my-index"), [Path("resolutions")])
    print(report.added.documents, open_index(Path("my-index")).info().paragraphs)

The names are imported when they are first used, for a terminal user waits for every import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.index.lazy import import_when_asked

if TYPE_CHECKING:
    from fihris.index.pruning import Prune
    from fihris.index.reader import IndexInfo, IndexReader, open_index
    from fihris.index.removal import remove
    from fihris.index.report import RemovalReport, SyncReport
    from fihris.index.synchronize import foresee, sync

__all__ = [
    "IndexInfo",
    "IndexReader",
    "Prune",
    "RemovalReport",
    "SyncReport",
    "foresee",
    "open_index",
    "remove",
    "sync",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "IndexInfo": "reader",
        "IndexReader": "reader",
        "Prune": "pruning",
        "RemovalReport": "report",
        "SyncReport": "report",
        "foresee": "synchronize",
        "open_index": "reader",
        "remove": "removal",
        "sync": "synchronize",
    },
)
