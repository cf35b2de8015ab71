"""TEI: the United Nations Parallel Corpus, one document in each file, cut into sentences.

Its paragraphs (``p``) hold sentences (``s``), which are joined again. The symbol stands in the
header, not in the text. Any other TEI is read as well, as far as its elements mean paragraphs.
"""

from __future__ import annotations

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import SourceText
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.tree_reader import TreeReader
from fihris.index.sources.xml import is_arabic, language_of, local_name, parse_xml, text_of

_ROOTS = frozenset({"TEI", "TEI.2", "teiCorpus", "text"})
_PARAGRAPHS = frozenset(
    "ab body back cell closer dateline div div1 div2 div3 docDate docTitle epigraph front head "
    "item l label lg list opener p quote row signed table text titlePage titlePart".split()
)
_UNSEEN = frozenset({"teiHeader", "figDesc", "graphic", "index", "standOff", "facsimile"})
# What the header calls the symbol of a document.
_NAMING = frozenset({"idno", "symbol", "docNumber", "title"})


def read_tei(raw: RawDocument) -> SourceText:
    """Return the blocks and notes of a TEI document; what its header calls it is a running head.

    Raises SourceMalformed when it is no TEI, or holds no Arabic text.
    """
    root = parse_xml(raw)
    if local_name(root) not in _ROOTS:
        fact = f"is XML, but no TEI: its root is <{local_name(root)}>."
        raise SourceMalformed(raw.file.path, fact, "Name files of the corpus itself.")
    reader = _TeiReader()
    reader.read(root)
    if not any(block.text for block in reader.text.blocks):
        fact = "is TEI without Arabic text."
        raise SourceMalformed(raw.file.path, fact, "Take the file of the corpus's Arabic side.")
    heads = tuple(dict.fromkeys(head for head in reader.heads if head))
    return SourceText(tuple(reader.text.blocks), SourceKind.TEI, tuple(reader.notes), heads)


class _TeiReader(TreeReader):
    """Reads the tree of a TEI document."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[str] = []
        self._noted = 0

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*."""
        name = local_name(element)
        if name == "teiHeader":
            self.heads += [
                text_of(named) for named in element.iter() if local_name(named) in _NAMING
            ]
            return False
        language = language_of(element)
        if name in _UNSEEN or (language and name != "text" and not _may_be_arabic(element)):
            return False
        if name in _PARAGRAPHS or name in ("lb", "pb"):
            self.into.end()
        if name == "note":
            self._noted += 1
            self.into.mark(self._number(element))
            self.open_aside(element)
        return True

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*."""
        name = local_name(element)
        if name in _PARAGRAPHS:
            self.into.end()
        elif name == "s":  # the blank between two sentences
            self.into.write(" ")
        if self.is_aside(element):
            self.close_note(self._number(element))

    def _number(self, note: etree._Element) -> int:
        printed = note.get("n", "")
        return int(printed) if printed.isdecimal() and len(printed) < 5 else self._noted


def _may_be_arabic(element: etree._Element) -> bool:
    """Tell whether *element* is in Arabic, or holds something that says so of itself."""
    if is_arabic(language_of(element)):
        return True
    if local_name(element) in ("s", "p", "seg", "note"):
        return False
    return any(is_arabic(language_of(inner)) for inner in element.iterdescendants())
