"""Passages: what a visitor sees of a page, paragraph by paragraph, each with a way to link to it.

What surrounds the text of a site is left out by the same rules as for pages that are indexed as
sources (:mod:`fihris.index.sources.html`), and by the marks that an author sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from lxml import etree

from fihris.index.frozen import frozen
from fihris.index.sources.html.tree import BLOCKS, is_unseen
from fihris.index.sources.tree_reader import TreeReader
from fihris.web.html_site.fragments import (
    CELL_SEPARATOR,
    anchor_names,
    fragment_of_anchor,
    fragment_of_words,
)

_BODY_MARKS = ("data-fihris-body", "data-pagefind-body")
_IGNORE_MARKS = ("data-fihris-ignore", "data-pagefind-ignore")
# The cells of a row stand on one line.
_PASSAGES = BLOCKS - {"td", "th"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD = re.compile(r"\w")
_ELSEWHERE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_ARABIC = re.compile("[\u0621-\u064a]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# As generators count what they cannot name: they change with every new heading.
_COUNTED_NAME = re.compile(r"(?:id|section|toc|_)?-?\d+")
# Characters. A passage that is longer is cut: the reader of a hit wants its place.
_LONGEST = 4_000
_SENTENCE_END = re.compile(r"[.!?؟؛:]\s")


@frozen
class Passage:
    """A paragraph, a heading, an item of a list, or a row of a table.

    ``fragment`` leads to it on its page; it is empty where nothing but the page can be linked to.
    ``under`` is the fragment of the heading it stands under, None before the first one.
    """

    fragment: str
    text: str
    is_heading: bool
    under: str | None


@frozen
class PageText:
    """What a visitor sees of a page.

    ``title`` is its first heading of the first level, else what its head says, and may be empty;
    no passage repeats it. ``has_heading`` tells that it is such a heading. ``language`` is a BCP 47
    tag, empty where it is not known. ``is_marked`` tells that the author marked what is to be
    found, ``moves_on`` that the page sends its visitors elsewhere at once.
    """

    title: str
    has_heading: bool
    language: str
    passages: tuple[Passage, ...]
    is_marked: bool
    moves_on: bool


def read_page(root: etree._Element) -> PageText:
    """Return what a visitor sees of the page under *root*."""
    parts, is_marked = _text_parts(root)
    parts = [part for part in parts if not _is_ignored(part)]
    reader = _PassageReader(root, parts)
    for part in parts:
        reader.read(part)
    title, passages = reader.title, reader.passages
    head = " ".join("".join(map(str, root.xpath("//head/title[1]//text()"))).split())
    return PageText(
        title=title or head,
        has_heading=bool(title),
        language=_language_of((parts or [root])[0], passages),
        passages=tuple(passages),
        is_marked=is_marked,
        moves_on=any(
            (meta.get("http-equiv") or "").lower() == "refresh" for meta in root.iter("meta")
        ),
    )


def _text_parts(root: etree._Element) -> tuple[list[etree._Element], bool]:
    """Return the elements that hold the text, and whether the author marked them."""
    for mark in _BODY_MARKS:
        marked = _outermost(root, partial(_bears, mark))
        if marked:
            return marked, True
    main = _outermost(root, _is_main)
    return (main if any(map(_has_words, main)) else [root]), False


def _bears(mark: str, element: etree._Element) -> bool:
    return mark in element.attrib


def _bears_any(marks: Iterable[str], element: etree._Element) -> bool:
    return any(mark in element.attrib for mark in marks)


def _is_ignored(part: etree._Element) -> bool:
    """Tell whether the author wants nothing found of *part*, or of what it stands in."""
    return any(_bears_any(_IGNORE_MARKS, one) for one in (part, *part.iterancestors()))


def _is_main(element: etree._Element) -> bool:
    main = element.tag == "main" or element.get("role") == "main"
    return main and "hidden" not in element.attrib


def _outermost(
    root: etree._Element, is_meant: Callable[[etree._Element], bool]
) -> list[etree._Element]:
    """Return the elements that are meant, without those that stand in another of them."""
    found: list[etree._Element] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if is_meant(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _has_words(element: etree._Element) -> bool:
    return any(_WORD.search(str(piece)) for piece in element.itertext())


def _language_of(part: etree._Element, passages: list[Passage]) -> str:
    """Return the language that the page declares, else Arabic where most of its letters are."""
    for element in (part, *part.iterancestors()):
        declared = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if declared and _LANGUAGE.fullmatch(declared.strip()):
            return declared.strip()
    letters = arabic = 0
    for passage in passages[:50]:
        letters += sum(map(str.isalpha, passage.text))
        arabic += len(_ARABIC.findall(passage.text))
    return "ar" if letters and arabic * 2 > letters else ""


class _PassageReader(TreeReader):
    """Gathers the passages of a page in reading order."""

    def __init__(self, root: etree._Element, parts: list[etree._Element]) -> None:
        super().__init__()
        self.title = ""
        self.passages: list[Passage] = []
        self._anchors = anchor_names(root)
        self._parts = frozenset(parts)
        self._articles = 0 if parts == [root] else 1
        self._pieces: list[str] = []
        self._pending = ""
        self._anchor = ""
        self._near = ""
        self._heading: str | None = None
        self._in_heading = ""
        self._links: set[etree._Element] = set()
        self._leads_away = True
        self._breaks = 0

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*; what is no text of the page is passed over."""
        tag = element.tag
        if element not in self._parts and self._is_passed_over(element):
            return False
        if tag in _PASSAGES:
            self._end_passage()
        if element in self._anchors:
            self._begin_anchor(self._anchors[element])
        match tag:
            case "article" | "main":
                self._articles += 1
            case "a" if self._leads_to_another_place(element):
                self._links.add(element)
            case "br":
                self._break()
            case "td" | "th" if self._pieces:
                self._pieces.append(CELL_SEPARATOR)
            case _ if tag in _HEADINGS:
                self._in_heading = tag
        return True

    def _begin_anchor(self, name: str) -> None:
        """Take *name* as that of the next passage; a name that was counted gives way to others."""
        if not (self._pending and _COUNTED_NAME.fullmatch(name)):
            self._pending = name

    def _is_passed_over(self, element: etree._Element) -> bool:
        """Tell whether no visitor sees *element*, sees it beside the text, or shall not find it."""
        if _bears_any(_IGNORE_MARKS, element):
            return True
        match element.tag:
            case "footer":
                return True
            case "dialog":
                return "open" not in element.attrib
            case "a":  # the signs that generators hang on headings, to copy their addresses
                return bool(element.get("href")) and not _has_words(element)
        return is_unseen(element, within_text=self._articles > 0)

    def write(self, text: str) -> None:
        """Take *text*."""
        if text.isspace():
            if self._pieces:
                self._pieces.append(" ")
            return
        if not self._pieces:
            self._anchor = self._pending
            self._leads_away = True
        self._breaks = 0
        self._pieces.append(text)
        if not self._links and _WORD.search(text):
            self._leads_away = False

    def _leads_to_another_place(self, link: etree._Element) -> bool:
        """Tell whether *link* leads to another place of the site; a heading may link to itself."""
        address = link.get("href")
        if address is None or _ELSEWHERE.match(address.strip()):
            return False
        return not (self._in_heading and address.startswith("#"))

    def _break(self) -> None:
        """Take a line break; two in a row part what stands before them from what follows."""
        self._breaks += 1
        if self._breaks > 1:
            self._end_passage()
        elif self._pieces:
            self._pieces.append(" ")

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*."""
        tag = element.tag
        if tag in _PASSAGES or element in self._parts:
            self._end_passage()
        match tag:
            case "article" | "main":
                self._articles -= 1
            case "a":
                self._links.discard(element)
            case _ if tag in _HEADINGS:
                self._in_heading = ""

    def _end_passage(self) -> None:
        """Keep what was gathered, if it says anything.

        A line that is nothing but a link to another place of the site is left out: what it leads
        to is found itself.
        """
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split()).strip(CELL_SEPARATOR)
        self._pieces, self._pending = [], ""
        if not _WORD.search(text):
            return
        if self._anchor:
            self._near = fragment_of_anchor(self._anchor)
        if self._in_heading == "h1" and not self.title:
            self.title = text
        elif self._in_heading:
            self._heading = self._near if self._anchor else fragment_of_words(self._near, text)
            if not self._leads_away:
                self.passages.append(Passage(self._heading, text, is_heading=True, under=None))
        elif not self._leads_away:
            self._keep(text)

    def _keep(self, text: str) -> None:
        named = bool(self._anchor)
        for part in _cut(text):
            fragment = self._near if named else fragment_of_words(self._near, part)
            self.passages.append(Passage(fragment, part, is_heading=False, under=self._heading))
            named = False


def _cut(text: str) -> Iterator[str]:
    """Yield *text* in parts that are not too long, cut behind a sentence or between two words."""
    start = 0
    while len(text) - start > _LONGEST:
        middle, limit = start + _LONGEST // 2, start + _LONGEST
        sentences = [found.end() for found in _SENTENCE_END.finditer(text, middle, limit)]
        end = sentences[-1] if sentences else text.rfind(" ", middle, limit) + 1 or limit
        yield text[start:end].strip()
        start = end
    if start < len(text):
        yield text[start:].strip()
