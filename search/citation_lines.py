"""Citations as lines for a terminal; the two directions of the graph look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fihris.search.citations import CitationPlace, Citations
from fihris.search.terminal import address_style, aside, count_of, document_lines, one_line


def citation_lines(citations: Citations) -> Iterator[str]:
    """Yield the lines of *citations*: what they are of, then each direction that was asked for."""
    if citations.document is not None:
        yield address_style(citations.address)
        yield one_line(citations.document.title)
    else:
        yield _not_indexed(citations.address)
    if citations.cites is not None:
        yield ""
        yield f"It cites {count_of(len(citations.cites), 'document')}."
        for cited in citations.cites:
            yield ""
            for document in cited.documents:
                yield from document_lines(document)
            if not cited.documents:
                yield _not_indexed(" ".join(filter(None, (cited.symbol, cited.part))))
            yield from _place_lines(cited.places)
    if citations.cited_by is not None:
        yield ""
        yield f"{count_of(len(citations.cited_by), 'document cites', 'documents cite')} it."
        for citing in citations.cited_by:
            yield ""
            yield from document_lines(citing.document)
            yield from _place_lines(citing.places)


def _place_lines(places: Iterable[CitationPlace]) -> Iterator[str]:
    for place in places:
        # Of a citation over two lines the break says nothing.
        words = " ".join(f"{place.surface} {place.pinpoint or ''}".split())
        yield f"  {one_line(place.address)}  {aside(words)}"


def _not_indexed(symbol: str) -> str:
    return f"{address_style(symbol)}  {aside('not in the index')}"
