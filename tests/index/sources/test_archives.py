"""The members of an archive are read where they are honest, and refused one by one where not."""

import gzip
import io
import json
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from fihris.index.documents import raw_documents
from fihris.index.sources import RawDocument, Refusal, SourceFile, archives, find_sources

TEXT = "نص القرار\n".encode()


def documents(path: Path) -> list[RawDocument | Refusal]:
    (file,) = find_sources([path])
    assert isinstance(file, SourceFile)
    return list(raw_documents(file))


def packed(path: Path, members: dict[str | zipfile.ZipInfo, bytes], method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def told(found: list[RawDocument | Refusal]) -> dict[str, str]:
    """Return what became of each member: its reason, empty where it was read."""
    assert all(not isinstance(one, Refusal) or one.remedy for one in found)
    return {one.member: one.reason if isinstance(one, Refusal) else "" for one in found}


def test_members_are_found_by_name_and_addressed_by_their_path(tmp_path):
    path = packed(tmp_path / "a.zip", {"b.txt": TEXT, "sub/ب.txt": TEXT, "a.txt": TEXT})
    found = documents(path)
    assert [one.name for one in found if isinstance(one, RawDocument)] == [
        "a.zip/a.txt",
        "a.zip/b.txt",
        "a.zip/sub/ب.txt",
    ]
    last = found[-1]
    assert isinstance(last, RawDocument)
    assert last.place == f"{path}!sub/ب.txt"
    assert last.content == TEXT


def test_hidden_members_folders_and_foreign_forms_are_passed_over(tmp_path):
    members = {"d/": b"", "__MACOSX/._a.txt": b"x", ".hidden/a.txt": b"x", "a.png": b"x"}
    assert documents(packed(tmp_path / "a.zip", {**members, "a.txt": TEXT}))[0].member == "a.txt"
    assert len(documents(tmp_path / "a.zip")) == 1


def test_packed_members_collections_and_archives_inside_are_read(tmp_path):
    law = json.dumps({"id": "x", "title": "ع", "provisions": [{"ref": "1", "text": "ن"}]}).encode()
    inner = io.BytesIO()
    packed(inner, {"deep.txt": TEXT, "deeper.zip": b"PK"})  # type: ignore[arg-type]
    path = packed(
        tmp_path / "a.zip",
        {
            "a.txt.xz": lzma.compress(TEXT),
            "b.txt.gz": gzip.compress(TEXT),
            "laws.jsonl": law + b"\n" + law,
            "more.zip": inner.getvalue(),
        },
    )
    found = documents(path)
    assert [(one.member, one.line) for one in found] == [
        ("a.txt.xz", None),
        ("b.txt.gz", None),
        ("laws.jsonl", 1),
        ("laws.jsonl", 2),
        ("more.zip/deep.txt", None),
        ("more.zip/deeper.zip", None),
    ]
    assert [one.content for one in found[:2] if isinstance(one, RawDocument)] == [TEXT, TEXT]
    assert "archive in an archive" in told(found)["more.zip/deeper.zip"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("/etc/a.txt", "leads out"),
        ("../a.txt", "leads out"),
        ("b/../../a.txt", "leads out"),
        ("..\\a.txt", "leads out"),
        ("C:\\a.txt", "leads out"),
        ("\\\\host\\share\\a.txt", "leads out"),
        ("a\nb.txt", "control character"),
        ("a\x1b[2J.txt", "control character"),
    ],
)
def test_a_name_that_tricks_is_refused_and_the_rest_is_read(tmp_path, name, reason):
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    path = packed(tmp_path / "a.zip", {info: TEXT, "good.txt": TEXT})
    becoming = told(documents(path))
    assert becoming.pop("good.txt") == ""
    (refused,) = becoming.values()
    assert reason in refused
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


def test_a_name_with_a_nul_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.txtX.txt": TEXT, "good.txt": TEXT})
    path.write_bytes(path.read_bytes().replace(b"a.txtX.txt", b"a.txt\0.txt"))
    becoming = told(documents(path))
    assert becoming.pop("good.txt") == ""
    assert "control character" in "".join(becoming.values())


def test_backslashes_part_folders_as_windows_wrote_them(tmp_path):
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = "sub\\a.txt"
    (found,) = documents(packed(tmp_path / "a.zip", {info: TEXT}))
    assert isinstance(found, RawDocument)
    assert found.name == "a.zip/sub/a.txt"


def test_links_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = packed(tmp_path / "a.zip", {link: b"/etc/passwd", "good.txt": TEXT})
    becoming = told(documents(path))
    assert "link" in becoming["link.txt"]
    assert becoming["good.txt"] == ""


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_name_the_second_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.txt", b"another")
    first, second = documents(tmp_path / "a.zip")
    assert isinstance(first, RawDocument)
    assert first.content == TEXT
    assert isinstance(second, Refusal)
    assert "same name" in second.reason


def test_an_encrypted_member_is_refused_with_what_to_do(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT})
    content = bytearray(path.read_bytes())
    for mark, flags_at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + flags_at] |= 1
    path.write_bytes(content)
    refused, read = documents(path)
    assert isinstance(refused, Refusal)
    assert "encrypted" in refused.reason
    assert "password" in refused.remedy
    assert isinstance(read, RawDocument)


def test_a_member_with_a_wrong_checksum_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(TEXT, TEXT.replace("نص".encode(), "نس".encode()), 1))
    becoming = told(documents(path))
    assert "CRC" in becoming["a.txt"]
    assert becoming["b.txt"] == ""


def test_a_member_packed_in_an_unknown_way_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT})
    content = bytearray(path.read_bytes())
    for mark, method_at in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        content[content.index(mark) + method_at] = 98  # PPMd
    path.write_bytes(content)
    becoming = told(documents(path))
    assert "packed in a way" in becoming["a.txt"]
    assert becoming["b.txt"] == ""


@pytest.mark.parametrize("kept", [10, 60, -30])
def test_a_truncated_archive_is_refused(tmp_path, kept):
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT})
    path.write_bytes(path.read_bytes()[:kept])
    (refused,) = documents(path)
    assert isinstance(refused, Refusal)
    assert "damaged or truncated" in refused.reason


@pytest.mark.parametrize(
    ("name", "encoding"), [("قرار.txt", "cp1256"), ("قرار.txt", "utf-8"), ("décision.txt", "cp437")]
)
def test_a_name_in_an_unmarked_encoding_is_understood(tmp_path, name, encoding):
    written = name.encode(encoding)
    standin = "x" * len(written)
    path = packed(tmp_path / "a.zip", {standin: TEXT})
    path.write_bytes(path.read_bytes().replace(standin.encode(), written))
    (found,) = documents(path)
    assert isinstance(found, RawDocument)
    assert found.name == f"a.zip/{name}"


def test_the_unicode_path_that_windows_programs_add_is_preferred(tmp_path):
    info = zipfile.ZipInfo("qrar.txt")
    name = "قرار.txt".encode()
    field = b"\1" + struct.pack("<L", zlib.crc32(b"qrar.txt")) + name
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    (found,) = documents(packed(tmp_path / "a.zip", {info: TEXT}))
    assert isinstance(found, RawDocument)
    assert found.name == "a.zip/قرار.txt"


def test_an_archive_of_the_large_kind_is_read(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(TEXT)
    (found,) = documents(tmp_path / "a.zip")
    assert isinstance(found, RawDocument)
    assert found.content == TEXT


def test_a_member_that_swells_is_refused_unread(tmp_path):
    path = packed(tmp_path / "a.zip", {"bomb.txt": bytes(30 * 1024**2), "good.txt": TEXT})
    becoming = told(documents(path))
    assert "times larger" in becoming["bomb.txt"]
    assert becoming["good.txt"] == ""


def test_members_that_overlap_are_known_for_a_bomb(tmp_path):
    """As David Fifield's zbsm.zip does: many names for the same packed bytes."""
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT * 100})
    content = path.read_bytes()
    directory_at, end_at = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    entry = content[directory_at:end_at]
    entries = b"".join(entry.replace(b"a.txt", b"%d.txt" % number) for number in range(9))
    end = bytearray(content[end_at:])
    end[8:12] = struct.pack("<HH", 9, 9)
    end[12:16] = struct.pack("<L", len(entries))
    path.write_bytes(content[:directory_at] + entries + end)
    (refused,) = documents(path)
    assert isinstance(refused, Refusal)
    assert "overlap" in refused.reason


def test_all_members_together_may_not_exceed_what_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 3 * len(TEXT))
    inner = io.BytesIO()
    packed(inner, {"c.txt": TEXT})  # type: ignore[arg-type]
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", len(inner.getvalue()) + 3 * len(TEXT) - 1)
    members = {"a.txt": TEXT, "b.txt": TEXT, "c.zip": inner.getvalue()}
    becoming = told(documents(packed(tmp_path / "a.zip", members)))
    assert [name for name, reason in becoming.items() if "beyond" in reason] == ["c.zip/c.txt"]


def test_an_archive_of_too_many_members_is_refused(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {f"{number}.txt": b"" for number in range(11)})
    monkeypatch.setattr(archives, "MAX_MEMBERS", 10)
    (refused,) = documents(path)
    assert isinstance(refused, Refusal)
    assert "more than 10 members" in refused.reason
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 100)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it would hold the whole directory
    (refused,) = documents(path)
    assert isinstance(refused, Refusal)


def test_a_member_without_an_address_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"x" * 600 + ".txt": TEXT, "good.txt": TEXT})
    becoming = told(documents(path))
    assert becoming.pop("good.txt") == ""
    assert "gives no address" in "".join(becoming.values())


def test_a_packed_archive_is_read(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT})
    (tmp_path / "a.zip.xz").write_bytes(lzma.compress(path.read_bytes()))
    (found,) = documents(tmp_path / "a.zip.xz")
    assert isinstance(found, RawDocument)
    assert found.name == "a.zip.xz/a.txt"
