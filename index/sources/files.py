"""Files: which ones a path stands for, what form each has, and how to read its bytes.

A folder is walked in a stable order, so that the same folder always gives the same index.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import stat
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote_to_bytes

from fihris.index.characters import whole_characters
from fihris.index.errors import (
    SourceError,
    SourceMalformed,
    SourceMissing,
    SourceUnreadable,
)
from fihris.index.file_state import is_settled
from fihris.index.frozen import frozen
from fihris.index.sources.refusal import Refusal

#: What reading a damaged or truncated ``.xz`` or ``.gz`` file raises. One that was made to harm may
#: ask for gigabytes before it gives a byte.
UNPACKING_ERRORS = (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile, MemoryError)


class Form(StrEnum):
    """How a document or a file is read; the value is its usual suffix, before ``.xz`` or ``.gz``.

    ``XML`` is what only its root element tells: it becomes TEI, AKN or TMX when it is looked at.
    """

    TEXT = ".txt"
    COLLECTION = ".jsonl"
    DOCX = ".docx"
    DOC = ".doc"
    ODT = ".odt"
    RTF = ".rtf"
    PDF = ".pdf"
    HTML = ".html"
    MHTML = ".mhtml"
    TMX = ".tmx"
    TEI = ".tei"
    AKN = ".akn"
    XML = ".xml"
    ARCHIVE = ".zip"

    @property
    def holds_many(self) -> bool:
        """Whether a file of this form holds any number of documents, rather than being one."""
        return self in (Form.COLLECTION, Form.TMX, Form.XML, Form.ARCHIVE)


#: Suffixes that mean the same as the usual one.
_OTHER_SUFFIXES = {
    ".docm": Form.DOCX,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".mht": Form.MHTML,
}
_FORMS = {form.value: form for form in Form} | _OTHER_SUFFIXES
_PACKINGS = (".xz", ".gz")
SUFFIXES = ", ".join(_FORMS)
_UNKNOWN_FORM_REMEDY = f"Name files that end in {SUFFIXES} (also packed: .xz, .gz)."


@frozen
class SourceFile:
    """A file to be read.

    ``path`` is absolute and free of links: it is the key by which the index knows the source.
    ``name`` is the path under the folder that was named, with ``/``. ``modified_ns`` is 0 when
    the file is so fresh that its time proves nothing. ``root`` is the key of the folder in which
    the file was found, and empty when the file itself was named.
    """

    path: Path
    name: str
    form: Form
    size: int
    modified_ns: int
    root: str = ""

    @property
    def key(self) -> str:
        """The path as text, see :func:`path_key`."""
        return path_key(self.path)


def path_key(path: PurePath) -> str:
    r"""Return *path* as text that any encoding can hold; the way back is :func:`path_of_key`.

    A name that is no text in the encoding of the system becomes a ``file:`` URI, so that two such
    names stay two. *path* must be absolute.

    >>> from pathlib import PurePosixPath
    >>> path_key(PurePosixPath("/قرارات/a.txt")), path_key(PurePosixPath("/\udcff.txt"))
    ('/قرارات/a.txt', 'file:///%FF.txt')
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return path.as_uri()
    return text


def path_of_key(key: str) -> Path:
    """Return the path that :func:`path_key` made a key of."""
    if not key.startswith("file:"):
        return Path(key)
    return Path(os.fsdecode(unquote_to_bytes(key.removeprefix("file://"))))


def form_of(path: PurePath) -> Form | None:
    """Return the form of a file by its name, None when it is none of ours.

    >>> form_of(Path("laws.JSONL.xz"))
    <Form.COLLECTION: '.jsonl'>
    """
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in _PACKINGS:
        suffixes.pop()
    return _FORMS.get(suffixes[-1]) if suffixes else None


def find_sources(paths: Sequence[Path]) -> Iterator[SourceFile | Refusal]:
    """Yield the files that *paths* stand for, each once, and a refusal for each that cannot serve.

    Folders are walked with their own files first, then their subfolders, each by name. Hidden
    names are passed over, as are, inside folders, files of forms that are not ours.
    """
    seen: set[Path] = set()
    for path in paths:
        found = False
        root = path_key(path.resolve()) if _is_folder(path) else ""
        for candidate in _walk(path) if root else (path,):
            found = True
            if isinstance(candidate, Refusal):
                yield candidate
                continue
            try:
                source = _source_file(candidate, path if root else path.parent)
            except SourceError as error:
                yield Refusal.of(error)
                continue
            if source.path not in seen:
                seen.add(source.path)
                yield replace(source, root=root)
        if not found:
            reason = f"the folder holds no file that can be indexed ({SUFFIXES})."
            yield Refusal(path, None, reason, "Name another folder, or files one by one.")


def _is_folder(path: Path) -> bool:
    """Tell whether *path* is a folder; what we may not look at is none, and refused later."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """Yield each file of *folder* that has one of our forms, and a refusal for a closed folder."""
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and form_of(path) is not None:
                yield path
    for error in closed:
        yield Refusal.of(unreadable(Path(error.filename), error))


def _source_file(path: Path, root: Path) -> SourceFile:
    """Return what is known of the file at *path* before it is read."""
    form = form_of(path)
    try:
        status = path.stat()
        resolved = path.resolve()
    except FileNotFoundError as error:
        remedy = "Check the spelling, and where you are."
        raise SourceMissing(path, "there is no such file or folder.", remedy) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error
    if form is None:
        raise SourceMalformed(path, "is of a form that is not read.", _UNKNOWN_FORM_REMEDY)
    if not stat.S_ISREG(status.st_mode):
        raise SourceUnreadable(path, "is not a regular file.", "Save its content as a file.")
    return SourceFile(
        path=resolved,
        name=whole_characters(unicodedata.normalize("NFC", path.relative_to(root).as_posix())),
        form=form,
        size=status.st_size,
        modified_ns=_settled_time(status),
    )


def look_again(source: SourceFile) -> SourceFile:
    """Return *source* with the size and the time that it has by now.

    Raises SourceUnreadable when the system does not tell.
    """
    try:
        status = source.path.stat()
    except OSError as error:
        raise unreadable(source.path, error) from error
    return replace(source, size=status.st_size, modified_ns=_settled_time(status))


def _settled_time(status: os.stat_result) -> int:
    """Return when a file was written, in nanoseconds, or 0 when that proves nothing yet."""
    return status.st_mtime_ns if is_settled(status.st_mtime_ns) else 0


def unreadable(path: Path, error: Exception) -> SourceUnreadable:
    """Return the error that says why the system would not let *path* be read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceUnreadable(
        path, f"cannot be read ({why}).", "Check its permissions, or copy it elsewhere."
    )


def unpacking_fault(error: Exception) -> str:
    """Return what one of UNPACKING_ERRORS says, in words."""
    return "it takes more memory than there is" if isinstance(error, MemoryError) else str(error)


@frozen
class OpenSource:
    """An open file: ``stream`` gives its bytes, unpacked."""

    stream: io.BufferedIOBase
    _taken: Callable[[], int]

    @property
    def position(self) -> int:
        """How many bytes of the file itself, packed as it may be, have been taken so far."""
        return self._taken()


@contextmanager
def open_source(path: Path) -> Iterator[OpenSource]:
    """Open the file at *path*, unpacking it as its suffix says.

    Raises SourceUnreadable when the system refuses to open it.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with raw, unpacked(raw, path.suffix.lower()) as stream:
        yield OpenSource(stream, raw.tell)


def unpacked(raw: io.BufferedReader[Any], suffix: str) -> io.BufferedIOBase:
    """Return the bytes of *raw*, unpacked as the last *suffix* of its name says."""
    match suffix:
        case ".xz":
            return lzma.LZMAFile(raw)
        case ".gz":
            return gzip.GzipFile(fileobj=raw)
        case _:
            return raw
