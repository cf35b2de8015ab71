"""Code pages: one byte for each of some characters, so that texts are short and quick to fold."""

from __future__ import annotations

import codecs

#: What a page has in the place of bytes that stand for nothing.
UNUSED = "\ufffe"


class CodePage:
    """A page of *characters*, 256 at most: the byte of each is its place among them.

    They begin with NUL: only then does Python's codec take its fast way.

    >>> page = CodePage("\\0حق")
    >>> page.encode("حق"), page.decode(b"\\2\\1")
    (b'\\x01\\x02', 'قح')
    """

    def __init__(self, characters: str) -> None:
        self.characters = characters.ljust(256, UNUSED)
        self._encoding = codecs.charmap_build(self.characters)

    def encode(self, text: str) -> bytes:
        """Return *text* in bytes. Raises UnicodeEncodeError if the page lacks a character of it."""
        return codecs.charmap_encode(text, "strict", self._encoding)[0]

    def decode(self, written: bytes) -> str:
        """Return the text that :meth:`encode` wrote. Raises UnicodeDecodeError for unused bytes."""
        return codecs.charmap_decode(written, "strict", self.characters)[0]
