"""Readers: which one takes a document of each form; a reader is imported when it is first needed.

A reader is a function from a :class:`RawDocument` to a :class:`SourceText` that raises
SourceMalformed when the document is not what it claims to be.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from fihris.index.sources.blocks import SourceText
from fihris.index.sources.files import Form
from fihris.index.sources.raw import RawDocument

Reader = Callable[[RawDocument], SourceText]

#: Module in this package, and function in it. TEXT and COLLECTION are read without one.
_READERS = {
    Form.DOCX: ("word", "read_docx"),
    Form.PDF: ("pdf", "read_pdf"),
    Form.HTML: ("html", "read_html"),
    Form.MHTML: ("mhtml", "read_mhtml"),
    Form.TMX: ("tmx", "read_tmx"),
    Form.TEI: ("tei", "read_tei"),
    Form.AKN: ("akn", "read_akn"),
}

#: What LibreOffice makes a Word file of before it is read; ``SourceText.kind`` is set afterwards.
OFFICE_FORMS = frozenset({Form.DOC, Form.ODT, Form.RTF})


def reader_of(form: Form) -> Reader:
    """Return the reader of documents of *form*.

    Raises KeyError for forms that are not read from blocks.
    """
    module, name = _READERS[form]
    return cast(Reader, getattr(import_module(f"fihris.index.sources.{module}"), name))
