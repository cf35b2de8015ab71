"""Files that mean harm, or came to harm, are refused with a reason, quickly."""

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.sources.blocks import SourceText
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.word import package, read_docx
from scripts.formats import read_originals, specimen_paths
from scripts.word_writer import package_of, write_docx

BODY = "<w:p><w:r><w:t>نص</w:t></w:r></w:p>"
DOCUMENT = f"<w:document><w:body>{BODY}</w:body></w:document>"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = package_of({"document.xml": DOCUMENT})
[SPECIMEN] = read_originals(specimen_paths(["A_HRC_RES_94_9"])).values()
WHOLE = write_docx(SPECIMEN)


def repacked(content: bytes, changes: dict[str, bytes | None], **how: int) -> bytes:
    """Return a package with parts replaced, added or, for None, left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", **how) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return packed.getvalue()


def in_body(content: str) -> str:
    return f"<w:document {WORD}><w:body>{content}</w:body></w:document>"


def with_document(document: str) -> bytes:
    return repacked(GOOD, {"word/document.xml": document.encode()})


BOMB = "<!DOCTYPE w [<!ENTITY a 'ها'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 50}'>"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)
REFUSED = {
    "an entity bomb": with_document(f"{BOMB}]>{in_body('<w:p><w:r><w:t>&g;</w:t></w:r></w:p>')}"),
    "an external entity": with_document(
        "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
        + in_body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")
    ),
    "a document type in UTF-16": repacked(
        GOOD, {"word/document.xml": f"<!DOCTYPE w><w:document {WORD}/>".encode("utf-16")}
    ),
    "an entity that nobody declared": with_document(
        in_body("<w:p><w:r><w:t>&g;</w:t></w:r></w:p>")
    ),
    "nesting too deep": with_document(in_body("<w:sdt>" * 2000 + "</w:sdt>" * 2000)),
    "no main part": repacked(GOOD, {"word/document.xml": None}),
    "a main part that is empty": repacked(GOOD, {"word/document.xml": b""}),
    "a body without text": with_document(in_body("<w:p/>")),
    "no body": with_document(f"<w:document {WORD}/>"),
    "a workbook": with_document(
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    ),
    "text that another program should take in": with_document(in_body(f"<w:altChunk/>{BODY}")),
    "a master document": with_document(in_body(f"<w:p><w:subDoc/></w:p>{BODY}")),
    "a packing that no word processor uses": repacked(GOOD, {}, compression=zipfile.ZIP_LZMA),
    "an OLE container": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + "EncryptedPackage".encode("utf-16-le"),
    "half a file": WHOLE[: len(WHOLE) // 2],
    "nothing": b"",
    "a zip of nothing": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_fact_and_a_remedy(read_content, content):
    started = time.process_time()
    with pytest.raises(SourceMalformed) as refused:
        read_content(content)
    assert refused.value.reason
    assert refused.value.remedy
    assert time.process_time() - started < 5


def test_an_encrypted_part_is_refused(read_content):
    flags = bytearray(GOOD)
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = flags.find(signature)
        while at >= 0:
            flags[at + place] |= 1
            at = flags.find(signature, at + 1)
    with pytest.raises(SourceMalformed, match="encrypted"):
        read_content(bytes(flags))


def test_a_part_that_grows_too_large_is_given_up(read_content, monkeypatch):
    monkeypatch.setattr(package, "MAX_PART_BYTES", 100_000)
    bomb = repacked(GOOD, {"word/document.xml": bytes(2_000_000)}, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(SourceMalformed, match="larger than"):
        read_content(bomb)


def test_too_many_parts_are_no_document(read_content, monkeypatch):
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    with pytest.raises(SourceMalformed, match="too many"):
        read_content(GOOD)


def test_what_lies_outside_the_package_is_never_followed(read_content, tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text(f"<w:hdr {WORD}>{BODY}</w:hdr>", encoding="utf-8")
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/header" Target="{secret.as_uri()}" '
        'TargetMode="External"/></Relationships>'
    )
    document = (
        f'<w:document {WORD} xmlns:r="{relations}"><w:body>{BODY}<w:sectPr>'
        '<w:headerReference w:type="default" r:id="r1"/></w:sectPr></w:body></w:document>'
    )
    changes = {
        "word/_rels/document.xml.rels": related.encode(),
        "word/document.xml": document.encode(),
    }
    assert read_content(repacked(GOOD, changes)).running_heads == ()
    changes["word/_rels/document.xml.rels"] = related.replace(
        f'{secret.as_uri()}" TargetMode="External', f"../../../..{secret}"
    ).encode()
    with pytest.raises(SourceMalformed, match="lacks its part"):
        read_content(repacked(GOOD, changes))


def test_styles_and_lists_that_lead_back_to_themselves_end(read_body):
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/>'
        '<w:styleLink w:val="x"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="7"/><w:numId w:val="1"/>'
        "</w:numPr></w:pPr><w:r><w:t>نص</w:t></w:r></w:p>"
    )
    assert read_body(body, styles=styles, numbering=numbering).blocks[0].text == "نص"


@pytest.mark.parametrize("start", ["1000000000", "-5", "99999999999999999999", "x"])
def test_a_number_beyond_reason_does_no_harm(read_body, start):
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        f'<w:start w:val="{start}"/><w:numFmt w:val="lowerLetter"/>'
        f'<w:lvlText w:val="{"%1" * 5000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>نص</w:t></w:r></w:p>"
    )
    assert len(read_body(body, numbering=numbering).blocks[0].text) < 200


def test_a_field_that_never_ends_swallows_nothing(read_body):
    begun = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r></w:p>'
    )
    begun += begun.replace("PAGE", "REF").replace("</w:p>", "<w:r><w:t>بقية</w:t></w:r></w:p>")
    stray = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert [block.text for block in read_body(begun + stray + BODY).blocks] == ["بقية", "نص"]


def test_a_note_that_is_referred_to_ten_thousand_times_is_read_once(read_body):
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = f"<w:p><w:r><w:t>{'نص ' * 50_000}</w:t></w:r></w:p>"
    notes = f'<w:footnotes><w:footnote w:id="1">{body}</w:footnote></w:footnotes>'
    source = read_body(f"<w:p>{reference * 10_000}</w:p>", footnotes=notes)
    assert len(source.notes) == 1


def test_a_note_of_blanks_alone_is_read_in_no_time(read_body):
    reference = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    blank = f'<w:p><w:r><w:t xml:space="preserve">x{" " * 200_000}</w:t></w:r></w:p>'
    indented = blank.replace(">x", ">") + "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    started = time.process_time()
    for body in (blank, indented):
        notes = f'<w:footnotes><w:footnote w:id="1">{body}</w:footnote></w:footnotes>'
        assert read_body(f"<w:p>{reference}</w:p>{BODY}", footnotes=notes).notes[0].text == "x"
    assert time.process_time() - started < 5


def test_a_table_of_twenty_thousand_cells_is_read_in_seconds(read_body):
    row = f"<w:tr>{f'<w:tc>{BODY}</w:tc>' * 20}</w:tr>"
    started = time.process_time()
    assert len(read_body(f"<w:tbl>{row * 1000}</w:tbl>").blocks) == 20_000
    assert time.process_time() - started < 20


def test_nesting_as_deep_as_xml_may_be_is_read(read_body):
    deep = "<w:sdt><w:sdtContent>" * 110 + BODY + "</w:sdtContent></w:sdt>" * 110
    assert read_body(deep).blocks[0].text == "نص"


def read_or_refuse(content: bytes) -> None:
    file = SourceFile(SPECIMEN_PATH, "a.docx", Form.DOCX, len(content), 0)
    raw = RawDocument(file, Form.DOCX, content, "", "a.docx", len(content))
    try:
        source = read_docx(raw)
    except SourceMalformed:
        return
    assert isinstance(source, SourceText)
    assert all("\n" not in block.text for block in source.blocks)


SPECIMEN_PATH = specimen_paths()[0]
places = st.lists(
    st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=4)), min_size=1, max_size=8
)


def damaged(content: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    """Return *content* with bytes written over, and cut where a change is empty."""
    for place, change in changes:
        at = place % max(1, len(content))
        content = content[:at] + change + content[at + len(change) :] if change else content[:at]
    return content


@given(places)
@settings(max_examples=150, deadline=None)
def test_no_damage_to_the_package_gives_anything_but_a_text_or_a_refusal(changes):
    read_or_refuse(damaged(WHOLE, changes))


PARTS = ("document", "numbering", "footnotes", "styles", "header1", "_rels/document.xml")
MARKUP = [
    b"<w:p>",
    b"</w:p>",
    b'w:val="9"',
    b"<w:r>",
    b"&#x85;",
    b"<",
    b"\x00",
    b"&lt;",
    b"w:numId",
]


@given(
    st.sampled_from(PARTS),
    st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(MARKUP) | st.binary(max_size=3)),
        min_size=1,
        max_size=6,
    ),
)
@settings(max_examples=150, deadline=None)
def test_no_damage_to_a_part_gives_anything_but_a_text_or_a_refusal(part, changes):
    name = f"word/{part}.rels" if "rels" in part else f"word/{part}.xml"
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        content = archive.read(name)
    read_or_refuse(repacked(WHOLE, {name: damaged(content, changes)}))
