"""A writer of ``.docx`` files: a parsed resolution as the document system of an organ sets it.

Numbers and letters of paragraphs are automatic, notes are footnotes, the masthead is a table, and
the symbol runs on in the page header, as in real files; a writer that made plain paragraphs would
test nothing of a reader.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from fihris.index.resolution import Paragraph, ParagraphKind, Resolution
from fihris.index.sources.word.number_formats import write_number

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Word cuts the text of a paragraph into runs wherever it was edited.
_RUN_LENGTH = 60
_BEGINS_TEXT = re.compile("الدورة|دورة عام|القرار |قرار |مقرر |بيان |\\[")
_NUMBER = re.compile("[0-9]+")
_LETTER_OR_NUMBER = re.compile("[^\\W_\u0640]+")
_FORMATS = ("decimal", "arabicAbjad", "decimal")
#: Where files say when they were made, so that the same text always gives the same bytes.
_MADE = (2040, 1, 1, 0, 0, 0)


def write_docx(document: Resolution) -> bytes:
    """Return *document* as a Word file."""
    return package_of(_Writer(document).parts())


def package_of(parts: dict[str, str]) -> bytes:
    """Return a Word package of *parts* under ``word/``, the main one called ``document.xml``.

    A part that is the root element without a namespace gets that of Word; content types and
    relationships are added. The name of a part tells its role: ``footnotes.xml``, ``header1.xml``.
    """
    names = [name for name in parts if name != "document.xml"]
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPE}.{_content_type(name)}+xml"/>'
        for name in parts
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{_role(name)}" Target="{name}"/>'
        for number, name in enumerate(names, 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{related}</Relationships>",
        **{f"word/{name}": _named(part) for name, part in parts.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), _HEADER + content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _role(name: str) -> str:
    return name.removesuffix(".xml").rstrip("0123456789")


def _content_type(name: str) -> str:
    role = _role(name)
    return "document.main" if role == "document" else role


def _named(part: str) -> str:
    if "xmlns:w=" in part:
        return part
    return re.sub("(<w:\\w+)", f'\\1 xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"', part, count=1)


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph that runs from right to left; *content* are its runs as markup."""
    return f"<w:p><w:pPr>{properties}<w:bidi/></w:pPr>{content}</w:p>"


def runs(text: str) -> Iterator[str]:
    r"""Yield *text* as runs; a tab and ``\n`` become what Word has for them."""
    for piece in re.findall(f"[\t\n\u2011]|[^\t\n\u2011]{{1,{_RUN_LENGTH}}}", text):
        match piece:
            case "\t":
                content = "<w:tab/>"
            case "\n":
                content = "<w:br/>"
            case "\u2011":
                content = "<w:noBreakHyphen/>"
            case _:
                content = f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        yield f"<w:r><w:rPr><w:rtl/></w:rPr>{content}</w:r>"


@dataclass(slots=True)
class _Lists:
    """The automatic numbers that a document uses, and how far each of them has counted."""

    markup: list[str] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)
    _texts: tuple[str, ...] = ()
    _counts: list[int] = field(default_factory=list)

    def properties(self, unit: Paragraph, level: int) -> str | None:
        """Return the markup that gives *unit* its label at *level*; None when none can."""
        core = _LETTER_OR_NUMBER.search(unit.label)
        if core is None or level >= len(_FORMATS):
            return None
        text = (
            f"{unit.label[: core.start()]}%{level + 1}{unit.label[core.end() :].lstrip(chr(0x640))}"
        )
        if level == 0:
            if not _NUMBER.fullmatch(core[0]):
                return None
            self._count_to(int(core[0]), text)
        elif not self._goes_on(core[0], level, text):
            return None
        return (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{len(self.instances)}"/></w:numPr>'
        )

    def _count_to(self, number: int, text: str) -> None:
        """Count one on, or begin a list where numbers begin again or look different."""
        if self._texts[:1] != (text,) or self._counts[0] + 1 != number:
            self._begin(number, text)
        self._counts = [number, 0, 0]

    def _begin(self, number: int, text: str) -> None:
        self._texts = (text, "(%2)", "'%3'")
        place = len(self.instances)
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{1 if level else number}"/>'
            f'<w:numFmt w:val="{number_format}"/>'
            f'<w:suff w:val="tab"/><w:lvlText w:val={quoteattr(written)}/>'
            '<w:lvlJc w:val="left"/></w:lvl>'
            for level, (number_format, written) in enumerate(
                zip(_FORMATS, self._texts, strict=True)
            )
        )
        self.markup.append(
            f'<w:abstractNum w:abstractNumId="{place}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self.instances.append(
            f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>'
        )

    def _goes_on(self, core: str, level: int, text: str) -> bool:
        """Tell whether the next label at *level* is the one wanted, and count it if so."""
        if not self._texts or self._texts[level] != text:
            return False
        due = write_number(self._counts[level] + 1, _FORMATS[level])
        if due.strip("\u0640") != core:
            return False
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(self._counts) - level - 1)
        return True


class _Writer:
    """Writes one document, part by part."""

    def __init__(self, document: Resolution) -> None:
        self._document = document
        self._lists = _Lists()
        self._bodies = {
            unit.fragment: unit
            for unit in document.paragraphs
            if unit.kind is ParagraphKind.FOOTNOTE
        }
        self._notes: list[str] = []

    def parts(self) -> dict[str, str]:
        """Return the parts of the package by name."""
        body = "".join(self._body())
        printed = "" if self._document.symbol_derived else self._document.symbol or ""
        page = "".join(
            f"<w:r>{piece}</w:r>"
            for piece in (
                '<w:fldChar w:fldCharType="begin"/>',
                '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>2</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        return {
            "document.xml": f"<w:document><w:body>{body}{_SECTION}</w:body></w:document>",
            "header1.xml": f"<w:hdr>{paragraph(''.join(runs(printed)))}</w:hdr>",
            "footer1.xml": f"<w:ftr>{paragraph(page)}</w:ftr>",
            "numbering.xml": f"<w:numbering>{''.join(self._lists.markup)}"
            f"{''.join(self._lists.instances)}</w:numbering>",
            "footnotes.xml": f"<w:footnotes>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>",
            "styles.xml": _STYLES,
        }

    def _body(self) -> Iterator[str]:
        units = sorted(
            (unit for unit in self._document.paragraphs if self._is_written(unit)),
            key=lambda unit: unit.line,
        )
        masthead = 0
        while (
            masthead < len(units)
            and units[masthead].kind is ParagraphKind.META
            and not _BEGINS_TEXT.match(units[masthead].text)
        ):
            masthead += 1
        if masthead:
            yield _table(unit.text.split("\t") for unit in units[:masthead])
        for unit in units[masthead:]:
            yield self._unit(unit)

    def _is_written(self, unit: Paragraph) -> bool:
        """Tell whether a unit stands on a line of its own: not a note, not a title made up."""
        return unit.line > 0 and unit.kind is not ParagraphKind.FOOTNOTE

    def _unit(self, unit: Paragraph) -> str:
        level = 0 if unit.number is not None and unit.kind is not ParagraphKind.SUB else 1
        if unit.kind is ParagraphKind.SUB:
            level = unit.fragment.count(".") if unit.fragment.startswith("OP") else 1
        properties = None
        if unit.kind is not ParagraphKind.TITLE:
            properties = self._lists.properties(unit, level)
        label = f"{unit.label}\t" if unit.label and properties is None else ""
        return paragraph("".join([*runs(label), *self._text(unit)]), properties or "")

    def _text(self, unit: Paragraph) -> Iterator[str]:
        done = 0
        for mark in unit.notes:
            yield from runs(unit.text[done : mark.offset])
            yield from runs("(")
            yield self._reference(self._bodies[mark.fragment].text)
            yield from runs(")")
            done = mark.offset
        yield from runs(unit.text[done:])

    def _reference(self, body: str) -> str:
        number = len(self._notes) + 1
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        lead = f"{''.join(runs('('))}{mark}{''.join(runs(f'){chr(9)}'))}"
        self._notes.append(
            f'<w:footnote w:id="{number}">{paragraph(lead + "".join(runs(body)))}</w:footnote>'
        )
        return (
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )


def _table(rows: Iterable[list[str]]) -> str:
    """Return the masthead as a table of two columns without lines."""
    markup = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{9000 // len(cells)}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(''.join(runs(cell)))}</w:tc>"
            for cell in cells
        )
        + "</w:tr>"
        for cells in ([cell for cell in row if cell] for row in rows)
    )
    return (
        '<w:tbl><w:tblPr><w:bidiVisual/><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>{markup}</w:tbl>'
    )


# The header that runs on does not stand on the first page, where the masthead is.
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="r1"/>'
    '<w:footerReference w:type="default" r:id="r2"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" '
    'w:footer="720" w:gutter="0"/><w:titlePg/><w:bidi/></w:sectPr>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_STYLES = (
    "<w:styles><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans" w:cs="DejaVu Sans"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style></w:styles>'
)
