"""Entries: what may hold documents, a file or a member of an archive, and how it is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from fihris.index.errors import SourceMalformed
from fihris.index.frozen import frozen
from fihris.index.sources.files import (
    UNPACKING_ERRORS,
    Form,
    OpenSource,
    SourceFile,
    open_source,
    unpacking_fault,
    unreadable,
)
from fihris.index.sources.limits import MAX_DOCUMENT_BYTES


@frozen
class Entry:
    """A file, or a member of an archive, whose bytes ``open`` gives, unpacked.

    ``form`` is what the name claims; ``name`` is the address of a document in it that bears no
    symbol or id, and ``member`` the path inside the archive, empty for a file.
    """

    file: SourceFile
    form: Form
    name: str
    member: str
    open: Callable[[], AbstractContextManager[OpenSource]]


def whole_file(file: SourceFile) -> Entry:
    """Return the entry that *file* itself is."""
    return Entry(file, file.form, file.name, "", partial(open_source, file.path))


def read_content(entry: Entry, longest: int = MAX_DOCUMENT_BYTES) -> bytes:
    """Return the bytes of *entry*, unpacked.

    Raises SourceUnreadable when the system refuses, SourceMalformed when the file is damaged or
    has more than *longest* bytes.
    """
    path = entry.file.path
    try:
        with entry.open() as source:
            content = source.stream.read(longest + 1)
    except UNPACKING_ERRORS as error:
        fact = f"cannot be unpacked ({unpacking_fault(error)})."
        raise SourceMalformed(path, fact, "Fetch or pack the file again.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > longest:
        fact = f"is larger than {longest // 1024**2} MiB, too large for one document."
        raise SourceMalformed(path, fact, "Split it into its documents.")
    return content
