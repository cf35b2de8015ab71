"""A document is what its first bytes say, whatever it is called."""

import io
import zipfile
from pathlib import Path

import pytest

from fihris.index.errors import SourceMalformed
from fihris.index.sources import Form
from fihris.index.sources.sniffing import sniffed_form

PATH = Path("a.doc")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def package(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"application/vnd.oasis.opendocument.text")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (OLE, Form.DOC),
        (rb"{\rtf1\ansi", Form.RTF),
        (package("[Content_Types].xml", "word/document.xml"), Form.DOCX),
        (package("mimetype", "content.xml"), Form.ODT),
        (b"%PDF-1.7\n", Form.PDF),
        (b"junk before\n%PDF-1.7\n", Form.PDF),
        (b"\xef\xbb\xbf  <!DOCTYPE html>\n<html>", Form.HTML),
        (b"<!-- saved from url --><HTML dir=rtl>", Form.HTML),
        ("<html><p>نص".encode("utf-16"), Form.HTML),
        (b"<meta charset=windows-1256><p>x", Form.HTML),
        (b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", Form.MHTML),
        ("نص القرار".encode(), Form.TEXT),
    ],
)
def test_what_is_called_doc_is_told_by_its_first_bytes(content, form):
    assert sniffed_form(PATH, content, Form.DOC) is form


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b'<?xml version="1.0"?><TEI.2><teiHeader/>', Form.TEI),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0">', Form.TEI),
        (b'<?xml version="1.0"?>\n<!-- a --><an:akomaNtoso xmlns:an="x">', Form.AKN),
        (b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">', Form.TMX),
        (b'<!DOCTYPE tmx [<!ENTITY a "<TEI>">\n]>\n<tmx>', Form.TMX),
        (b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">\n<html>', Form.HTML),
    ],
)
def test_xml_is_told_by_its_root_element(content, form):
    assert sniffed_form(PATH, content, Form.XML) is form


@pytest.mark.parametrize(
    ("content", "claimed", "reason"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), Form.DOCX, "encrypted with a password"),
        (OLE + "Workbook".encode("utf-16-le"), Form.DOC, "Excel"),
        (package("xl/workbook.xml"), Form.DOCX, "Excel"),
        (package("a.txt"), Form.DOCX, "ZIP archive"),
        (b"\x89PNG\r\n", Form.PDF, "picture"),
        (b"<rss/>", Form.XML, "root <rss>"),
        (b"<html>" + b"<!-- " * 9, Form.XML, ""),
        (b"no xml", Form.XML, "no XML"),
        (b"", Form.DOCX, "is empty"),
        (bytes(99), Form.PDF, "is empty"),
        (b"\0garbage", Form.DOC, "does not begin"),
        (b"plain text", Form.PDF, "does not begin"),
    ],
)
def test_what_is_foreign_or_broken_is_refused(content, claimed, reason):
    if reason:
        with pytest.raises(SourceMalformed, match=reason):
            sniffed_form(PATH, content, claimed)
    else:
        assert sniffed_form(PATH, content, claimed) is Form.HTML


def test_a_text_that_shows_markup_is_a_text():
    assert sniffed_form(PATH, b"<html>", Form.TEXT) is Form.TEXT
    assert sniffed_form(PATH, b"about %PDF- files", Form.TEXT) is Form.TEXT


@pytest.mark.parametrize("opening", [b"<!--", b"<?xml ", b"<!DOCTYPE a [", b"<", b"<a:"])
def test_no_opening_takes_long(opening):
    with pytest.raises(SourceMalformed):
        sniffed_form(PATH, opening * 1_000_000, Form.XML)
