"""Small collections and indexes for the tests of this room."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.raw import RawDocument


@pytest.fixture
def law() -> Callable[..., dict[str, object]]:
    """Make a document of a collection, with a provision for each text."""

    def make(name: str, *texts: str, **entries: object) -> dict[str, object]:
        provisions = [{"ref": f"art{n}", "text": text} for n, text in enumerate(texts, start=1)]
        return {"id": name, "title": f"قانون {name}", "provisions": provisions, **entries}

    return make


@pytest.fixture
def write_laws(tmp_path: Path) -> Callable[..., Path]:
    """Write a collection and return its path; a line given as text is written as it is."""

    def write(*laws: dict[str, object] | str, name: str = "laws.jsonl") -> Path:
        lines = [
            line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in laws
        ]
        path = tmp_path / "sources" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path

    return write


@pytest.fixture
def raw_document() -> Callable[..., RawDocument]:
    """Make a document that was found, and not read yet, from its text or its bytes."""

    def make(content: str | bytes, form: Form, name: str = "document") -> RawDocument:
        encoded = content.encode() if isinstance(content, str) else content
        file = SourceFile(Path("/قرارات", name), name, form, len(encoded), 0)
        digest = hashlib.sha256(encoded).hexdigest()
        return RawDocument(file, form, encoded, digest, name, len(encoded))

    return make
