"""PDF files: from glyphs with their places to paragraphs in reading order.

A PDF knows neither words nor lines nor the order of reading; it knows where each glyph is drawn.
Everything is worked out from those places, for the order in which programs write Arabic into
the file, and the order in which libraries give it back, are both unreliable.
"""

from fihris.index.sources.pdf.reader import read_pdf

__all__ = ["read_pdf"]
