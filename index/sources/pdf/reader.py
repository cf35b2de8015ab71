"""Reading a PDF file: pages in, the blocks and notes of a document out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from fihris.index.errors import SourceMalformed
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Block, NoteBody, SourceText
from fihris.index.sources.pdf.brackets import set_brackets_right, set_quotes_right
from fihris.index.sources.pdf.glyphs import Glyph, read_glyphs
from fihris.index.sources.pdf.notes import FootNote, part_notes, without_marks
from fihris.index.sources.pdf.page import TextLine, read_page, runs_right_to_left
from fihris.index.sources.pdf.paragraphs import Paragraph, paragraphs_of
from fihris.index.sources.pdf.running_heads import part_running_heads
from fihris.index.sources.raw import RawDocument

#: Pages. The thickest volumes of resolutions have some 1 500.
MAX_PAGES = 5_000
#: Characters of one page. A page of small print has 10 000.
MAX_PAGE_CHARACTERS = 100_000
#: Letters for each page. Below this, pages are pictures with at most a stamp of text on them.
_LEAST_LETTERS = 5

_FETCH = "Fetch the file again."
_OCR = (
    "Fetch the .docx of the document where there is one, or give the file a text layer first "
    "(for example: ocrmypdf -l ara in.pdf out.pdf)."
)


def read_pdf(raw: RawDocument) -> SourceText:
    """Return the text of a PDF file, its notes parted from it.

    Raises SourceMalformed when it is no PDF, needs a password, or holds no text but pictures.
    """
    pages = _pages(raw.content, raw.file.path)
    letters = sum(char.isalpha() for lines in pages for line in lines for char in line.text)
    if letters <= _LEAST_LETTERS * len(pages):
        fact = f"holds no text: its {len(pages):,} pages are pictures, as a scanner makes them."
        if len(pages) == 1:
            fact = "holds no text: its page is a picture, as a scanner makes them."
        raise SourceMalformed(raw.file.path, fact, _OCR)
    pages, heads = part_running_heads(pages)
    pages, notes = part_notes(pages)
    return _source_text(paragraphs_of(pages), notes, heads)


def _pages(content: bytes, path: Path) -> list[list[TextLine]]:
    """Return the lines of each page."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refusal(path) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            fact = f"has {count:,} pages; at most {MAX_PAGES:,} are read."
            raise SourceMalformed(path, fact, "Split it into its documents.")
        if not count:
            raise SourceMalformed(path, "has no pages.", _FETCH)
        pages: list[list[TextLine]] = []
        right_to_left = True
        for number in range(count):
            glyphs = _glyphs(document, number)
            told = runs_right_to_left(glyphs)
            right_to_left = right_to_left if told is None else told
            pages.append(read_page(glyphs, number, right_to_left=right_to_left))
        return pages
    finally:
        document.close()


def _glyphs(document: pdfium.PdfDocument, number: int) -> list[Glyph]:
    """Return the glyphs of a page; one that cannot be loaded has none."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return []
    try:
        return read_glyphs(page, MAX_PAGE_CHARACTERS)
    except pdfium.PdfiumError:
        return []
    finally:
        page.close()


def _refusal(path: Path) -> SourceMalformed:
    """Return why the library could not open a file."""
    if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
        remedy = "Save a copy without the password, or fetch the .docx of the document."
        return SourceMalformed(path, "is protected with a password.", remedy)
    return SourceMalformed(path, "is no PDF, or a damaged one.", _FETCH)


def _source_text(
    paragraphs: list[Paragraph], notes: list[FootNote], heads: tuple[str, ...]
) -> SourceText:
    """Return paragraphs and notes as the parser takes them; lines count through the file."""
    known = {note.number for note in notes}
    cut = [without_marks(paragraph.text, known) for paragraph in paragraphs]
    texts = [set_brackets_right(text) for text, _ in cut]
    note_texts = [set_brackets_right(note.text) for note in notes]
    texts = set_quotes_right(texts + note_texts)
    blocks = tuple(
        Block(text, line, marks)
        for line, (text, (_, marks)) in enumerate(zip(texts, cut, strict=False), 1)
    )
    bodies = tuple(
        NoteBody(note.number, text, line)
        for line, (note, text) in enumerate(
            zip(notes, texts[len(cut) :], strict=True), len(cut) + 1
        )
    )
    return SourceText(blocks, SourceKind.PDF, bodies, heads)
