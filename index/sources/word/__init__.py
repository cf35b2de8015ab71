"""The reader of Word files: ``.docx`` and ``.docm``, and what LibreOffice made of older forms.

A file is a zip of XML parts (ECMA-376). ``package`` opens it and finds its parts, ``styles`` and
``numbering`` know what is not written in a paragraph itself, ``paragraphs`` reads one paragraph,
``story`` the paragraphs, tables and text boxes of a part in order, and ``reading`` puts the
document together.
"""

from fihris.index.sources.word.reading import read_docx

__all__ = ["read_docx"]
