"""The structure of a document: preface, preamble, main body, conclusions, attachments.

A resolution is a ``statement``. Its header is the preface, its title there a ``docTitle``. The
enacting formula and the preambular paragraphs are the preamble; operative paragraphs and all below
them the main body, with the parts of a resolution as ``part``; closing lines and the vote are the
conclusions, annexes the attachments. Lines of text keep their order, and every note stands where
it is first marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml import etree

from fihris.index.akn.inline import InlineWriter
from fihris.index.akn.metadata import clean, counts_by_side, write_metadata
from fihris.index.akn.names import NAMESPACE, child, element_id
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.resolution import DocumentKind, Paragraph, ParagraphKind, Resolution

_LINES = frozenset({ParagraphKind.META, ParagraphKind.VOTE})
_IN_PREAMBLE = frozenset(
    {ParagraphKind.ENACTING, ParagraphKind.PREAMBULAR, ParagraphKind.SUB, ParagraphKind.META}
)
_ANNEX = re.compile(r"AN\d+(?:~\d+)*")
_PART = re.compile(r"([A-Z])\.")
# AKN4UN names a preambular paragraph for what it does.
_DOES = {
    "يشير": "recalling",
    "يؤكد من جديد": "reaffirming",
    "يعيد تأكيد": "reaffirming",
    "يؤكد": "emphasizing",
    "يسترشد": "guidedBy",
    "يلاحظ": "noting",
    "يحيط علما": "takingNote",
    "يرحب": "welcoming",
    "يعرب": "expressing",
    "يساور": "concerned",
    "يقلق": "concerned",
    "يدرك": "recognizing",
    "يسلم": "recognizing",
    "يعترف": "recognizing",
    "يضع في اعتباره": "bearingInMind",
    "نظر": "havingConsidered",
}


def akn_of(document: Resolution) -> bytes:
    """Return *document* as Akoma Ntoso 3.0, in UTF-8 and valid against the schema of OASIS."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    plain = document.kind is DocumentKind.DOCUMENT
    outer = child(root, "doc" if plain else "statement", name=document.kind.value)
    _Writer(document).write(outer)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class _Writer:
    """Writes one document."""

    def __init__(self, document: Resolution) -> None:
        notes = {
            unit.fragment: unit
            for unit in document.paragraphs
            if unit.kind is ParagraphKind.FOOTNOTE
        }
        marked = {mark.fragment for unit in document.paragraphs for mark in unit.notes}
        self._document = document
        self._loose = [note for name, note in notes.items() if name not in marked]
        self._title, *units = (
            unit for unit in document.paragraphs if unit.kind is not ParagraphKind.FOOTNOTE
        )
        self._units = units
        self._ids: Counter[str] = Counter()
        self._bearing = {unit.chapeau for unit in units if unit.kind is ParagraphKind.SUB}
        self._inline = InlineWriter(notes, document.adopted_on, counts_by_side(document.adoption))

    def write(self, outer: etree._Element) -> None:
        """Write the whole document into *outer*."""
        write_metadata(outer, self._document, component="main", loose=self._loose)
        units = self._units
        header = list(takewhile(lambda unit: unit.kind is ParagraphKind.META, units))
        self._preface(outer, header)
        body = units[len(header) :]
        annexes = next((place for place, unit in enumerate(body) if _opens_annex(unit)), len(body))
        body, attached = body[:annexes], body[annexes:]
        closing = list(takewhile(lambda unit: unit.kind in _LINES, reversed(body)))[::-1]
        body = body[: len(body) - len(closing)]
        preamble = list(takewhile(lambda unit: unit.kind in _IN_PREAMBLE, body))
        if preamble:
            self._preamble(child(outer, "preamble"), preamble)
        self._main_body(child(outer, "mainBody"), body[len(preamble) :])
        if closing:
            conclusions = child(outer, "conclusions")
            for unit in closing:
                self._line(conclusions, unit)
        if attached:
            self._attachments(child(outer, "attachments"), attached)

    # Preface and preamble.

    def _preface(self, outer: etree._Element, header: Sequence[Paragraph]) -> None:
        """Write the lines of the header, the title among them where it stood."""
        lines = list(header)
        title = self._title
        # A title on no line was made for a text that has none.
        if title.line or self._document.kind is DocumentKind.DOCUMENT:
            above = sum(unit.line < title.line for unit in header)
            lines.insert(above, title)
        if not lines:
            return
        preface = child(outer, "preface")
        for unit in lines:
            if unit is not title:
                self._line(preface, unit)
                continue
            line = child(preface, "p", class_="title")
            if title.label:
                number = child(line, "docNumber")
                number.text, number.tail = clean(title.label), "\t"
            self._inline.write(child(line, "docTitle"), title)

    def _line(self, parent: etree._Element, unit: Paragraph) -> None:
        """Write a line that is kept for display; one that is the symbol says so."""
        line = child(parent, "p", class_="vote" if unit.kind is ParagraphKind.VOTE else "line")
        symbol = self._document.symbol
        bears_symbol = symbol is not None and canonical_symbol(unit.text) == symbol
        self._inline.write(child(line, "docNumber") if bears_symbol else line, unit)

    def _preamble(self, preamble: etree._Element, units: Sequence[Paragraph]) -> None:
        hosts: dict[str, etree._Element] = {}
        for unit in units:
            host = hosts.get(unit.chapeau or "")
            if unit.kind is ParagraphKind.ENACTING:
                formula = child(preamble, "formula", name="enactingAuthority")
                formula.set("eId", self._id(element_id(unit.fragment)))
                self._inline.write(child(formula, "p"), unit)
            elif unit.kind is ParagraphKind.META:
                self._line(preamble, unit)
            elif host is not None:
                hosts[unit.fragment] = self._item(host, unit)
            else:
                container = child(preamble, "container", name=_does(unit))
                container.set("eId", self._id(element_id(unit.fragment)))
                self._inline.write(child(container, "p"), unit)
                hosts[unit.fragment] = container

    def _item(self, host: etree._Element, unit: Paragraph) -> etree._Element:
        """Write a sub-paragraph of a preambular paragraph, and return what its own stand in."""
        last = host[-1]
        of_lists = last.tag == f"{{{NAMESPACE}}}blockList"
        items = last if of_lists else child(host, "blockList")
        item = child(items, "item", eId=self._id(element_id(unit.fragment)))
        self._number(item, unit)
        self._inline.write(child(item, "p"), unit)
        return item

    # Main body.

    def _main_body(self, body: etree._Element, units: Sequence[Paragraph]) -> None:
        parent = body
        hosts: dict[str, etree._Element] = {}
        last = body
        part = ""
        for unit in units:
            letter = _PART.match(unit.fragment)
            if letter and letter[1] != part and unit.kind is ParagraphKind.HEADING:
                part = letter[1]
                parent = child(body, "part", eId=self._id(f"part_{part}"))
                self._inline.write(child(parent, "num"), unit)
                last = parent
            elif unit.kind is ParagraphKind.SUB and unit.chapeau in hosts:
                last = hosts[unit.chapeau]
                self._paragraph(last, unit, "point", hosts)
            elif unit.kind in _LINES or unit.kind is ParagraphKind.HEADING:
                if unit.kind is ParagraphKind.HEADING or not self._goes_on(units, unit):
                    last = parent
                self._heading(last, unit)
            else:
                last = parent
                self._paragraph(parent, unit, "paragraph", hosts)
        if not len(body):
            child(body, "p")

    def _id(self, wanted: str) -> str:
        """Return *wanted* as an ``eId``, told apart from one that was given before."""
        self._ids[wanted] += 1
        times = self._ids[wanted]
        return wanted if times == 1 else self._id(f"{wanted}~{times}")

    def _goes_on(self, units: Sequence[Paragraph], line: Paragraph) -> bool:
        """Tell whether sub-paragraphs follow on *line*, the foot of a page between them."""
        following = iter(units)
        for unit in following:
            if unit is line:
                break
        after = next((unit for unit in following if unit.kind not in _LINES), None)
        return after is not None and after.kind is ParagraphKind.SUB

    def _heading(self, parent: etree._Element, unit: Paragraph) -> None:
        """Write a heading or a displayed line between paragraphs."""
        name = unit.kind.value if unit.kind is not ParagraphKind.META else "line"
        if parent.tag == f"{{{NAMESPACE}}}mainBody":
            element = child(parent, "block", name=name)
        else:
            element = child(parent, "crossHeading", class_=name)
        element.set("eId", self._id(element_id(unit.fragment)))
        self._inline.write(element, unit)

    def _paragraph(
        self, parent: etree._Element, unit: Paragraph, name: str, hosts: dict[str, etree._Element]
    ) -> None:
        """Write a paragraph; *hosts* learns where its sub-paragraphs are to stand."""
        if unit.kind in (ParagraphKind.ENACTING, ParagraphKind.PREAMBULAR):
            element = child(parent, "hcontainer", name=_does(unit))
        else:
            element = child(parent, name)
        element.set("eId", self._id(element_id(unit.fragment)))
        self._number(element, unit)
        if unit.fragment in self._bearing:
            points = child(element, "list", eId=f"{element.get('eId')}__list_1")
            hosts[unit.fragment] = points
            wording = child(child(points, "intro"), "p")
        else:
            wording = child(child(element, "content"), "p")
        self._inline.write(wording, unit)

    def _number(self, element: etree._Element, unit: Paragraph) -> None:
        if unit.label:
            child(element, "num").text = clean(unit.label)

    # Annexes.

    def _attachments(self, attachments: etree._Element, units: Sequence[Paragraph]) -> None:
        for number, (heading, *inner) in enumerate(_annexes(units), start=1):
            attachment = child(
                attachments, "attachment", eId=self._id(element_id(heading.fragment))
            )
            self._inline.write(child(attachment, "heading"), heading)
            annex = child(attachment, "doc", name="annex")
            write_metadata(annex, self._document, component=f"annex_{number}")
            self._main_body(child(annex, "mainBody"), inner)


def _opens_annex(unit: Paragraph) -> bool:
    return unit.kind is ParagraphKind.HEADING and _ANNEX.fullmatch(unit.fragment) is not None


def _annexes(units: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the units of each annex, its heading first."""
    annex: list[Paragraph] = []
    for unit in units:
        if _opens_annex(unit) and annex:
            yield annex
            annex = []
        annex.append(unit)
    yield annex


def _does(unit: Paragraph) -> str:
    """Return what AKN4UN calls a paragraph of the preamble: ``recalling`` and the like."""
    if unit.kind is ParagraphKind.ENACTING:
        return "enactingAuthority"
    verb = unit.verb or ""
    return next((name for start, name in _DOES.items() if verb.startswith(start)), "recital")
