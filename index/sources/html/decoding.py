"""Decoding a web page: what its bytes prove comes before what the page declares of itself.

Old pages of the UN are in windows-1256, declare it, declare something else, or declare nothing.
"""

from __future__ import annotations

import codecs
import re

from fihris.index.errors import SourceMalformed
from fihris.index.sources.encoding import NotText, decode
from fihris.index.sources.raw import RawDocument

#: Bytes. The longest pages that were met, saved by Word with all its styles, have two million.
MAX_HTML_BYTES = 16 * 1024 * 1024

_DECLARATION_WITHIN = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
# The encodings that hold Arabic, one byte for a letter, by Python's names for them.
_ARABIC_ENCODINGS = frozenset({"cp1256", "iso8859-6", "mac-arabic", "cp864", "cp720"})
_ARABIC = re.compile("[\u0621-\u064a]")
# What a declaration must give for it to be believed over what the bytes look like.
_LEAST_ARABIC = 0.5


def decoded_html(raw: RawDocument) -> str:
    """Return the text of a page.

    Valid UTF-8 and byte order marks prove themselves. Any other encoding that the page declares is
    believed when Arabic comes out of it; else the bytes are looked at as those of any text are.

    Raises SourceMalformed when the page is empty, too large, or in an unknown encoding.
    """
    if len(raw.content) > MAX_HTML_BYTES:
        fact = f"is larger than {MAX_HTML_BYTES // 1024**2} MiB, too large for one page."
        raise SourceMalformed(raw.file.path, fact, "Save its parts as pages of their own.")
    text = _as_declared(raw.content)
    if text is None:
        try:
            text = decode(raw.content).text
        except NotText as error:
            remedy = "Open the page in a browser and save it again, in UTF-8."
            raise SourceMalformed(raw.file.path, f"{error}.", remedy) from error
    if not text.strip():
        raise SourceMalformed(raw.file.path, "is empty.", "Leave it out, or fetch it again.")
    return text


def _as_declared(content: bytes) -> str | None:
    """Return the page in the encoding that it declares, None where that is not to be believed."""
    declared = _DECLARED.search(content[:_DECLARATION_WITHIN])
    if declared is None or b"\0" in content or content.startswith(codecs.BOM_UTF8):
        return None
    try:
        encoding = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return None
    if encoding not in _ARABIC_ENCODINGS or _is_utf8(content):
        return None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    foreign = sum(not character.isascii() for character in text)
    return text if len(_ARABIC.findall(text)) >= _LEAST_ARABIC * foreign else None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
