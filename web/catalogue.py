"""What there is to browse: organs with their sessions, and the documents of each, in order.

Everything is counted by the index itself; only the documents that are shown are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from fihris.index.folder import damage_named
from fihris.index.frozen import frozen
from fihris.index.reader import IndexReader
from fihris.index.record import head_from_json
from fihris.index.resolution import Organ, ParagraphKind, Resolution
from fihris.search.hits import DocumentSummary, Sort, summarise
from fihris.search.ranking import count, rank

if TYPE_CHECKING:
    import tantivy

    from fihris.web.live_index import IndexState

#: Documents of one shelf among which the one before and the one after are looked for; no organ
#: has adopted so many in one session.
MOST_NEIGHBOURS = 3_000
_MOST_SESSIONS = 2_000


class ShelfName(NamedTuple):
    """Where a document stands: the organ, and its session, or else the year, as a label.

    None stands for what is not known.
    """

    organ: str | None
    label: str | None


@frozen
class Shelf:
    """The documents of one session of an organ, or of one year where it has no sessions.

    ``is_year`` tells which of the two the label is; ``documents`` counts them.
    """

    name: ShelfName
    is_year: bool
    documents: int


@frozen
class OrganShelves:
    """An organ, None for documents of no organ, and its shelves, the latest first."""

    organ: str | None
    shelves: tuple[Shelf, ...]

    @property
    def documents(self) -> int:
        """How many documents there are on all of them."""
        return sum(shelf.documents for shelf in self.shelves)


@frozen
class Neighbours:
    """The documents before and after one on its shelf, None at either end."""

    before: DocumentSummary | None
    after: DocumentSummary | None


class Catalogue:
    """The shelves of one commit. Make one with :func:`catalogue`."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._searcher = reader.searcher()
        self._neighbours: dict[ShelfName, tuple[list[tantivy.DocAddress], dict[str, int]]] = {}
        with damage_named(reader.folder):
            self.organs = tuple(self._organs())

    def shelf(self, name: ShelfName) -> Shelf | None:
        """Return the shelf called *name*, None when there is none."""
        for organ in self.organs:
            for shelf in organ.shelves:
                if shelf.name == name:
                    return shelf
        return None

    def shelf_of(self, document: Resolution) -> ShelfName:
        """Return where *document* stands."""
        label = document.session.label if document.session is not None else None
        if label is None and document.organ is not None and document.date is not None:
            label = str(document.date.year)
        return ShelfName(document.organ.value if document.organ else None, label)

    def documents(self, shelf: Shelf, limit: int, offset: int = 0) -> tuple[DocumentSummary, ...]:
        """Return *limit* documents of *shelf* from *offset* on, in the order of their symbols."""
        places = self._ranked(shelf.name, limit + offset)[offset:]
        return tuple(map(self._summary, places))

    def latest(self, limit: int, organ: str | None = None) -> tuple[DocumentSummary, ...]:
        """Return what was adopted last, by *organ* or any, the latest first; undated ones last."""
        titles = self._titles([("organ", organ)] if organ is not None else [])
        ranked = rank(self._searcher, titles, limit, sort=Sort.NEWEST)
        return tuple(self._summary(one.place) for one in ranked)

    def neighbours(self, document: Resolution) -> Neighbours:
        """Return what stands before and after *document*; nothing where no organ adopted it."""
        name = self.shelf_of(document)
        shelf = self.shelf(name) if name.organ is not None else None
        if shelf is None or shelf.documents > MOST_NEIGHBOURS:
            return Neighbours(None, None)
        if name not in self._neighbours:
            places = self._ranked(name, MOST_NEIGHBOURS)
            addresses = (str(self._reader.unit(self._searcher, place).doc) for place in places)
            self._neighbours[name] = places, {address: at for at, address in enumerate(addresses)}
        places, positions = self._neighbours[name]
        at = positions.get(document.address)
        if at is None:
            return Neighbours(None, None)
        return Neighbours(
            self._summary(places[at - 1]) if at else None,
            self._summary(places[at + 1]) if at + 1 < len(places) else None,
        )

    def _organs(self) -> Iterator[OrganShelves]:
        counted = self._terms(self._titles([]), "organ", within="session")
        left = count(self._searcher, self._titles([]))
        for organ in sorted(counted, key=lambda value: list(Organ).index(Organ(value))):
            documents, sessions = counted[organ]
            left -= documents
            yield OrganShelves(organ, tuple(self._shelves(organ, documents, sessions)))
        if left > 0:
            name = ShelfName(None, None)
            yield OrganShelves(None, (Shelf(name, False, left),))

    def _shelves(self, organ: str, documents: int, sessions: Mapping[str, int]) -> Iterator[Shelf]:
        for label in sorted(sessions, key=_session_order, reverse=True):
            yield Shelf(ShelfName(organ, label), False, sessions[label])
        left = documents - sum(sessions.values())
        if left <= 0:
            return
        without = self._titles([("organ", organ)], lacking="session")
        years = {label: number for label, (number, _) in self._terms(without, "year").items()}
        for label in sorted(years, key=int, reverse=True):
            yield Shelf(ShelfName(organ, label), True, years[label])
        left -= sum(years.values())
        if left > 0:
            yield Shelf(ShelfName(organ, None), False, left)

    def _ranked(self, name: ShelfName, limit: int) -> list[tantivy.DocAddress]:
        shelf = self.shelf(name)
        if shelf is None or not limit:
            return []
        query = self._query(shelf)
        with damage_named(self._reader.folder):
            ranked = rank(self._searcher, query, limit, sort=Sort.SYMBOL)
        return [one.place for one in ranked]

    def _query(self, shelf: Shelf) -> tantivy.Query:
        organ, label = shelf.name
        if organ is None:
            return self._titles([], lacking="organ")
        if label is not None and not shelf.is_year:
            return self._titles([("organ", organ), ("session", label)])
        if label is not None:
            return self._titles([("organ", organ), ("year", int(label))], lacking="session")
        return self._titles([("organ", organ)], lacking="session", undated=True)

    def _titles(
        self, having: list[tuple[str, str | int]], lacking: str = "", undated: bool = False
    ) -> tantivy.Query:
        """Return the query for the title units that have some terms and lack some fields."""
        from tantivy import FieldType, Occur, Query

        schema = self._reader.schema
        terms: list[tuple[str, str | int]] = [("kind", ParagraphKind.TITLE.value), *having]
        parts = [(Occur.Must, Query.term_query(schema, name, value)) for name, value in terms]
        if lacking:
            parts += [
                (Occur.MustNot, Query.term_query(schema, lacking, value))
                for value in self._terms(Query.all_query(), lacking)
            ]
        if undated:
            any_year = Query.range_query(schema, "year", FieldType.Unsigned, 0, 9999)
            parts.append((Occur.MustNot, any_year))
        return Query.boolean_query(parts)

    def _terms(
        self, query: tantivy.Query, field: str, within: str = ""
    ) -> dict[str, tuple[int, dict[str, int]]]:
        """Return the values of *field* with their counts, and those of *within* under each."""
        wanted: dict[str, Any] = {"terms": {"field": field, "size": _MOST_SESSIONS}}
        if within:
            wanted["aggs"] = {within: {"terms": {"field": within, "size": _MOST_SESSIONS}}}
        counted = self._searcher.aggregate(query, {field: wanted})
        return {
            _label(bucket["key"]): (
                int(bucket["doc_count"]),
                {
                    _label(inner["key"]): int(inner["doc_count"])
                    for inner in bucket.get(within, {}).get("buckets", ())
                },
            )
            for bucket in counted[field]["buckets"]
        }

    def _summary(self, place: tantivy.DocAddress) -> DocumentSummary:
        with damage_named(self._reader.folder):
            stored = self._searcher.doc(place).get_first("record")
            if stored is None:
                raise ValueError("a title has lost its record")
            return summarise(head_from_json(bytes(stored)))


def catalogue(state: IndexState) -> Catalogue:
    """Return the catalogue of one commit, which is made once."""
    return state.derived("catalogue", Catalogue)


def _label(key: str | float) -> str:
    return key if isinstance(key, str) else str(int(key))


def _session_order(label: str) -> tuple[bool, str, int]:
    """Return a key that puts special sessions, in their order, before the regular ones."""
    prefix, _, number = label.rpartition("-")
    return not prefix, prefix, int(number) if number.isdigit() else 0
