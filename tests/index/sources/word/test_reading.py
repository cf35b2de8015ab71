"""A whole file: notes and their marks, headers, sections, and the forms a package comes in."""

import io
import zipfile

import pytest

from fihris.index.sources.blocks import Mark
from scripts.word_writer import package_of

REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
TITLED = '<w:sectPr><w:headerReference w:type="{}" r:id="r1"/><w:titlePg w:val="{}"/></w:sectPr>'


def text(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def note(identifier: str, content: str) -> str:
    return f'<w:footnote w:id="{identifier}"><w:p>{content}</w:p></w:footnote>'


def footnotes(*notes: str) -> str:
    separator = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    return f"<w:footnotes>{separator}{''.join(notes)}</w:footnotes>"


def test_a_mark_in_parentheses_leaves_no_parentheses_behind(read_body):
    body = f"<w:p>{text('التقرير (')}{REFERENCE.format(7)}{text(')، ثم')}</w:p>"
    lead = text("(") + "<w:r><w:footnoteRef/></w:r>" + text(")") + "<w:r><w:tab/></w:r>"
    source = read_body(body, footnotes=footnotes(note("7", lead + text("A/94/1."))))
    assert [block.text for block in source.blocks] == ["التقرير، ثم"]
    assert source.blocks[0].marks == (Mark(7, 1),)
    assert [(each.number, each.text, each.line) for each in source.notes] == [(1, "A/94/1.", 1)]


def test_notes_are_numbered_in_the_order_of_reading(read_body):
    body = f"<w:p>{text('أ')}{REFERENCE.format(9)}</w:p><w:p>{text('ب')}{REFERENCE.format(2)}</w:p>"
    notes = footnotes(note("2", text("ثانية")), note("9", text("أولى")), note("5", text("زائدة")))
    source = read_body(body, footnotes=notes)
    assert [(each.number, each.text, each.line) for each in source.notes] == [
        (1, "أولى", 1),
        (2, "ثانية", 2),
    ]


@pytest.mark.parametrize("printed", ["* ", "*", "(*)\t", "** "])
def test_a_note_with_a_mark_of_its_own_takes_no_number_from_the_others(read_body, printed):
    custom = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = f"<w:p>{text('عنوان')}{custom}</w:p><w:p>{text('نص')}{REFERENCE.format(2)}</w:p>"
    notes = footnotes(note("1", text(f"{printed}أعيد إصدارها")), note("2", text("A/94/1")))
    source = read_body(body, footnotes=notes)
    assert [block.text for block in source.blocks] == ["عنوان", "نص"]
    assert [(each.number, each.text) for each in source.notes] == [
        (1, "A/94/1"),
        (2, "أعيد إصدارها"),
    ]
    assert source.blocks[0].marks == (Mark(5, 2),)


def test_endnotes_count_on_after_the_footnotes(read_body):
    ending = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = f"<w:p>{text('أ')}{ending}{text('ب')}{REFERENCE.format(1)}</w:p>"
    ends = f'<w:endnotes><w:endnote w:id="1"><w:p>{text("ختام")}</w:p></w:endnote></w:endnotes>'
    source = read_body(body, footnotes=footnotes(note("1", text("حاشية"))), endnotes=ends)
    assert [(each.number, each.text) for each in source.notes] == [(1, "حاشية"), (2, "ختام")]
    assert source.blocks[0].marks == (Mark(1, 2), Mark(2, 1))


def test_a_reference_that_was_deleted_takes_its_note_with_it(read_body):
    body = f"<w:p>{text('نص')}<w:del>{REFERENCE.format(1)}</w:del></w:p>"
    source = read_body(body, footnotes=footnotes(note("1", text("حاشية"))))
    assert source.notes == ()


def test_a_mark_that_somebody_typed_is_not_one_of_the_file(read_body):
    source = read_body(f"<w:p>{text('نص([footnoteRef:4])، ثم')}</w:p>")
    assert source.blocks[0].marks == ()


def test_a_note_may_have_several_paragraphs(read_body):
    body = f"<w:p>{text('نص')}{REFERENCE.format(1)}</w:p>"
    two = f'<w:footnote w:id="1"><w:p>{text("أولى")}</w:p><w:p>{text("ثانية")}</w:p></w:footnote>'
    assert read_body(body, footnotes=footnotes(two)).notes[0].text == "أولى\nثانية"


def test_a_first_page_header_is_read_first_when_it_is_a_masthead(read_body):
    header = f"<w:hdr><w:p>{text('الأمــم المتحـدة')}</w:p><w:p>{text('A/RES/94/1')}</w:p></w:hdr>"
    body = f"<w:p>{text('نص')}</w:p>"
    source = read_body(body + TITLED.format("first", "1"), header1=header)
    assert [block.text for block in source.blocks] == ["الأمــم المتحـدة", "A/RES/94/1", "نص"]
    letterhead = f"<w:hdr><w:p>{text('مكتب الطباعة')}</w:p></w:hdr>"
    source = read_body(body + TITLED.format("first", "1"), header1=letterhead)
    assert [block.text for block in source.blocks] == ["نص"]
    assert source.running_heads == ("مكتب الطباعة",)


def test_a_header_that_is_never_printed_is_not_read(read_body):
    header = f"<w:hdr><w:p>{text('A/RES/94/1')}</w:p></w:hdr>"
    source = read_body(f"<w:p>{text('نص')}</w:p>{TITLED.format('first', '0')}", header1=header)
    assert [block.text for block in source.blocks] == ["نص"]
    assert source.running_heads == ()


def test_headers_and_footers_run_on_and_are_no_blocks(read_body):
    header = (
        f"<w:hdr><w:p>{text('A/RES/94/1')}</w:p>"
        f'<w:p><w:fldSimple w:instr=" PAGE ">{text("2")}</w:fldSimple></w:p></w:hdr>'
    )
    source = read_body(f"<w:p>{text('نص')}</w:p>{TITLED.format('default', '0')}", header1=header)
    assert [block.text for block in source.blocks] == ["نص"]
    assert source.running_heads == ("A/RES/94/1",)


def test_the_strict_variant_reads_the_same(read_content):
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" '
        'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">'
        f"<w:body><w:p>{text('نص')}</w:p></w:body></w:document>"
    )
    assert read_content(package_of({"document.xml": strict})).blocks[0].text == "نص"


def test_the_main_part_may_have_any_name(read_content):
    content = package_of(
        {"document.xml": f"<w:document><w:body><w:p>{text('نص')}</w:p></w:body></w:document>"}
    )
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("word/document.xml", "word/document2.xml"), part)
    assert read_content(renamed.getvalue()).blocks[0].text == "نص"
