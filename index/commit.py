"""A commit as files: which ones it is made of, all held open so that none can vanish meanwhile.

Tantivy never changes a file of a segment once it is written; ``meta.json`` names the segments of
the last commit and is replaced in one step. A writer may remove files that a merge has made
useless at any time, but not from under those who have them open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from fihris.index.folder import MARKER, META, damaged
from fihris.index.frozen import frozen

#: What Tantivy writes for every segment. Deletions come in one more file, named by their moment.
SEGMENT_SUFFIXES = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term")

#: A merge can take away files between reading the list and opening them; it cannot do so for ever.
_ATTEMPTS = 50


@frozen
class Segment:
    """A segment of a commit: its name and files, and how many units it has besides deleted ones."""

    name: str
    files: tuple[str, ...]
    units: int
    deleted: int


@frozen
class HeldCommit:
    """A commit whose files are open.

    ``marker`` and ``meta`` are what ``fihris.json`` and ``meta.json`` say; ``segments`` stand in
    the order of the latter, which is that of Tantivy's segment numbers. A file that should be
    there and is not is in ``missing``, else it is in ``files``, open for reading.
    """

    marker: bytes
    meta: bytes
    segments: tuple[Segment, ...]
    files: dict[str, BinaryIO]
    missing: tuple[str, ...]


@contextmanager
def held_commit(folder: Path) -> Iterator[HeldCommit]:
    """Hold the files of the last commit of the index in *folder*, whoever writes meanwhile.

    Raises IndexDamaged when the list of segments cannot be understood, and OSError when the
    system refuses.
    """
    for attempt in range(_ATTEMPTS):
        with ExitStack() as opened:
            marker, meta = _lists(folder)
            segments = _segments(folder, meta)
            files: dict[str, BinaryIO] = {}
            missing = []
            for name in (name for segment in segments for name in segment.files):
                try:
                    files[name] = opened.enter_context((folder / name).open("rb"))
                except FileNotFoundError:
                    missing.append(name)
            if missing and attempt < _ATTEMPTS - 1 and _lists(folder) != (marker, meta):
                continue
            yield HeldCommit(marker, meta, segments, files, tuple(missing))
            return


def read_segments(folder: Path) -> tuple[Segment, ...]:
    """Return the segments of the last commit of the index in *folder*.

    Raises IndexDamaged when their list cannot be understood, and OSError when the system refuses.
    """
    return _segments(folder, (folder / META).read_bytes())


def _lists(folder: Path) -> tuple[bytes, bytes]:
    """Return what ``fihris.json`` and ``meta.json`` say, both of the same index."""
    while True:
        marker = (folder / MARKER).read_bytes()
        meta = (folder / META).read_bytes()
        if (folder / MARKER).read_bytes() == marker:  # else the whole index was replaced meanwhile
            return marker, meta


def _segments(folder: Path, meta: bytes) -> tuple[Segment, ...]:
    try:
        return tuple(_segment(entry) for entry in json.loads(meta)["segments"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, error) from error


def _segment(entry: dict[str, Any]) -> Segment:
    name = str(entry["segment_id"]).replace("-", "")
    files = [f"{name}{suffix}" for suffix in SEGMENT_SUFFIXES]
    deleted = 0
    deletes = entry["deletes"]
    if deletes is not None:
        files.append(f"{name}.{deletes['opstamp']}.del")
        deleted = int(deletes["num_deleted_docs"])
    return Segment(name, tuple(files), int(entry["max_doc"]) - deleted, deleted)
