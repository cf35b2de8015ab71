"""Citations as a graph: what a document cites, what in the index cites it, and in which paragraphs.

The nodes are documents, named by their canonical symbols; whether a cited document is itself in the
index makes no difference. A document that cites its own symbol is no edge of the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from fihris.index.addresses import split_address, unit_address
from fihris.index.analysis import fold_characters
from fihris.index.characters import whole_characters
from fihris.index.frozen import frozen
from fihris.index.resolution import Citation, Confidence, Paragraph, Resolution
from fihris.search.compiler import Compiler
from fihris.search.hits import DocumentSummary, Sort, summarise
from fihris.search.lookup import Passage, find_passage
from fihris.search.query import NO_FILTERS
from fihris.search.ranking import rank
from fihris.search.searcher import SHIPPED_WEIGHTS

if TYPE_CHECKING:
    import tantivy

    from fihris.index.reader import IndexReader

#: Paragraphs that are read to tell what cites a document; the Charter of the United Nations itself
#: is cited less often in the resolutions of one organ.
MOST_CITING_UNITS = 10_000


@frozen
class CitationPlace:
    """A citation where it stands: *surface* is ``text[start:end]`` of the paragraph at *address*.

    ``symbol`` and ``part`` are what is cited there, ``pinpoint`` the place inside it, as written;
    ``verb`` is the opening verb of the paragraph, which tells how it is cited.
    """

    address: str
    symbol: str
    part: str | None
    pinpoint: str | None
    confidence: Confidence
    surface: str
    start: int
    end: int
    verb: str | None


@frozen
class CitedDocument:
    """A document that is cited: the places, and the documents of the index that bear its symbol.

    There are none when it is not in the index.
    """

    symbol: str
    part: str | None
    documents: tuple[DocumentSummary, ...]
    places: tuple[CitationPlace, ...]


@frozen
class CitingDocument:
    """A document that cites another, and the places where it does."""

    document: DocumentSummary
    places: tuple[CitationPlace, ...]


@frozen
class CitationTarget:
    """What an address means when it is asked who cites it.

    ``document`` is None when the index has only citations of it. ``symbols`` are the canonical
    symbols under which it may be cited: none when it bears none.
    """

    address: str
    symbols: tuple[str, ...]
    part: str | None
    document: DocumentSummary | None


class Direction(StrEnum):
    """A way to follow the edges of the graph."""

    CITES = "cites"
    CITED_BY = "cited_by"


@frozen
class Citations:
    """The citations of what ``address`` names; a direction that was not asked for is None.

    ``document`` is None when the index has only citations of it.
    """

    address: str
    document: DocumentSummary | None
    cites: tuple[CitedDocument, ...] | None
    cited_by: tuple[CitingDocument, ...] | None


def citations_of(reader: IndexReader, address: str, directions: Collection[Direction]) -> Citations:
    """Return the citations of *address* in *directions*; see :func:`cites` and :func:`cited_by`."""
    cited = citing = None
    if Direction.CITES in directions:
        passage = find_passage(reader, address)
        target = _target(passage.document)
        named, cited = passage.address, cited_in(reader, passage)
    else:
        target = find_target(reader, address)
        named = target.address
    if Direction.CITED_BY in directions:
        citing = _citing(reader, target, MOST_CITING_UNITS)
    return Citations(named, target.document, cited, citing)


def cites(reader: IndexReader, address: str) -> tuple[CitedDocument, ...]:
    """Return what the document or paragraph at *address* cites, in the order of first mention.

    Raises AddressUnknown and AddressAmbiguous, as :func:`~fihris.search.lookup.find_passage` does.
    """
    return cited_in(reader, find_passage(reader, address))


def cited_in(reader: IndexReader, passage: Passage) -> tuple[CitedDocument, ...]:
    """Return what *passage* cites, in the order of first mention."""
    searcher = reader.searcher()
    return tuple(
        CitedDocument(symbol, part, _bearing(reader, searcher, symbol, part), tuple(places))
        for (symbol, part), places in cited_places(passage.document, passage.paragraphs).items()
    )


def cited_places(
    document: Resolution, paragraphs: Iterable[Paragraph]
) -> dict[tuple[str, str | None], list[CitationPlace]]:
    """Return where *paragraphs* of *document* cite others, by symbol and part.

    Both are in the order of the text; what a document says of itself is no citation.
    """
    places: dict[tuple[str, str | None], list[CitationPlace]] = {}
    for paragraph in paragraphs:
        for citation in paragraph.citations:
            if not names_one_of(citation, (document.symbol,), document.part):
                place = citation_place(document.address, paragraph, citation)
                places.setdefault((citation.symbol, citation.part), []).append(place)
    return places


def cited_by(reader: IndexReader, address: str) -> tuple[CitingDocument, ...]:
    """Return the documents that cite what *address* names, the oldest first.

    *address* is an address or a symbol, in any usual spelling; that of a paragraph stands for its
    document, for that is what citations name. It need not be in the index as long as something
    there cites it. At most 10,000 citing paragraphs are read.

    Raises AddressUnknown when it is neither in the index nor cited, AddressAmbiguous when several
    documents bear the number.
    """
    return _citing(reader, find_target(reader, address), MOST_CITING_UNITS)


def citing_document(
    reader: IndexReader, document: Resolution, most_units: int
) -> tuple[CitingDocument, ...]:
    """Return the documents that cite *document*, the oldest first; *most_units* are read."""
    return _citing(reader, _target(document), most_units)


def _citing(
    reader: IndexReader, target: CitationTarget, most_units: int
) -> tuple[CitingDocument, ...]:
    if not target.symbols:
        return ()
    searcher = reader.searcher()
    query = Compiler(reader.schema, SHIPPED_WEIGHTS).citing(target.symbols, NO_FILTERS)
    places: dict[str, list[CitationPlace]] = {}
    for ranked in rank(searcher, query, most_units, sort=Sort.OLDEST):
        unit = reader.unit(searcher, ranked.place)
        found = [
            citation_place(unit.doc, unit.paragraph, citation)
            for citation in unit.paragraph.citations
            if names_one_of(citation, target.symbols, target.part)
        ]
        if found:
            places.setdefault(unit.doc, []).extend(found)
    documents = {name: reader.record(searcher, name) for name in places}
    return tuple(
        CitingDocument(summarise(documents[name]), tuple(found))
        for name, found in places.items()
        if not _is_target(documents[name], target)
    )


def find_target(reader: IndexReader, address: str) -> CitationTarget:
    """Return what *address* means as something that is cited; errors are those of `cited_by`."""
    from fihris.index.parser import parse_symbol

    written = fold_characters(whole_characters(address)).text.strip()
    searcher = reader.searcher()
    for name in dict.fromkeys((written, split_address(written)[0])):
        symbols = parse_symbol(name)
        if any(searcher.doc_freq("symbol", symbol) for symbol in symbols):
            break
        cited = tuple(symbol for symbol in symbols if searcher.doc_freq("cites", symbol))
        if cited:
            return CitationTarget(cited[0], cited, None, None)
    return _target(find_passage(reader, address).document)


def _target(document: Resolution) -> CitationTarget:
    symbols = (document.symbol,) if document.symbol is not None else ()
    return CitationTarget(document.address, symbols, document.part, summarise(document))


def names_one_of(
    citation: Citation | CitationPlace, symbols: tuple[str | None, ...], part: str | None
) -> bool:
    """Tell whether *citation* names one of *symbols*; without a part it names every part."""
    return citation.symbol in symbols and (
        part is None or citation.part is None or citation.part == part
    )


def _is_target(document: Resolution, target: CitationTarget) -> bool:
    return target.document is not None and document.address == target.document.address


def citation_place(document: str, paragraph: Paragraph, citation: Citation) -> CitationPlace:
    """Return where *citation* stands, in a *paragraph* of the document at an address."""
    return CitationPlace(
        address=unit_address(document, paragraph.fragment),
        symbol=citation.symbol,
        part=citation.part,
        pinpoint=citation.pinpoint,
        confidence=citation.confidence,
        surface=citation.surface,
        start=citation.start,
        end=citation.end,
        verb=paragraph.verb,
    )


def _bearing(
    reader: IndexReader, searcher: tantivy.Searcher, symbol: str, part: str | None
) -> tuple[DocumentSummary, ...]:
    """Return the documents of the index that bear *symbol*; of its parts the one that is named."""
    borne = searcher.doc_freq("symbol", symbol)
    if not borne:
        return ()
    query = Compiler(reader.schema, SHIPPED_WEIGHTS).bearing([symbol])
    found = rank(searcher, query, borne, sort=Sort.OLDEST)
    documents = [
        reader.record(searcher, reader.unit(searcher, ranked.place).doc) for ranked in found
    ]
    return tuple(
        summarise(document)
        for document in documents
        if part is None or document.part is None or document.part == part
    )
