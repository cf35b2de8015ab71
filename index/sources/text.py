"""Plain texts: one file, one document."""

from __future__ import annotations

from fihris.index.errors import SourceMalformed
from fihris.index.sources.encoding import Decoded, NotText, decode
from fihris.index.sources.files import UNPACKING_ERRORS, SourceFile, open_source, unreadable
from fihris.index.sources.raw import RawDocument

#: Bytes, unpacked. A resolution has some 30 000; what is larger than this is no single document,
#: and a small packed file must not be able to fill the memory.
MAX_TEXT_BYTES = 64 * 1024 * 1024


def read_content(file: SourceFile) -> bytes:
    """Return the bytes of *file*, unpacked.

    Raises SourceUnreadable when the system refuses, SourceMalformed when the file is too large or
    truncated.
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
    return content


def decoded_text(raw: RawDocument) -> Decoded:
    """Return the text that *raw* is.

    Raises SourceMalformed when it is empty, binary, or in an unknown encoding.
    """
    try:
        decoded = decode(raw.content)
    except NotText as error:
        remedy = "Save it as plain text in UTF-8."
        raise SourceMalformed(raw.file.path, f"{error}.", remedy) from error
    if not decoded.text.strip():
        raise SourceMalformed(raw.file.path, "is empty.", "Leave it out, or fetch it again.")
    return decoded
