"""Plain texts: one file, one document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fihris.index.errors import SourceMalformed
from fihris.index.sources.encoding import NotText, decode
from fihris.index.sources.files import UNPACKING_ERRORS, SourceFile, open_source, unreadable

#: Bytes, unpacked. A resolution has some 30 000; what is larger than this is no single document,
#: and a small packed file must not be able to fill the memory.
MAX_TEXT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TextSource:
    r"""A text file, read: its ``text`` with ``\n`` line ends, and the ``sha256`` of its bytes."""

    file: SourceFile
    text: str
    encoding: str
    sha256: str


def read_text(file: SourceFile) -> TextSource:
    """Read *file* and decode it.

    Raises SourceUnreadable when the system refuses, SourceMalformed when the file is empty, too
    large, truncated, binary, or in an unknown encoding.
    """
    try:
        with open_source(file.path) as source:
            content = source.stream.read(MAX_TEXT_BYTES + 1)
    except UNPACKING_ERRORS as error:
        fact = f"cannot be unpacked ({error})."
        raise SourceMalformed(file.path, fact, "Fetch or pack the file again.") from error
    except OSError as error:
        raise unreadable(file.path, error) from error
    if len(content) > MAX_TEXT_BYTES:
        fact = f"is larger than {MAX_TEXT_BYTES // 1024**2} MiB, too large for one document."
        raise SourceMalformed(file.path, fact, "Split it into its documents.")
    try:
        decoded = decode(content)
    except NotText as error:
        remedy = "Save it as plain text in UTF-8."
        raise SourceMalformed(file.path, f"{error}.", remedy) from error
    if not decoded.text.strip():
        raise SourceMalformed(file.path, "is empty.", "Leave it out, or fetch it again.")
    digest = hashlib.sha256(content).hexdigest()
    return TextSource(file, decoded.text, decoded.encoding, digest)
