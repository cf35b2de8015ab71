"""The record: what the index stores of a document and of each unit, as JSON, and the way back.

The record stands on the title unit. With the units it rebuilds the whole :class:`Resolution`, so
that a document is shown from the index alone. It also bears the stamp of the source, by which an
unchanged document is recognised. Entries that are empty are left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

from fihris.index.frozen import frozen
from fihris.index.resolution import (
    UNSEARCHED_KINDS,
    Adoption,
    Change,
    ChangeKind,
    Citation,
    Confidence,
    Date,
    DateMention,
    DatePrecision,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.stored_text import pack_text, unpack_text

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()
_SESSION_PREFIXES = {"S": SessionType.SPECIAL, "ES": SessionType.EMERGENCY}


@frozen
class SourceStamp:
    """Where a document came from, and what tells whether it changed since.

    ``path`` is the key of the source; ``sha256`` is of the document's bytes in it; ``size`` and
    ``modified_ns`` are the file's (0: too fresh to be relied on). ``name`` is its path under the
    folder ``root``, which is empty when the file itself was named. ``alone`` tells that the file is
    this one document; ``reading`` is the stamp of the readers and the parser that read it.
    """

    path: str
    sha256: str
    size: int
    modified_ns: int
    name: str = ""
    root: str = ""
    alone: bool = False
    reading: str = ""


@frozen
class DocumentRecord:
    """What the index knows of a document besides the text of its units.

    ``document`` has no paragraphs; ``unsearched`` holds those that no search finds, each with its
    ordinal among all paragraphs. ``paragraph_count`` counts the paragraphs of the source that can
    be found: the title is none of them, and a provision that was split counts once. ``places``
    is how many paragraphs the document has in all, by which it is known to be whole.
    """

    document: Resolution
    paragraph_count: int
    stamp: SourceStamp
    unsearched: tuple[tuple[int, Paragraph], ...] = ()
    places: int = 0


class DocumentHead(NamedTuple):
    """What a list of hits needs of a document: the part of a :class:`Resolution` so named."""

    address: str
    kind: DocumentKind
    title: str
    source_kind: SourceKind
    symbol: str | None
    organ: Organ | None
    number: str | None
    session: Session | None
    date: Date | None


def record_to_json(document: Resolution, paragraph_count: int, stamp: SourceStamp) -> bytes:
    """Return the record of *document* as it is stored."""
    adoption = document.adoption
    entries: dict[str, Any] = {
        "address": document.address,
        "kind": document.kind,
        "title": document.title,
        "source_kind": document.source_kind,
        "symbol": document.symbol,
        "symbol_derived": document.symbol_derived,
        "organ": document.organ,
        "number": document.number,
        "part": document.part,
        "session": document.session and document.session.label,
        "session_dates": document.session_dates
        and [day.isoformat() for day in document.session_dates],
        "agenda_items": document.agenda_items,
        "agenda_title": document.agenda_title,
        "adopted_on": document.adopted_on and document.adopted_on.isoformat(),
        "meeting": document.meeting,
        "adoption": adoption
        and _filled({one.name: getattr(adoption, one.name) for one in fields(adoption)}),
        "change": document.change and _change_entries(document.change),
        "warnings": document.warnings,
        "paragraph_count": paragraph_count,
        "places": len(document.paragraphs),
        "source": {one.name: getattr(stamp, one.name) for one in fields(stamp)},
        "unsearched": [
            {"place": place, "kind": unit.kind, "fragment": unit.fragment, "text": unit.text}
            | _unit_entries(unit)
            for place, unit in enumerate(document.paragraphs)
            if unit.kind in UNSEARCHED_KINDS
        ],
    }
    return _dump(_filled(entries))


def record_from_json(stored: bytes) -> DocumentRecord:
    """Return the record that :func:`record_to_json` wrote."""
    entries = _load(stored)
    days = [_date(day) for day in entries.get("session_dates", ())]
    adoption = entries.get("adoption")
    organ = entries.get("organ")
    return DocumentRecord(
        document=Resolution(
            address=entries["address"],
            kind=DocumentKind(entries["kind"]),
            title=entries.get("title", ""),
            paragraphs=(),
            source_kind=SourceKind(entries["source_kind"]),
            symbol=entries.get("symbol"),
            symbol_derived=entries.get("symbol_derived", False),
            organ=organ and Organ(organ),
            number=entries.get("number"),
            part=entries.get("part"),
            session=_session(entries.get("session")),
            session_dates=(days[0], days[1]) if days else None,
            agenda_items=tuple(entries.get("agenda_items", ())),
            agenda_title=entries.get("agenda_title"),
            adopted_on=_date(entries["adopted_on"]) if "adopted_on" in entries else None,
            meeting=entries.get("meeting"),
            adoption=adoption and _adoption(adoption),
            change=_change(entries["change"]) if "change" in entries else None,
            warnings=tuple(entries.get("warnings", ())),
        ),
        paragraph_count=entries.get("paragraph_count", 0),
        stamp=SourceStamp(**entries["source"]),
        unsearched=tuple(
            (unit["place"], _unit(unit, unit["fragment"], unit["kind"], unit["text"]))
            for unit in entries.get("unsearched", ())
        ),
        places=entries["places"],
    )


def head_from_json(stored: bytes) -> DocumentHead:
    """Return the head of the document whose record :func:`record_to_json` wrote."""
    entries = _load(stored)
    organ = entries.get("organ")
    return DocumentHead(
        entries["address"],
        DocumentKind(entries["kind"]),
        entries.get("title", ""),
        SourceKind(entries["source_kind"]),
        entries.get("symbol"),
        organ and Organ(organ),
        entries.get("number"),
        _session(entries.get("session")),
        _date(entries["adopted_on"]) if "adopted_on" in entries else None,
    )


def unit_to_json(unit: Paragraph) -> bytes:
    """Return what is stored of *unit* beside its text, fragment and kind."""
    entries = _unit_entries(unit)
    return _labelled(unit.label) if entries.keys() == {"label"} else _dump(entries)


@lru_cache(maxsize=4096)
def _labelled(label: str) -> bytes:
    """Return what is stored of a unit that has nothing but a label, as most provisions do."""
    return _dump({"label": label})


def unit_from_json(stored: bytes, fragment: str, kind: str, text: str) -> Paragraph:
    """Return the unit that :func:`unit_to_json` wrote, with what was stored beside it."""
    return _unit(_load(stored), fragment, kind, text)


def label_and_chapeau(stored: bytes) -> tuple[str, str | None]:
    """Return these two of what :func:`unit_to_json` wrote: all that a list of hits needs of it."""
    entries = _load(stored)
    return entries.get("label", ""), entries.get("chapeau")


def _unit_entries(unit: Paragraph) -> dict[str, Any]:
    """Return the entries of *unit*; most units have but one or two, so no empty ones are made."""
    entries: dict[str, Any] = {}
    if unit.label:
        entries["label"] = unit.label
    if unit.number is not None:
        entries["number"] = unit.number
    if unit.chapeau is not None:
        entries["chapeau"] = unit.chapeau
    if unit.verb is not None:
        entries["verb"] = unit.verb
    if unit.secondary_verbs:
        entries["secondary_verbs"] = unit.secondary_verbs
    if unit.line:
        entries["line"] = unit.line
    if unit.notes:
        entries["notes"] = [[mark.offset, mark.fragment] for mark in unit.notes]
    if unit.citations:
        entries["citations"] = [
            [
                *(citation.symbol, citation.start, citation.end, citation.surface),
                *(citation.confidence, citation.part, citation.pinpoint),
            ]
            for citation in unit.citations
        ]
    if unit.dates:
        entries["dates"] = [
            [
                *(mention.start, mention.end, mention.surface, mention.precision),
                mention.date and mention.date.isoformat(),
            ]
            for mention in unit.dates
        ]
    return entries


def _unit(entries: dict[str, Any], fragment: str, kind: str, text: str) -> Paragraph:
    return Paragraph(
        fragment=fragment,
        kind=ParagraphKind(kind),
        text=text,
        label=entries.get("label", ""),
        number=entries.get("number"),
        chapeau=entries.get("chapeau"),
        verb=entries.get("verb"),
        secondary_verbs=tuple(entries.get("secondary_verbs", ())),
        line=entries.get("line", 0),
        notes=tuple(NoteMark(*mark) for mark in entries.get("notes", ())),
        citations=tuple(
            Citation(symbol, start, end, surface, Confidence(confidence), part, pinpoint)
            for symbol, start, end, surface, confidence, part, pinpoint in entries.get(
                "citations", ()
            )
        ),
        dates=tuple(
            DateMention(start, end, surface, DatePrecision(precision), date and _date(date))
            for start, end, surface, precision, date in entries.get("dates", ())
        ),
    )


def _adoption(entries: dict[str, Any]) -> Adoption:
    lists = {name: tuple(states) for name, states in entries.items() if name.startswith("states_")}
    return Adoption(**{"mode": "", **entries, **lists})


def _change_entries(change: Change) -> dict[str, Any]:
    return _filled({"kind": change.kind, "symbol": change.symbol, "number": change.number})


def _change(entries: dict[str, Any]) -> Change:
    return Change(ChangeKind(entries["kind"]), entries.get("symbol"), entries["number"])


def _session(label: str | None) -> Session | None:
    """Return the session that writes itself as *label*."""
    if label is None:
        return None
    prefix, _, number = label.rpartition("-")
    return Session(int(number), _SESSION_PREFIXES.get(prefix, SessionType.REGULAR))


def _date(written: str) -> Date:
    """Return the date that :meth:`Date.isoformat` wrote."""
    return Date(*(int(part) for part in written.split("-")))


def _filled(entries: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that say something; a count of 0 votes does, an empty list does not."""
    return {
        name: entry
        for name, entry in entries.items()
        if not (entry is None or entry is False or (isinstance(entry, Sequence) and not entry))
    }


def _load(stored: bytes) -> dict[str, Any]:
    entries: dict[str, Any] = _DECODER.raw_decode(unpack_text(stored))[0]
    return entries


def _dump(entries: dict[str, Any]) -> bytes:
    return pack_text(_ENCODER.encode(entries))
