"""Files in, a Tantivy index out: reading, parsing, analysing and writing documents.

This is the public way to build, read and change an index::

    from pathlib import Path
    from fihris.index import open_index, sync

    report = sync(Path("my-index"), [Path("resolutions")])
    print(report.added.documents, open_index(Path("my-index")).info().paragraphs)

The names are imported when they are first used, for a terminal user waits for every import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fihris.index.reader import IndexInfo, IndexReader, open_index
    from fihris.index.report import RemovalReport, SyncReport
    from fihris.index.writer import remove, sync

__all__ = [
    "IndexInfo",
    "IndexReader",
    "RemovalReport",
    "SyncReport",
    "open_index",
    "remove",
    "sync",
]

_MODULES = {
    "IndexInfo": "reader",
    "IndexReader": "reader",
    "RemovalReport": "report",
    "SyncReport": "report",
    "open_index": "reader",
    "remove": "writer",
    "sync": "writer",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
