"""Web pages: the UN's own, old and new, and what Word and LibreOffice save as HTML.

``decoding`` turns bytes into text, ``tree`` parses it and knows what no reader of the page sees,
``notes`` pairs note marks with their bodies, ``lists`` rebuilds the labels of lists, ``blocks``
gathers text into blocks, and ``reading`` goes through the page.
"""

from fihris.index.sources.html.reading import read_html

__all__ = ["read_html"]
