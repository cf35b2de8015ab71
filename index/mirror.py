"""A mirror: reading an index in a folder where nothing may be written.

The engine makes lock files even to read. So it is given a temporary folder of its own, with links
to the files of the last commit; they never change, so a link is as good as the file. When another
commit is there, the links follow it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.commit import held_commit
from fihris.index.folder import MANAGED, META

if TYPE_CHECKING:
    import tantivy


class Mirror:
    """A folder of links that shows the last commit of the index in *folder*.

    It vanishes with this object. Raises OSError when the index cannot be read, or when this system
    lets no links be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._path = Path(tempfile.mkdtemp(prefix="fihris-"))
        weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)
        self._meta = b""
        self._following = threading.Lock()
        self._follow()

    def open(self) -> tantivy.Index:
        """Return the index, opened by way of the links."""
        import tantivy

        return tantivy.Index.open(str(self._path))

    def reload(self, index: tantivy.Index) -> None:
        """Let *index*, which :meth:`open` has returned, show the last commit.

        Raises ValueError or OSError when its files cannot be read.
        """
        with self._following:
            while True:
                self._follow()
                try:
                    index.reload()
                except (OSError, ValueError):
                    # Between linking and opening, a merge may have taken the files away.
                    if self._is_up_to_date():
                        raise
                else:
                    return

    def _is_up_to_date(self) -> bool:
        return (self._folder / META).read_bytes() == self._meta

    def _follow(self) -> None:
        if self._is_up_to_date():
            return
        with held_commit(self._folder) as commit:
            for name in commit.files:
                if not (self._path / name).is_symlink():
                    (self._path / name).symlink_to(self._folder / name)
            self._write(MANAGED, json.dumps([*sorted(commit.files), META]).encode())
            self._write(META, commit.meta)
            self._meta = commit.meta
            for path in self._path.iterdir():
                if path.is_symlink() and path.name not in commit.files:
                    path.unlink()  # whoever has it open keeps it

    def _write(self, name: str, content: bytes) -> None:
        new = self._path / f"{name}.new"
        new.write_bytes(content)
        new.replace(self._path / name)
