"""The doctor: what `fihris index` would make of files, and what is wrong with them.

It finds and reads sources by the very steps that indexing takes and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from fihris.index.documents import ReadDocument, raw_documents, read_documents
from fihris.index.frozen import frozen
from fihris.index.resolution import Date, DocumentKind, Organ
from fihris.index.sources.encoding import decode
from fihris.index.sources.files import Form, SourceFile, find_sources
from fihris.index.sources.finding import Finding, Outcome
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal

_COLLECTIONS = frozenset({Form.COLLECTION, Form.TMX})


@frozen
class Diagnosis:
    """What is known of one document.

    ``path``, ``member`` and ``line`` say where it stands, as in a :class:`Refusal`. ``form`` is
    what it was read as; it and the fields of the document are None where ``refusal`` is not.
    ``encoding`` is None for what is no plain text. ``paragraphs`` are those that a search finds.
    ``findings`` are damage, ``warnings`` all that was odd, in one sentence each. ``in_collection``
    tells that a file holds many such documents.
    """

    path: Path
    member: str = ""
    line: int | None = None
    form: str | None = None
    encoding: str | None = None
    kind: DocumentKind | None = None
    address: str | None = None
    symbol: str | None = None
    organ: Organ | None = None
    date: Date | None = None
    title: str | None = None
    paragraphs: int = 0
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    refusal: Refusal | None = None
    in_collection: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether there is damage, mended or not."""
        return bool(self.findings)

    @property
    def has_unmended_damage(self) -> bool:
        """Whether there is damage that a person should look at."""
        return any(finding.outcome is not Outcome.REPAIRED for finding in self.findings)


def diagnose(paths: Sequence[Path]) -> Iterator[Diagnosis]:
    """Yield what is known of each document that *paths* stand for, in the order of indexing."""
    found = chain.from_iterable(_raw_documents(source) for source in find_sources(paths))
    for read in read_documents(found):
        if isinstance(read, Refusal):
            yield Diagnosis(read.path, read.member, read.line, findings=read.findings, refusal=read)
        else:
            yield _diagnosis(read)


def _raw_documents(source: SourceFile | Refusal) -> Iterator[RawDocument | Refusal]:
    if isinstance(source, Refusal):
        yield source
    else:
        yield from raw_documents(source)


def _diagnosis(read: ReadDocument) -> Diagnosis:
    raw, document = read.raw, read.document
    return Diagnosis(
        path=raw.file.path,
        member=raw.member,
        line=raw.line,
        form=raw.form.value,
        encoding=decode(raw.content).encoding if raw.form is Form.TEXT else None,
        kind=document.kind,
        address=document.address,
        symbol=document.symbol,
        organ=document.organ,
        date=document.date,
        title=document.title,
        paragraphs=read.paragraph_count,
        findings=read.findings,
        warnings=document.warnings,
        in_collection=raw.form in _COLLECTIONS,
    )
