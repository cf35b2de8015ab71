"""The package: a zip of parts, and the relationships by which one part names another.

Nothing is ever written to disk and no target outside the package is followed, so a path inside it
can lead nowhere else.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from fihris.index.frozen import frozen
from fihris.index.sources.word.markup import WORD, BrokenPart, parse_part, word

#: Bytes, unpacked. The main part of the longest yearly volume has some 30 MiB.
MAX_PART_BYTES = 48 * 1024 * 1024

#: A document with all its pictures has a few hundred.
MAX_PARTS = 10_000

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_MAIN_PART = "word/document.xml"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises at damage, beside its own error; NotImplementedError is a RuntimeError.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OSError,
    OverflowError,
)


@frozen
class Relationship:
    """What a part refers to by *id*: the name of another part, and what it is for (``footnotes``).

    References that lead out of the package are none of ours.
    """

    id: str
    role: str
    target: str


class Package:
    """The parts of a Word file.

    Raises BrokenPart when *content* is no zip, or one that no word processor wrote.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except _ZIP_ERRORS as error:
            raise BrokenPart(f"is a damaged or truncated Word file ({error}).") from error
        if len(self._members) > MAX_PARTS:
            raise BrokenPart(f"has {len(self._members)} parts, too many for a document.")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> etree._Element:
        """Return the root element of the part *name*.

        Raises BrokenPart when it is missing, damaged, encrypted or too large.
        """
        member = self._members.get(name)
        if member is None:
            raise BrokenPart(f"lacks its part {name}.")
        if member.flag_bits & 1:
            raise BrokenPart("is encrypted.")
        if member.compress_type not in _METHODS:
            raise BrokenPart(f"has a part packed in a way that no word processor uses ({name}).")
        try:
            with self._zip.open(member) as stream:  # what the directory says of sizes may be a lie
                content = stream.read(MAX_PART_BYTES + 1)
        except _ZIP_ERRORS as error:
            raise BrokenPart(f"is a damaged or truncated Word file ({error}).") from error
        if len(content) > MAX_PART_BYTES:
            raise BrokenPart(f"has a part larger than {MAX_PART_BYTES // 1024**2} MiB ({name}).")
        return parse_part(content, name)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return what *part* refers to inside the package, by id; ``""`` is the package itself."""
        folder, _, base = part.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._members:
            return {}
        found: dict[str, Relationship] = {}
        for entry in self.read(name).iter(_RELATIONSHIP):
            if entry.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))
            role = entry.get("Type", "").rpartition("/")[2]
            found[entry.get("Id", "")] = Relationship(entry.get("Id", ""), role, target.lstrip("/"))
        return found

    @cached_property
    def main_part(self) -> str:
        """The name of the part that holds the text."""
        for relationship in self.relationships("").values():
            if relationship.role == "officeDocument":
                return relationship.target
        return _USUAL_MAIN_PART

    def document(self) -> etree._Element:
        """Return the root of the main part; raises BrokenPart when it is no Word document."""
        root = self.read(self.main_part)
        if root.tag != word("document"):
            name = etree.QName(root)
            foreign = "" if name.namespace == WORD else f" of {name.namespace}"
            raise BrokenPart(f"is no Word document (it holds a {name.localname}{foreign}).")
        return root
