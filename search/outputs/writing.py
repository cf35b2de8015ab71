"""The formats by name: what ``fihris search`` writes for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from fihris.search.hits import HitStream


class Format(StrEnum):
    """A format in which strict hits, or the documents that have them, are written."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    KWIC = "kwic"
    BIBTEX = "bibtex"
    RIS = "ris"
    CITE = "cite"


def written_lines(form: Format, stream: HitStream, kwic_sort: str | None) -> Iterator[str]:
    """Yield the lines of *stream* in the format *form*, as its hits are read.

    *kwic_sort* orders a concordance by its column ``before`` or ``after``; it must then be read
    whole first.
    """
    from fihris.search.outputs import bibliography, citation, kwic, markdown, rows

    if form is Format.JSONL:
        yield from rows.hit_json_lines(stream.hits)
    elif form is Format.CSV:
        yield from rows.csv_lines(rows.HIT_COLUMNS, map(rows.hit_row, stream.hits))
    elif form is Format.MARKDOWN:
        yield from markdown.markdown_lines(stream.hits)
    elif form is Format.KWIC:
        found = kwic.occurrences(stream.hits)
        yield from kwic.kwic_lines(kwic.sort_occurrences(found, kwic_sort) if kwic_sort else found)
    elif form is Format.CITE:
        for document in stream.documents:
            yield from citation.cite_document(document)
        for hit in stream.hits:
            yield from citation.cite(hit)
    else:
        documents = bibliography.documents_of(stream.documents, stream.hits)
        if form is Format.BIBTEX:
            yield from bibliography.bibtex_lines(documents)
        else:
            yield from bibliography.ris_lines(documents)
