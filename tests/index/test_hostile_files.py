"""Files made to harm: each is read or refused in bounded time and memory, and the rest is read.

All of them lie in one folder, which is read once, by a process that may not take more than one
gigabyte of memory. A web server and a secret file stand beside it, and nobody may ask for them.
"""

import base64
import gzip
import io
import json
import lzma
import os
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CLONE = Path(__file__).resolve().parents[2]
SECRET = "سر لا يجوز أن يقرأه أحد"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARAGRAPHS = "".join(f"<w:p><w:r><w:t>تقرر الجمعية {n}</w:t></w:r></w:p>" for n in range(3))
MIB = 1024**2
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Seconds for the whole folder; alone on a machine it takes some ten.
MOST_SECONDS = 400


def docx(body: str = PARAGRAPHS, doctype: str = "", **parts: str | bytes) -> bytes:
    """Return a Word file; *parts* are named by their paths, with ``__`` for ``/``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        document = (
            f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}">'
            f"<w:body>{body}</w:body></w:document>"
        )
        package.writestr("word/document.xml", document)
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """Return a PDF file of these objects; the first is the catalogue."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(len(content))
        body = written.encode("latin-1") if isinstance(written, str) else written
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer.encode(),
        table,
    )
    return bytes(content)


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


CATALOGUE, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
TEXT_PAGE = b"BT /F 12 Tf 50 700 Td (The Assembly decides to read one more page) Tj ET"


def one_page(content: bytes, resources: str, *more: str | bytes) -> bytes:
    page = f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {resources} >> >>"
    return pdf(CATALOGUE, PAGES, page, stream(content), *more)


HELVETICA = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    pages = f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 600 800] >>"
    page = f"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << {HELVETICA} >> >>"
    return pdf(
        CATALOGUE,
        pages,
        *[page % number for number in range(3 + count, 3 + 2 * count)],
        *[stream(page_of_text(number)) for number in range(count)],
    )


def page_of_text(number: int) -> bytes:
    """Return lines that no other page has, or they would be taken for its head."""
    word = "".join(chr(ord("a") + int(figure)) for figure in str(number))
    lines = [f"(The Assembly decides {word * row}) Tj 0 -{14 + number % 3} Td" for row in range(9)]
    return f"BT /F 12 Tf 50 {750 - number % 50} Td {' '.join(lines)} ET".encode()


def deep_pages(depth: int) -> bytes:
    nodes = [f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>" for number in range(2, depth)]
    return pdf(CATALOGUE, *nodes, f"<< /Type /Page /Parent {depth} 0 R >>")


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def laughs(root: str, use: str) -> str:
    """Return XML whose entities would become 10 to the power of 9 words."""
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    doctype = f'<!DOCTYPE {root} [<!ENTITY l0 "ها">{entities}]>'
    return doctype + use.replace("ENTITY", "&l9;")


TEI = "<TEI><text><body><p>ENTITY</p></body></text></TEI>"
AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="r">'
    "<mainBody><paragraph><content><p>ENTITY</p></content></paragraph></mainBody></statement>"
    "</akomaNtoso>"
)
TMX = (
    '<tmx version="1.4"><header/><body><tu tuid="1:1"><tuv xml:lang="AR"><seg>ENTITY</seg></tuv>'
    "</tu></body></tmx>"
)


def external(root: str, use: str, place: str) -> str:
    doctype = f'<!DOCTYPE {root} SYSTEM "{place}/x.dtd" [<!ENTITY e SYSTEM "{place}">]>'
    return doctype + use.replace("ENTITY", "نص &e; نص")


def entity_files(web: str, secret: str) -> Iterator[tuple[str, str | bytes]]:
    for kind, place in (("web", web), ("file", secret)):
        for suffix, root, use in (
            ("tei.xml", "TEI", TEI),
            ("akn", "akomaNtoso", AKN),
            ("tmx", "tmx", TMX),
        ):
            yield f"external-{kind}.{suffix}", external(root, use, place)
            yield f"laughs-{kind}.{suffix}", laughs(root, use)
        doctype = f'<!DOCTYPE d SYSTEM "{place}" [<!ENTITY e SYSTEM "{place}">]>'
        body = "<w:p><w:r><w:t>نص &e; نص</w:t></w:r></w:p>"
        yield f"external-{kind}.docx", docx(body, doctype)
        target = (
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="i" Type="{OFFICE}/image" '
            f'Target="{place}" TargetMode="External"/><Relationship Id="f" '
            f'Type="{OFFICE}/footnotes" Target="{place}" TargetMode="External"/></Relationships>'
        )
        yield f"relationship-{kind}.docx", docx(word___rels__document__xml__rels=target)
        page = (
            f'<!DOCTYPE html SYSTEM "{place}"><html><head><link rel=stylesheet href="{place}">'
            f'<meta http-equiv=refresh content="0;url={place}"></head><body>'
            f'<iframe src="{place}"></iframe><p>تقرر الجمعية</p></body></html>'
        )
        yield f"external-{kind}.html", page
    yield "laughs.docx", docx(laughs("d", "ENTITY"), "")


def bombs() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(300 * MIB)
    blanks = b" " * (300 * MIB)
    yield "bomb.docx", docx(word__footnotes__xml=b"", **{"word__media__a.png": zeros})
    yield "bomb-of-text.docx", docx(f"<w:p><w:r><w:t>{' ' * (100 * MIB)}</w:t></w:r></w:p>")
    yield "bomb.txt.gz", gzip.compress(blanks, 1)
    yield "bomb.pdf.xz", lzma.compress(b"%PDF-1.7\n" + zeros, preset=0)
    yield "bomb.jsonl.xz", lzma.compress(zeros, preset=0)
    yield (
        "bomb.tmx.xz",
        lzma.compress(b"<tmx><body><tu>" + b"<note>x</note>" * (20 * MIB), preset=0),
    )
    yield "bomb.zip", archive(a__txt=zeros)
    inner = archive(a__txt=zeros)
    yield "nested.zip", archive(**{f"{number}__zip": inner for number in range(3)})
    yield "bomb-in-a-page.pdf", one_page(b"q " * (60 * MIB), HELVETICA)


def asking_for_memory(content: bytes) -> bytes:
    """Return *content* as .xz that wants a dictionary of 3 GiB before it gives a byte."""
    packed = bytearray(lzma.compress(content, preset=0))
    packed[16] = 39  # the size of the dictionary, in the header of the first block
    packed[20:24] = struct.pack("<L", zlib.crc32(packed[12:20]))
    return bytes(packed)


def greedy() -> Iterator[tuple[str, bytes]]:
    yield "greedy.txt.xz", asking_for_memory("نص القرار".encode())
    yield "greedy.jsonl.xz", asking_for_memory(b'{"id": "x"}')
    yield "greedy.tmx.xz", asking_for_memory(TMX.encode())


def deep() -> Iterator[tuple[str, str | bytes]]:
    depth = 100_000
    yield "deep.docx", docx("<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth)
    yield "deep.html", "<html><body>" + "<div>" * depth + "<p>تقرر الجمعية"
    yield "deep-tables.html", "<table><tr><td>" * depth + "تقرر الجمعية"
    yield "deep.tei.xml", "<TEI>" + "<p>" * depth + "</p>" * depth + "</TEI>"
    yield "deep.akn", "<akomaNtoso>" + "<p>" * depth + "</p>" * depth + "</akomaNtoso>"
    yield "deep.tmx", "<tmx>" + "<body>" * depth
    yield "deep.jsonl", '{"id": ' + "[" * depth
    yield "deep.pdf", deep_pages(20_000)
    yield "deep-array.pdf", pdf(CATALOGUE, "[" * depth, "<<" * depth)
    yield (
        "deep.mht",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
        + ("--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5_000),
    )


def images() -> Iterator[tuple[str, str | bytes]]:
    header = zlib.compress(b"")
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\2\0\0\0" + header
    yield "image.docx", docx(**{"word__media__a.png": png})
    image = (
        "/XObject << /I 5 0 R >>",
        stream(
            bytes(MIB),
            "/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 "
            "/ColorSpace /DeviceRGB /BitsPerComponent 16",
        ),
    )
    yield "image.pdf", one_page(b"q 600 0 0 800 0 0 cm /I Do Q " + TEXT_PAGE, *image)
    inline = base64.b64encode(bytes(8 * MIB)).decode()
    yield "image.html", f'<html><p>تقرر الجمعية</p><img src="data:image/png;base64,{inline}">'


def fonts() -> Iterator[tuple[str, bytes]]:
    broken = (
        "<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 "
        "/FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 6 0 R >> >>"
    )
    font = b"\0\1\0\0\xff\xff" + bytes(range(256)) * 40
    yield "font.pdf", one_page(TEXT_PAGE, "/Font << /F 5 0 R >>", broken, stream(font))
    itself = "<< /Type /Font /Subtype /Type0 /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"
    yield "font-of-itself.pdf", one_page(TEXT_PAGE, "/Font << /F 5 0 R >>", itself)


def encrypted_and_broken() -> Iterator[tuple[str, str | bytes]]:
    yield "encrypted.docx", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({'o' * 32}) /U ({'u' * 32}) >>"
    ids = f"/ID [<{'00' * 16}> <{'00' * 16}>]"
    yield "encrypted.pdf", pdf(CATALOGUE, PAGES, "<< /Type /Page >>", trailer=f"{locked} {ids}")
    whole = {
        "docx": docx(PARAGRAPHS * 50),
        "pdf": many_pages(3),
        "zip": archive(a__txt=os.urandom(4000)),
        "docx.xz": lzma.compress(docx()),
        "html.gz": gzip.compress(("<html><p>تقرر الجمعية" * 99).encode()),
        "tei.xml": TEI.encode(),
        "akn": AKN.encode(),
        "tmx": TMX.encode(),
    }
    for suffix, content in whole.items():
        yield f"truncated.{suffix}", content[: len(content) // 2]
        yield f"empty.{suffix}", b""
        yield f"zeros.{suffix}", bytes(4096)
    yield "endless.rtf.gz", gzip.compress(rb"{\rtf1" + rb"{\par" * (5 * MIB))[:-9]


# Reads the folder with the limits that everybody has, and tells what became of each file.
_READ = """
import json, resource, sys
from pathlib import Path
from fihris.index.documents import raw_documents, read_documents
from fihris.index.sources import Refusal, find_sources

resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3))

def found():
    for source in find_sources([Path(sys.argv[1])]):
        if isinstance(source, Refusal):
            yield source
        else:
            yield from raw_documents(source)

for one in read_documents(found()):
    if isinstance(one, Refusal):
        told = [one.path.name, one.member, one.reason, one.remedy, ""]
    else:
        text = "\\n".join(paragraph.text for paragraph in one.document.paragraphs)
        told = [one.raw.file.path.name, one.raw.member, "", "", text[:2000]]
    print(json.dumps(told), flush=True)
"""


@dataclass(frozen=True)
class Told:
    """What became of one document: it has a text, or a reason and a remedy."""

    file: str
    member: str
    reason: str
    remedy: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What became of the folder, how long it took, and what was asked of the web server."""

    told: list[Told]
    seconds: float
    asked: list[str]
    folder: Path
    before: list[str]

    def of(self, file: str) -> Told:
        (told,) = [told for told in self.told if told.file == file]
        return told


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    pytest.importorskip("resource", reason="this system cannot limit the memory of a process")
    folder = tmp_path_factory.mktemp("hostile")
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text(SECRET)
    asked: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_request(self, *_: Any) -> None:
            """Keep silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    web = f"http://127.0.0.1:{server.server_port}/asked"
    files: dict[str, str | bytes] = {
        "a-good.docx": docx(),
        "m-good.txt": "تقرر الجمعية\nأن تمضي",
        "z-good.docx": docx(),
        "2000-pages.pdf": many_pages(2000),
    }
    for kind in (
        entity_files(web, secret.as_uri()),
        bombs(),
        greedy(),
        deep(),
        images(),
        fonts(),
        encrypted_and_broken(),
    ):
        files.update(kind)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    before = sorted(path.name for path in folder.iterdir())
    start = time.monotonic()
    try:
        ran = subprocess.run(
            [sys.executable, "-c", _READ, str(folder)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(CLONE)},
            stdout=subprocess.PIPE,
            timeout=MOST_SECONDS,
            check=True,
        )
    finally:
        server.shutdown()
        server.server_close()
    told = [Told(*json.loads(line)) for line in ran.stdout.splitlines()]
    yield Reading(told, time.monotonic() - start, asked, folder, before)


def test_every_file_is_read_or_refused_with_a_reason_and_a_remedy(reading):
    assert {told.file for told in reading.told} == set(reading.before)
    assert all(told.text or (told.reason and told.remedy) for told in reading.told)
    assert all(len(told.reason) < 500 for told in reading.told)


def test_the_good_files_among_them_are_read(reading):
    for name in ("a-good.docx", "m-good.txt", "z-good.docx"):
        assert "تقرر الجمعية" in reading.of(name).text


def test_nobody_was_asked_and_no_secret_was_told(reading):
    assert reading.asked == []
    assert all(SECRET not in told.text + told.reason for told in reading.told)


def test_nothing_was_written_beside_the_files(reading):
    assert sorted(path.name for path in reading.folder.iterdir()) == reading.before


@pytest.mark.parametrize("suffix", ["tei.xml", "akn", "tmx"])
@pytest.mark.parametrize("kind", ["external-web", "external-file", "laughs-web"])
def test_entities_are_refused(reading, kind, suffix):
    assert "entit" in reading.of(f"{kind}.{suffix}").reason  # "entities", or "entity amplification"


@pytest.mark.parametrize("name", ["external-web.docx", "external-file.docx", "laughs.docx"])
def test_entities_in_a_word_file_are_not_expanded(reading, name):
    assert len(reading.of(name).text) < 100


@pytest.mark.parametrize("kind", ["web", "file"])
def test_references_to_the_outside_are_not_followed_and_the_text_is_read(reading, kind):
    assert "تقرر الجمعية" in reading.of(f"relationship-{kind}.docx").text
    assert "تقرر الجمعية" in reading.of(f"external-{kind}.html").text


@pytest.mark.parametrize(
    "name",
    """bomb-of-text.docx bomb.txt.gz bomb.pdf.xz bomb.jsonl.xz bomb.tmx.xz bomb.zip
    bomb-in-a-page.pdf""".split(),
)
def test_bombs_are_refused(reading, name):
    assert reading.of(name).reason


def test_a_bomb_among_the_pictures_of_a_word_file_is_not_even_unpacked(reading):
    assert "تقرر الجمعية" in reading.of("bomb.docx").text


@pytest.mark.parametrize("form", ["txt", "jsonl", "tmx"])
def test_a_packed_file_that_asks_for_too_much_memory_is_refused(reading, form):
    assert "more memory than there is" in reading.of(f"greedy.{form}.xz").reason


def test_nested_bombs_are_refused_one_by_one(reading):
    nested = [told for told in reading.told if told.file == "nested.zip"]
    assert len(nested) == 3
    assert all("times larger" in told.reason for told in nested)


@pytest.mark.parametrize("name", ["image.docx", "image.pdf", "image.html"])
def test_huge_images_are_passed_over(reading, name):
    assert reading.of(name).text


@pytest.mark.parametrize("name", ["encrypted.docx", "encrypted.pdf"])
def test_what_is_encrypted_is_told(reading, name):
    assert "password" in reading.of(name).reason


@pytest.mark.parametrize("suffix", "docx zip docx.xz tei.xml akn tmx".split())
@pytest.mark.parametrize("kind", ["truncated", "empty", "zeros"])
def test_what_is_broken_is_refused(reading, kind, suffix):
    assert reading.of(f"{kind}.{suffix}").reason


def test_a_pdf_of_2000_pages_is_read(reading):
    assert "The Assembly decides" in reading.of("2000-pages.pdf").text
