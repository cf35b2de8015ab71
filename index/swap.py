"""Putting one folder in the place of another while others read from there, and after a crash.

Beside ``INDEX`` stand, while it is rebuilt, ``INDEX.rebuild-…`` (unfinished), then
``INDEX.rebuilt-…`` (finished), and after the swap ``INDEX.replaced-…``. Where the
system can, the two change names in one step. Elsewhere there is a moment without ``INDEX``; whoever
meets it, also after a crash, puts the finished one in its place.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

_CURRENT_FOLDER = -100  # AT_FDCWD of <fcntl.h>
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS
_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


class Beside(StrEnum):
    """What a folder beside an index is; see the module."""

    UNFINISHED = "rebuild"
    FINISHED = "rebuilt"
    REPLACED = "replaced"


def name_beside(folder: Path, what: Beside) -> Path:
    """Return a new name beside *folder*."""
    return folder.with_name(f"{folder.name}.{what}-{uuid4().hex}")


def found_beside(folder: Path, *kinds: Beside) -> list[Path]:
    """Return the folders of these *kinds* beside *folder*."""
    pattern = re.compile(rf"{re.escape(folder.name)}\.(?:{'|'.join(kinds)})-[0-9a-f]{{32}}")
    with suppress(OSError):
        return sorted(path for path in folder.parent.iterdir() if pattern.fullmatch(path.name))
    return []


def put_in_place(folder: Path, unfinished: Path) -> None:
    """Put *unfinished*, which is finished now, in the place of *folder*, and delete what was there.

    Raises OSError when the system refuses; *folder* is then what it was.
    """
    finished = unfinished.rename(name_beside(folder, Beside.FINISHED))
    replaced = name_beside(folder, Beside.REPLACED)
    try:
        if _exchange(folder, finished):
            finished.rename(replaced)
        else:
            _exchange_in_two_steps(folder, finished, replaced)
    except OSError:
        if folder.exists():
            _clear_away(finished)
        raise
    # Some systems delete nothing that is still read; the next run tries again.
    _clear_away(replaced)


def _exchange_in_two_steps(folder: Path, finished: Path, replaced: Path) -> None:
    folder.rename(replaced)
    try:
        finished.rename(folder)
    except OSError:
        if folder.exists() and not finished.exists():
            return  # a reader met the gap, and was faster
        replaced.rename(folder)
        raise


def complete_swap(folder: Path) -> bool:
    """Put a finished index in the place of *folder*, which is missing; tell whether there was one.

    A swap in two steps was cut short, or is just happening.
    """
    for finished in found_beside(folder.resolve(), Beside.FINISHED):
        with suppress(OSError):  # whoever makes the swap may have been faster
            finished.rename(folder.resolve())
        return True
    return False


def clear_beside(folder: Path) -> None:
    """Delete what rebuilds that were cut short left beside *folder*; its lock must be held."""
    for path in found_beside(folder.resolve(), *Beside):
        _clear_away(path)


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders change names in one step; False where the system does not offer that."""
    import ctypes

    if sys.platform == "win32":
        return False
    names = [os.fsencode(first), os.fsencode(second)]
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        ended = library.renameat2(_CURRENT_FOLDER, names[0], _CURRENT_FOLDER, names[1], _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        ended = library.renamex_np(names[0], names[1], _EXCHANGE)
    else:
        return False
    if ended == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_OFFERED:
        return False
    raise OSError(number, "the folders cannot be swapped", str(first))


def _clear_away(folder: Path) -> None:
    """Remove *folder* with all that is in it, as far as the system lets us."""
    from shutil import rmtree  # it imports every compression there is, and opening needs none

    rmtree(folder, ignore_errors=True)
