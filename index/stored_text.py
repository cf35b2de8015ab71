"""Texts as the index stores them: one byte for each character that Arabic documents are made of.

UTF-8 takes two bytes for an Arabic letter, and the engine's compression knows repeated strings and
nothing of frequent letters. With a code page of their own, stored texts take a third less room, and
no longer to write or to read. A byte that UTF-8 never has is the sign of it; a text that has a
character which the page has not is stored in UTF-8.
"""

from __future__ import annotations

from fihris.index.code_page import CodePage

#: The characters that take one byte, in the order of their codes. Changing the page changes the
#: schema (SCHEMA_VERSION).
PAGE = "".join(
    (
        "\0\t\n",
        "".join(map(chr, range(0x20, 0x7F))),  # ASCII
        "\u00a0«»°·×÷±§©®¼½¾¹²³´",
        "".join(map(chr, range(0x0621, 0x063B))),  # Arabic letters
        "".join(map(chr, range(0x0640, 0x0653))),  # tatweel, letters, vowel marks
        "".join(map(chr, range(0x0660, 0x066E))),  # Arabic digits and signs of numbers
        "\u060c\u061b\u061f\u0653\u0654\u0655\u0670\u0671",  # punctuation, rare marks
        "پچژڤکگی\u06d4",
        "".join(map(chr, range(0x06F0, 0x06FA))),  # Persian digits
        # Spaces without width, controls of direction, a narrow space, a soft hyphen.
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u2066\u2067\u2069",
        "\ufeff\u00ad",
        "–—‘’“”„•…‰′″€™−",
        "àâçèéêëîïôùûüñöä",
    )
)
_CODE_PAGE = CodePage(PAGE)
_SIGN = b"\xff"


def to_page(text: str) -> bytes | None:
    """Return *text* with one byte for each character; None if the page lacks one of them."""
    try:
        return _CODE_PAGE.encode(text)
    except UnicodeEncodeError:
        return None


def from_page(written: bytes) -> str:
    """Return the text that :func:`to_page` wrote."""
    return _CODE_PAGE.decode(written)


def pack_text(text: str) -> bytes:
    r"""Return *text* as it is stored.

    >>> pack_text("حق"), pack_text("Ω")
    (b'\xff\x80\x90', b'\xce\xa9')
    """
    written = to_page(text)
    return text.encode() if written is None else _SIGN + written


def unpack_text(stored: bytes) -> str:
    """Return the text that :func:`pack_text` stored. Raises UnicodeDecodeError for anything else.

    >>> unpack_text(pack_text("حُقوق"))
    'حُقوق'
    """
    if stored.startswith(_SIGN):
        return from_page(stored[1:])
    return stored.decode()
