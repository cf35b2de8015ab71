"""Running text as mixed content: references, dates, counts, notes and line ends in their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from fihris.index.akn.metadata import clean
from fihris.index.akn.names import child, element_id, symbol_iri
from fihris.index.frozen import frozen
from fihris.index.resolution import Date, DatePrecision, Paragraph, ParagraphKind

_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


@frozen
class _Span:
    """A stretch of text that becomes the element *name*; one without length has no text."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    note: Paragraph | None = None


class InlineWriter:
    """Writes the texts of one document; each note is written where it is first marked."""

    def __init__(
        self, notes: Mapping[str, Paragraph], adopted_on: Date | None, counts: Mapping[str, int]
    ) -> None:
        self._notes = notes
        self._adopted_on = adopted_on
        self._counts = dict(counts)
        self._written: set[str] = set()

    def write(self, element: etree._Element, unit: Paragraph) -> None:
        """Write the text of *unit* into *element*, which is empty."""
        text = clean(unit.text)
        done = 0
        last: etree._Element | None = None

        def put(piece: str) -> None:
            if last is None:
                element.text = (element.text or "") + piece
            else:
                last.tail = (last.tail or "") + piece

        for span in _apart(self._spans(unit, text)):
            put(text[done : span.start])
            last = child(element, span.name, **span.attributes)
            if span.note is not None:
                self.write(child(last, "p"), span.note)
            elif span.name not in ("eol", "noteRef"):
                last.text = text[span.start : span.end]
            done = span.end
        put(text[done:])

    def _spans(self, unit: Paragraph, text: str) -> list[_Span]:
        spans = [_Span(found.start(), found.end(), "eol", {}) for found in re.finditer("\n", text)]
        spans += [self._mark(mark.offset, mark.fragment) for mark in unit.notes]
        for citation in unit.citations:
            href = symbol_iri(f"{citation.symbol}{citation.part or ''}")
            spans.append(_Span(citation.start, citation.end, "ref", {"href": href}))
        closing = unit.kind in (ParagraphKind.META, ParagraphKind.VOTE)
        for mention in unit.dates:
            if mention.date is None or mention.precision is not DatePrecision.DAY:
                continue
            name = "docDate" if closing and mention.date == self._adopted_on else "date"
            stated = {"date": mention.date.isoformat()}
            spans.append(_Span(mention.start, mention.end, name, stated))
        if unit.kind is ParagraphKind.VOTE:
            spans += self._quantities(text)
        return spans

    def _mark(self, offset: int, fragment: str) -> _Span:
        note = self._notes[fragment]
        if fragment in self._written:
            href = f"#{element_id(fragment)}"
            return _Span(offset, offset, "noteRef", {"href": href, "marker": note.label})
        self._written.add(fragment)
        attributes = {
            "eId": element_id(fragment),
            "marker": note.label,
            "placement": "bottom",
        }
        return _Span(offset, offset, "authorialNote", attributes, note)

    def _quantities(self, text: str) -> list[_Span]:
        """Return the counts of the vote, each where it is first stated in figures."""
        spans: list[_Span] = []
        for stated in _NUMBER.finditer(text):
            side = next(
                (name for name, count in self._counts.items() if count == int(stated[0])), None
            )
            if side is None:
                continue
            count = str(self._counts.pop(side))
            attributes = {"refersTo": f"#{side}", "normalized": count}
            spans.append(_Span(stated.start(), stated.end(), "quantity", attributes))
        return spans


def _apart(spans: Sequence[_Span]) -> list[_Span]:
    """Return *spans* in order, without the stretches that overlap others or hold a point.

    Points (notes, line ends) always stay; of two stretches the earlier one does.
    """
    points = [span for span in spans if span.name in ("authorialNote", "noteRef", "eol")]
    apart = list(points)
    done = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span in points or span.start < done or span.end <= span.start:
            continue
        if any(span.start < point.end and point.start < span.end for point in points):
            continue
        apart.append(span)
        done = span.end
    return sorted(apart, key=lambda span: (span.start, span.end))
