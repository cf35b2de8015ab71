"""Whether a file is still the one that was looked at before, told without reading it."""

from __future__ import annotations

import time
from pathlib import Path

# A file that was written this shortly ago may be written again within the same tick of the clock:
# the times of files are two seconds apart on FAT, one on some drives in a network.
_SETTLED_NS = 2_000_000_000


def file_state(file: Path) -> tuple[int, int, int] | None:
    """Return what changes when another file takes the place of *file*, None when there is none.

    The second number is when it was written, in nanoseconds; see :func:`is_settled`.
    """
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def is_settled(modified_ns: int) -> bool:
    """Tell whether a file that was written then cannot be written again without its time telling.

    A time in the future, as a clock that jumps leaves it, never proves anything.
    """
    return time.time_ns() - modified_ns > _SETTLED_NS
