"""Translation memories (TMX): their Arabic side, put together into documents again.

A memory is read as a stream, for that of the General Assembly's resolutions has 196 MB. There the
``tuid`` of a segment, ``55_100:14``, tells the resolution and the segment's place in it. Other
memories do not tell their documents; these are read in runs of segments.

:func:`tmx_documents` finds the documents and writes the Arabic segments of each as XML of its own,
which :func:`read_tmx` reads.
"""

from __future__ import annotations

import copy
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from fihris.index.addresses import document_address
from fihris.index.errors import SourceError, SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import SourceText
from fihris.index.sources.entries import Entry
from fihris.index.sources.files import UNPACKING_ERRORS, Form, unpacking_fault, unreadable
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal
from fihris.index.sources.tree_reader import TreeReader
from fihris.index.sources.xml import (
    SAFELY,
    check_entities,
    is_arabic,
    language_of,
    local_name,
    not_well_formed,
    parse_xml,
)

#: Segments. A memory that names no documents is cut into runs of so many.
RUN_OF_SEGMENTS = 2_000

#: Segments. No document has so many; beyond them another one begins.
MOST_SEGMENTS = 20_000

#: Bytes of a memory between the ends of two units, which have to be held.
MOST_BYTES_OF_A_UNIT = 16 * 1024**2

_DOCUMENT_ID = re.compile(r"(?P<document>[^\s:]{1,80}):(?P<segment>\d{1,6})")
# The names that memories of the General Assembly give: session and number.
_ASSEMBLY = re.compile(r"(?P<session>\d{2,3})_(?P<number>\d{1,3})(?:_?(?P<part>[A-Z]))?")
_FIRST_NUMBERED_SESSION = 31
_LONGEST_NAME = 200  # characters
_PROPERTIES = frozenset({"x-document", "document", "x-filename", "filename", "file", "x-symbol"})
_FIGURES = re.compile(r"[0-9٠-٩]{1,4}")
# The figure of a note stands in brackets, of which some may have stayed with the text: "[1]) ...".
_SIGN = re.compile(r"[\s(\[]*[0-9٠-٩]{1,4}\s*[)\]]+")
_ROOT = "segments"
# Codes of a program that holds no wording, and may hold markup of the format it came from.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


def tmx_documents(entry: Entry) -> Iterator[RawDocument | Refusal]:
    """Yield the documents of the memory *entry*, and a refusal where it cannot be read on.

    Never more than one document is held. A name that returns later in the memory is told apart by
    a number.
    """
    path, member = entry.file.path, entry.member
    try:
        with entry.open() as source:
            found = False
            for name, content in _documents(path, _Watched(source.stream)):
                found = True
                try:
                    yield _raw(entry, name, content, source.position)
                except ValueError as error:
                    reason = f"its name {error}, so it gives no address."
                    yield Refusal(path, None, reason, "Rename the document.", _within(entry, name))
        if not found:
            reason = "is a translation memory without Arabic segments."
            yield Refusal(path, None, reason, "Export the memory with its Arabic side.", member)
    except UNPACKING_ERRORS as error:
        reason = f"cannot be unpacked from here on ({unpacking_fault(error)})."
        yield Refusal(path, None, reason, "Fetch or pack the file again.", member)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Refusal.of(not_well_formed(path, error), member)
    except SourceError as error:
        yield Refusal.of(error, member)
    except OSError as error:
        yield Refusal.of(unreadable(path, error), member)


def _raw(entry: Entry, name: str, content: bytes, position: int) -> RawDocument:
    return RawDocument(
        file=entry.file,
        form=Form.TMX,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        name=document_address(f"{entry.name}/{name}"),
        position=position,
        member=_within(entry, name),
    )


def _within(entry: Entry, name: str) -> str:
    """Return how the place of the document *name* is told."""
    return f"{entry.member}/{name}" if entry.member else name


class _Watched:
    """The bytes of a memory; too many of them without a unit between are an error."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self._since = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises ValueError when a unit, or what is none, has no end."""
        content = self._stream.read(size)
        self._since += len(content)
        if self._since > MOST_BYTES_OF_A_UNIT:
            raise ValueError(f"no end of a unit within {MOST_BYTES_OF_A_UNIT // 1024**2} MiB")
        return content

    def unit_ended(self) -> None:
        """Begin to count anew."""
        self._since = 0


def _documents(path: Path, stream: _Watched) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each document of a memory."""
    times: dict[str, int] = {}

    def finished(name: str, document: etree._Element) -> tuple[str, bytes]:
        times[name] = times.get(name, 0) + 1
        unique = name if times[name] == 1 else f"{name}~{times[name]}"
        return unique, etree.tostring(document, encoding="utf-8")

    current, document = "", etree.Element(_ROOT)
    count = 0
    for unit in _units(path, stream):
        segment = _arabic_segment(unit)
        if segment is None:
            continue
        name = _document_of(unit)
        if not name:
            first = count // RUN_OF_SEGMENTS * RUN_OF_SEGMENTS
            name = f"{first + 1}-{first + RUN_OF_SEGMENTS}"
        count += 1
        if (name != current or len(document) >= MOST_SEGMENTS) and len(document):
            yield finished(current, document)
            document = etree.Element(_ROOT)
        if not len(document):
            current = name
            document.set("name", name)
        document.append(segment)
    if len(document):
        yield finished(current, document)


def _units(path: Path, stream: _Watched) -> Iterator[etree._Element]:
    """Yield the translation units, forgetting each when the next is asked for."""
    units = etree.iterparse(stream, events=("end",), tag="{*}tu", **SAFELY)  # type: ignore[call-overload]
    checked = False
    for _, unit in units:
        if not checked:
            _check_root(path, unit.getroottree().getroot())
            checked = True
        stream.unit_ended()
        yield unit
        unit.clear()
        while unit.getprevious() is not None:
            del unit.getparent()[0]
    if not checked:
        _check_root(path, units.root)


def _check_root(path: Path, root: etree._Element) -> None:
    if local_name(root) != "tmx":
        fact = f"is XML, but no translation memory: its root is <{local_name(root)}>."
        raise SourceMalformed(path, fact, "Export the memory as TMX.")
    check_entities(path, root)


def _arabic_segment(unit: etree._Element) -> etree._Element | None:
    """Return a copy of the Arabic segment of *unit*, without a namespace; None if it has none."""
    for variant in unit:
        if local_name(variant) == "tuv" and is_arabic(language_of(variant)):
            for segment in variant:
                if local_name(segment) == "seg" and len("".join(map(str, segment.itertext()))):
                    copied = copy.deepcopy(segment)
                    copied.tail = None
                    return copied
    return None


def _document_of(unit: etree._Element) -> str:
    """Return the name of the document that *unit* belongs to, empty where nothing tells it."""
    identified = _DOCUMENT_ID.fullmatch(unit.get("tuid", "").strip())
    if identified:
        return identified["document"]
    for told in unit:
        if local_name(told) == "prop" and told.get("type", "").lower() in _PROPERTIES:
            return " ".join((told.text or "")[:_LONGEST_NAME].split())
    return ""


def read_tmx(raw: RawDocument) -> SourceText:
    """Return the blocks and notes of a document that :func:`tmx_documents` found.

    A name as the General Assembly's memory gives them, ``55_100``, tells its symbol and is a
    running head. Raises SourceMalformed when *raw* is no such document.
    """
    root = parse_xml(raw)
    if root.tag != _ROOT:
        fact = "is no document of a translation memory."
        raise SourceMalformed(raw.file.path, fact, "Index the memory itself.")
    reader = _SegmentReader()
    reader.read(root)
    return SourceText(
        tuple(reader.text.blocks),
        SourceKind.TMX,
        tuple(reader.notes),
        _running_heads(root.get("name", "")),
    )


def _running_heads(name: str) -> tuple[str, ...]:
    assembly = _ASSEMBLY.fullmatch(name)
    if assembly is None or int(assembly["session"]) < _FIRST_NUMBERED_SESSION:
        return (name,) if "/" in name else ()
    number = f"A/RES/{int(assembly['session'])}/{int(assembly['number'])}"
    return (f"{number}{assembly['part'] or ''}",)


class _SegmentReader(TreeReader):
    """Reads segments, each a block; a ``sub`` that holds a note is one."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*."""
        name = local_name(element)
        if name == "seg":
            self.into.end()
        elif name == "sub" and "note" in element.get("type", ""):
            printed = _FIGURES.match("".join(map(str, element.itertext())).lstrip(" ([\u00a0"))
            self._number = int(printed[0]) if printed else self._number + 1
            self.into.mark(self._number)
            self.open_aside(element)
        return name not in _CODES

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*."""
        if self.is_aside(element):
            body = self.close_aside()
            sign = _SIGN.match(body)
            self.add_note(self._number, body[sign.end() if sign else 0 :])
        if local_name(element) == "seg":
            self.into.end()
