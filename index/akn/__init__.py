"""Akoma Ntoso: a document of the index as XML, so that others can use the parse.

The model is AKN4UN, the United Nations' guidelines for Akoma Ntoso 3.0; the schema is that of
OASIS. ``names`` gives identifiers, ``metadata`` says what the document is, ``inline`` writes
running text with its references, dates and notes, and ``structure`` the document around it.
:func:`fihris.index.sources.akn.read_akn` reads all of it back.
"""

from fihris.index.akn.structure import akn_of

__all__ = ["akn_of"]
