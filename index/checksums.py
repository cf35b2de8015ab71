"""Checksums: whether a file of a segment still has the bytes that were written.

Tantivy ends every file of a segment with a footer that holds the CRC-32 of all that comes before,
taken while the file was written. So there is no list of checksums to keep beside the index, which
would cost time at every commit and could disagree with it after a crash.
"""

from __future__ import annotations

import json
import zlib
from typing import BinaryIO

#: The footer: JSON, then its length, then this number, each of four bytes, the lowest first.
_MAGIC = 1337
_TAIL = 8
#: Bytes. No footer is longer; a length that claims to be is damage.
_LONGEST_FOOTER = 1_000
_PIECE = 1 << 20


def damage_of(file: BinaryIO) -> str | None:
    """Return what is wrong with the content of *file*, None when it is what was written.

    *file* is read to its end, from wherever it stands; its position is its end afterwards.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    length = int.from_bytes(tail[:4], "little")
    if len(tail) < _TAIL or int.from_bytes(tail[4:], "little") != _MAGIC:
        return "is truncated: its checksum, which stands at the end, is gone."
    body = size - _TAIL - length
    if length > _LONGEST_FOOTER or body < 0:
        return "has a damaged end, so its checksum cannot be read."
    file.seek(body)
    footer = file.read(length)
    try:
        entries = json.loads(footer)
        expected = entries["crc"]
    except (ValueError, KeyError, TypeError):
        return "has a damaged end, so its checksum cannot be read."
    # As Tantivy writes it: a byte that was flipped in a blank or a name is found as well.
    if json.dumps(entries, separators=(",", ":")).encode() != footer:
        return "has a damaged end."
    file.seek(0)
    found = 0
    while body:
        piece = file.read(min(body, _PIECE))
        if not piece:
            return "became shorter while it was read."
        found = zlib.crc32(piece, found)
        body -= len(piece)
    if found != expected:
        return "does not have the bytes that were written: its checksum is another."
    return None
