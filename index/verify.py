"""Verifying: are the files of an index what was written, and is every document in it whole?

Every file of the last commit is compared with its checksum, and the units that are in the index
with those that the records of its documents ask for. Nothing is changed, and others may search
and write meanwhile.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fihris.index.checksums import damage_of
from fihris.index.commit import HeldCommit, held_commit
from fihris.index.errors import IndexDamaged
from fihris.index.folder import (
    MANAGED,
    MARKER,
    META,
    damage_named,
    holds_index,
    index_missing,
    open_tantivy,
)
from fihris.index.frozen import frozen
from fihris.index.ledger import LEDGER
from fihris.index.lock import NOTE
from fihris.index.reader import IndexReader
from fihris.index.record import DocumentRecord
from fihris.index.schema import build_schema
from fihris.index.touched import touched_documents
from fihris.index.units import unit_key

if TYPE_CHECKING:
    import tantivy

#: Units whose keys are compared at a time; this bounds the memory.
_AT_A_TIME = 50_000

_OF_A_SEGMENT = re.compile(r"[0-9a-f]{32}\.(?:[a-z]+|\d+\.del)(?:\.temp)?")
_OURS = re.compile(
    rf"{re.escape(MARKER)}(?:\.new)?|{re.escape(LEDGER)}(?:-journal)?|{re.escape(NOTE)}"
    r"|\.tantivy-(?:meta|writer)\.lock|\.tmp\w+"
)


class FaultKind(StrEnum):
    """What may be wrong with an index."""

    FILE_MISSING = "file missing"
    FILE_DAMAGED = "file damaged"
    LIST_DAMAGED = "list damaged"
    DOCUMENT_INCOMPLETE = "document incomplete"
    DOCUMENT_DOUBLED = "document doubled"
    RECORD_MISSING = "record missing"
    UNREADABLE = "unreadable"


@frozen
class Fault:
    """Something wrong: of which kind, with what (a file, or the address of a document), and how."""

    kind: FaultKind
    where: str
    fact: str

    def __str__(self) -> str:
        return f"{self.where} {self.fact}"


@frozen
class VerifyReport:
    """What was found in an index.

    ``files``, ``size`` (bytes) and ``segments`` are those of the last commit. ``documents`` and
    ``units`` are None where they were not counted, for a file is damaged. ``touched`` are the
    addresses of documents of which something stands in a damaged file, in order; it is None when
    they could not be told, so that it may be any. ``leftovers`` are files that an interrupted run
    left, or that a writer is about to use: the next run clears what is not needed. ``foreign``
    are files that are none of ours; they do no harm.
    """

    folder: Path
    files: int
    size: int
    segments: int
    documents: int | None
    units: int | None
    faults: tuple[Fault, ...]
    touched: tuple[str, ...] | None
    leftovers: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; leftovers and foreign files are not."""
        return not self.faults


def verify(folder: Path) -> VerifyReport:
    """Examine the index in *folder*.

    Raises IndexMissing, NotAnIndex, IndexOutdated, IndexReadOnly, or IndexDamaged when not even
    the list of its segments can be read.
    """
    if not holds_index(folder):
        raise index_missing(folder)
    with held_commit(folder) as commit:
        faults = list(_faults_of_managed(folder, commit))
        hurt: set[int] = set()
        for number, segment in enumerate(commit.segments):
            for name in segment.files:
                fault = _fault_of_file(commit, name)
                if fault is not None:
                    faults.append(fault)
                    hurt.add(number)
        sizes = [file.seek(0, 2) for file in commit.files.values()]
        names = {*commit.files, *commit.missing}
        same_commit = (folder / META).read_bytes() == commit.meta
        touched: tuple[str, ...] | None = ()
        checked = _Units()
        if hurt:
            # Nothing is read through the engine here: what is damaged may end the process.
            touched = touched_documents(folder, hurt) if same_commit else None
        else:
            checked = _checked_units(folder, commit, same_commit)
            faults += checked.faults
    strangers = sorted({path.name for path in folder.iterdir()} - names - {META, MANAGED})
    return VerifyReport(
        folder=folder,
        files=len(sizes),
        size=sum(sizes),
        segments=len(commit.segments),
        documents=checked.documents,
        units=checked.units,
        faults=tuple(faults),
        touched=touched,
        leftovers=tuple(name for name in strangers if _OF_A_SEGMENT.fullmatch(name)),
        foreign=tuple(
            name
            for name in strangers
            if not _OF_A_SEGMENT.fullmatch(name) and not _OURS.fullmatch(name)
        ),
    )


def _fault_of_file(commit: HeldCommit, name: str) -> Fault | None:
    if name in commit.missing:
        return Fault(FaultKind.FILE_MISSING, name, "is missing.")
    try:
        damage = damage_of(commit.files[name])
    except OSError as error:  # a disk that cannot read its own sectors says so here
        damage = f"cannot be read ({error.strerror or error})."
    return Fault(FaultKind.FILE_DAMAGED, name, damage) if damage else None


def _faults_of_managed(folder: Path, commit: HeldCommit) -> Iterator[Fault]:
    """Yield what is wrong with the list of Tantivy's files, which bears no checksum."""
    try:
        managed = set(json.loads((folder / MANAGED).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        yield Fault(FaultKind.LIST_DAMAGED, MANAGED, f"cannot be read ({error}).")
        return
    unlisted = sorted(commit.files.keys() - managed)
    # After the next commit files of this one may be gone from the list, and rightly.
    if unlisted and (folder / META).read_bytes() == commit.meta:
        yield Fault(FaultKind.LIST_DAMAGED, MANAGED, f"does not name {', '.join(unlisted)}.")


@frozen
class _Units:
    """How many documents and units could be read, and what is wrong with them."""

    documents: int | None = None
    units: int | None = None
    faults: tuple[Fault, ...] = ()


def _checked_units(folder: Path, commit: HeldCommit, same_commit: bool) -> _Units:
    try:
        reader = IndexReader(folder, open_tantivy(folder))
        if reader.schema != build_schema():
            fact = "does not describe the fields of this version."
            return _Units(faults=(Fault(FaultKind.LIST_DAMAGED, META, fact),))
        documents, units, faults = _check_units(reader, reader.searcher())
    except IndexDamaged as error:
        return _Units(faults=(Fault(FaultKind.UNREADABLE, "The index", error.reason),))
    counted = sum(segment.units for segment in commit.segments)
    if same_commit and counted != units:
        fact = f"counts {counted:,} units where there are {units:,}."
        faults = (*faults, Fault(FaultKind.LIST_DAMAGED, META, fact))
    return _Units(documents, units, faults)


def _check_units(
    reader: IndexReader, searcher: tantivy.Searcher
) -> tuple[int, int, tuple[Fault, ...]]:
    """Return how many documents and units *searcher* has, and what is wrong with them.

    A unit's key is made of its document's address and its place in it. So the keys in the index
    are exactly those that the records ask for, each once, or a document is not whole.
    """
    slices = searcher.num_docs // _AT_A_TIME + 1
    wanted = [array("Q") for _ in range(slices)]
    documents: Counter[str] = Counter()
    for record in reader.records_of(searcher):
        address = record.document.address
        documents[address] += 1
        if documents[address] == 1:
            for key in _keys(record):
                wanted[key * slices >> 63].append(key)
    faults = [
        Fault(FaultKind.DOCUMENT_DOUBLED, address, f"is in the index {times} times.")
        for address, times in documents.items()
        if times > 1
    ]
    units = 0
    lost: set[int] = set()
    doubled: set[int] = set()
    for number, asked in enumerate(wanted):
        found = Counter(_found_keys(reader, searcher, number, slices))
        units += found.total()
        lost.update(set(asked) - found.keys())
        doubled.update(key for key, times in found.items() if times > 1)
        faults += _strangers(reader, searcher, found.keys() - set(asked))
    if lost or doubled:
        faults += _incomplete(reader, searcher, lost, doubled - lost)
    return len(documents), units, tuple(faults)


def _keys(record: DocumentRecord) -> Iterator[int]:
    """Yield the keys of the units that *record* asks for."""
    unsearched = {place for place, _ in record.unsearched}
    for place in range(record.places):
        if place not in unsearched:
            yield unit_key(record.document.address, place)


def _found_keys(
    reader: IndexReader, searcher: tantivy.Searcher, number: int, slices: int
) -> list[int]:
    """Return the keys in the slice of that *number*: keys are checksums, so slices are even."""
    import tantivy

    # The lowest key of a slice is the first whose product with `slices` has that number above.
    lowest, beyond = (-(-(at << 63) // slices) for at in (number, number + 1))
    within = tantivy.Query.range_query(
        reader.schema, "key", tantivy.FieldType.Unsigned, lowest, beyond - 1
    )
    with damage_named(reader.folder):
        count = searcher.search(within, 1).count  # type: ignore[attr-defined]  # not in its stub
        places = [place for _, place in searcher.search(within, count + 1, count=False).hits]
        # A unit without a key, which is damage, counts as one that no record asks for.
        return [int(key or 0) for key in searcher.fast_field_values("key", places)]


def _incomplete(
    reader: IndexReader, searcher: tantivy.Searcher, lost: set[int], doubled: set[int]
) -> Iterator[Fault]:
    """Yield the documents whose units these are; the records are read again, for it is seldom."""
    for record in reader.records_of(searcher):
        keys = list(_keys(record))
        lacking, twice = len(lost.intersection(keys)), len(doubled.intersection(keys))
        address = record.document.address
        if lacking:
            fact = f"lacks {lacking:,} of its {len(keys):,} units."
            yield Fault(FaultKind.DOCUMENT_INCOMPLETE, address, fact)
        if twice:
            fact = f"has {twice:,} of its {len(keys):,} units more than once."
            yield Fault(FaultKind.DOCUMENT_DOUBLED, address, fact)


def _strangers(reader: IndexReader, searcher: tantivy.Searcher, keys: set[int]) -> Iterator[Fault]:
    """Yield the documents that have units which no record asks for."""
    import tantivy

    holders: Counter[str] = Counter()
    for key in keys:
        with damage_named(reader.folder):
            bearing = tantivy.Query.term_query(reader.schema, "key", key)
            for _, place in searcher.search(bearing, 1, count=False).hits:
                holders[reader.unit(searcher, place).doc] += 1
    for address, count in sorted(holders.items()):
        fact = f"has {count:,} units that no record asks for."
        yield Fault(FaultKind.RECORD_MISSING, address, fact)
