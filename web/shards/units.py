"""The units of an index in their order, with what shards are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fihris.index.addresses import symbol_forms
from fihris.index.reader import IndexReader
from fihris.index.resolution import Paragraph, Resolution


class ShardUnit(NamedTuple):
    """A unit; its number is its place in the list of :func:`read_documents`.

    ``wording`` is equal for equal wordings.
    """

    paragraph: Paragraph
    wording: int


class ShardDocument(NamedTuple):
    """A document with its units that a search finds, the title unit first.

    ``first`` is the number of the title unit; the others follow it without a gap. ``record`` has
    no paragraphs. ``symbols`` are the forms by which people look its symbol up. ``language`` is a
    BCP 47 tag, empty where all documents are in one.
    """

    record: Resolution
    first: int
    units: tuple[ShardUnit, ...]
    symbols: tuple[str, ...]
    language: str = ""


def read_documents(reader: IndexReader) -> Iterator[ShardDocument]:
    """Yield the documents of *reader* in the order in which a search breaks ties.

    Units are numbered in this order from 0, so that of two hits with one score the smaller number
    comes first, in a browser as on the server.
    """
    import tantivy

    searcher = reader.searcher()
    if not searcher.num_docs:
        return
    hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
    places = [place for _, place in hits]
    orders = searcher.fast_field_values("order", places)
    ordinals = searcher.fast_field_values("place", places)
    wordings = searcher.fast_field_values("wording", places)
    in_order = sorted(range(len(places)), key=lambda at: (orders[at] or 0, ordinals[at] or 0))
    first = 0
    while first < len(in_order):
        last = first + 1
        while last < len(in_order) and orders[in_order[last]] == orders[in_order[first]]:
            last += 1
        # Most often the units of one document; its key ends in a checksum, which two may share.
        by_address: dict[str, list[ShardUnit]] = {}
        for at in in_order[first:last]:
            stored = reader.unit(searcher, places[at])
            unit = ShardUnit(stored.paragraph, int(wordings[at] or 0))
            by_address.setdefault(stored.doc, []).append(unit)
        for address, units in sorted(by_address.items()):
            record = reader.record(searcher, address)
            yield ShardDocument(record, first, tuple(units), symbol_forms(record))
            first += len(units)


def dependents(document: ShardDocument) -> dict[int, list[int]]:
    """Return, by the number of a unit, the numbers of those that it lends its words.

    A title lends its words to every unit of its document, a chapeau to what completes it.
    """
    lent: dict[int, list[int]] = {}
    numbers: dict[str, int] = {}
    chapeaux: dict[str, str | None] = {}
    for number, (unit, _) in enumerate(document.units, document.first):
        if number != document.first:
            lent.setdefault(document.first, []).append(number)
        above = unit.chapeau
        passed: set[str] = set()
        while above is not None and above in numbers and above not in passed:
            passed.add(above)
            if numbers[above] != document.first:
                lent.setdefault(numbers[above], []).append(number)
            above = chapeaux[above]
        # On pages several passages may be reached by one fragment: their heading, which is first.
        numbers.setdefault(unit.fragment, number)
        chapeaux.setdefault(unit.fragment, unit.chapeau)
    return lent
