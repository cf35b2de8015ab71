"""Documents: what stands in a source, in two steps, so that what is unchanged is never read.

:func:`raw_documents` finds the documents of a file and their checksums and reads no more than that
takes; :func:`read_documents` reads and parses those that are wanted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath

from fihris.index import parser
from fihris.index.addresses import document_address
from fihris.index.errors import SourceError
from fihris.index.frozen import frozen
from fihris.index.resolution import Resolution
from fihris.index.sources.collection import parse_record, read_lines
from fihris.index.sources.entries import Entry, read_content, whole_file
from fihris.index.sources.files import UNPACKING_ERRORS, Form, SourceFile, form_of
from fihris.index.sources.finding import Finding
from fihris.index.sources.limits import MAX_DOCUMENT_BYTES, STANDARD_LIMITS, Limits
from fihris.index.sources.provisions import resolution_of
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal
from fihris.index.sources.sniffing import HEAD_BYTES, sniffed_form
from fihris.index.sources.text import MAX_TEXT_BYTES, decoded_text
from fihris.index.units import count_paragraphs

#: Read where they are asked for; documents of all other forms are read by another process.
READ_HERE = frozenset({Form.TEXT, Form.COLLECTION})


@frozen
class ReadDocument:
    """A document, read and parsed; ``paragraph_count`` is that of its source, title not counted.

    A provision that was split for searching counts once. ``findings`` tell of damage to its text.
    """

    raw: RawDocument
    document: Resolution
    paragraph_count: int
    findings: tuple[Finding, ...] = ()


@frozen
class Waiting:
    """What the next document waits for: the ``place`` that is being read, and since when."""

    place: str
    seconds: float


def raw_documents(file: SourceFile) -> Iterator[RawDocument | Refusal]:
    """Yield the documents of *file* in order, and a refusal for whatever cannot be had."""
    if file.form is not Form.ARCHIVE:
        yield from _documents_in(whole_file(file))
        return
    from fihris.index.sources.archives import archive_entries

    for entry in archive_entries(whole_file(file)):
        if isinstance(entry, Refusal):
            yield entry
        else:
            yield from _documents_in(entry)


def _documents_in(entry: Entry) -> Iterator[RawDocument | Refusal]:
    """Yield the documents of a file or a member that is no archive."""
    path = entry.file.path
    if entry.form is Form.COLLECTION:
        yield from read_lines(entry)
        return
    if entry.form in (Form.TMX, Form.XML) and _is_memory(entry):
        # Only now: lxml is of no use to those who have no translation memory.
        from fihris.index.sources.tmx import tmx_documents

        yield from tmx_documents(entry)
        return
    try:
        content = read_content(
            entry, MAX_TEXT_BYTES if entry.form is Form.TEXT else MAX_DOCUMENT_BYTES
        )
        form = sniffed_form(path, content, entry.form)
        name = document_address(entry.name)
    except SourceError as error:
        yield Refusal.of(error, entry.member)
    except ValueError as error:
        reason = f"its path {error}, so it gives no address."
        yield Refusal(path, None, reason, "Rename the file.", entry.member)
    else:
        digest = hashlib.sha256(content).hexdigest()
        yield RawDocument(entry.file, form, content, digest, name, entry.file.size, entry.member)


def _is_memory(entry: Entry) -> bool:
    """Tell whether *entry* is a translation memory, by its name or by its root element.

    What cannot be opened is none; reading it will say why.
    """
    if entry.form is Form.TMX:
        return True
    try:
        with entry.open() as source:
            head = source.stream.read(HEAD_BYTES)
        return sniffed_form(entry.file.path, head, entry.form) is Form.TMX
    except (SourceError, OSError, *UNPACKING_ERRORS):
        return False


def _unheard(waiting: Waiting) -> None:
    """Tell nobody."""


def read_documents(
    found: Iterable[RawDocument | Refusal],
    *,
    limits: Limits = STANDARD_LIMITS,
    waiting: Callable[[Waiting], None] = _unheard,
) -> Iterator[ReadDocument | Refusal]:
    """Yield each document of *found*, read, in the same order; refusals are passed on.

    *found* may be asked for some documents ahead of those that were yielded. Texts and lines of
    collections are read in this process, all else in another, within *limits*; *waiting* is told
    now and then what is being read when that takes longer than a second.
    """
    remaining = iter(found)
    for raw in remaining:
        if isinstance(raw, Refusal) or raw.form in READ_HERE:
            yield read_or_refused(raw)
            continue
        # Only now: a run over texts needs no other process.
        from fihris.index.look_ahead import LookAhead

        with closing(LookAhead(limits, waiting)) as ahead:
            yield from ahead.read(chain([raw], remaining))


def read_or_refused(raw: RawDocument | Refusal) -> ReadDocument | Refusal:
    """Return *raw*, read in this process, or the refusal that it is or becomes."""
    if isinstance(raw, Refusal):
        return raw
    try:
        return read_document(raw)
    except SourceError as error:
        return Refusal.of(error, raw.member)


def read_document(raw: RawDocument) -> ReadDocument:
    """Return *raw*, read, mended where that is safe, and parsed, all in this process.

    What LibreOffice has to convert is given as the Word file that it was converted to. Findings
    are told in the document's warnings, too.

    Raises SourceMalformed when it is not what it claims to be, or is damaged beyond repair.
    """
    if raw.form is Form.COLLECTION:
        record = parse_record(raw)
        return ReadDocument(raw, resolution_of(record), len(record.provisions))
    # Only now: who has collections needs neither a vocabulary nor lxml.
    from fihris.index.sources.damage import (
        mend,
        mend_text,
        missing_numbers,
        refuse_damaged,
        sentence,
    )

    if raw.form is Form.TEXT:
        text = mend_text(decoded_text(raw).text)
        refuse_damaged(raw, text)
        document, found = parser.parse(text.text, fallback_address=raw.name), text.findings
    else:
        from fihris.index.sources.readers import read_source

        mended = mend(read_source(raw))
        refuse_damaged(raw, mended)
        document = parser.parse_source(mended.source, fallback_address=raw.name)
        found = mended.findings
    unnumbered = missing_numbers(document)
    findings = (*found, *([unnumbered] if unnumbered else []))
    told = (*_told_by_name(raw), *map(sentence, findings))
    if told:
        document = replace(document, warnings=(*document.warnings, *told))
    return ReadDocument(raw, document, count_paragraphs(document), findings)


def _told_by_name(raw: RawDocument) -> tuple[str, ...]:
    """Say that a document is not what its name tells, nothing where it is."""
    claimed = form_of(PurePosixPath(raw.member)) if raw.member else raw.file.form
    if claimed in (raw.form, Form.XML, None):
        return ()
    return (f"The file is named {claimed.value} and was read as what it is: {raw.form.value}.",)
