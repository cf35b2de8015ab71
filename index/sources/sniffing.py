"""Sniffing: what a document is by its first bytes, since names lie.

Old web servers and mail programs gave ``.doc`` to whatever opens in Word: web pages, RTF, and
``.docx`` as well. Only what is certain is told; for the rest the name is believed.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from fihris.index.errors import SourceMalformed
from fihris.index.sources.files import Form

#: Bytes of a document that are looked at; a declaration and comments stand before a root element.
HEAD_BYTES = 64 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# The names of streams in an OLE file, and what they tell.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_FOREIGN_STREAMS = {
    "an Excel workbook": "Workbook".encode("utf-16-le"),
    "a PowerPoint presentation": "PowerPoint Document".encode("utf-16-le"),
    "an Outlook message": "__properties_version".encode("utf-16-le"),
}
# Names of parts in an Office Open XML package, which stand in it as they are, and what they tell.
_WORD_PART = b"word/"
_FOREIGN_PARTS = {"an Excel workbook": b"xl/workbook", "a PowerPoint deck": b"ppt/presentation"}
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_SAVE_AS = "Open it in the program that made it, and save it as .docx."

_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS = {"tei": Form.TEI, "tei.2": Form.TEI, "teicorpus": Form.TEI, "akomantoso": Form.AKN}
_ROOTS |= {"tmx": Form.TMX, "html": Form.HTML}
_MARKUP = frozenset({Form.XML, Form.TEI, Form.AKN, Form.TMX, Form.HTML, Form.DOC, Form.RTF})
# A text that quotes a web page or a mail is still a text.
_PLAIN = frozenset({Form.TEXT, Form.COLLECTION})


def sniffed_form(path: Path, content: bytes, claimed: Form) -> Form:
    """Return the form of a document that begins with *content* and whose name claims *claimed*.

    *content* is the whole document where ``PK`` or OLE files are to be told apart.

    Raises SourceMalformed, about *path*, for what is encrypted, foreign or no known kind of XML.
    """
    if content.startswith(_OLE):
        return _form_of_ole(path, content)
    if content.startswith(_ZIP):
        return _form_of_zip(path, content)
    if b"%PDF-" in content[:1024] and claimed not in _PLAIN:
        return Form.PDF
    if content.lstrip()[:5] == rb"{\rtf":
        return Form.RTF
    if content.startswith(_PICTURES):
        raise SourceMalformed(path, "is a picture.", "Read its text with OCR and save that.")
    if claimed in _PLAIN:
        return claimed
    opening = _opening(content)
    if _is_mail(opening):
        return Form.MHTML
    root = _root_element(opening)
    form = _ROOTS.get(root.lower())
    if form is None and re.match(r"(?i)<(?:!doctype html|html|head|body|meta|title)\b", opening):
        form = Form.HTML
    if form is not None and claimed in _MARKUP | {Form.MHTML, Form.DOCX, Form.ODT, Form.PDF}:
        return form
    if claimed is Form.XML:
        what = f"is XML with the root <{root[:40]}>" if root else "is named .xml and is no XML"
        raise SourceMalformed(
            path, f"{what}, neither TEI nor Akoma Ntoso nor TMX.", "Save it in one of these."
        )
    return _believed(path, content, claimed)


def _believed(path: Path, content: bytes, claimed: Form) -> Form:
    """Return what a document is that bears no mark: markup as claimed, binary forms never."""
    if claimed in (Form.DOC, Form.RTF) and content and b"\0" not in content[:HEAD_BYTES]:
        return Form.TEXT
    if claimed in (Form.DOCX, Form.DOC, Form.ODT, Form.RTF, Form.PDF):
        what = "is empty" if not content.strip(b"\0 \r\n\t") else "is damaged"
        fact = f"{what}: it does not begin as a {claimed.value} file does."
        raise SourceMalformed(path, fact, "Fetch it again.")
    return claimed


def _form_of_ole(path: Path, content: bytes) -> Form:
    if _ENCRYPTED_STREAM in content:
        raise SourceMalformed(
            path, "is encrypted with a password.", "Open it with its password, and save it without."
        )
    for what, stream in _FOREIGN_STREAMS.items():
        if stream in content and _WORD_STREAM not in content:
            raise SourceMalformed(path, f"is {what}, not a text.", _SAVE_AS)
    return Form.DOC


def _form_of_zip(path: Path, content: bytes) -> Form:
    """Tell Word and OpenDocument packages from each other and from what holds no document."""
    if _ODT in content[:200]:
        return Form.ODT
    if _WORD_PART in content:
        return Form.DOCX
    for what, part in _FOREIGN_PARTS.items():
        if part in content:
            raise SourceMalformed(path, f"is {what}, not a text.", _SAVE_AS)
    raise SourceMalformed(
        path, "is a ZIP archive, and no document.", "Name it .zip, so that its files are read."
    )


def _opening(content: bytes) -> str:
    """Return the first characters, from the first that says something: no blanks, no comments."""
    head = content[:HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "replace")
    elif b"<\0" in head[:4] or b"\0<" in head[:4]:
        text = head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    else:
        text = head.decode("utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n")
    while text.startswith(("<?", "<!--")):
        end = "?>" if text.startswith("<?") else "-->"
        text = text.partition(end)[2].lstrip()
    return text


def _root_element(opening: str) -> str:
    """Return the local name of the root element, empty where there is none."""
    text = opening
    if text[:9].upper() == "<!DOCTYPE":
        # An internal subset may hold any number of ">"; it ends with the first "]" before one.
        bracket, close = text.find("["), text.find(">")
        if 0 <= bracket < close:
            subset = re.compile(r"\]\s*>").search(text, bracket)
            text = text[subset.end() :] if subset else ""
        else:
            text = text[close + 1 :]
        text = _opening(text.encode())
    name = _NAME.match(text)
    return name[1] if name else ""


def _is_mail(opening: str) -> bool:
    """Tell whether this is a web page that was saved as a mail: ``.mht``."""
    headers = opening[:4096].lower()
    return "mime-version:" in headers and "content-type: multipart/related" in headers
