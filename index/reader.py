"""Reading an index: open it, hand out searchers, give back documents, and say what it holds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.errors import IndexError_, IndexReadOnly
from fihris.index.file_state import file_state, is_settled
from fihris.index.folder import (
    MARKER,
    META,
    damage_named,
    damaged,
    marker_state,
    open_tantivy,
)
from fihris.index.record import (
    DocumentHead,
    DocumentRecord,
    head_from_json,
    label_and_chapeau,
    record_from_json,
    unit_from_json,
)
from fihris.index.resolution import Paragraph, ParagraphKind, Resolution, Session, SessionType
from fihris.index.schema import version_stamp
from fihris.index.stored_text import unpack_text

if TYPE_CHECKING:
    import tantivy

    from fihris.index.mirror import Mirror


# Seconds: how long a swap of folders may take, and between two looks at it.
_SWAP_SECONDS = 1.0
_PAUSE = 0.005
# Records of documents that are remembered of one commit; a page shows ten or so.
_RECORDS = 512


class IndexInfo(NamedTuple):
    """What an index holds.

    ``paragraphs`` counts the paragraphs of the sources: titles are none of them, and a provision
    that was split for searching counts once; ``units`` counts all that a search can find.
    ``sessions`` gives for each organ the labels of its sessions, in order. ``size`` is in bytes.
    ``changed`` is when the files of the index last changed, in UTC.
    """

    folder: Path
    documents: int
    paragraphs: int
    units: int
    sessions: Mapping[str, tuple[str, ...]]
    size: int
    versions: str
    changed: datetime


class StoredUnit(NamedTuple):
    """One unit as it is stored: the address of its document, and the paragraph."""

    doc: str
    paragraph: Paragraph


class ShownUnit(NamedTuple):
    """What a list of hits shows of a unit: the address of its document, and some of the paragraph.

    ``chapeau`` is the fragment of the paragraph that this one completes.
    """

    doc: str
    fragment: str
    kind: ParagraphKind
    text: str
    label: str
    chapeau: str | None


class _Commit(NamedTuple):
    """The commit that is shown: the state of its files, its searcher, and what is known of it."""

    state: list[tuple[int, int, int] | None]
    searcher: tantivy.Searcher
    record: Callable[[str], DocumentRecord | None]
    head: Callable[[str], DocumentHead]
    units: Callable[[], int]


class IndexReader:
    """An open index. Make one with :func:`open_index`.

    ``index`` is Tantivy's own object. A searcher shows the index as it was at one moment, so ask
    for a new one for each question, and use the same one until that question is answered.
    """

    def __init__(self, folder: Path, index: tantivy.Index, mirror: Mirror | None = None) -> None:
        self.folder = folder
        self._changing = (folder / MARKER, folder / META)
        self._take(index, mirror)

    def _take(self, index: tantivy.Index, mirror: Mirror | None) -> None:
        self._mirror = mirror
        self._marker = marker_state(self.folder)
        self._shown: _Commit | None = None
        self.index = index
        self.schema = index.schema
        # No thread watches the folder: `searcher` looks by itself, in well under a millisecond.
        index.config_reader("manual")

    def searcher(self) -> tantivy.Searcher:
        """Return a searcher of the last commit, whichever process made it.

        An index that a rebuild put into the place of the one that was opened is opened then.

        Raises IndexDamaged when the files of that commit cannot be read, and IndexOutdated when
        the index that lies there now is of another version.
        """
        # A commit puts a new list of segments in the place of the old one, so a look at the files
        # tells whether there is one. Reading it again would take longer than most queries.
        shown = self._shown
        if shown is not None and list(map(file_state, self._changing)) == shown.state:
            return shown.searcher
        return self._searcher_of_last_commit()

    def _searcher_of_last_commit(self) -> tantivy.Searcher:
        until = time.monotonic() + _SWAP_SECONDS
        while True:
            try:
                if marker_state(self.folder) != self._marker:
                    self._take(*_opened(self.folder))
                # Looked at before it is read: what comes in between is then read again.
                state = list(map(file_state, self._changing))
                with damage_named(self.folder):
                    if self._mirror is None:
                        self.index.reload()
                    else:
                        self._mirror.reload(self.index)
                    searcher = self.index.searcher()
            except IndexError_:
                # In the middle of a swap nothing fits; it is over in a moment.
                if marker_state(self.folder) == self._marker or time.monotonic() >= until:
                    raise
            else:
                if marker_state(self.folder) == self._marker:
                    # Where time is coarse, the next commit may look like this one for a while.
                    settled = all(one is not None and is_settled(one[1]) for one in state)
                    record = lru_cache(_RECORDS)(partial(self._read_record, searcher))
                    head = lru_cache(_RECORDS)(partial(self._read_head, searcher))
                    units = cache(partial(_count_units, searcher))
                    shown = _Commit(state, searcher, record, head, units)
                    self._shown = shown if settled else None
                    return searcher
            time.sleep(_PAUSE)

    def records(self) -> Iterator[DocumentRecord]:
        """Yield the record of every document, in no particular order."""
        return self.records_of(self.searcher())

    def records_of(self, searcher: tantivy.Searcher) -> Iterator[DocumentRecord]:
        """Yield the record of every document that *searcher* has, in no particular order."""
        import tantivy

        title = ParagraphKind.TITLE.value
        with damage_named(self.folder):
            count = max(searcher.doc_freq("kind", title), 1)
            bearing = tantivy.Query.term_query(self.schema, "kind", title)
            places = [place for _, place in searcher.search(bearing, count, count=False).hits]
        for place in places:
            with damage_named(self.folder):
                record = record_from_json(_stored(searcher.doc(place), "record"))
            yield record

    def document(self, address: str) -> Resolution | None:
        """Return the document called *address*, whole, as it was indexed; None if there is none."""
        return self.document_of(self.searcher(), address)

    def document_of(self, searcher: tantivy.Searcher, address: str) -> Resolution | None:
        """Return the document called *address* that *searcher* has; None if there is none."""
        import tantivy

        with damage_named(self.folder):
            # The count may include documents that were deleted, so it is enough or too much.
            count = searcher.doc_freq("doc", address)
            if not count:
                return None
            bearing = tantivy.Query.term_query(self.schema, "doc", address)
            hits = searcher.search(
                bearing, count, count=False, order_by_field="place", order=tantivy.Order.Asc
            ).hits
            return self._assemble([searcher.doc(place) for _, place in hits])

    def unit(self, searcher: tantivy.Searcher, place: tantivy.DocAddress) -> StoredUnit:
        """Return the unit at *place*, a hit of *searcher*."""
        with damage_named(self.folder):
            stored = searcher.doc(place)
            return StoredUnit(str(stored.get_first("doc")), _paragraph(stored))

    def shown_unit(self, searcher: tantivy.Searcher, place: tantivy.DocAddress) -> ShownUnit:
        """Return what a list of hits shows of the unit at *place*, a hit of *searcher*."""
        with damage_named(self.folder):
            stored = searcher.doc(place)
            return ShownUnit(
                str(stored.get_first("doc")),
                str(stored.get_first("fragment") or ""),
                ParagraphKind(str(stored.get_first("kind"))),
                unpack_text(_stored(stored, "text")),
                *label_and_chapeau(_stored(stored, "unit")),
            )

    def text(self, searcher: tantivy.Searcher, place: tantivy.DocAddress) -> str:
        """Return the text of the unit at *place*, a hit of *searcher*, and nothing else of it."""
        with damage_named(self.folder):
            return unpack_text(_stored(searcher.doc(place), "text"))

    def paragraph(
        self, searcher: tantivy.Searcher, document: str, fragment: str
    ) -> Paragraph | None:
        """Return the searched paragraph *fragment* of *document*, None when there is none."""
        places = self._with_terms(searcher, {"doc": document, "fragment": fragment})
        return self.unit(searcher, places[0]).paragraph if places else None

    def record(self, searcher: tantivy.Searcher, document: str) -> Resolution:
        """Return what is known of *document* as a whole; only unsearched paragraphs come along.

        Raises IndexDamaged when *searcher* has no such document.
        """
        record = self.stored_record(searcher, document)
        if record is None:
            raise self._without_record(document)
        return record.document

    def head(self, searcher: tantivy.Searcher, document: str) -> DocumentHead:
        """Return what a list of hits needs of *document*.

        Raises IndexDamaged when *searcher* has no such document.
        """
        shown = self._shown
        if shown is not None and searcher is shown.searcher:
            return shown.head(document)
        return self._read_head(searcher, document)

    def stored_record(self, searcher: tantivy.Searcher, document: str) -> DocumentRecord | None:
        """Return the record of *document*, None when *searcher* has no such document."""
        shown = self._shown
        if shown is not None and searcher is shown.searcher:
            return shown.record(document)
        return self._read_record(searcher, document)

    def _read_record(self, searcher: tantivy.Searcher, document: str) -> DocumentRecord | None:
        with damage_named(self.folder):
            stored = self._stored_record(searcher, document)
            return None if stored is None else record_from_json(stored)

    def _read_head(self, searcher: tantivy.Searcher, document: str) -> DocumentHead:
        with damage_named(self.folder):
            stored = self._stored_record(searcher, document)
            if stored is None:
                raise self._without_record(document)
            return head_from_json(stored)

    def _stored_record(self, searcher: tantivy.Searcher, document: str) -> bytes | None:
        """Return the record of *document* as it is stored, None when *searcher* has none."""
        places = self._with_terms(searcher, {"doc": document, "kind": ParagraphKind.TITLE})
        return _stored(searcher.doc(places[0]), "record") if places else None

    def _without_record(self, document: str) -> IndexError_:
        return damaged(self.folder, ValueError(f"{document} has lost its record"))

    def units_ever(self, searcher: tantivy.Searcher) -> int:
        """Return how many units lie in the files that *searcher* reads, deleted ones among them.

        It is these that frequencies of terms, and so scores, are made of.
        """
        shown = self._shown
        if shown is not None and searcher is shown.searcher:
            return shown.units()
        return _count_units(searcher)

    def _with_terms(
        self, searcher: tantivy.Searcher, terms: Mapping[str, str]
    ) -> list[tantivy.DocAddress]:
        """Return the first unit that bears all *terms*, in a list that may be empty."""
        import tantivy

        bearing = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.term_query(self.schema, field, value))
                for field, value in terms.items()
            ]
        )
        return [place for _, place in searcher.search(bearing, 1, count=False).hits]

    def _assemble(self, stored: Sequence[tantivy.Document]) -> Resolution | None:
        """Return the document whose units, in order, are *stored*."""
        if not stored:
            return None
        record = record_from_json(_stored(stored[0], "record"))
        units = [_paragraph(unit) for unit in stored]
        for ordinal, unit in record.unsearched:
            units.insert(ordinal, unit)
        return replace(record.document, paragraphs=tuple(units))

    def info(self) -> IndexInfo:
        """Return what the index holds, by reading every record."""
        documents = paragraphs = 0
        sessions: dict[str, set[Session]] = defaultdict(set)
        for record in self.records():
            documents += 1
            paragraphs += record.paragraph_count
            if record.document.session is not None:
                sessions[record.document.organ or ""].add(record.document.session)
        files = [path.stat() for path in self.folder.iterdir() if path.is_file()]
        changed = (self.folder / "meta.json").stat().st_mtime
        return IndexInfo(
            folder=self.folder,
            documents=documents,
            paragraphs=paragraphs,
            units=self.searcher().num_docs,
            sessions={
                organ: tuple(session.label for session in sorted(held, key=_session_order))
                for organ, held in sorted(sessions.items())
            },
            size=sum(status.st_size for status in files),
            versions=version_stamp(),
            changed=datetime.fromtimestamp(changed, UTC),
        )


def open_index(folder: Path) -> IndexReader:
    """Open the index in *folder* for reading. Nothing in the folder is ever changed by it.

    The folder need not be writable. Raises IndexMissing, NotAnIndex, IndexOutdated, IndexDamaged
    or IndexReadOnly: whatever stands in the way, with what to do about it.
    """
    return IndexReader(folder, *_opened(folder))


def _opened(folder: Path) -> tuple[tantivy.Index, Mirror | None]:
    """Return the index in *folder*, with the mirror by way of which it had to be opened."""
    try:
        return open_tantivy(folder), None
    except IndexReadOnly as error:
        from fihris.index.mirror import Mirror

        try:
            mirror = Mirror(folder)
            with damage_named(folder):
                return mirror.open(), mirror
        except OSError:
            raise error from None


def _count_units(searcher: tantivy.Searcher) -> int:
    # Every unit is of one kind, and the lists of terms still count what was deleted.
    return sum(searcher.doc_freq("kind", kind.value) for kind in ParagraphKind)


def _session_order(session: Session) -> tuple[int, int]:
    return list(SessionType).index(session.type), session.number


def _paragraph(unit: tantivy.Document) -> Paragraph:
    return unit_from_json(
        _stored(unit, "unit"),
        fragment=str(unit.get_first("fragment") or ""),
        kind=str(unit.get_first("kind")),
        text=unpack_text(_stored(unit, "text")),
    )


def _stored(document: tantivy.Document, field: str) -> bytes:
    stored = document.get_first(field)
    if stored is None:
        raise ValueError(f"a unit has lost its {field}")
    return bytes(stored)
