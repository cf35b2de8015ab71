"""Output: the files of an index on disk, each with a stamp that tells which others it belongs to.

A stamp is a byte, common to a run of files that are numbered one after the other, and made of what
they hold. The root file has the stamps of all runs, so a browser notices a file that is left from
another upload. One for each file would make the root file twice as large.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from fihris.web.shards.packing import packed

#: Files in a run.
RUN = 8
SUFFIX = ".bin"
# What numbered files were called up to format 2: an index that was written then is brought up.
_FORMER_SUFFIX = ".gz"


class Output:
    """Writes files into a folder, and remembers them.

    One that holds its content already is left alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: set[Path] = set()
        self.size = 0

    @property
    def files(self) -> int:
        """How many files were written."""
        return len(self._written)

    def write(self, name: str, content: bytes) -> None:
        """Write *content* as the file *name*."""
        path = self._folder / name
        self._written.add(path)
        self.size += len(content)
        if not (path.exists() and path.read_bytes() == content):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".new")
            unfinished.write_bytes(content)
            unfinished.replace(path)

    def pack(self, name: str, content: bytes) -> int:
        """Write *content*, packed, as a file that is a run by itself, and return its stamp."""
        return self._write_run([name], [packed(content)])

    def pack_series(
        self, part: str, contents: Iterable[Sequence[bytes]], dictionary: bytes = b""
    ) -> str:
        """Write *contents*, each the parts of one, as the numbered files of the folder *part*.

        Returns the stamps of their runs, two hexadecimal digits each.
        """
        files = iter(contents)
        stamps = bytearray()
        first = 0
        while run := [packed(*parts, dictionary=dictionary) for parts in islice(files, RUN)]:
            names = [f"{part}/{number}{SUFFIX}" for number in range(first, first + len(run))]
            stamps.append(self._write_run(names, run))
            first += len(run)
        return stamps.hex()

    def _write_run(self, names: Sequence[str], files: Sequence[bytes]) -> int:
        checks = b"".join(file[-8:-4] for file in files)
        stamp = zlib.crc32(checks) & 255
        for name, file in zip(names, files, strict=True):
            self.write(name, bytes([stamp]) + file)
        return stamp

    def remove_leftovers(self, names: Iterable[str], parts: Iterable[str]) -> None:
        """Remove what an earlier index had more: of files called *names*, and numbered ones."""
        candidates = [self._folder / former_name(name) for name in names]
        for part in parts:
            candidates += numbered_files(self._folder / part)
        for path in candidates:
            if path not in self._written:
                path.unlink(missing_ok=True)


def former_name(name: str) -> str:
    """Return how the file *name* of an index was called up to format 2."""
    return name.removesuffix(SUFFIX) + _FORMER_SUFFIX


def numbered_files(folder: Path, suffix: str = "") -> list[Path]:
    """Return the files of *folder* that are called as an index calls them, now or formerly.

    With a *suffix*, those that have this behind such a name.
    """
    endings = [one + suffix for one in (SUFFIX, _FORMER_SUFFIX)]
    found = ((path, path.name.removesuffix(one)) for one in endings for path in folder.glob("*"))
    return sorted(path for path, number in found if number.isascii() and number.isdecimal())
