"""The manifest: what has been indexed already, read from the title units of the index itself.

No other file keeps account, so the account can never disagree with the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fihris.index.record import DocumentRecord, SourceStamp


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the index: where it came from and how many paragraphs it has.

    ``named_by_path`` tells that it has no symbol, so that its address is the path it was found at.
    """

    address: str
    stamp: SourceStamp
    paragraph_count: int
    named_by_path: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The documents of an index by address, and by the checksum of each in its source."""

    by_address: dict[str, Entry] = field(default_factory=dict)
    by_source: dict[str, dict[str, Entry]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, entry: Entry) -> None:
        """Enter a document."""
        self.by_address[entry.address] = entry
        self.by_source[entry.stamp.path][entry.stamp.sha256] = entry

    def of_source(self, path: str) -> tuple[Entry, ...]:
        """Return the documents that came from the source *path*."""
        return tuple(self.by_source[path].values()) if path in self.by_source else ()


def read_manifest(records: Iterable[DocumentRecord]) -> Manifest:
    """Return the manifest of the index whose *records* these are."""
    manifest = Manifest()
    for record in records:
        document = record.document
        manifest.add(
            Entry(
                address=document.address,
                stamp=record.stamp,
                paragraph_count=record.paragraph_count,
                named_by_path=document.symbol is None,
            )
        )
    return manifest
