"""The whole way from a text to a :class:`~fihris.index.resolution.Resolution`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from fihris.index.analysis import fold
from fihris.index.parser.citations import find_citations
from fihris.index.parser.dates import find_dates
from fihris.index.parser.document import read_provisions
from fihris.index.parser.header import Header, read_header
from fihris.index.parser.header_lines import announces_reissue
from fihris.index.parser.identity import change_of, identify
from fihris.index.parser.manuscript import Manuscript, manuscript_of, read_manuscript
from fihris.index.parser.page_heads import masthead_symbol
from fihris.index.parser.paragraphs import BodyReader
from fihris.index.parser.units import Addresses, Body, Unit
from fihris.index.parser.verbs import opening_verb, secondary_verbs
from fihris.index.resolution import (
    Citation,
    Confidence,
    DateMention,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)
from fihris.index.sources.blocks import Mark, NoteBody, SourceText
from fihris.index.titles import readable_title

_LONGEST_TITLE = 160  # characters that a list of hits has room for
# Lines that tell the document's own number do not cite it.
_NAMES_ITSELF = frozenset({ParagraphKind.TITLE, ParagraphKind.META})
_DIGIT = re.compile(r"\d")
_BEARS_VERB = frozenset({ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE, ParagraphKind.SUB})


def parse(text: str, *, fallback_address: str, source_kind: SourceKind | None = None) -> Resolution:
    """Return *text* as a resolution, or as a plain document when it is none.

    It never raises: whatever is odd is told in ``warnings``. *fallback_address* is the address of
    a text that has no symbol. None for *source_kind* means to detect it: ``tika`` where the debris
    of extraction from a Word file is present, else ``text``.

    >>> parse("إعلان\\nنص الإعلان.", fallback_address="a.txt").paragraphs[1].fragment
    'p1'
    """
    return _parse(read_manuscript(text, source_kind), fallback_address)


def parse_source(source: SourceText, *, fallback_address: str) -> Resolution:
    """Return what a reader made of a document as a resolution, or as a plain document.

    It never raises: whatever is odd is told in ``warnings``. *fallback_address* is the address of
    a document that has no symbol.
    """
    return _parse(manuscript_of(source), fallback_address)


def _parse(manuscript: Manuscript, fallback_address: str) -> Resolution:
    header = read_header(manuscript.lines, manuscript.running_heads)
    if any(announces_reissue(fold(note.text).text) for note in manuscript.notes):
        header.reissues = max(header.reissues, 1)  # told at the foot of the first page
    if not header.attested:
        symbol = masthead_symbol(manuscript.lines) or header.head_symbol
        return _plain_document(manuscript, symbol, header.reissues, fallback_address)
    return _resolution(manuscript, header, fallback_address)


def _resolution(manuscript: Manuscript, header: Header, fallback_address: str) -> Resolution:
    body = Body()
    addresses = Addresses(body.warnings)
    reader = BodyReader(addresses, body)
    for line in header.shown:
        reader.show(line)
    if header.statement:
        reader.read_statement(manuscript.lines[header.end :])
    else:
        reader.read(manuscript.lines[header.end :])
    reader.finish()

    identity = identify(header, fallback_address)
    if identity.named_by_file:
        body.warnings.append(
            f"The text does not tell its symbol; {identity.symbol} was taken from the file's name."
        )
    title = _title_unit(header, identity.symbol, fallback_address)
    units = _with_notes([title, *body.units], manuscript.notes, addresses, body.warnings)
    return Resolution(
        address=identity.address or fallback_address,
        kind=header.kind,
        title=readable_title(title.text),
        paragraphs=tuple(
            _paragraph(unit, notes, identity.symbol, identity.organ) for unit, notes in units
        ),
        source_kind=manuscript.source_kind,
        symbol=identity.symbol,
        symbol_derived=identity.symbol_derived,
        organ=identity.organ,
        number=identity.number,
        part=identity.part,
        session=identity.session,
        session_dates=header.session_dates,
        agenda_items=header.agenda_items,
        agenda_title=readable_title(" ".join(header.agenda_title)) or None,
        adopted_on=header.adopted_on or body.closed_on,
        meeting=header.meeting if header.meeting is not None else body.meeting,
        adoption=body.adoption or header.adoption,
        change=identity.change,
        warnings=tuple(body.warnings),
    )


def _title_unit(header: Header, symbol: str | None, fallback_address: str) -> Unit:
    """Return the title unit; a text without a title is called by its number, or its symbol."""
    if header.title:
        first, *more = header.title
        unit = Unit("", ParagraphKind.TITLE, first.text, first.number, header.title_label)
        unit.marks = list(first.marks)
        for line in more:
            unit.extend(line)
        unit.text = unit.text.replace("\n", " ")
        return unit
    numbered = header.number_line
    if numbered is not None:
        text = numbered.text
        if not any(char.isalpha() for char in text):
            text = f"{'المقرر' if header.decision else 'القرار'} {text}"
        return Unit("", ParagraphKind.TITLE, text, numbered.number)
    title = " ".join(header.agenda_title) or symbol or fallback_address
    if header.statement and symbol:
        title = f"بيان من رئيس مجلس الأمن ({symbol})"
    return Unit("", ParagraphKind.TITLE, title, 0)


def _plain_document(
    manuscript: Manuscript, symbol: str | None, reissues: int, fallback_address: str
) -> Resolution:
    warnings: list[str] = []
    addresses = Addresses(warnings)
    line, provisions = read_provisions(manuscript.lines, addresses)
    if line is None and provisions:
        opening = provisions[0].text.split("\n")[0]
        title = Unit("", ParagraphKind.TITLE, _shortened(opening, ellipsis=""), provisions[0].line)
    elif line is None:
        warnings.append("The text is empty.")
        title = Unit("", ParagraphKind.TITLE, fallback_address, 0)
    else:
        title = Unit("", ParagraphKind.TITLE, line.text, line.number, marks=list(line.marks))
    if line is not None or provisions:
        warnings.append(
            "This is not a resolution: no enacting formula, adoption line or symbol was found; "
            "it was taken as a plain document."
        )
    units = _with_notes([title, *provisions], manuscript.notes, addresses, warnings)
    return Resolution(
        address=symbol or fallback_address,
        kind=DocumentKind.DOCUMENT,
        title=_shortened(readable_title(title.text)),
        paragraphs=tuple(_paragraph(unit, notes, symbol, None) for unit, notes in units),
        source_kind=manuscript.source_kind,
        symbol=symbol,
        change=change_of(symbol, reissues),
        warnings=tuple(warnings),
    )


def _with_notes(
    units: list[Unit], bodies: list[NoteBody], addresses: Addresses, warnings: list[str]
) -> list[tuple[Unit, tuple[NoteMark, ...]]]:
    """Return the units with the places of their note marks, each note after its paragraph.

    A number that is used for several notes (parts of a resolution count anew) means them in turn.
    """
    waiting: dict[int, list[NoteBody]] = defaultdict(list)
    for body in bodies:
        waiting[body.number].append(body)
    given: dict[int, Unit] = {}
    ordered: list[tuple[Unit, tuple[NoteMark, ...]]] = []
    for unit in units:
        notes: list[NoteMark] = []
        following: list[Unit] = []
        for mark in unit.marks:
            if waiting[mark.number]:
                note = _note_unit(waiting[mark.number].pop(0), unit.fragment, addresses)
                given[mark.number] = note
                following.append(note)
            if mark.number in given:
                notes.append(NoteMark(_within(unit, mark), given[mark.number].fragment))
            else:
                warnings.append(f"The note {mark.number} marked on line {unit.line} has no text.")
        ordered.append((unit, tuple(notes)))
        ordered += [(note, ()) for note in following]
    for left in (note for notes in waiting.values() for note in notes):
        warnings.append(f"The note {left.number} on line {left.line} has no mark in the text.")
        ordered.append((_note_unit(left, None, addresses), ()))
    return ordered


def _note_unit(note: NoteBody, bearer: str | None, addresses: Addresses) -> Unit:
    return Unit(
        addresses.claim(f"FN{note.number}"),
        ParagraphKind.FOOTNOTE,
        note.text,
        note.line,
        str(note.number),
        note.number,
        bearer,
    )


def _within(unit: Unit, mark: Mark) -> int:
    return min(mark.offset, len(unit.text))


def _paragraph(
    unit: Unit,
    notes: tuple[NoteMark, ...],
    own_symbol: str | None,
    organ: Organ | None,
) -> Paragraph:
    citations: list[Citation] = []
    dates: list[DateMention] = []
    if _DIGIT.search(unit.text):  # most paragraphs have none, and folding is what costs
        # A new line inside a provision ends what it cites; elsewhere it is a wrapped line.
        wrapped = "\n" in unit.text and unit.kind is not ParagraphKind.PROVISION
        folded = fold(unit.text.replace("\n", " ") if wrapped else unit.text)
        dates = find_dates(folded)
        citations = find_citations(folded, organ)
        if wrapped:  # surfaces are the author's
            citations = [replace(c, surface=unit.text[c.start : c.end]) for c in citations]
            dates = [replace(d, surface=unit.text[d.start : d.end]) for d in dates]
        if organ is None:
            # Outside the United Nations a bare "resolution 3/2004" is somebody else's.
            citations = [found for found in citations if found.confidence is not Confidence.BARE]
        if unit.kind in _NAMES_ITSELF:
            citations = [found for found in citations if found.symbol != own_symbol]
    verb = opening_verb(unit.wording) if unit.kind in _BEARS_VERB else None
    more_verbs = secondary_verbs(unit.wording, organ) if verb else ()
    return Paragraph(
        fragment=unit.fragment,
        kind=unit.kind,
        text=unit.text,
        label=unit.label,
        number=unit.number,
        chapeau=unit.chapeau,
        verb=verb,
        secondary_verbs=more_verbs,
        line=unit.line,
        notes=notes,
        citations=tuple(citations),
        dates=tuple(dates),
    )


def _shortened(title: str, ellipsis: str = "…") -> str:
    """Return *title*, cut at the end of a word when it is too long for a list."""
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[:_LONGEST_TITLE].rsplit(None, 1)[0]
    return f"{cut}{ellipsis}"
