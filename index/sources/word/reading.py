"""The whole way from the bytes of a Word file to its blocks, its notes and its running heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fihris.index.errors import SourceMalformed
from fihris.index.frozen import frozen
from fihris.index.parser.footnotes import take_tika_marks
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, Mark, NoteBody, SourceText
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.word.markup import (
    ID,
    RELATION_ID,
    BrokenPart,
    child,
    is_on,
    number,
    word,
)
from fihris.index.sources.word.numbering import Count, Numbering
from fihris.index.sources.word.package import Package, Relationship
from fihris.index.sources.word.paragraphs import Reference, References
from fihris.index.sources.word.story import StoryReader
from fihris.index.sources.word.styles import Styles

_SECTION = word("sectPr")
_TYPE = word("type")
_HEADS = (word("headerReference"), word("footerReference"))
_OPEN_AND_SAVE = "Open it in Word or LibreOffice and save it as .docx again."
# What only a masthead has: the organization's name, or the symbol of a document.
_MASTHEAD = re.compile("الأمم المتحدة|(?<![\\w/])(?:A|S|E|T|ST)/[\\w/.-]*\\d")
_MASTHEAD_CHARACTERS = re.compile("[\u0640\u064b-\u0652]")
# What is left of "(1) body" when the number, which Word prints by itself, is not read.
_NOTE_LEAD = re.compile(r"(?:\(\s*\)|\s)+")
_LARGEST_START = 9999


def read_docx(raw: RawDocument) -> SourceText:
    """Return the text of a ``.docx`` or ``.docm`` file.

    Notes are numbered as they are referred to: footnotes first, then endnotes, then those with a
    mark of their own. Macros, pictures, comments and embedded files are never looked at.

    Raises SourceMalformed when it is no Word document, is damaged, encrypted or too large, or
    keeps its text elsewhere.
    """
    try:
        return _Document(Package(raw.content)).read()
    except BrokenPart as error:
        raise SourceMalformed(raw.file.path, str(error), _OPEN_AND_SAVE) from error


@frozen
class _Heads:
    """What stands at the top of the first page, and what runs on."""

    opening: tuple[str, ...]
    running: tuple[str, ...]


class _Document:
    """A package with what its stories have in common."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.document()
        self._related = package.relationships(package.main_part)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))

    def _part(self, role: str) -> etree._Element | None:
        """Return the root of the part that the text refers to as *role*, None where none is."""
        for relationship in self._related.values():
            if relationship.role == role:
                return self._package.read(relationship.target)
        return None

    def read(self) -> SourceText:
        body = child(self._root, "body")
        if body is None:
            raise BrokenPart("has no text.")
        references = References()
        story = StoryReader(self._styles, Count(self._numbering), references)
        heads = self._heads()
        read = [*_lines(heads.opening), *_lines(story.read(body))]
        if not read:
            raise BrokenPart("has no text.")
        numbers = self._note_numbers(references.found)
        lines: dict[int, int] = {}
        blocks: list[Block] = []
        for line, (text, marks) in enumerate(read, 1):
            lines |= {mark.number: line for mark in marks}
            numbered = tuple(
                Mark(mark.offset, numbers[mark.number])
                for mark in marks
                if mark.number in numbers  # not one that somebody typed
            )
            blocks.append(Block(text, line, numbered))
        return SourceText(
            blocks=tuple(blocks),
            kind=SourceKind.DOCX,
            notes=tuple(self._notes(references.found, numbers, lines)),
            running_heads=heads.running,
        )

    def _note_numbers(self, references: list[Reference]) -> dict[int, int]:
        """Return the number of each reference, by its place among all of them."""
        start = number(self._root, "body", "sectPr", "footnotePr", "numStart") or number(
            self._part("settings"), "footnotePr", "numStart"
        )
        first = start if start is not None and 0 < start <= _LARGEST_START else 1
        printed_order = sorted(
            range(len(references)),
            key=lambda at: (bool(references[at].custom_mark), references[at].is_endnote, at),
        )
        return {at + 1: count for count, at in enumerate(printed_order, first)}

    def _notes(
        self, references: list[Reference], numbers: dict[int, int], lines: dict[int, int]
    ) -> Iterator[NoteBody]:
        """Yield the bodies of the notes that are referred to, in the order of their numbers."""
        bodies: dict[bool, dict[str, etree._Element]] = {}
        for is_endnote, role in ((False, "footnotes"), (True, "endnotes")):
            if any(reference.is_endnote is is_endnote for reference in references):
                root = self._part(role)
                bodies[is_endnote] = (
                    {} if root is None else {note.get(ID, ""): note for note in root}
                )
        story = StoryReader(self._styles, Count(self._numbering), None)
        for place in sorted(numbers, key=lambda place: numbers[place]):
            reference = references[place - 1]
            note = bodies[reference.is_endnote].get(reference.note_id)
            if note is None:
                continue  # the parser says that its mark has no text
            text = "\n".join(story.read(note))
            yield NoteBody(numbers[place], _without_lead(text, reference), lines.get(place, 0))

    def _heads(self) -> _Heads:
        """Return the texts of headers and footers that are printed, each once."""
        opening: list[str] = []
        running: list[str] = []
        seen: set[str] = set()
        for place, section in enumerate(self._root.iter(_SECTION)):
            has_first_page = is_on(child(section, "titlePg"))
            for reference in section.iterchildren(*_HEADS):
                on_first_page = reference.get(_TYPE) == "first"
                if on_first_page and not has_first_page:
                    continue
                related = self._related.get(reference.get(RELATION_ID, ""))
                if related is None or related.target in seen:
                    continue
                seen.add(related.target)
                texts = self._head(related)
                is_header = reference.tag == _HEADS[0]
                if place == 0 and on_first_page and is_header and _is_masthead(texts):
                    opening += texts
                else:
                    running += [part for text in texts for part in text.split("\n")]
        heads = (text.strip() for text in running)
        return _Heads(tuple(opening), tuple(dict.fromkeys(head for head in heads if head)))

    def _head(self, relationship: Relationship) -> list[str]:
        root = self._package.read(relationship.target)
        return list(StoryReader(self._styles, Count(self._numbering), None).read(root))


def _lines(texts: Iterator[str] | tuple[str, ...]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """Yield the lines of paragraphs that hold anything, with the places of their note marks."""
    for text in texts:
        for line in text.split("\n"):
            found = take_tika_marks(line)
            if found[0].strip() or found[1]:
                yield found


def _is_masthead(texts: list[str]) -> bool:
    return any(_MASTHEAD.search(_MASTHEAD_CHARACTERS.sub("", text)) for text in texts)


def _without_lead(text: str, reference: Reference) -> str:
    """Return the text of a note without its own mark and the blanks behind it."""
    if reference.custom_mark:
        # LibreOffice writes such a mark once more than the note already has it.
        mark = re.escape(reference.custom_mark)
        text = re.sub(rf"\A(?:\s*+(?:\(\s*+)?{mark}\s*+\)?)+", "", text)
    lead = _NOTE_LEAD.match(text)
    return text[lead.end() if lead else 0 :].strip()
