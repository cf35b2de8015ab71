"""The folder of a static site: what is written, left alone, taken away, and never touched.

A manifest names every file that an export wrote or was about to write. It is written before the
first of them, so a run that was cut short is completed by the next, and whatever else lies in the
folder (a ``CNAME``, pages of somebody else) stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fihris.index.errors import PlaceTaken, PlaceUnwritable

MANIFEST = "fihris-site.json"
_FORMAT = "Fihris static site"
# Nothing that leads out of the folder, whoever wrote the manifest.
_NAME = re.compile(r"(?:[\w!=()-][\w!=().-]*/)*[\w!=()-][\w!=().-]*", re.ASCII)
_UNFINISHED = ".new"


class SiteFolder:
    """The folder *out*, for one export.

    Call :meth:`begin` with the names of all files, :meth:`write` for each, and :meth:`finish`.
    Names are paths below the folder with slashes. Raises PlaceTaken when *out* is a file, or a
    folder with something in it and no manifest.
    """

    def __init__(self, out: Path) -> None:
        self.path = out
        self._before = _named_in(out)
        self._planned: frozenset[str] = frozenset()
        self._folders: set[Path] = set()
        self.written = self.unchanged = self.removed = self.size = 0

    def begin(self, names: Collection[str], folder: str) -> None:
        """Claim the files *names*, and a *folder* whose content others keep in order.

        Raises PlaceTaken when something that no export wrote bears one of the names, or is a link
        on the way to one; then nothing has been changed.
        """
        self._planned = frozenset(names)
        claimed = {*names, f"{folder}/"}
        for name in sorted(claimed - self._before):
            if _is_there(self.path / name):
                remedy = "Move it away, or name another folder."
                raise PlaceTaken(self.path / name, "was not written by an export.", remedy)
        for parent in sorted({parent for name in claimed for parent in self._above(name)}):
            if parent.is_symlink():
                remedy = "Nothing is written through links: put a folder in its place."
                raise PlaceTaken(parent, "is a link.", remedy)
            if _is_there(parent) and not parent.is_dir():
                raise PlaceTaken(parent, "is a file.", "Move it away, or name another folder.")
        with self.writing():
            self._write_manifest(self._before | claimed)
        for name in self._before:
            # What a run left that was killed while it wrote.
            (self.path / f"{name}{_UNFINISHED}").unlink(missing_ok=True)

    def write(self, name: str, content: bytes) -> None:
        """Write a file that was claimed, unless it holds *content* already."""
        if name not in self._planned:
            raise ValueError(f"{name} was not claimed")
        with self.writing():
            if self._put(name, content):
                self.written += 1
            else:
                self.unchanged += 1
        self.size += len(content)

    def finish(self, folder: str) -> None:
        """Take away the files of earlier exports that belong to this one no more."""
        claimed = self._planned | {f"{folder}/"}
        with self.writing():
            for name in sorted(self._before - claimed):
                path = self.path / name
                if any(parent.is_symlink() for parent in self._above(name)):
                    continue  # what is behind a link was never written
                with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
                    path.unlink()
                    self.removed += 1
                for parent in self._above(name):
                    with suppress(OSError):  # other things may lie there
                        parent.rmdir()
            self._write_manifest(claimed)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Tell what the system refuses to write, a full disk for one, as an error of ours."""
        try:
            yield
        except OSError as error:
            raise PlaceUnwritable(
                Path(error.filename or self.path),
                f"cannot be written: {error.strerror or error}.",
                "Make room or change the permissions, then run it again; it goes on from there.",
            ) from error

    def _above(self, name: str) -> list[Path]:
        """Return the folders around a file, the nearest first, without that of the site."""
        path = self.path / name
        return [*path.parents[: name.rstrip("/").count("/")], *([path] if name[-1] == "/" else [])]

    def _put(self, name: str, content: bytes) -> bool:
        path = self.path / name
        with suppress(FileNotFoundError):
            if path.read_bytes() == content:
                return False
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        unfinished = path.with_name(path.name + _UNFINISHED)
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        return True

    def _write_manifest(self, names: Collection[str]) -> None:
        values = {"format": _FORMAT, "files": sorted(names)}
        self._put(MANIFEST, json.dumps(values, indent=0).encode())


def _named_in(out: Path) -> frozenset[str]:
    """Return the names in the manifest of *out*; none where there is no folder, or an empty one."""
    remedy = "Name a new folder, or the one of an earlier export."
    if not out.is_dir():
        if _is_there(out):
            raise PlaceTaken(out, "is no folder.", remedy)
        return frozenset()
    with suppress(FileNotFoundError):
        try:
            values = json.loads((out / MANIFEST).read_bytes())
            if values["format"] == _FORMAT:
                names = frozenset(values["files"])
                if all(_NAME.fullmatch(name.removesuffix("/")) for name in names):
                    return names
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
        raise PlaceTaken(out / MANIFEST, "is not what an export wrote.", remedy)
    if any(out.iterdir()):
        raise PlaceTaken(out, "holds something that no export wrote.", remedy)
    return frozenset()


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()
