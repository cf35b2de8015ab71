"""The claim of one place in the sources to the address of the document that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.index.frozen import frozen
from fihris.index.precedence import source_rank
from fihris.index.record import DocumentRecord, SourceStamp
from fihris.index.resolution import SourceKind
from fihris.index.schema import READING_VERSION
from fihris.index.sources import RawDocument, SourceFile
from fihris.index.sources.files import path_of_key
from fihris.index.sources.refusal import place_in

if TYPE_CHECKING:
    # The parser is heavy, and checking an index needs none.
    from fihris.index.documents import ReadDocument


@frozen
class Claim:
    """The claim of one place in a source to the address of the document that stands there.

    ``key`` is that of the file, ``line`` is 0 where none is meant. ``named_by_path`` tells that
    the document bears no symbol or id. Of ``first_issue``, ``loss`` and ``warnings`` see
    :class:`~fihris.index.precedence.SourceRank`.
    """

    address: str
    key: str
    member: str
    line: int
    sha256: str
    paragraphs: int
    named_by_path: bool
    first_issue: int
    loss: int
    warnings: int
    reading: str

    @property
    def rank(self) -> tuple[int, int, int, str, str, int]:
        """What decides between claims to one address: the smallest has it.

        After quality the place decides, for it can be explained to a person and says nothing of
        when the source came.
        """
        return (self.first_issue, self.loss, self.warnings, self.key, self.member, self.line)

    @property
    def place(self) -> str:
        """How messages name it."""
        return place_in(path_of_key(self.key), self.member, self.line or None)


def claim_of_record(record: DocumentRecord) -> Claim:
    """Return the claim by which the document of *record* came into the index."""
    document, stamp = record.document, record.stamp
    rank = source_rank(document, stamp.sha256)
    return Claim(
        address=document.address,
        key=stamp.path,
        member="",
        line=0,
        sha256=stamp.sha256,
        paragraphs=record.paragraph_count,
        named_by_path=document.symbol is None and document.source_kind is not SourceKind.JSONL,
        first_issue=rank.first_issue,
        loss=rank.loss,
        warnings=rank.warnings,
        reading=stamp.reading,
    )


def claim_of(read: ReadDocument, source: SourceFile) -> Claim:
    """Return the claim of the document *read*, which stands in the file *source*."""
    raw, document = read.raw, read.document
    rank = source_rank(document, raw.sha256)
    return Claim(
        address=document.address,
        key=source.key,
        member=raw.member,
        line=raw.line or 0,
        sha256=raw.sha256,
        paragraphs=read.paragraph_count,
        named_by_path=document.symbol is None and document.address == raw.name,
        first_issue=rank.first_issue,
        loss=rank.loss,
        warnings=rank.warnings,
        reading=READING_VERSION,
    )


def stamp_of(raw: RawDocument, source: SourceFile) -> SourceStamp:
    """Return what the index notes of where *raw* came from."""
    return SourceStamp(
        path=source.key,
        sha256=raw.sha256,
        size=source.size,
        modified_ns=source.modified_ns,
        name=source.name,
        root=source.root,
        alone=not source.form.holds_many,
        reading=READING_VERSION,
    )
