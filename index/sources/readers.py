"""Readers: which one takes a document of each form; a reader is imported when it is first needed.

A reader is a function from a :class:`RawDocument` to a :class:`SourceText` that raises
SourceMalformed when the document is not what it claims to be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from fihris.index.resolution import SourceKind
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

#: What LibreOffice makes a Word file of before it is read, and what is told of its source.
OFFICE_FORMS = {
    Form.DOC: SourceKind.DOC,
    Form.ODT: SourceKind.ODT,
    Form.RTF: SourceKind.RTF,
}


def read_source(raw: RawDocument) -> SourceText:
    """Return what the reader for the form of *raw* makes of it.

    Of OFFICE_FORMS the Word file is expected that LibreOffice made.

    Raises SourceMalformed when *raw* is not what it claims to be.
    """
    kind = OFFICE_FORMS.get(raw.form)
    if kind is not None:
        return replace(read_source(replace(raw, form=Form.DOCX)), kind=kind)
    module, name = _READERS[raw.form]
    reader = cast(Reader, getattr(import_module(f"fihris.index.sources.{module}"), name))
    return reader(raw)
