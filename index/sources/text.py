"""Plain texts: one file, one document."""

from __future__ import annotations

from fihris.index.errors import SourceMalformed
from fihris.index.sources.encoding import Decoded, NotText, decode
from fihris.index.sources.raw import RawDocument

#: Bytes, unpacked. A resolution has some 30 000; what is larger than this is no single document,
#: and a small packed file must not be able to fill the memory.
MAX_TEXT_BYTES = 64 * 1024 * 1024


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
