"""What an engine does with the files of a static index, in a few lines of Python."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple


def numbers(packed: bytes) -> list[int]:
    """Return the numbers that bytes with seven bits each stand for."""
    read: list[int] = []
    number = shift = 0
    for byte in packed:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            read.append(number)
            number = shift = 0
    assert shift == 0
    return read


def sums(differences: Sequence[int]) -> list[int]:
    """Return the numbers between which there are these *differences*."""
    return [sum(differences[: place + 1]) for place in range(len(differences))]


def text_of(packed: bytes) -> str:
    """Return the text of which single bytes were made."""
    text = ""
    at = 0
    while at < len(packed):
        byte = packed[at]
        size = 1
        if byte == 0x1A:
            lead = packed[at + 1]
            size = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            at += 1
            text += packed[at : at + size].decode()
        else:
            text += chr(byte if byte < 0x80 else byte + 0x580)
        at += size
    return text


class StoredGroup(NamedTuple):
    """A group of a file of postings."""

    forms: list[str]
    streams: list[bytes]


class Shards:
    """The files of a static index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = self.json("fihris.json.gz")

    def json(self, name: str) -> Any:
        """Return what a file holds."""
        return json.loads(text_of(gzip.decompress((self._folder / name).read_bytes())))

    def blocks(self) -> Iterator[Any]:
        """Yield what each file of texts holds."""
        for number in range(len(self.root["texts"]) // 2):
            yield self.json(f"texts/{number}.gz")

    def words(self) -> list[list[Any]]:
        """Return the entries of all files of words."""
        files = range(len(self.root["words"][1]) // 2)
        return [entry for number in files for entry in self.json(f"words/{number}.gz")]

    def groups(self) -> dict[str, StoredGroup]:
        """Return all groups by their keys, in the order of the files."""
        found: dict[str, StoredGroup] = {}
        for number in range(len(self.root["postings"][1]) // 2):
            content = gzip.decompress((self._folder / f"postings/{number}.gz").read_bytes())
            at = 4 + int.from_bytes(content[:4], "little")
            directory = json.loads(text_of(content[4:at]))
            streams: list[list[bytes]] = [[] for _ in directory]
            for kind in range(8):
                for place, (*_, lengths) in enumerate(directory):
                    length = lengths[kind] if kind < len(lengths) else 0
                    streams[place].append(content[at : at + length])
                    at += length
            assert at == len(content)
            for (key, *forms, _), own in zip(directory, streams, strict=True):
                assert key not in found
                found[key] = StoredGroup(forms, own)
        return found
