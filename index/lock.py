"""Who writes: a note beside the lock of the engine, and waiting until the lock is free.

The lock itself is the engine's and is given back by the system when a process ends, however it
ends. The note only says who holds it, so a note that was left behind stands in nobody's way.
"""

from __future__ import annotations

import json
import os
import shlex
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.errors import IndexLocked
from fihris.index.folder import create_index, index_identity, write_failed

if TYPE_CHECKING:
    import tantivy

NOTE = "writer.json"

# Seconds between two looks at a lock that is held.
_PAUSE = 0.1
# Code points; a command may name thousands of files.
_LONGEST_COMMAND = 200


def lock_index(folder: Path, wait: float, heap: int) -> tuple[tantivy.Index, tantivy.IndexWriter]:
    """Return the index in *folder* and its one writer; an index is made where there is none.

    *wait* is in seconds, *heap* in bytes. Raises IndexLocked when another process still writes
    after *wait*, and an IndexError_ when the index cannot serve.
    """
    until = time.monotonic() + wait
    while True:
        index = create_index(folder)
        identity = index_identity(folder)
        try:
            writer = index.writer(heap, 1)
        except (OSError, ValueError) as error:
            if "LockBusy" not in str(error):
                raise write_failed(folder, error) from error
            if time.monotonic() >= until:
                raise _held(folder) from error
        else:
            # While this process waited, a rebuild may have put another index into this place.
            if index_identity(folder) == identity:
                _write_note(folder)
                return index, writer
            writer.wait_merging_threads()
        time.sleep(_PAUSE)


def release_note(folder: Path) -> None:
    """Take away the note that this process wrote."""
    with suppress(OSError):
        (folder / NOTE).unlink()


def _write_note(folder: Path) -> None:
    note = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(sys.argv)[:_LONGEST_COMMAND],
    }
    # Only a message to people: on a full disk the run itself meets an error that says more.
    with suppress(OSError):
        (folder / NOTE).write_text(json.dumps(note) + "\n", "utf-8")


def _held(folder: Path) -> IndexLocked:
    who = "another process"
    with suppress(OSError, ValueError, KeyError, TypeError):
        note = json.loads((folder / NOTE).read_text("utf-8"))
        who = f"process {note['pid']} on {note['host']}, since {note['since']}, `{note['command']}`"
    return IndexLocked(
        folder,
        f"is being written to by {who}.",
        "Wait until it has finished, or let this run wait with --wait.",
    )
