"""From an address, in whatever spelling a person writes it, to the passage that bears it.

``A/HRC/RES/46/28#OP12``, ``a/hrc/res/46/28#op12``, ``٤٦/٢٨#١٢`` and ``46 / 28 # OP12`` are the same
paragraph, as long as no other document of the index is called 46/28.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from fihris.index.addresses import split_address, symbol_forms, unit_address
from fihris.index.analysis import fold, fold_characters
from fihris.index.characters import whole_characters
from fihris.index.errors import AddressAmbiguous, AddressUnknown
from fihris.index.folder import damage_named
from fihris.index.frozen import frozen
from fihris.index.resolution import Paragraph, Resolution

if TYPE_CHECKING:
    from fihris.index.reader import IndexReader

#: How many addresses are offered when none or several are meant.
_MOST_CANDIDATES = 8

_AROUND_MARKS = re.compile(r"\s*([/#])\s*")


@frozen
class Passage:
    """A document, or the part of it that an address names.

    ``address`` is the one of the index. ``paragraphs`` are in reading order and hold with each
    paragraph the sub-paragraphs that complete it and the footnotes whose marks it bears.
    ``chapeaux`` are the paragraphs that the passage completes, outermost first.
    """

    address: str
    document: Resolution
    paragraphs: tuple[Paragraph, ...]
    chapeaux: tuple[Paragraph, ...] = ()


class DocumentNames:
    """Every name of every document of an index, without what makes no difference in a name.

    Making one takes a pass over all records.
    """

    def __init__(self, reader: IndexReader) -> None:
        self._bearers: dict[str, set[str]] = {}
        for record in reader.records():
            for form in (record.document.address, *symbol_forms(record.document)):
                self._bearers.setdefault(_key(form), set()).add(record.document.address)

    def bearers(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the documents called *name*, in alphabetical order."""
        return tuple(sorted(self._bearers.get(_key(name), ())))

    def like(self, name: str) -> list[str]:
        """Return the addresses of documents whose names look most like *name*, the best first."""
        near = _nearest(_key(name), self._bearers)
        return [address for key in near for address in sorted(self._bearers[key])]


def find_passage(
    reader: IndexReader,
    address: str,
    names_of: Callable[[IndexReader], DocumentNames] = DocumentNames,
) -> Passage:
    """Return what *address* names in the index.

    *names_of* gives the names of all documents, which only an address needs that nothing bears as
    it is written; who serves many such may keep them.

    Raises AddressUnknown when there is no such thing, with the addresses that are nearest to it,
    and AddressAmbiguous when several documents, or several paragraphs of one, may be meant.
    """
    address = whole_characters(address)
    written = _AROUND_MARKS.sub(r"\1", fold_characters(address).text).strip()
    # An id may itself hold "#", so the whole is read as a document first.
    readings = dict.fromkeys([(address.strip(), ""), (written, ""), split_address(written)])
    for name, fragment in readings:
        for spelling in dict.fromkeys((name, name.upper())):
            document = reader.document(spelling)
            if document is not None:
                return _passage(document, fragment)
            bearers = _bearers(reader, spelling)
            if bearers:
                return _passage(_only_document(reader, bearers, name), fragment)
    # Rare, and worth a pass over all records: an id in other letters, or one mistyped.
    names = names_of(reader)
    for name, fragment in readings:
        bearers = names.bearers(name)
        if bearers:
            return _passage(_only_document(reader, bearers, name), fragment)
    raise _unknown(written, "document", [near for name, _ in readings for near in names.like(name)])


def _bearers(reader: IndexReader, symbol: str) -> tuple[str, ...]:
    """Return the addresses of the documents that bear *symbol*, in alphabetical order."""
    import tantivy

    searcher = reader.searcher()
    with damage_named(reader.folder):
        count = searcher.doc_freq("symbol", symbol)
        if not count:
            return ()
        bearing = tantivy.Query.term_query(reader.schema, "symbol", symbol)
        places = [place for _, place in searcher.search(bearing, count, count=False).hits]
        return tuple(sorted(str(searcher.doc(place).get_first("doc")) for place in places))


def _only_document(reader: IndexReader, addresses: tuple[str, ...], name: str) -> Resolution:
    """Return the document at *addresses*, which all are called *name*; there must be only one."""
    if len(addresses) > 1:
        raise _ambiguous(name, "documents", addresses)
    document = reader.document(addresses[0])
    if document is None:  # another process took it out a moment ago
        raise _unknown(name, "document", [])
    return document


def _passage(document: Resolution, fragment: str) -> Passage:
    """Return *document*, or the part of it that *fragment* names."""
    if not fragment:
        return Passage(document.address, document, document.paragraphs)
    return _find_paragraphs(document, fragment)


def _find_paragraphs(document: Resolution, fragment: str) -> Passage:
    """Return the paragraph of *document* that *fragment* names, with what belongs to it."""
    by_key: dict[str, list[Paragraph]] = {}
    for paragraph in document.paragraphs:
        if paragraph.fragment:
            by_key.setdefault(_key(paragraph.fragment), []).append(paragraph)
    key = _key(fragment)
    # A bare number is what people cite: "paragraph 12" is operative paragraph 12.
    named = by_key.get(key) or by_key.get(f"op{key}", [])
    named = [unit for unit in named if unit.fragment == fragment] or named
    if len(named) > 1:
        addresses = tuple(unit_address(document.address, unit.fragment) for unit in named)
        raise _ambiguous(fragment, "paragraphs", addresses)
    if named:
        found = named[0].fragment
        return Passage(
            unit_address(document.address, found),
            document,
            _with_what_belongs(document, {found}),
            tuple(_chapeaux(document, named[0])),
        )
    # A long provision was split for searching: art1 stands as art1.1, art1.2 …
    pieces = {
        unit.fragment
        for unit in document.paragraphs
        if re.fullmatch(rf"{re.escape(key)}\.\d+", _key(unit.fragment))
    }
    if pieces:
        address = unit_address(document.address, min(pieces, key=len).rpartition(".")[0])
        return Passage(address, document, _with_what_belongs(document, pieces))
    near = [
        by_key[other][0].fragment for other in _nearest(key, by_key) or _nearest(f"op{key}", by_key)
    ]
    raise _unknown(
        unit_address(document.address, fragment),
        "paragraph",
        [unit_address(document.address, other) for other in near] or [document.address],
    )


def _with_what_belongs(document: Resolution, fragments: set[str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs called *fragments*, all that complete them, and all their notes."""
    belonging = set(fragments)
    marked: set[str] = set()
    for unit in document.paragraphs:  # what belongs to a paragraph comes after it
        if unit.fragment in belonging or unit.chapeau in belonging:
            belonging.add(unit.fragment)
            marked.update(mark.fragment for mark in unit.notes)
    belonging |= marked
    return tuple(unit for unit in document.paragraphs if unit.fragment in belonging)


def _chapeaux(document: Resolution, paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraphs that *paragraph* completes, outermost first."""
    by_fragment = {unit.fragment: unit for unit in document.paragraphs}
    chapeaux: list[Paragraph] = []
    above = by_fragment.get(paragraph.chapeau or "")
    while paragraph.chapeau and above is not None and above not in chapeaux:
        chapeaux.insert(0, above)
        paragraph = above
        above = by_fragment.get(paragraph.chapeau or "")
    return chapeaux


def _key(name: str) -> str:
    """Return *name* without what makes no difference: case, spelling of letters, spaces."""
    return "".join(fold(name).text.split())


def _nearest(key: str, names: Iterable[str]) -> list[str]:
    """Return the *names* that look most like *key*, the best first."""
    from rapidfuzz import fuzz, process  # needed for mistakes only

    most = _MOST_CANDIDATES // 2
    found = process.extract(key, list(names), scorer=fuzz.ratio, limit=most, score_cutoff=60)
    return [name for name, *_ in found]


def _unknown(asked: str, what: str, near: list[str]) -> AddressUnknown:
    """Return the error which says that nothing is called *asked*, and what is called nearly so."""
    candidates = tuple(dict.fromkeys(near[:_MOST_CANDIDATES]))
    offered = ", ".join(candidates)
    remedy = f"Did you mean {offered}?" if offered else "Look for it with `fihris search`."
    return AddressUnknown(f"The index has no {what} called {asked}.", remedy, candidates)


def _ambiguous(asked: str, what: str, addresses: tuple[str, ...]) -> AddressAmbiguous:
    """Return the error which says that *asked* may mean any of *addresses*."""
    offered = ", ".join(addresses[:_MOST_CANDIDATES])
    if len(addresses) > _MOST_CANDIDATES:
        offered += " …"
    return AddressAmbiguous(
        f"{len(addresses)} {what} are called {asked}: {offered}.",
        "Write the address of the one you mean.",
        addresses,
    )
