"""Documents as entries of a bibliography: BibTeX and RIS, one entry for each document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fihris.search.hits import DocumentSummary, Hit
from fihris.search.outputs.citation import ORGANS_ENGLISH

_TEX = {
    **{char: f"\\{char}" for char in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_NO_KEY = re.compile(r"[^\w.:-]+", re.ASCII)


def documents_of(
    documents: Iterable[DocumentSummary], hits: Iterable[Hit]
) -> Iterator[DocumentSummary]:
    """Yield *documents*, then those of *hits*, each once."""
    seen: set[str] = set()
    for document in _all(documents, hits):
        if document.address not in seen:
            seen.add(document.address)
            yield document


def bibtex_lines(documents: Iterable[DocumentSummary]) -> Iterator[str]:
    """Yield a ``@misc`` entry for each document, in UTF-8, special characters escaped."""
    used: set[str] = set()
    for document in documents:
        key = base = _NO_KEY.sub("-", document.address).strip("-") or "document"
        repeat = 1
        while key in used:
            repeat += 1
            key = f"{base}-{repeat}"
        used.add(key)
        yield f"@misc{{{key},"
        for name, value in _bibtex_fields(document):
            yield f"  {name} = {{{value}}},"
        yield "}"


def ris_lines(documents: Iterable[DocumentSummary]) -> Iterator[str]:
    """Yield a record of type GOVDOC for each document; a value is always one line."""
    for document in documents:
        yield "TY  - GOVDOC"
        for tag, value in _ris_fields(document):
            line = " ".join(value.split())
            if line:
                yield f"{tag}  - {line}"
        yield "ER  - "


def escape_tex(text: str) -> str:
    r"""Return *text* on one line with what commands TeX escaped.

    >>> escape_tex("100 % of {a_b}")
    '100 \\% of \\{a\\_b\\}'
    """
    return " ".join("".join(_TEX.get(char, char) for char in text).split())


def _bibtex_fields(document: DocumentSummary) -> Iterator[tuple[str, str]]:
    if document.organ is not None:
        yield "author", f"{{United Nations {ORGANS_ENGLISH[document.organ]}}}"
    yield "title", f"{{{escape_tex(document.title or document.address)}}}"
    if document.date is not None:
        yield "year", str(document.date.year)
        if document.date.month is not None:
            yield "month", str(document.date.month)
    yield "number", escape_tex(document.symbol or document.address)
    yield "language", "arabic"


def _ris_fields(document: DocumentSummary) -> Iterator[tuple[str, str]]:
    if document.organ is not None:
        yield "AU", f"United Nations {ORGANS_ENGLISH[document.organ]}"
    yield "TI", document.title or document.address
    date = document.date
    if date is not None:
        yield "PY", str(date.year)
        month = f"{date.month:02}" if date.month is not None else ""
        day = f"{date.day:02}" if date.day is not None else ""
        yield "DA", f"{date.year}/{month}/{day}/"
    yield "AN", document.symbol or document.address
    yield "LA", "ar"


def _all(documents: Iterable[DocumentSummary], hits: Iterable[Hit]) -> Iterator[DocumentSummary]:
    yield from documents
    for hit in hits:
        yield hit.document
