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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.errors import IndexLocked
from fihris.index.folder import marker_state, open_any_version, write_failed

if TYPE_CHECKING:
    import tantivy

NOTE = "writer.json"

# Seconds between two looks at a lock that is held.
_PAUSE = 0.1
# Bytes; the engine gives no writer less.
_SMALLEST_HEAP = 15_000_000
# Code points; a command may name thousands of files.
_LONGEST_COMMAND = 200


def lock_index(
    folder: Path, wait: float, heap: int, open_folder: Callable[[Path], tantivy.Index]
) -> tuple[tantivy.Index, tantivy.IndexWriter]:
    """Return the index that *open_folder* gives for *folder*, and its one writer.

    *wait* is in seconds, *heap* in bytes. Raises IndexLocked when another process still writes
    after *wait*, and an IndexError_ when the index cannot serve.
    """
    until = time.monotonic() + wait
    while True:
        index = open_folder(folder)
        marker = marker_state(folder)
        try:
            writer = index.writer(heap, 1)
        except (OSError, ValueError) as error:
            if "LockBusy" not in str(error):
                raise write_failed(folder, error) from error
            if time.monotonic() >= until:
                raise _held(folder) from error
        else:
            # While this process waited, a rebuild may have put another index into this place.
            if marker_state(folder) == marker:
                _write_note(folder)
                return index, writer
            writer.wait_merging_threads()
        time.sleep(_PAUSE)


@contextmanager
def held_lock(folder: Path, wait: float) -> Iterator[None]:
    """Hold the lock of the index in *folder*, of whichever version, without writing to it.

    Raises as :func:`lock_index` does.
    """
    _, writer = lock_index(folder, wait, _SMALLEST_HEAP, open_any_version)
    try:
        yield
    finally:
        release_note(folder)
        writer.wait_merging_threads()


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
