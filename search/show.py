"""A passage as lines of text: a whole document, or a paragraph with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from fihris.index.addresses import unit_address
from fihris.index.resolution import (
    UNSEARCHED_KINDS,
    Adoption,
    Change,
    ChangeKind,
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
)
from fihris.search.jsonable import jsonable
from fihris.search.lookup import Passage
from fihris.search.terminal import address_style, aside, harmless, one_line

_INDENT = "    "


def passage_lines(passage: Passage) -> Iterator[str]:
    """Yield the lines of *passage*: what the document is, then its paragraphs in reading order."""
    document = passage.document
    notes = {
        unit.fragment: note_name(unit)
        for unit in document.paragraphs
        if unit.kind is ParagraphKind.FOOTNOTE
    }
    yield address_style(passage.address)
    if document.title:
        yield click.style(one_line(document.title), bold=True)
    yield from map(aside, _metadata(document))
    before = None
    for paragraph in (*passage.chapeaux, *passage.paragraphs):
        if paragraph.kind is ParagraphKind.TITLE and not paragraph.notes:
            continue  # it stands above
        # The lines of a masthead or of a vote belong together.
        if before is None or {before, paragraph.kind} - {ParagraphKind.META, ParagraphKind.VOTE}:
            yield ""
        before = paragraph.kind
        yield from _paragraph_lines(paragraph, notes)


def passage_values(passage: Passage) -> dict[str, Any]:
    """Return *passage* for JSON: address, document, chapeaux and paragraphs.

    Each paragraph has its address, or null where it is of a kind that has none.
    """
    document = jsonable(passage.document)
    del document["paragraphs"]

    def address_of(unit: Paragraph) -> str | None:
        if unit.kind in UNSEARCHED_KINDS:
            return None
        return unit_address(passage.document.address, unit.fragment)

    def values(paragraphs: tuple[Paragraph, ...]) -> list[dict[str, Any]]:
        return [{"address": address_of(unit), **jsonable(unit)} for unit in paragraphs]

    return {
        "address": passage.address,
        "document": document,
        "chapeaux": values(passage.chapeaux),
        "paragraphs": values(passage.paragraphs),
    }


def _metadata(document: Resolution) -> Iterator[str]:
    """Yield what is known of *document*, a line for each matter."""
    facts = [] if document.kind is DocumentKind.DOCUMENT else [document.kind.value]
    if document.organ is not None:
        facts.append(document.organ.value)
    if document.session is not None:
        session = f"session {document.session.label}"
        if document.session_dates is not None:
            first, last = document.session_dates
            session += f" ({first.isoformat()} to {last.isoformat()})"
        facts.append(session)
    if document.meeting is not None:
        facts.append(f"meeting {document.meeting}")
    if facts:
        yield ", ".join(facts)
    adopted = []
    if document.adopted_on is not None:
        # What is no resolution is not adopted, but dated.
        adopted.append("adopted" if document.organ is not None else "dated")
        adopted.append(document.adopted_on.isoformat())
    if document.adoption is not None:
        adopted.append(_adoption(document.adoption))
    if adopted:
        yield " ".join(adopted)
    if document.agenda_items:
        noun = "agenda item" if len(document.agenda_items) == 1 else "agenda items"
        yield f"{noun} {', '.join(document.agenda_items)}"
    if document.agenda_title:
        yield document.agenda_title
    if document.change is not None:
        yield _change(document.change)
    if document.symbol_derived:
        yield "The symbol does not stand in the text; it was worked out from organ and number."


def _change(change: Change) -> str:
    """Return what a document does to an earlier one: ``corrigendum 1 to A/HRC/RES/94/9``."""
    if change.kind is ChangeKind.REISSUE:
        again = "reissued" if change.number == 1 else f"reissued, {change.number} times"
        return f"{again}; it replaces what was issued before"
    joint = "of" if change.kind is ChangeKind.REVISION else "to"
    return f"{change.kind.value} {change.number} {joint} {change.symbol}"


def _adoption(adoption: Adoption) -> str:
    """Return how a text was adopted, with the counts that are known."""
    counts = [
        f"{count} {word}"
        for count, word in (
            (adoption.in_favour, "in favour"),
            (adoption.against, "against"),
            (adoption.abstaining, "abstaining"),
        )
        if count is not None
    ]
    manner = "by recorded vote" if adoption.mode == "recorded vote" else adoption.mode
    return f"{manner}: {', '.join(counts)}" if counts else manner


def _paragraph_lines(paragraph: Paragraph, notes: dict[str, str]) -> Iterator[str]:
    """Yield the name and the text of a paragraph; a footnote is set in from what bears its mark."""
    is_note = paragraph.kind is ParagraphKind.FOOTNOTE
    indent = _INDENT if is_note else ""
    if paragraph.fragment and paragraph.kind not in UNSEARCHED_KINDS:
        yield indent + aside(f"#{paragraph.fragment}")
    label = one_line(paragraph.label).strip()
    if is_note:
        label = f"[{notes[paragraph.fragment]}]"
    elif label == paragraph.fragment:
        label = ""  # the ref of a provision stands above already
    text = harmless(_with_note_marks(paragraph, notes)).strip()
    for line in f"{label} {text}".strip().split("\n"):
        yield indent + line.rstrip()


def _with_note_marks(paragraph: Paragraph, notes: dict[str, str]) -> str:
    """Return the text of *paragraph* with its note marks back where they stood, as ``[1]``."""
    pieces = []
    done = 0
    for mark in paragraph.notes:
        name = notes.get(mark.fragment, mark.fragment)
        pieces.append(f"{paragraph.text[done : mark.offset]}[{name}]")
        done = mark.offset
    pieces.append(paragraph.text[done:])
    return "".join(pieces)


def note_name(note: Paragraph) -> str:
    """Return the number or sign by which a text calls one of its notes."""
    return note.label.strip("()[] :.-") or note.fragment.rpartition(".")[2].removeprefix("FN")
