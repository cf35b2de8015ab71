"""Packing: numbers as few bytes, bytes as packed files that are the same whenever they are made."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterable, Sequence
from operator import sub

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"

# Bytes; the code of a block takes some 60 itself.
_WORTH_A_CODE = 250
# Looking longer for repetitions takes twice the time, and a thousandth off.
_LEVEL = 6
# zlib's largest: longer blocks, so fewer codes.
_MOST_MEMORY = 9


def varints(numbers: Sequence[int]) -> bytes:
    """Return *numbers*, none negative, seven bits a byte, the lowest first.

    >>> varints([5, 300]).hex()
    '05ac02'
    """
    if not numbers:
        return b""
    if max(numbers) < 128:  # most runs, and many times faster
        return bytes(numbers)
    return b"".join([_SHORT[one] if one < _SHORT_END else _varint(one) for one in numbers])


def _varint(number: int) -> bytes:
    packed = bytearray()
    while number >= 128:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


# Nearly all numbers have two bytes at most: these are made once.
_SHORT_END = 1 << 14
_SHORT = [_varint(number) for number in range(_SHORT_END)]


def deltas(numbers: Iterable[int]) -> list[int]:
    """Return rising *numbers* as the differences between them, the first one as it is.

    >>> deltas([3, 5, 9])
    [3, 2, 4]
    """
    rising = [*numbers]
    return [*map(sub, rising, [0, *rising])]


def code_units(text: str) -> bytes:
    """Return what orders texts as JavaScript does: by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def single_bytes(text: str) -> bytes:
    r"""Return *text* with one byte for each ASCII or basic Arabic character.

    Arabic in UTF-8 takes two bytes a letter, and a packer spends a sixth of its output on the first
    of them. Here U+0600 to U+067F are the bytes from 80; any other character is U+001A and its
    UTF-8.

    >>> single_bytes("ab ب–").hex()
    '616220a81ae28093'
    """
    return codecs.charmap_encode(text, _ESCAPED, _SINGLE_BYTES)[0]


def _escaped(error: UnicodeError) -> tuple[bytes, int]:
    """Return the bytes of characters that have none of their own, and where they end."""
    assert isinstance(error, UnicodeEncodeError)
    others = error.object[error.start : error.end]
    return b"".join(b"\x1a" + other.encode() for other in others), error.end


# U+FFFE stands for "no such byte" in a table of characters.
_SINGLE_BYTES = codecs.charmap_build(
    "".join(
        "\ufffe" if byte == 0x1A else chr(byte if byte < 0x80 else byte + 0x580)
        for byte in range(256)
    )
)
_ESCAPED = "fihris.escaped"
codecs.register_error(_ESCAPED, _escaped)


def packed(*parts: bytes, dictionary: bytes = b"") -> bytes:
    """Return *parts*, a text and streams of numbers, one behind the other and deflated.

    At the end stand the checksum and the length of *dictionary* and content together: what follows
    a stream in a gzip file. The text may point into *dictionary*, as if that stood before it. A
    large stream gets a code of its own, for what follows from one says nothing about another; and
    since numbers repeat themselves by chance rather than by sense, looking for repetitions often
    costs more than it gives: the shortest of three ways is taken.
    """
    joined = _worth_a_code(*parts)
    body = bytearray()
    for at, part in enumerate(joined):
        end = zlib.Z_FINISH if at == len(joined) - 1 else zlib.Z_SYNC_FLUSH
        if at:
            body += min((_deflated(part, way, end) for way in _WAYS_OF_NUMBERS), key=len)
        else:
            body += _deflated(part, zlib.Z_DEFAULT_STRATEGY, end, dictionary)
    content = b"".join(joined)
    check = zlib.crc32(content, zlib.crc32(dictionary))
    length = len(dictionary) + len(content)
    return bytes(body) + check.to_bytes(4, "little") + length.to_bytes(4, "little")


def gzipped(text: bytes) -> bytes:
    """Return *text* as a gzip file with no time and no name, so that equal contents stay equal."""
    return _GZIP_HEADER + packed(text)


_WAYS_OF_NUMBERS = (zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)


def _worth_a_code(*parts: bytes) -> list[bytes]:
    """Return *parts* with the small ones joined to what stands before them."""
    joined = [parts[0]]
    for part in parts[1:]:
        if min(len(joined[-1]), len(part)) < _WORTH_A_CODE:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _deflated(part: bytes, way: int, end: int, dictionary: bytes = b"") -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MOST_MEMORY, way, dictionary)
    return packer.compress(part) + packer.flush(end)
