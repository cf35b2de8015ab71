"""A document that was found in a source and not read yet."""

from __future__ import annotations

from fihris.index.frozen import frozen
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.refusal import place_in


@frozen
class RawDocument:
    """A document as it stands in a source, not read yet.

    ``content`` are its bytes, unpacked, and ``sha256`` is their checksum. ``name`` is the address
    that it gets when it bears no symbol or id. ``member`` and ``line`` tell the place inside the
    file, as in a :class:`Refusal`. ``position`` tells how many bytes of the file had been taken
    when it was found.
    """

    file: SourceFile
    form: Form
    content: bytes
    sha256: str
    name: str
    position: int
    member: str = ""
    line: int | None = None

    @property
    def place(self) -> str:
        """How messages name it."""
        return place_in(self.file.path, self.member, self.line)
