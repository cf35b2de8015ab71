"""Hits as lines of text for a terminal: logical order, the matched words in colour, nothing else.

Latin and Arabic get lines of their own as far as possible, so that a terminal which orders text by
itself takes the direction of each line from its first letter. No bidi controls are put in: a line
that is copied from here holds exactly what the document says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from fihris.index.columns import column_lines
from fihris.index.resolution import ParagraphKind
from fihris.search.hits import DocumentSummary, Had, Hit, Page, Span

ELLIPSIS = "…"

# A text that carries escape sequences must not command the terminal that shows it.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
_CONTROLS_BUT_NEWLINE = {code: blank for code, blank in _CONTROLS.items() if code != 0x0A}

_KIND_NAMES = {ParagraphKind.SUB: "sub-paragraph"}

# What a person should know of a word beside "it is there"; the order is that of the output.
_HAD_NOTES = {
    Had.MISSING: "without",
    Had.FAMILY: "only a word of the same family",
    Had.CONTEXT: "only in the title or the chapeau",
}


def one_line(text: str) -> str:
    r"""Return *text* on one line, harmless to a terminal; the length stays the same.

    >>> one_line("على\nسطر \x1b[2J")
    'على سطر  [2J'
    """
    return text.translate(_CONTROLS)


def harmless(text: str) -> str:
    """Return *text* harmless to a terminal, its line breaks kept; the length stays the same."""
    return text.translate(_CONTROLS_BUT_NEWLINE)


def address_style(address: str) -> str:
    """Return an address as it looks wherever it heads something."""
    return click.style(one_line(address), fg="cyan", bold=True)


def aside(text: str) -> str:
    """Return *text* as it looks when it is about a document, and not from it."""
    return click.style(one_line(text), dim=True)


def count_of(count: int, singular: str, plural: str | None = None) -> str:
    """Return a count with its noun in the right number.

    >>> count_of(1, "paragraph"), count_of(0, "paragraph"), count_of(1012, "paragraph")
    ('1 paragraph', '0 paragraphs', '1,012 paragraphs')
    """
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def mark_spans(text: str, spans: Iterable[Span], windows: Sequence[Span]) -> str:
    """Return the *windows* of *text* on one line, with the *spans* that fall into them in colour.

    An ellipsis stands where the text is cut. Windows and spans are in order and do not overlap.
    """
    marked = list(spans)
    pieces = []
    done = 0
    for first, last in windows:
        if text[done:first].strip():
            pieces.append(ELLIPSIS)
        pieces.append(_mark_window(text, marked, (first, last)))
        done = last
    if text[done:].strip():
        pieces.append(ELLIPSIS)
    return " ".join(pieces).strip()


def _mark_window(text: str, spans: Iterable[Span], window: Span) -> str:
    first, last = window
    pieces = []
    done = first
    for start, end in spans:
        start, end = max(start, first), min(end, last)
        if start < end:
            pieces.append(one_line(text[done:start]))
            # Colour and weight only: anything wider would break the joining of the letters.
            pieces.append(click.style(one_line(text[start:end]), fg="red", bold=True))
            done = end
    pieces.append(one_line(text[done:last]))
    return "".join(pieces).strip()


def _facts(document: DocumentSummary, *more: str) -> str:
    """Return what is known of a document in a few words."""
    facts = []
    if document.session is not None:
        facts.append(f"session {document.session}")
    facts += more
    if document.date is not None:
        facts.append(document.date.isoformat())
    return aside(", ".join(facts))


def place_line(address: str, kind: ParagraphKind, document: DocumentSummary) -> str:
    """Return the line that says where a unit stands, and what it does there."""
    return f"{address_style(address)}  {_facts(document, _KIND_NAMES.get(kind, kind.value))}"


def document_lines(document: DocumentSummary) -> Iterator[str]:
    """Yield the lines that present a document which bears the symbol that was asked for."""
    organ = document.organ.value if document.organ is not None else "organ unknown"
    yield f"{address_style(document.address)}  {organ}  {_facts(document)}".rstrip()
    if document.title:
        yield one_line(document.title)


def hit_lines(hit: Hit) -> Iterator[str]:
    """Yield the lines of one hit: address and facts, title, snippet, and what is odd about it."""
    yield place_line(hit.address, hit.kind, hit.document)
    if hit.document.title and hit.kind is not ParagraphKind.TITLE:
        yield aside(hit.document.title)
    yield mark_spans(hit.text, hit.spans, hit.snippets)
    if hit.same_wording:
        yield aside(f"and {hit.same_wording:,} more with the same wording")
    if hit.same_document:
        yield aside(f"and {hit.same_document:,} more in this document")
    for had, note in _HAD_NOTES.items():
        words = [match.word for match in hit.words if match.had is had]
        if words:
            yield f"{aside(f'{note}:')} {one_line(', '.join(words))}"


def evidence_lines(hit: Hit) -> Iterator[str]:
    """Yield what the score of *hit* is made of, a line for each reason, where it was asked for."""
    whole = sum(one.share for one in hit.evidence)
    if not whole:
        return
    yield aside(f"score {hit.score or whole:.4f}")
    rows = [
        (one_line(one.word), one.field, one.form, f"{one.share:.4f}", f"{one.share / whole:.0%}")
        for one in hit.evidence
    ]
    for line in column_lines(rows):
        yield f"  {line}"


def facet_lines(page: Page) -> Iterator[str]:
    """Yield a line for each facet of *page*: its name, then its values with their counts."""
    for facet in page.facets:
        values = [f"{one_line(value.value)} ({value.count:,})" for value in facet.values]
        if facet.others:
            values.append(f"others ({facet.others:,})")
        yield f"{aside(f'{facet.name}:')} {', '.join(values)}"


def count_line(page: Page) -> str:
    """Return the line that says how much was found."""
    strict = count_of(page.total, "paragraph")
    if page.at_least:
        strict = f"at least {strict}"
    if not page.partial_total:
        return strict
    return f"{strict}, and {page.partial_total:,} with only some of the words"


def page_lines(page: Page) -> Iterator[str]:
    """Yield the lines of a page of hits, best first, with an empty line after each entry."""
    if page.documents:
        bear = "bears" if len(page.documents) == 1 else "bear"
        yield f"{count_of(len(page.documents), 'document')} {bear} this symbol:"
        yield ""
    for document in page.documents:
        yield from document_lines(document)
        yield ""
    announced = False
    for hit in page.hits:
        if hit.partial and not announced:
            announced = True
            yield "These have only some of the words:"
            yield ""
        yield from hit_lines(hit)
        yield from evidence_lines(hit)
        yield ""
    if page.facets:
        yield from facet_lines(page)
        yield ""
    yield count_line(page)
