"""One paragraph: its runs, fields, revisions and signs become its text as a reader sees it.

Insertions are kept and deletions dropped; of a field the result is kept and the code dropped;
hidden text is dropped. A note mark is written ``[footnoteRef:N]``, as text extractors do, so that
it is taken out by the same rules; ``N`` counts the references in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fihris.index.frozen import frozen
from fihris.index.sources.word.markup import (
    ALTERNATE,
    CHOICE,
    FALLBACK,
    ID,
    MATH_TEXT,
    VAL,
    XML_SPACE,
    BrokenPart,
    child,
    is_on,
    word,
)
from fihris.index.sources.word.styles import Styles
from fihris.index.sources.word.symbol_fonts import symbol, without_private_signs

_RUN = word("r")
_RUN_PROPERTIES = word("rPr")
_RUN_STYLE = word("rStyle")
_VANISH = word("vanish")
_TEXT = frozenset({word("t"), MATH_TEXT})
_PLAIN_TEXT = word("t")
_FOOTNOTE = word("footnoteReference")
_ENDNOTE = word("endnoteReference")
_FIELD_CHARACTER = word("fldChar")
_FIELD_CODE = word("instrText")
_SIMPLE_FIELD = word("fldSimple")
_CONTROL = word("sdt")
_SYMBOL = word("sym")
_SUBDOCUMENT = word("subDoc")
_BOX = word("txbxContent")
_CHARACTERS = {
    word("tab"): "\t",
    word("ptab"): "\t",
    word("br"): "\n",
    word("cr"): "\n",
    word("noBreakHyphen"): "\u2011",  # non-breaking hyphen
    word("softHyphen"): "\u00ad",
}
#: What holds runs and is no text itself.
_TRANSPARENT = frozenset(
    word(name)
    for name in ("ins moveTo hyperlink smartTag sdtContent customXml bdo dir ruby rubyBase".split())
)
_DRAWINGS = frozenset(word(name) for name in ("drawing", "pict", "object"))
_MATH = MATH_TEXT.removesuffix("t") + "oMath"
_MATHS = frozenset({_MATH, _MATH + "Para"})
_CODE_NAME = re.compile(r"\s*(\w+)")
#: Fields that number pages: no wording of anybody.
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_SPACES = " \t\n\r"


@frozen
class Reference:
    """A reference to a note; ``custom_mark`` is what is printed in place of a number, or empty."""

    note_id: str
    is_endnote: bool
    custom_mark: str


class References:
    """The references to notes, in reading order; the first is number 1, and a note has but one."""

    def __init__(self) -> None:
        self.found: list[Reference] = []
        self._numbers: dict[tuple[bool, str], int] = {}

    def add(self, reference: Reference) -> str:
        """Take a reference in, and return its mark for the text."""
        key = (reference.is_endnote, reference.note_id)
        if key not in self._numbers:
            self.found.append(reference)
            self._numbers[key] = len(self.found)
        return f"[footnoteRef:{self._numbers[key]}]"


@dataclass(slots=True)
class _Field:
    """A field that has begun; until its code ends, what stands in it is no text."""

    code: list[str] = field(default_factory=list)
    shown: bool = False


class ParagraphReader:
    """Reads paragraphs; *references* is None in a part whose notes are of no interest.

    :meth:`read` gives the text with ``\\n`` for a line break; ``boxes`` are the text boxes that
    were anchored in what was read since they were last taken away.
    """

    def __init__(self, styles: Styles, references: References | None) -> None:
        self.boxes: list[etree._Element] = []
        self._styles = styles
        self._references = references
        self._pieces: list[str] = []
        # Fields that go on over several paragraphs show all they hold, so none is remembered.
        self._fields: list[_Field] = []
        self._silent = 0  # how many of them show nothing now
        self._withheld: list[str] = []
        self._hidden_style = False

    def read(self, paragraph: etree._Element, *, hidden_style: bool) -> str:
        """Return the text of *paragraph*, whose style hides it or not."""
        self._pieces = []
        self._fields = []
        self._silent = 0
        self._withheld = []
        self._hidden_style = hidden_style
        self._inline(paragraph)
        if self._silent:  # a field whose code has no end is a damaged one, and its text is text
            self._pieces += self._withheld
        text = "".join(self._pieces)
        if text.isascii():
            return text
        return without_private_signs(_LINE_ENDS.sub("\n", text))

    def _inline(self, parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                self._run(element)
            elif tag in _TRANSPARENT:
                self._inline(element)
            elif tag == _CONTROL:
                if not is_on(child(element, "sdtPr", "showingPlcHdr")):
                    self._inline(element)
            elif tag == _SIMPLE_FIELD:
                if not _numbers_pages(element.get(word("instr"), "")):
                    self._inline(element)
            elif tag == ALTERNATE:
                branch = chosen_branch(element)
                if branch is not None:
                    self._inline(branch)
            elif tag in _MATHS:
                self._emit("".join(piece.text or "" for piece in element.iter(MATH_TEXT)))
            elif tag == _SUBDOCUMENT:
                raise BrokenPart("is a master document, whose text stands in other files.")

    def _run(self, run: etree._Element) -> None:
        hidden = self._hidden_style
        for element in run:
            tag = element.tag
            if tag == _RUN_PROPERTIES:
                hidden = self._hides(element)
            elif hidden:
                if tag == _FIELD_CHARACTER:
                    self._field_character(element)
            elif tag in _TEXT:
                self._emit(_text(element))
            elif tag in _CHARACTERS:
                self._emit(_CHARACTERS[tag])
            elif tag in (_FOOTNOTE, _ENDNOTE):
                if self._reference(element):
                    return
            elif tag == _FIELD_CHARACTER:
                self._field_character(element)
            elif tag == _FIELD_CODE:
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].code.append(element.text or "")
            elif tag == _SYMBOL:
                self._emit(_symbol(element))
            elif tag in _DRAWINGS:
                self.boxes += _text_boxes(element)
            elif tag == ALTERNATE:
                branch = chosen_branch(element)
                if branch is not None:
                    self._run(branch)
            elif tag in _TRANSPARENT:  # ruby
                self._inline(element)

    def _emit(self, text: str) -> None:
        (self._withheld if self._silent else self._pieces).append(text)

    def _hides(self, properties: etree._Element) -> bool:
        hidden = self._hidden_style
        for element in properties.iterchildren(_RUN_STYLE, _VANISH):  # the style comes first
            if element.tag == _VANISH:
                hidden = is_on(element)
            else:
                hidden = hidden or self._styles.style(element.get(VAL)).hidden
        return hidden

    def _field_character(self, element: etree._Element) -> None:
        match element.get(word("fldCharType")):
            case "begin":
                self._fields.append(_Field())
                self._silent += 1
            case "separate" if self._fields:
                begun = self._fields[-1]
                if not begun.shown and not _numbers_pages("".join(begun.code)):
                    begun.shown = True
                    self._heard()
            case "end" if self._fields:
                if not self._fields.pop().shown:
                    self._heard()

    def _heard(self) -> None:
        """Count one field less that shows nothing; what was withheld for the last was its code."""
        self._silent -= 1
        if not self._silent:
            self._withheld = []

    def _reference(self, element: etree._Element) -> bool:
        """Take a reference to a note; tell whether the rest of its run is its custom mark."""
        custom = element.get(word("customMarkFollows")) in ("1", "true", "on")
        mark = ""
        if custom:
            mark = "".join(
                _symbol(part) if part.tag == _SYMBOL else part.text or ""
                for part in element.itersiblings(_PLAIN_TEXT, _SYMBOL)
            )
        if self._references is not None:
            is_endnote = element.tag == _ENDNOTE
            reference = Reference(element.get(ID, ""), is_endnote, mark.strip())
            self._emit(self._references.add(reference))
        return custom


def _numbers_pages(code: str) -> bool:
    name = _CODE_NAME.match(code)
    return name is not None and name[1].upper() in _PAGE_FIELDS


def _text(element: etree._Element) -> str:
    """Return the text of ``w:t``: blanks at its ends count only where it says so."""
    text = element.text or ""
    if element.get(XML_SPACE) != "preserve":
        text = text.strip(_SPACES)
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(word("char"), ""), 16)
    except ValueError:
        return ""
    return symbol(element.get(word("font"), ""), code)


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    """Return the one branch of an alternative that is read: the first, unless it has no text."""
    choice = alternate.find(CHOICE)
    fallback = alternate.find(FALLBACK)
    if choice is None or fallback is None:
        return fallback if choice is None else choice
    has_text = next(choice.iter(_PLAIN_TEXT), None) is not None
    return choice if has_text or next(fallback.iter(_PLAIN_TEXT), None) is None else fallback


def _text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes of a drawing, each once."""
    for element in drawing:
        if element.tag == _BOX:
            yield element
        elif element.tag == ALTERNATE:
            branch = chosen_branch(element)
            if branch is not None:
                yield from _text_boxes(branch)
        elif len(element):
            yield from _text_boxes(element)
