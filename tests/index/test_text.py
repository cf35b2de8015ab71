"""A text file is one document."""

import hashlib
import lzma
from pathlib import Path

import pytest

from fihris.index.documents import raw_documents
from fihris.index.errors import SourceMalformed
from fihris.index.sources import RawDocument, SourceFile, find_sources
from fihris.index.sources.encoding import Decoded
from fihris.index.sources.entries import read_content, whole_file
from fihris.index.sources.text import decoded_text


def source_file(path: Path) -> SourceFile:
    (found,) = find_sources([path])
    assert isinstance(found, SourceFile)
    return found


def read_text(file: SourceFile) -> Decoded:
    (raw,) = raw_documents(file)
    assert isinstance(raw, RawDocument)
    return decoded_text(raw)


def test_a_text_is_read_with_its_encoding_and_checksum(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes("قرار\r\n".encode("cp1256"))
    (source,) = raw_documents(source_file(path))
    assert isinstance(source, RawDocument)
    decoded = decoded_text(source)
    assert (decoded.text, decoded.encoding) == ("قرار\n", "windows-1256")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf \r\n\t"])
def test_an_empty_text_is_refused(tmp_path: Path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(SourceMalformed, match="is empty"):
        read_text(source_file(tmp_path / "a.txt"))


def test_a_truncated_packed_text_is_refused(tmp_path: Path):
    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress("نص طويل ".encode() * 1000)[:-20])
    with pytest.raises(SourceMalformed, match="cannot be unpacked"):
        read_content(whole_file(source_file(path)))


def test_a_small_packed_file_cannot_fill_the_memory(tmp_path: Path):
    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(b"x" * 1001))
    with pytest.raises(SourceMalformed, match="too large"):
        read_content(whole_file(source_file(path)), 1000)
