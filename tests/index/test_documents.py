"""What stands in a folder of mixed forms is found, read and indexed, and found again unchanged."""

import lzma
import zipfile
from pathlib import Path

import pytest

from fihris.index import open_index, sync
from fihris.index.documents import ReadDocument, raw_documents, read_documents
from fihris.index.parser import parse
from fihris.index.report import Tally
from fihris.index.sources import Form, RawDocument, Refusal, SourceFile, find_sources
from scripts.word_writer import write_docx

TEXT = "عنوان\nنص أول\nنص ثان"
PAGE = "<html><body><p>عنوان</p><p>نص أول</p><p>نص ثان</p></body></html>"
MEMORY = (
    '<tmx version="1.4"><header/><body>'
    '<tu tuid="95_31:1"><tuv xml:lang="AR"><seg>نص من ذاكرة</seg></tuv></tu>'
    '<tu tuid="95_32:1"><tuv xml:lang="AR"><seg>نص آخر من ذاكرة</seg></tuv></tu></body></tmx>'
)


@pytest.fixture
def word_file() -> bytes:
    return write_docx(parse(TEXT, fallback_address="x"))


def read(path: Path) -> list[ReadDocument | Refusal]:
    found = [
        raw
        for file in find_sources([path])
        if isinstance(file, SourceFile)
        for raw in raw_documents(file)
    ]
    return list(read_documents(found))


def test_a_mixed_folder_is_indexed_and_found_unchanged(tmp_path, word_file):
    folder, index = tmp_path / "in", tmp_path / "index"
    folder.mkdir()
    (folder / "a.docx").write_bytes(word_file)
    (folder / "b.docx.xz").write_bytes(lzma.compress(word_file + b"\0"))
    (folder / "c.html").write_text(PAGE, "utf-8")
    (folder / "d.txt").write_text(TEXT, "utf-8")
    with zipfile.ZipFile(folder / "e.zip", "w") as archive:
        archive.writestr("in/f.docx", word_file)
        archive.writestr("in/g.txt", TEXT + ".")
        archive.writestr("in/memory.tmx", MEMORY)
        archive.writestr("../out.txt", TEXT)
    report = sync(index, [folder])
    addresses = {record.document.address for record in open_index(index).records()}
    assert {
        "a.docx",
        "b.docx.xz",
        "c.html",
        "d.txt",
        "e.zip/in/f.docx",
        "e.zip/in/g.txt",
    } <= addresses
    assert len(addresses) == 8
    assert [refusal.member for refusal in report.refused] == ["../out.txt"]
    again = sync(index, [folder])
    assert (again.added, again.replaced) == (Tally(), Tally())
    assert again.unchanged.documents == 8


def test_a_member_that_leaves_an_archive_takes_nothing_else_along(tmp_path, word_file):
    folder, index = tmp_path / "in", tmp_path / "index"
    folder.mkdir()
    for members in (("a.docx", "b.docx"), ("b.docx",)):
        with zipfile.ZipFile(folder / "e.zip", "w") as archive:
            for member in members:
                archive.writestr(member, word_file + member.encode())
        sync(index, [folder])
    documents = {record.document.address for record in open_index(index).records()}
    assert "e.zip/b.docx" in documents


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.doc", PAGE.encode(), Form.HTML),
        ("a.doc", TEXT.encode(), Form.TEXT),
        ("a.rtf", b"docx", Form.DOCX),
        ("a.html", b"docx", Form.DOCX),
    ],
)
def test_what_a_name_claims_wrongly_is_told(tmp_path, word_file, name, content, form):
    path = tmp_path / name
    path.write_bytes(word_file if content == b"docx" else content)
    (one,) = read(path)
    assert isinstance(one, ReadDocument)
    assert one.raw.form is form
    assert f"named {path.suffix} and was read as what it is: {form.value}" in " ".join(
        one.document.warnings
    )
    assert [unit.text for unit in one.document.paragraphs[1:]] == ["نص أول", "نص ثان"]


def test_xml_is_told_by_its_root_and_nobody_is_warned(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(MEMORY, "utf-8")
    (file,) = find_sources([path])
    assert isinstance(file, SourceFile)
    found = list(raw_documents(file))
    assert [one.member for one in found if isinstance(one, RawDocument)] == ["95_31", "95_32"]
    assert all(
        isinstance(one, ReadDocument) and "named" not in " ".join(one.document.warnings)
        for one in read(path)
    )
