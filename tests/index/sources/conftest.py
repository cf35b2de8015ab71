"""Raw documents for the tests of the readers."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.raw import RawDocument


@pytest.fixture
def raw_document() -> Callable[..., RawDocument]:
    """Make a document that was found, and not read yet, from its text or its bytes."""

    def make(content: str | bytes, form: Form, name: str = "document") -> RawDocument:
        encoded = content.encode() if isinstance(content, str) else content
        file = SourceFile(Path("/قرارات", name), name, form, len(encoded), 0)
        digest = hashlib.sha256(encoded).hexdigest()
        return RawDocument(file, form, encoded, digest, name, len(encoded))

    return make
