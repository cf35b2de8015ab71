"""The folder of an index: its marker, and what stands in the way when it cannot be used.

``fihris.json``, the marker, is written first and tells which schema and analyzer made the index.
A folder without it is never written to, whatever it holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from fihris.index.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexReadOnly,
    NotAnIndex,
)
from fihris.index.file_state import file_state
from fihris.index.schema import build_schema, version_stamp
from fihris.index.swap import complete_swap

if TYPE_CHECKING:
    import tantivy

MARKER = "fihris.json"
#: The two lists that Tantivy keeps: the segments of the last commit, and the files it answers for.
META = "meta.json"
MANAGED = ".managed.json"

_INDEX_AGAIN = "Make it anew with `fihris index --rebuild PATH…`, naming its sources."
_NAME_ANOTHER = "Name another folder with --index."


def holds_index(folder: Path) -> bool:
    """Tell whether *folder* holds an index; False when there is nothing yet, or only a beginning.

    Raises NotAnIndex when there is something else, IndexOutdated when another version made it,
    IndexDamaged when the marker cannot be understood or segments stand without their list, and
    IndexReadOnly when the system forbids to look.
    """
    try:
        names = _names_in(folder)
    except NotADirectoryError as error:
        raise NotAnIndex(folder, "is a file, not the folder of an index.", _NAME_ANOTHER) from error
    except OSError as error:
        raise _forbidden(folder, error) from error
    if not names:
        return False
    if MARKER not in names:
        raise NotAnIndex(folder, "holds something that is no Fihris index.", _NAME_ANOTHER)
    _check_stamp(folder)
    if META in names:
        return True
    if any(name.endswith(".store") for name in names):
        raise IndexDamaged(folder, f"has lost its {META}.", _INDEX_AGAIN)
    return False


def _names_in(folder: Path) -> frozenset[str]:
    """Return the names in *folder*, none when it does not exist."""
    try:
        return frozenset(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        if complete_swap(folder):
            return _names_in(folder)
        return frozenset()


def holds_marker(folder: Path) -> bool:
    """Tell whether *folder* holds an index of whichever version, damaged or not.

    Raises NotAnIndex when there is something else, and IndexReadOnly when we may not look.
    """
    try:
        return holds_index(folder)
    except (IndexOutdated, IndexDamaged):
        return True


def _check_stamp(folder: Path) -> None:
    try:
        stamp = json.loads((folder / MARKER).read_text("utf-8"))["versions"]
    except OSError as error:
        raise _forbidden(folder, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(folder, f"its {MARKER} is damaged.", _INDEX_AGAIN) from error
    if stamp != version_stamp():
        raise IndexOutdated(
            folder,
            f"was made by another version ({stamp}; this one is {version_stamp()}).",
            "Make it anew from its sources with `fihris index --rebuild`.",
        )


def create_index(folder: Path) -> tantivy.Index:
    """Make an empty index in *folder*, with the folder and its parents where they are missing.

    Raises NotAnIndex when the folder holds something else, IndexReadOnly when it may not be
    written.
    """
    import tantivy

    if holds_index(folder):
        return open_tantivy(folder)
    marker = json.dumps(
        {"format": "Fihris index", "versions": version_stamp(), "id": uuid4().hex}, indent=1
    )
    unfinished = folder / f"{MARKER}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Where there is no marker the folder is empty, so this name cannot be anyone's.
        unfinished.write_text(marker + "\n", "utf-8")
        unfinished.replace(folder / MARKER)
        return tantivy.Index(build_schema(), path=str(folder))
    except (OSError, ValueError) as error:
        raise IndexReadOnly(
            folder,
            f"no index can be made here ({_said(error)}).",
            "Change the permissions of the folder around it, or name another with --index.",
        ) from error


def index_identity(folder: Path) -> str:
    """Return what tells the index in *folder* from any other that ever lies there.

    Raises OSError or ValueError when its marker cannot be read.
    """
    return str(json.loads((folder / MARKER).read_text("utf-8")).get("id", ""))


def marker_state(folder: Path) -> tuple[int, int, int] | None:
    """Return what changes when another index takes the place of the one in *folder*.

    None when there is none at the moment. It costs a look at one file.
    """
    return file_state(folder / MARKER)


def commit_identity(folder: Path) -> str:
    """Return what tells the last commit of the index in *folder* from every other one.

    Merging segments changes nothing of it. Raises IndexDamaged when it cannot be told.
    """
    try:
        meta = json.loads((folder / META).read_text("utf-8"))
        units = sum(
            segment["max_doc"]
            - (segment.get("deletes") or {"num_deleted_docs": 0})["num_deleted_docs"]
            for segment in meta["segments"]
        )
        return f"{index_identity(folder)} {meta['opstamp']} {units}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, error) from error


def open_tantivy(folder: Path) -> tantivy.Index:
    """Open the index in *folder*.

    Raises IndexMissing, NotAnIndex, IndexOutdated, IndexDamaged or IndexReadOnly: whatever stands
    in the way.
    """
    if not holds_index(folder):
        raise index_missing(folder)
    return open_any_version(folder)


def open_any_version(folder: Path) -> tantivy.Index:
    """Open the index in *folder*, whichever schema and analyzer made it.

    Raises IndexDamaged or IndexReadOnly.
    """
    import tantivy

    try:
        return tantivy.Index.open(str(folder))
    except (OSError, ValueError) as error:
        # Tantivy wants to make its lock files even to read; see the mirror.
        if not os.access(folder, os.W_OK) or "ermission denied" in str(error):
            raise _forbidden(folder, error) from error
        raise damaged(folder, error) from error


def index_missing(folder: Path) -> IndexMissing:
    """Return the error that says that there is no index in *folder*."""
    return IndexMissing(
        folder,
        "there is no index here yet.",
        "Make one with `fihris index PATH…`, or name yours with --index.",
    )


@contextmanager
def damage_named(folder: Path) -> Iterator[None]:
    """Turn what reading damaged files raises, Tantivy's panics included, into IndexDamaged."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise damaged(folder, error) from error
    except BaseException as error:
        # pyo3 gives a panic a class of its own, which cannot be imported, outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(folder, error) from error


def damaged(folder: Path, error: BaseException) -> IndexDamaged:
    """Return the error that says which damage was met, on one line."""
    return IndexDamaged(folder, f"is damaged ({_said(error)}).", _INDEX_AGAIN)


def write_failed(folder: Path, error: Exception) -> IndexReadOnly:
    """Return the error that says why the index could not be written, on one line."""
    return IndexReadOnly(
        folder,
        f"could not be written ({_said(error)}).",
        "Check its permissions and the free space; what was committed before is safe.",
    )


def _forbidden(folder: Path, error: Exception) -> IndexReadOnly:
    return IndexReadOnly(
        folder,
        f"may not be used by you in this way ({_said(error)}).",
        "Change its permissions, or copy it to a folder of your own and name that with --index.",
    )


def _said(error: BaseException) -> str:
    """Return what the system or Tantivy said, short and on one line."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split())[:200]
