"""Archives: the members of a ``.zip`` that can be read, each checked before it is opened.

Nothing is ever unpacked to disk: a member is a stream, and its name no more than a part of an
address. A name that would lead out of a folder is refused all the same, for it was made to harm
somebody, or cannot be told from another.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from fihris.index.characters import whole_characters
from fihris.index.errors import SourceError, SourceMalformed
from fihris.index.sources.encoding import NotText, decode
from fihris.index.sources.entries import Entry, read_content
from fihris.index.sources.files import Form, OpenSource, form_of, unpacked, unreadable
from fihris.index.sources.refusal import Refusal

_MIB = 1024**2
#: Members of one archive. All resolutions of the General Assembly since 1946 are some 20 000.
MAX_MEMBERS = 100_000
#: Bytes of the directory of an archive, which has to be held as a whole.
MAX_DIRECTORY_BYTES = 32 * _MIB
#: Bytes of all members of one archive that are read, unpacked.
MAX_UNPACKED_BYTES = 8 * 1024 * _MIB
#: How many times larger a member may become. Text becomes 20 times larger at most, lines of JSON
#: that repeat themselves 60 times; what was made to fill a disk, 1 000 times.
MAX_RATIO = 200
# Bytes. A small member may have any ratio.
_SMALL = _MIB

_ENCRYPTED = 0x1 | 0x40 | 0x2000  # this member, strongly, with its name
_NAME_IS_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
_LOCAL_HEADER_BYTES = 30
_DRIVE = re.compile(r"[A-Za-z]:")
_END = struct.Struct("<4s4H2LH")
_END_64_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LONGEST_COMMENT = 0xFFFF
_PACK_AGAIN = "Pack it again, or unpack it and index the files."
_UNPACK = "Unpack it, look at what is in it, and index the files."
# What zipfile raises at damage, beside its own error.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
)


def archive_entries(archive: Entry) -> Iterator[Entry | Refusal]:
    """Yield the members of *archive* that have one of our forms, by name, and refusals.

    Members of an archive inside it follow where it stands; those inside that one are refused. An
    entry can be opened until the next one is asked for.
    """
    yield from _entries(archive, _Allowance(), nested=False)


class _Allowance:
    """What is left of the bytes that one archive may become, those of archives in it included."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED_BYTES


def _entries(archive: Entry, allowance: _Allowance, *, nested: bool) -> Iterator[Entry | Refusal]:
    path = archive.file.path
    try:
        with _seekable(archive, whole=nested) as stream:
            package = _opened(path, stream)
            with package:
                yield from _members(archive, package, allowance, nested=nested)
    except SourceError as error:
        yield Refusal.of(error, archive.member)
    except OSError as error:
        yield Refusal.of(unreadable(path, error), archive.member)


@contextmanager
def _seekable(archive: Entry, *, whole: bool) -> Iterator[IO[bytes]]:
    """Open *archive* for reading at any place; what is packed itself, or a member, is held."""
    if whole or archive.file.path.suffix.lower() != Form.ARCHIVE.value:
        yield io.BytesIO(read_content(archive))
    else:
        with archive.file.path.open("rb") as stream:
            yield stream


def _opened(path: Path, stream: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive in *stream* after a look at its directory.

    Raises SourceMalformed when it is none, too large, or made to deceive.
    """
    too_many = f"has more than {MAX_MEMBERS:,} members."
    try:
        if _directory_bytes(stream) > MAX_DIRECTORY_BYTES:
            raise SourceMalformed(path, too_many, "Split it, or unpack it and index the files.")
        package = zipfile.ZipFile(stream)
        members = package.infolist()
    except (*_DAMAGE, NotImplementedError) as error:
        fact = f"is a damaged or truncated archive ({error})."
        raise SourceMalformed(path, fact, "Fetch or pack it again.") from error
    if len(members) > MAX_MEMBERS:
        raise SourceMalformed(path, too_many, "Split it, or unpack it and index the files.")
    free = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < free:
            fact = "holds members that overlap each other, as archives do that fill a disk."
            raise SourceMalformed(path, fact, "Do not unpack it; fetch it from where it was made.")
        name = member.orig_filename.encode("utf-8", "replace")
        # The name in front of the data may be written otherwise, so only one letter is sure.
        free = member.header_offset + _LOCAL_HEADER_BYTES + min(1, len(name)) + member.compress_size
    return package


def _directory_bytes(stream: IO[bytes]) -> int:
    """Return how long the directory at the end of an archive says that it is, 0 without one."""
    length = stream.seek(0, io.SEEK_END)
    tail_at = max(0, length - _END.size - _LONGEST_COMMENT - _END_64_LOCATOR.size)
    stream.seek(tail_at)
    tail = stream.read()
    at = len(tail) - _END.size
    if at < 0 or tail[at : at + 4] != b"PK\5\6" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + _END.size:
        return 0
    size: int = _END.unpack_from(tail, at)[5]
    locator_at = at - _END_64_LOCATOR.size
    if locator_at >= 0 and tail[locator_at : locator_at + 4] == b"PK\6\7":
        # Where zipfile looks for it: right in front, whatever the locator says.
        end_at = tail_at + locator_at - _END_64.size
        if end_at >= 0:
            stream.seek(end_at)
            record = stream.read(_END_64.size)
            if record[:4] == b"PK\6\6" and len(record) == _END_64.size:
                size = max(size if size != 0xFFFFFFFF else 0, _END_64.unpack(record)[8])
    return size


def _members(
    archive: Entry, package: zipfile.ZipFile, allowance: _Allowance, *, nested: bool
) -> Iterator[Entry | Refusal]:
    path = archive.file.path
    named = sorted((_name(member), at, member) for at, member in enumerate(package.infolist()))
    seen: set[str] = set()
    for name, _, member in named:
        form = _wanted_form(name, member)
        if form is None:
            continue
        inner = f"{archive.member}/{name}" if archive.member else name
        fault = _fault(name, member, seen, allowance)
        if fault is None and nested and form is Form.ARCHIVE:
            fault = "is an archive in an archive in an archive.", _UNPACK
        if fault is not None:
            yield Refusal(path, None, *fault, whole_characters(inner))
            continue
        seen.add(name)
        allowance.left -= member.file_size
        entry = Entry(
            file=archive.file,
            form=form,
            name=f"{archive.file.name}/{inner}",
            member=inner,
            open=partial(_open_member, path, package, member, PurePosixPath(name).suffix),
        )
        if form is Form.ARCHIVE:
            yield from _entries(entry, allowance, nested=True)
        else:
            yield entry


def _wanted_form(name: str, member: zipfile.ZipInfo) -> Form | None:
    """Return the form of a member by its name, None when it is passed over as in a folder."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    if member.is_dir() or hidden or "__MACOSX" in parts:
        return None
    return form_of(PurePosixPath(name))


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of *member* with ``/`` between folders, in the encoding it was written in.

    Only what is marked is UTF-8 for certain. Other names are UTF-8 without a mark, windows-1256 as
    Arabic Windows packs them, or what the standard says, code page 437.
    """
    name = member.orig_filename  # "filename" ends at the first NUL
    if not member.flag_bits & _NAME_IS_UTF8:
        written = name.encode("cp437", "replace")
        name = _unicode_path(member.extra, written) or _decoded_name(written) or name
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _decoded_name(written: bytes) -> str | None:
    try:
        return decode(written).text
    except NotText:
        return None


def _unicode_path(extra: bytes, written: bytes) -> str | None:
    """Return the name in Info-ZIP's Unicode path field, when it belongs to the name *written*."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5:
            (checksum,) = struct.unpack_from("<L", field, 1)
            if checksum == zlib.crc32(written):
                return field[5:].decode("utf-8", "replace")
    return None


def _fault(
    name: str, member: zipfile.ZipInfo, seen: set[str], allowance: _Allowance
) -> tuple[str, str] | None:
    """Return fact and remedy where *member* must not be read, None where it may."""
    parts = name.split("/")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in name):
        return "has a name with a control character in it.", _PACK_AGAIN
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts:
        return "has a name that leads out of the archive.", _PACK_AGAIN
    if name in seen:
        return "has the same name as another member, which was read.", _PACK_AGAIN
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link or a device, no file.", _PACK_AGAIN
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted.", "Unpack it with its password, and index the files."
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * member.compress_size:
        return f"would become more than {MAX_RATIO} times larger, as nothing honest does.", _UNPACK
    if member.file_size > allowance.left:
        fact = f"is beyond the {MAX_UNPACKED_BYTES // 1024**3} GiB that an archive may unpack to."
        return fact, "Unpack it, and index the files."
    return None


@contextmanager
def _open_member(
    path: Path, package: zipfile.ZipFile, member: zipfile.ZipInfo, suffix: str
) -> Iterator[OpenSource]:
    """Open *member*, unpacking it once more when its own suffix says so.

    Raises SourceMalformed when it cannot be unpacked by us.
    """
    try:
        stream = package.open(member)
    except NotImplementedError as error:
        fact = f"is packed in a way that is not read ({error})."
        raise SourceMalformed(path, fact, _PACK_AGAIN) from error
    except (*_DAMAGE, RuntimeError, OSError) as error:
        raise SourceMalformed(path, f"cannot be unpacked ({error}).", _PACK_AGAIN) from error
    taken = member.header_offset + member.compress_size
    raw = io.BufferedReader(_MemberStream(stream))
    with stream, raw, unpacked(raw, suffix.lower()) as unpacked_stream:
        yield OpenSource(unpacked_stream, lambda: taken)


class _MemberStream(io.RawIOBase):
    """The bytes of a member; whatever is wrong with it is an EOFError that says so."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._stream.read(len(buffer))
        except (*_DAMAGE, RuntimeError, OSError) as error:
            raise EOFError(str(error)) from error
        buffer[: len(content)] = content
        return len(content)
