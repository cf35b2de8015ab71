"""Word files made for one test each, and read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fihris.index.sources.blocks import SourceText
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.word import read_docx
from scripts.word_writer import package_of


def raw_docx(content: bytes) -> RawDocument:
    """Return *content* as a document that was found and not read yet."""
    file = SourceFile(Path("/a.docx"), "a.docx", Form.DOCX, len(content), 0)
    return RawDocument(file, Form.DOCX, content, "", "a.docx", len(content))


@pytest.fixture
def read_content() -> Callable[[bytes], SourceText]:
    """Read the bytes of a file."""
    return lambda content: read_docx(raw_docx(content))


@pytest.fixture
def read_body() -> Callable[..., SourceText]:
    """Read a file with this body and these other parts, ``styles="<w:styles>…"`` for one."""

    def read(body: str, **parts: str) -> SourceText:
        named = {f"{name}.xml": part for name, part in parts.items()}
        document = f"<w:document><w:body>{body}</w:body></w:document>"
        return read_docx(raw_docx(package_of({"document.xml": document, **named})))

    return read
