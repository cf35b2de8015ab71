"""Glyphs: the characters of a page with the places they are drawn at."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import addressof, c_double, c_float
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# Characters that no reader sees, and those that stand for "no character" in a font's table.
_UNSEEN = frozenset({0, 0xD, 0xA, 0xAD, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 2})
_NONCHARACTERS = range(0xFDD0, 0xFDF0)


class Glyph(NamedTuple):
    """A character as it is drawn, in points, on a page whose y axis points down.

    ``x`` is where the pen stood, ``left`` and ``right`` what the glyph takes up, ``y`` the base
    line, ``size`` that of the font. The characters of a ligature share a place.
    """

    char: str
    x: float
    left: float
    right: float
    y: float
    size: float


class _Window(NamedTuple):
    """The part of a page in which a piece of text may be seen, y axis upwards."""

    left: float = -math.inf
    bottom: float = -math.inf
    right: float = math.inf
    top: float = math.inf

    def shows(self, box: pdfium_c.FS_RECTF) -> bool:
        """Tell whether the middle of *box* lies inside."""
        across: float = (box.left + box.right) / 2
        up: float = (box.bottom + box.top) / 2
        return self.left <= across <= self.right and self.bottom <= up <= self.top


class _Run(NamedTuple):
    """What all glyphs of one piece of drawn text share."""

    size: float
    quarter: int
    window: _Window


def read_glyphs(page: pdfium.PdfPage, most: int) -> list[Glyph]:
    """Return the glyphs of *page* in the order of the file, at most so many.

    Text that is turned against the rest of its page (a note along the margin) is left out; a
    page that is turned as a whole is turned back.
    """
    text_page = page.get_textpage()
    try:
        found = _drawn(text_page.raw, min(text_page.count_chars(), most))
    finally:
        text_page.close()
    if not found:
        return []
    quarter = Counter(turn for _, turn in found).most_common(1)[0][0]
    return [_upright(glyph, quarter) for glyph, turn in found if turn == quarter]


def _drawn(text_page: pdfium_c.FPDF_TEXTPAGE, count: int) -> list[tuple[Glyph, int]]:
    """Return the glyphs as the file places them, y axis upwards, and the turn of each."""
    box = pdfium_c.FS_RECTF()
    x, y = c_double(), c_double()
    runs: dict[int, _Run] = {}
    found: list[tuple[Glyph, int]] = []
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        if code in _UNSEEN or code in _NONCHARACTERS or 0xD800 <= code < 0xE000:
            continue
        drawn = pdfium_c.FPDFText_GetTextObject(text_page, index)
        if not drawn:  # the library made it up: a space between words, a line end
            continue
        key = addressof(drawn.contents)
        run = runs.get(key)
        if run is None:
            run = runs[key] = _run(text_page, index)
        if not pdfium_c.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        # Browsers draw tall letters of the next page here once more, and clip nearly all of them.
        if not run.window.shows(box):
            continue
        if not pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y):
            continue
        if run.quarter % 2:
            left, right, pen, base = box.bottom, box.top, y.value, x.value
        else:
            left, right, pen, base = box.left, box.right, x.value, y.value
        if run.size > 0 and math.isfinite(left + right + pen + base):
            # Of some glyphs the library gives the ink alone; the pen stood before its bearing.
            if left - run.size < pen < left:
                left = pen
            glyph = Glyph(chr(code), pen, left, right, base, run.size)
            found.append((glyph, run.quarter))
    return found


def _run(text_page: pdfium_c.FPDF_TEXTPAGE, index: int) -> _Run:
    matrix = pdfium_c.FS_MATRIX()
    size = abs(pdfium_c.FPDFText_GetFontSize(text_page, index))
    window = _window(pdfium_c.FPDFText_GetTextObject(text_page, index))
    if not pdfium_c.FPDFText_GetMatrix(text_page, index, matrix):
        return _Run(size, 0, window)
    quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return _Run(size * math.hypot(matrix.c, matrix.d), quarter, window)


def _window(drawn: pdfium_c.FPDF_PAGEOBJECT) -> _Window:
    """Return the rectangle round what the clip paths of an object leave of the page."""
    window = _Window()
    clip = pdfium_c.FPDFPageObj_GetClipPath(drawn)
    x, y = c_float(), c_float()
    for path in range(max(pdfium_c.FPDFClipPath_CountPaths(clip), 0)):
        across, up = [], []
        for at in range(max(pdfium_c.FPDFClipPath_CountPathSegments(clip, path), 0)):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, at)
            if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
                across.append(x.value)
                up.append(y.value)
        if across:
            window = _Window(
                max(window.left, min(across)),
                max(window.bottom, min(up)),
                min(window.right, max(across)),
                min(window.top, max(up)),
            )
    return window


def _upright(glyph: Glyph, quarter: int) -> Glyph:
    """Return *glyph* on a page that has been turned back by so many quarters, y axis down."""
    match quarter:
        case 0:
            return glyph._replace(y=-glyph.y)
        case 1:
            return glyph
        case 2:
            return glyph._replace(x=-glyph.x, left=-glyph.right, right=-glyph.left)
        case _:
            return glyph._replace(x=-glyph.x, left=-glyph.right, right=-glyph.left, y=-glyph.y)
