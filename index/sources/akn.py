"""Akoma Ntoso: the XML of legal texts, as the United Nations, parliaments and Fihris write it.

The structure is read back into numbered lines, so that a text means the same in this form as in
any other: a ``num`` is the label of the text that follows it.
"""

from __future__ import annotations

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import SourceText
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.tree_reader import TreeReader
from fihris.index.sources.xml import local_name, parse_xml, text_of

#: What :func:`read_akn` takes an alias of the work to be, if it has this name: its symbol.
SYMBOL_ALIAS = "symbol"

# Elements with a number of their own: a number above them stands alone on its line.
_NUMBERED = frozenset(
    "alinea article attachment book chapter clause division doc hcontainer indent item level "
    "paragraph part point proviso recital rule section statement subchapter subclause subdivision "
    "sublist subparagraph subpart subrule subsection subtitle title tome transitional".split()
)
_BLOCKS = _NUMBERED | frozenset(
    "attachments blockList body components conclusions container content coverPage crossHeading "
    "div formula heading intro li list listIntroduction listWrapUp longTitle mainBody num ol p "
    "preamble preface recitals subheading table td th tr ul wrapUp block tblock citation "
    "citations".split()
)
_UNSEEN = frozenset({"componentRef", "documentRef", "foreign", "img", "rmod", "toc"})
_NOTES = frozenset({"authorialNote", "note"})


def read_akn(raw: RawDocument) -> SourceText:
    """Return the blocks and notes of a document in Akoma Ntoso.

    The aliases called ``symbol`` in its metadata are running heads. Raises SourceMalformed when it
    is no Akoma Ntoso, or holds no text.
    """
    root = parse_xml(raw)
    if local_name(root) not in ("akomaNtoso", "akomantoso"):
        fact = f"is XML, but no Akoma Ntoso: its root is <{local_name(root)}>."
        raise SourceMalformed(raw.file.path, fact, "Name files of that form.")
    reader = _AknReader(_note_numbers(root))
    reader.read(root)
    if not reader.text.blocks:
        fact = "is Akoma Ntoso without text."
        raise SourceMalformed(raw.file.path, fact, "Export the document again, with its content.")
    heads = tuple(dict.fromkeys(reader.heads))
    return SourceText(tuple(reader.text.blocks), SourceKind.AKN, tuple(reader.notes), heads)


def _note_numbers(root: etree._Element) -> dict[etree._Element, int]:
    """Return the number of each note: its marker where that is a number, else its place."""
    numbers: dict[etree._Element, int] = {}
    for element in root.iter(etree.Element):
        if local_name(element) in _NOTES:
            marker = element.get("marker", "").strip("()[] ")
            known = marker.isdecimal() and len(marker) < 5
            numbers[element] = int(marker) if known else len(numbers) + 1
    return numbers


class _AknReader(TreeReader):
    """Reads the tree of a document."""

    def __init__(self, numbers: dict[etree._Element, int]) -> None:
        super().__init__()
        self.heads: list[str] = []
        self._numbers = numbers
        self._by_id = {note.get("eId"): number for note, number in numbers.items()}
        self._label = ""

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*."""
        name = local_name(element)
        if name == "meta":
            self._take_meta(element)
            return False
        if name in _UNSEEN:
            return False
        if name == "num":
            self._flush_label()
            self._label = text_of(element)
            return False
        if name in _NUMBERED or name in ("conclusions", "crossHeading"):
            self._flush_label()
        if name in _BLOCKS or name in ("br", "eol"):
            self.into.end()
        if name in _NOTES:
            self.into.mark(self._numbers[element])
            self.open_aside(element)
        elif name == "noteRef":
            number = self._by_id.get(element.get("href", "").lstrip("#"))
            if number is not None:
                self.into.mark(number)
            return number is None
        return True

    def _take_meta(self, meta: etree._Element) -> None:
        """Take the symbol, and the notes that nothing in the text marks."""
        for element in meta.iter(etree.Element):
            name = local_name(element)
            if name == "FRBRalias" and element.get("name") == SYMBOL_ALIAS:
                self.heads.append(element.get("value", ""))
            elif name == "note":
                self.add_note(self._numbers[element], text_of(element))

    def _flush_label(self) -> None:
        """Write a number that nothing followed on a line of its own."""
        self.into.end()
        if self._label:
            self.into.write_wrapped(self._label)
            self.into.end()
            self._label = ""

    def write(self, text: str) -> None:
        """Take *text*; the number that waits for it goes before it."""
        if self._label and self.into is self.text and not text.isspace():
            self.into.label(self._label)
            self._label = ""
        self.into.write_wrapped(text)

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*."""
        if self.is_aside(element):
            self.close_note(self._numbers[element])
        name = local_name(element)
        if name in _NUMBERED:
            self._flush_label()
        elif name in _BLOCKS:
            self.into.end()
