"""Backup and restore: a whole commit of an index copied to another place, and back.

A backup is a folder with the files of one commit and ``backup.json``, which holds the size and the
SHA-256 of each. It is taken while others write: the files of a commit never change, and those that
are open cannot vanish. What is unfinished bears another name, so a backup that has its name is
whole. The ledger and whatever else an index can make anew stays behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from fihris.index.checksums import damage_of
from fihris.index.commit import held_commit
from fihris.index.errors import BackupDamaged, IndexDamaged, PlaceTaken
from fihris.index.folder import (
    MANAGED,
    MARKER,
    META,
    holds_index,
    index_missing,
    open_tantivy,
    write_failed,
)
from fihris.index.frozen import frozen

BACKUP_LIST = "backup.json"
_FORMAT = "Fihris backup"

_PIECE = 1 << 20
#: A name from a list that somebody else may have written must not lead out of the folder.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9.]*[A-Za-z0-9][A-Za-z0-9.]*")


@frozen
class BackupReport:
    """What was copied from where to where; ``size`` is in bytes, ``units`` those of the commit."""

    source: Path
    target: Path
    files: int
    size: int
    units: int


def back_up(folder: Path, target: Path) -> BackupReport:
    """Copy the last commit of the index in *folder* into the new folder *target*.

    Raises PlaceTaken when there is something at *target*, an IndexError_ when the index cannot
    serve or one of its files is damaged, IndexReadOnly when *target* cannot be written.
    """
    if not holds_index(folder):
        raise index_missing(folder)
    if target.resolve().is_relative_to(folder.resolve()):
        raise PlaceTaken(target, "lies inside the index.", "Name a folder outside of it.")
    with _finished_folder(target) as unfinished, held_commit(folder) as commit:
        if commit.missing:
            raise _unsound(folder, f"{commit.missing[0]} is missing.")
        listed: dict[str, dict[str, Any]] = {}
        for name, file in commit.files.items():
            file.seek(0)
            listed[name] = _copied(file, unfinished / name)
            with (unfinished / name).open("rb") as copy:
                damage = damage_of(copy)
            if damage is not None:
                raise _unsound(folder, f"{name} {damage}")
        managed = json.dumps([*sorted(commit.files), META]).encode()
        for name, content in (
            (MARKER, commit.marker),
            (MANAGED, managed),
            (META, commit.meta),
        ):
            listed[name] = _written(unfinished / name, content)
        units = sum(segment.units for segment in commit.segments)
        entries = {
            "format": _FORMAT,
            "taken": datetime.now(UTC).isoformat(timespec="seconds"),
            "units": units,
            "files": listed,
        }
        _written(unfinished / BACKUP_LIST, json.dumps(entries, indent=1).encode())
    return BackupReport(folder, target, len(listed), _size(listed), units)


def restore(backup: Path, folder: Path) -> BackupReport:
    """Make the index of *backup* the index in *folder*, where there must be none.

    Raises PlaceTaken when there is something in *folder*, BackupDamaged when *backup* is none or
    does not hold what was backed up, IndexOutdated when another version made it, IndexReadOnly
    when *folder* cannot be written.
    """
    units, listed = _read_list(backup)
    with _finished_folder(folder) as unfinished:
        for name, expected in listed.items():
            try:
                with (backup / name).open("rb") as file:
                    found = _copied(file, unfinished / name)
            except FileNotFoundError as error:
                raise _damaged_backup(backup, f"{name} is missing") from error
            if found != expected:
                raise _damaged_backup(backup, f"{name} does not have the bytes that were saved")
        open_tantivy(unfinished)
    return BackupReport(backup, folder, len(listed), _size(listed), units)


@contextmanager
def _finished_folder(target: Path) -> Iterator[Path]:
    """Give a folder to be filled; it gets the name *target* once it is full, else it vanishes."""
    if target.is_symlink() or (target.exists() and not _is_empty_folder(target)):
        raise PlaceTaken(target, "is in the way.", "Move it away, or name another place.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".unfinished", dir=target.parent)
        unfinished = Path(made)
    except OSError as error:
        raise write_failed(target, error) from error
    try:
        yield unfinished
        _sync_folder(unfinished)
        if target.exists():
            target.rmdir()  # it is empty, or this fails
        unfinished.rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise write_failed(target, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _copied(file: BinaryIO, target: Path) -> dict[str, Any]:
    """Copy the rest of *file*, and return its entry in the list."""
    digest = hashlib.sha256()
    with target.open("xb") as copy:
        while piece := file.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
        return _settled(copy, digest.hexdigest())


def _written(target: Path, content: bytes) -> dict[str, Any]:
    with target.open("xb") as file:
        file.write(content)
        return _settled(file, hashlib.sha256(content).hexdigest())


def _settled(file: BinaryIO, digest: str) -> dict[str, Any]:
    """Make what was written to *file* survive a loss of power, and return its entry."""
    file.flush()
    os.fsync(file.fileno())
    return {"size": file.tell(), "sha256": digest}


def _sync_folder(folder: Path) -> None:
    """Make the names in *folder* survive a loss of power, where the system can be asked to."""
    if os.name != "nt":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _read_list(backup: Path) -> tuple[int, Mapping[str, dict[str, Any]]]:
    """Return how many units *backup* has, and its files with what each must be."""
    try:
        entries = json.loads((backup / BACKUP_LIST).read_bytes())
        if entries["format"] != _FORMAT:
            raise ValueError("the format is another one")
        listed = {
            str(name): {"size": int(entry["size"]), "sha256": str(entry["sha256"])}
            for name, entry in entries["files"].items()
        }
        units = int(entries["units"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BackupDamaged(
            backup, "is no backup.", "Name a folder that `fihris backup` has made."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged_backup(backup, f"its {BACKUP_LIST} cannot be understood") from error
    if not all(_PLAIN_NAME.fullmatch(name) for name in listed) or META not in listed:
        raise _damaged_backup(backup, f"its {BACKUP_LIST} cannot be understood")
    return units, listed


def _unsound(folder: Path, fact: str) -> IndexDamaged:
    return IndexDamaged(folder, f"cannot be backed up: {fact}", "`fihris verify` says more.")


def _damaged_backup(backup: Path, fact: str) -> BackupDamaged:
    return BackupDamaged(backup, f"is damaged: {fact}.", "Restore an older one.")


def _size(listed: Mapping[str, Mapping[str, Any]]) -> int:
    return sum(int(entry["size"]) for entry in listed.values())
