"""Documents: what stands in a source, in two steps, so that what is unchanged is never read.

:func:`raw_documents` finds the documents of a file and their checksums and reads no more than that
takes; :func:`read_documents` reads and parses those that are wanted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fihris.index import parser
from fihris.index.addresses import document_address
from fihris.index.errors import SourceError
from fihris.index.resolution import Resolution
from fihris.index.sources.collection import parse_record, read_lines
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.finding import Finding
from fihris.index.sources.provisions import resolution_of
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal
from fihris.index.sources.text import decoded_text, read_content
from fihris.index.units import count_paragraphs


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document, read and parsed; ``paragraph_count`` is that of its source, title not counted.

    A provision that was split for searching counts once. ``findings`` tell of damage to its text.
    """

    raw: RawDocument
    document: Resolution
    paragraph_count: int
    findings: tuple[Finding, ...] = ()


def raw_documents(file: SourceFile) -> Iterator[RawDocument | Refusal]:
    """Yield the documents of *file* in order, and a refusal for whatever cannot be had."""
    if file.form is Form.COLLECTION:
        yield from read_lines(file)
        return
    try:
        content = read_content(file)
        name = document_address(file.name)
    except SourceError as error:
        yield Refusal.of(error)
    except ValueError as error:
        reason = f"its path {error}, so it gives no address."
        yield Refusal(file.path, None, reason, "Rename the file.")
    else:
        digest = hashlib.sha256(content).hexdigest()
        yield RawDocument(file, file.form, content, digest, name, file.size)


def read_documents(
    found: Iterable[RawDocument | Refusal],
) -> Iterator[ReadDocument | Refusal]:
    """Yield each document of *found*, read, in the same order; refusals are passed on.

    *found* may be asked for some documents ahead of those that were yielded.
    """
    for raw in found:
        if isinstance(raw, Refusal):
            yield raw
            continue
        try:
            yield read_document(raw)
        except SourceError as error:
            yield Refusal.of(error, raw.member)


def read_document(raw: RawDocument) -> ReadDocument:
    """Return *raw*, read and parsed.

    Raises SourceMalformed when it is not what it claims to be.
    """
    match raw.form:
        case Form.COLLECTION:
            record = parse_record(raw)
            return ReadDocument(raw, resolution_of(record), len(record.provisions))
        case Form.TEXT:
            text = decoded_text(raw).text
            document = parser.parse(text, fallback_address=raw.name)
            return ReadDocument(raw, document, count_paragraphs(document))
