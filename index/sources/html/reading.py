"""The way through a page: elements in order, to blocks, notes and running heads."""

from __future__ import annotations

import re

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, NoteBody, SourceText
from fihris.index.sources.html.blocks import BlockGatherer
from fihris.index.sources.html.decoding import decoded_html
from fihris.index.sources.html.lists import OpenList, open_list
from fihris.index.sources.html.notes import NoteLinks, find_notes
from fihris.index.sources.html.tree import (
    BLOCKS,
    LISTS,
    is_page_head,
    is_unseen,
    parse_page,
)
from fihris.index.sources.raw import RawDocument

# What a note still begins with when its sign is gone.
_LEFT_OF_SIGN = re.compile(r"(?:[(\[]\s*[)\]]|[)\]](?!\S*[(\[])|[-.:\u2013\u21a9\s])+")
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


class _PageReader:
    """Walks through a tree; what is gathered goes to the text, or to a note or a page head."""

    def __init__(self, links: NoteLinks) -> None:
        self.notes: list[NoteBody] = []
        self.heads: list[str] = []
        self._links = links
        self._text = BlockGatherer()
        self._into = self._text
        self._aside: etree._Element | None = None  # the note or page head that is being read
        self._skipped: etree._Element | None = None
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
        for block, links in zip(self._text.blocks, self._text.links, strict=True):
            if links and not _SYMBOLIC.search(block.text):
                run.append(block)
                leading += links
                continue
            kept += run if leading < _NAVIGATION_LINKS else []
            run, leading = [], 0
            kept.append(block)
        kept += run if leading < _NAVIGATION_LINKS else []
        return tuple(kept)

    def read(self, root: etree._Element) -> None:
        """Take in the tree under *root*, however deep it is."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skips(element):
                    walk.skip_subtree()
                    self._skipped = element
                    continue
                self._start(element)
                self._write(element.text)
            else:
                if element is self._skipped:
                    self._skipped = None
                else:
                    self._end(element)
                if element is not root:
                    self._write(element.tail)
        self._into.end()

    def _skips(self, element: etree._Element) -> bool:
        """Tell whether what *element* holds is no text; a mark is taken, and holds none."""
        if element in self._links.marks:
            self._into.mark(self._links.marks[element])
            return True
        if element in self._links.signs:
            return True
        if not is_page_head(element) and is_unseen(element, within_text=self._articles > 0):
            return True
        style = element.get("style", "")
        if _WORD_LABEL.search(style):
            self._into.write(" ".join("".join(map(str, element.itertext())).split()))
            self._into.tab()
            return True
        if _WORD_TAB.search(style):
            self._into.tab()
            return True
        return False

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._verbatim:
            self._into.write_lines(text)
        else:
            self._into.write(text, linked=self._anchors > 0)
        if not text.isspace():
            self._breaks = 0

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._into.end()
            self._breaks = 0
        if self._aside is None and (element in self._links.bodies or is_page_head(element)):
            self._aside = element
            self._into = BlockGatherer()
        match tag:
            case "a":
                self._anchors += 1
                self._into.link()
            case "article" | "main":
                self._articles += 1
            case "br":
                self._break()
            case "pre":
                self._verbatim += 1
            case "q":
                self._into.write("«")
            case "ol" | "ul" | "dir" | "menu":
                above = self._into.blocks[-1].text if self._into.blocks else ""
                outer = self._lists[-1] if self._lists else None
                self._lists.append(open_list(element, outer, above))
            case "li" if self._lists and element is not self._aside:
                self._into.label(self._lists[-1].label(element))
            case "tr":
                self._rows.append((len(self._into.blocks), []))
            case "td" | "th" if self._rows:
                self._rows[-1][1].append(len(self._into.blocks))

    def _break(self) -> None:
        """Take a line break; two in a row part what stands before them from what follows."""
        self._breaks += 1
        if self._breaks > 1:
            self._into.blank()
        else:
            self._into.end()

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._into.end()
        match tag:
            case "a":
                self._anchors -= 1
            case "article" | "main":
                self._articles -= 1
            case "pre":
                self._verbatim -= 1
            case "q":
                self._into.write("»")
            case "li":
                self._into.label("")
            case "tr" if self._rows:
                self._end_row()
        if tag in LISTS and self._lists:
            self._lists.pop()
        if element is self._aside:
            self._end_aside(element)

    def _end_row(self) -> None:
        """Write a row on one line, unless one of its cells holds more than a line."""
        start, cells = self._rows.pop()
        filled = [
            place
            for place, following in zip(cells, [*cells, len(self._into.blocks)][1:], strict=True)
            if following > place
        ]
        self._into.join(start, filled)

    def _end_aside(self, element: etree._Element) -> None:
        """Take what was gathered aside as the body of a note, or as a running head."""
        self._into.end()
        text = " ".join(block.text.strip() for block in self._into.blocks if block.text)
        number = self._links.bodies.get(element)
        if number is None:
            self.heads.append(text)
        else:
            left = _LEFT_OF_SIGN.match(text)
            body = text[left.end() if left else 0 :].strip()
            self.notes.append(NoteBody(number, body, len(self._text.blocks) + 1))
        self._aside, self._into = None, self._text
