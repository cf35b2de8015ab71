"""The few files that pages need beside themselves, read once, each with a checksum in its link."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fihris.index.frozen import frozen

_FOLDER = Path(__file__).parent / "static"
#: The one style sheet that pages ask for, and the sheets it is put together from, in this order.
_STYLE = "fihris.css"
_SHEETS = ("base", "forms", "results", "document", "tracing", "tables", "paper")
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@frozen
class Asset:
    """A file as it is sent. ``version`` changes whenever the file does."""

    body: bytes
    media_type: str
    version: str


class Assets:
    """All assets by name; there is no way from a name to any other file."""

    def __init__(self, folder: Path) -> None:
        self._assets = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        sheets = [self._assets[f"styles/{name}.css"].body for name in _SHEETS]
        self._assets[_STYLE] = _asset(b"\n".join(sheets), _STYLE)

    def get(self, name: str) -> Asset | None:
        """Return the asset called *name*, None when there is none."""
        return self._assets.get(name)

    def version(self, name: str) -> str:
        """Return the version of *name*; raises KeyError, for a page may link to no other."""
        return self._assets[name].version


@lru_cache(maxsize=1)
def shipped_assets() -> Assets:
    """Return the assets that come with the program."""
    return Assets(_FOLDER)


def _read(path: Path) -> Asset:
    return _asset(path.read_bytes(), path.name)


def _asset(body: bytes, name: str) -> Asset:
    guessed = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    return Asset(body, guessed or "application/octet-stream", sha256(body).hexdigest()[:12])
