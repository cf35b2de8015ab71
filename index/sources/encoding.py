"""Decoding: from the bytes of a text file to its characters, without being told the encoding.

Arabic texts come as UTF-8, as UTF-16 (the "Unicode" of Windows) and as windows-1256. The first two
are recognised for certain; windows-1256 is what remains when the bytes read as Arabic in it.
Anything else is refused, for a wrong guess would fill the index with noise that nobody can find.
"""

from __future__ import annotations

import codecs
import re

from fihris.index.frozen import frozen

_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# U+001A ended files under DOS; U+000C parts pages; U+001B and the rest never stand in a text.
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u0019\u001b-\u001f\u007f-\u009f]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_EXPECTED = re.compile(
    "[\t\n\r -~\u00a0-\u00ff\u0600-\u06ff\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]"
)
# Arabic in UTF-8, read as windows-1256, is a row of these two letters, each before a symbol.
_MISREAD_UTF8 = re.compile("[طظ][^\u0600-\u06ff \n\r\t]")

_MOST_CONTROLS = 0.002
_LEAST_EXPECTED = 0.9
_LEAST_ARABIC = 0.5
_MOST_MISREAD = 0.2


class NotText(ValueError):
    """These bytes are no text; the message says how that is known."""


@frozen
class Decoded:
    r"""A text with ``\n`` for every line end, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    r"""Return the text that *content* holds.

    Raises NotText for what is binary, damaged or in an encoding that is not recognised.

    >>> decode("قرار\r\n".encode("cp1256"))
    Decoded(text='قرار\n', encoding='windows-1256')
    """
    encoding = _marked_encoding(content) or _detected_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotText(f"is not valid {encoding.upper()} (near line {line})") from error
    text = text.removeprefix("\ufeff").removesuffix("\u001a")
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > _MOST_CONTROLS * len(text) + 1:
        raise NotText("is binary, not text (it holds control characters)")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def _marked_encoding(content: bytes) -> str | None:
    """Return the encoding that a byte order mark declares."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    return None


def _detected_encoding(content: bytes) -> str:
    """Return the encoding of bytes that declare none."""
    if b"\0" in content:
        return _unmarked_utf16(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _reads_as_arabic(content.decode("cp1256")):
            line = content.count(b"\n", 0, error.start) + 1
            raise NotText(
                f"is neither UTF-8 (line {line}), nor UTF-16, nor Arabic in windows-1256"
            ) from error
        return "windows-1256"
    return "utf-8"


def _unmarked_utf16(content: bytes) -> str:
    """Return the byte order in which nearly every character is one that texts have."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(_EXPECTED.findall(text)) >= _LEAST_EXPECTED * len(text):
            return encoding
    raise NotText("is binary, not text (it holds NUL bytes)")


def _reads_as_arabic(text: str) -> bool:
    """Tell whether *text*, decoded from windows-1256, is Arabic and not some other encoding."""
    foreign = sum(not char.isascii() for char in text)
    arabic = len(_ARABIC.findall(text))
    misread = len(_MISREAD_UTF8.findall(text))
    return arabic >= _LEAST_ARABIC * foreign and misread <= _MOST_MISREAD * arabic
