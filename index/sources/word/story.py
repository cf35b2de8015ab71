"""A story: the paragraphs of the body, of a header or of a note, in reading order.

Cells of a table are read row by row, a text box after the paragraph that it is anchored in.
A paragraph whose end was deleted or is hidden runs on into the next one, and so does a cell that
holds a number and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fihris.index.sources.word.markup import (
    ALTERNATE,
    BrokenPart,
    child,
    is_on,
    number,
    value,
    word,
)
from fihris.index.sources.word.numbering import Count
from fihris.index.sources.word.paragraphs import ParagraphReader, References, chosen_branch
from fihris.index.sources.word.styles import Style, Styles

_PARAGRAPH = word("p")
_ROW = word("tr")
_CELL = word("tc")
_CONTROL = word("sdt")
_IMPORTED = word("altChunk")
#: What holds paragraphs, tables and rows.
_CONTAINERS = frozenset(
    word(name) for name in "tbl sdtContent customXml ins moveTo smartTag".split()
)
# "1-", "1 -", "-1", "(أ)", "'1'", "١ ـ": what stands in a column of numbers beside the text.
_LONE_LABEL = re.compile(
    r"[-\u2013]\s?\d{1,3}|\w{1,3}\s?[-\u2013.)\u0640]{1,2}"
    r"|[()'\"\u2018-\u201d]\s?\w{1,3}\s?[()'\"\u2018-\u201d]"
)


class StoryReader:
    """Reads stories one after the other; automatic numbers count on from one to the next."""

    def __init__(self, styles: Styles, count: Count, references: References | None) -> None:
        self._styles = styles
        self._count = count
        self._paragraphs = ParagraphReader(styles, references)
        self._unused_label = ""

    def read(self, story: etree._Element) -> Iterator[str]:
        r"""Yield the text of each paragraph of *story* that has any, its number written out.

        A line break inside a paragraph is ``\n``. Raises BrokenPart where text stands elsewhere.
        """
        carried = ""
        for text, runs_on in self._walk(story):
            carried += text
            if not runs_on:
                if carried.strip():
                    yield carried
                carried = ""
        if carried.strip():
            yield carried

    def _walk(self, parent: etree._Element) -> Iterator[tuple[str, bool]]:
        """Yield each paragraph, and whether it runs on into the next one."""
        for element in parent:
            tag = element.tag
            if tag == _PARAGRAPH:
                yield self._paragraph(element)
                while self._paragraphs.boxes:
                    boxes, self._paragraphs.boxes = self._paragraphs.boxes, []
                    for box in boxes:
                        yield from ((text, False) for text in self.read(box))
            elif tag in _CONTAINERS:
                yield from self._walk(element)
            elif tag == _ROW:
                if child(element, "trPr", "del") is None:
                    yield from self._walk(element)
            elif tag == _CELL:
                yield from self._cell(element)
            elif tag == _CONTROL:
                if not is_on(child(element, "sdtPr", "showingPlcHdr")):
                    yield from self._walk(element)
            elif tag == ALTERNATE:
                branch = chosen_branch(element)
                if branch is not None:
                    yield from self._walk(branch)
            elif tag == _IMPORTED:
                raise BrokenPart("holds text of another form that was never taken in by Word.")

    def _cell(self, cell: etree._Element) -> Iterator[tuple[str, bool]]:
        """Yield the paragraphs of a cell; a lone number runs on into the next cell."""
        self._unused_label = ""
        read = list(self._walk(cell))
        written = [text for text, _ in read if text.strip()]
        alone = written[0].strip() if len(written) == 1 else "" if written else self._unused_label
        if alone and _LONE_LABEL.fullmatch(alone) and cell.getnext() is not None:
            yield f"{alone}\t", True
        else:
            yield from read

    def _paragraph(self, paragraph: etree._Element) -> tuple[str, bool]:
        properties = child(paragraph, "pPr")
        style = self._styles.paragraph_style(value(properties, "pStyle"))
        text = self._paragraphs.read(paragraph, hidden_style=style.hidden)
        if properties is None and style.list_id is None:
            return text, False
        end = child(properties, "rPr")
        if child(end, "del") is not None or child(end, "moveFrom") is not None:
            return text, True
        hidden_end = is_on(child(end, "vanish"))
        if hidden_end and not text.strip():
            return "", True
        label = self._label(properties, style)
        if label and not text.strip():  # without wording it says nothing, but it has counted
            self._unused_label = label
            return text, hidden_end
        return (f"{label}\t{text}" if label else text), hidden_end

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        written = child(properties, "numPr")
        list_id = number(written, "numId")
        if list_id is None:
            list_id = style.list_id
        if list_id is None:
            return ""
        found = self._count.numbering.find(list_id)
        if found is None:
            return ""
        place = number(written, "ilvl")
        if place is None:
            place = found.level_of_style(style.lineage)
        if place is None:
            place = style.level or 0
        return self._count.next_label(list_id, place)
