"""The way through a page: elements in order, to blocks, notes and running heads."""

from __future__ import annotations

import re

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, SourceText
from fihris.index.sources.html.decoding import decoded_html
from fihris.index.sources.html.lists import OpenList, open_list
from fihris.index.sources.html.notes import NoteLinks, find_notes
from fihris.index.sources.html.tree import (
    BLOCKS,
    is_page_head,
    is_unseen,
    parse_page,
)
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.tree_reader import TreeReader

_WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_TAB = re.compile(r"mso-tab-count\s*:", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SYMBOLIC = re.compile(r"\d\s*/|/\s*\d")
# So many links in a row, with nothing between them, lead through a site.
_NAVIGATION_LINKS = 3


def read_html(raw: RawDocument) -> SourceText:
    """Return the blocks and notes of a web page; its title and page heads are running heads.

    Raises SourceMalformed when it is no page, or shows no text.
    """
    root = parse_page(raw, decoded_html(raw))
    title = " ".join("".join(map(str, root.xpath("//head/title[1]//text()"))).split())
    reader = _PageReader(find_notes(root))
    reader.read(root)
    blocks = reader.blocks()
    if not any(_LETTER.search(block.text) for block in blocks):
        fact = "is a page that shows no text."
        raise SourceMalformed(raw.file.path, fact, "Save the page once it is fully loaded.")
    heads = tuple(head for head in (*reader.heads, title) if head)
    return SourceText(blocks, SourceKind.HTML, tuple(reader.notes), heads)


class _PageReader(TreeReader):
    """Reads the tree of a page."""

    def __init__(self, links: NoteLinks) -> None:
        super().__init__()
        self.heads: list[str] = []
        self._links = links
        self._lists: list[OpenList] = []
        self._rows: list[tuple[int, list[int]]] = []
        self._anchors = 0
        self._verbatim = 0
        self._articles = 0
        self._breaks = 0

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the text, without rows of links that lead elsewhere."""
        kept: list[Block] = []
        run: list[Block] = []
        leading = 0
        for block, links in zip(self.text.blocks, self.text.links, strict=True):
            if links and not _SYMBOLIC.search(block.text):
                run.append(block)
                leading += links
                continue
            kept += run if leading < _NAVIGATION_LINKS else []
            run, leading = [], 0
            kept.append(block)
        kept += run if leading < _NAVIGATION_LINKS else []
        return tuple(kept)

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*; what no reader of the page sees is passed over."""
        if self._is_taken(element):
            return False
        tag = element.tag
        if tag in BLOCKS:
            self.into.end()
            self._breaks = 0
        if element in self._links.bodies or is_page_head(element):
            self.open_aside(element)
        match tag:
            case "a":
                self._anchors += 1
                self.into.link()
            case "article" | "main":
                self._articles += 1
            case "br":
                self._break()
            case "pre":
                self._verbatim += 1
            case "q":
                self.into.write("«")
            case "ol" | "ul" | "dir" | "menu":
                above = self.into.blocks[-1].text if self.into.blocks else ""
                outer = self._lists[-1] if self._lists else None
                self._lists.append(open_list(element, outer, above))
            case "li" if self._lists and not self.is_aside(element):
                self.into.label(self._lists[-1].label(element))
            case "tr":
                self._rows.append((len(self.into.blocks), []))
            case "td" | "th" if self._rows:
                self._rows[-1][1].append(len(self.into.blocks))
        return True

    def _is_taken(self, element: etree._Element) -> bool:
        """Tell whether *element* needs no further reading: a mark, a label, or nothing to see."""
        if element in self._links.marks:
            self.into.mark(self._links.marks[element])
            return True
        if element in self._links.signs:
            return True
        if not is_page_head(element) and is_unseen(element, within_text=self._articles > 0):
            return True
        style = element.get("style", "")
        if _WORD_LABEL.search(style):
            self.into.write(" ".join("".join(map(str, element.itertext())).split()))
            self.into.tab()
            return True
        if _WORD_TAB.search(style):
            self.into.tab()
            return True
        return False

    def write(self, text: str) -> None:
        """Take *text*."""
        if self._verbatim:
            self.into.write_lines(text)
        else:
            self.into.write(text, linked=self._anchors > 0)
        if not text.isspace():
            self._breaks = 0

    def _break(self) -> None:
        """Take a line break; two in a row part what stands before them from what follows."""
        self._breaks += 1
        if self._breaks > 1:
            self.into.blank()
        else:
            self.into.end()

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*."""
        tag = element.tag
        if tag in BLOCKS:
            self.into.end()
        match tag:
            case "a":
                self._anchors -= 1
            case "article" | "main":
                self._articles -= 1
            case "pre":
                self._verbatim -= 1
            case "q":
                self.into.write("»")
            case "li":
                self.into.label("")
            case "ol" | "ul" | "dir" | "menu":
                self._lists.pop()
            case "tr":
                self._end_row()
        if self.is_aside(element):
            number = self._links.bodies.get(element)
            if number is None:
                self.heads.append(self.close_aside())
            else:
                self.close_note(number)

    def _end_row(self) -> None:
        """Write a row on one line, unless one of its cells holds more than a line."""
        start, cells = self._rows.pop()
        ends = [*cells, len(self.into.blocks)][1:]
        filled = [cell for cell, end in zip(cells, ends, strict=True) if end > cell]
        self.into.join(start, filled)
