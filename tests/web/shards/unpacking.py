"""What an engine does with the files of a static index, in a few lines of Python."""

from __future__ import annotations

import gzip
import json
import zlib
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


class StoredUnit(NamedTuple):
    """What is shown of a unit, and the numbers of the others with the same wording."""

    fragment: str
    kind: str
    text: str
    alike: list[int]


class Block(NamedTuple):
    """What a file of texts holds."""

    documents: list[list[Any]]
    units: list[StoredUnit]


def unpacked(packed: bytes, dictionary: bytes = b"") -> bytes:
    """Return what a file holds behind its stamp; its checksum must be right."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS, zdict=dictionary)
    content = inflater.decompress(packed) + inflater.flush()
    assert inflater.eof
    check, length = (int.from_bytes(inflater.unused_data[at : at + 4], "little") for at in (0, 4))
    assert len(inflater.unused_data) == 8
    assert check == zlib.crc32(dictionary + content)
    assert length == len(dictionary + content)
    return content


class Shards:
    """The files of a static index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = json.loads(text_of(gzip.decompress((folder / "fihris.json.gz").read_bytes())))
        self.dictionary = self.content("dictionary.bin", self.root["dictionary"])

    def content(self, name: str, stamp: int, dictionary: bytes = b"") -> bytes:
        """Return what a file holds; it must have the *stamp* that the root says."""
        file = (self._folder / name).read_bytes()
        assert file[0] == stamp
        return unpacked(file[1:], dictionary)

    def series(self, part: str, dictionary: bytes = b"") -> Iterator[bytes]:
        """Yield what the numbered files of a folder hold, in their order."""
        written = self.root[part]
        stamps = bytes.fromhex(written if isinstance(written, str) else written[1])
        count = len([*(self._folder / part).glob("*.bin")])
        assert len(stamps) == (count + 7) // 8
        for number in range(count):
            yield self.content(f"{part}/{number}.bin", stamps[number // 8], dictionary)

    def wordings(self) -> list[list[int]]:
        """Return the units of each wording that many units have."""
        return [sums(json.loads(text_of(content))) for content in self.series("wordings")]

    def blocks(self) -> Iterator[Block]:
        """Yield what each file of texts holds."""
        wordings = self.wordings()
        number = 0
        for content in self.series("texts", self.dictionary):
            documents, fragments, kinds, texts, alike = json.loads(text_of(content))
            assert len(fragments) == len(kinds) == len(texts)
            same: dict[int, list[int] | int] = dict(zip(alike[::2], alike[1::2], strict=True))
            units: list[StoredUnit] = []
            for place, text in enumerate(texts):
                fragment, kind = fragments[place], kinds[place]
                if fragment == 0:
                    before = units[-1].fragment
                    digits = before[len(before.rstrip("0123456789")) :][-9:]
                    fragment = before[: len(before) - len(digits)] + str(int(digits) + 1)
                others = same.get(place, [])
                others = wordings[others] if isinstance(others, int) else sums(others)
                others = [one for one in others if one != number]
                units.append(StoredUnit(fragment, kind or units[-1].kind, text, others))
                number += 1
            yield Block(documents, units)

    def words(self) -> list[list[Any]]:
        """Return the entries of all files of words."""
        files = self.series("words")
        return [entry for content in files for entry in json.loads(text_of(content))]

    def boundaries(self, part: str) -> list[str]:
        """Return what the root says of the first keys of files."""
        keys: list[str] = []
        written: str = self.root[part][0]
        for one in written.split("\x7f") if written else ():
            before = keys[-1] if keys else ""
            keys.append(before[: int(one[0])] + one[1:])
        return keys

    def shards(self) -> Iterator[dict[str, StoredGroup]]:
        """Yield the groups of each file of postings by their keys."""
        for content in self.series("postings"):
            at = 4 + int.from_bytes(content[:4], "little")
            directory = json.loads(text_of(content[4:at]))
            streams: list[list[bytes]] = [[] for _ in directory]
            for kind in range(8):
                for place, (*_, lengths) in enumerate(directory):
                    length = lengths[kind] if kind < len(lengths) else 0
                    streams[place].append(content[at : at + length])
                    at += length
            assert at == len(content)
            groups = zip(directory, streams, strict=True)
            yield {key: StoredGroup(forms, own) for (key, *forms, _), own in groups}

    def groups(self) -> dict[str, StoredGroup]:
        """Return all groups by their keys, in the order of the files."""
        found: dict[str, StoredGroup] = {}
        for shard in self.shards():
            assert not found.keys() & shard.keys()
            found |= shard
        return found
