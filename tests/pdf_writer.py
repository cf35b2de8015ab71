"""PDF files for tests, glyph by glyph, so that no font and no other program is needed.

Glyphs are half an em wide. What is drawn is the order of the eye, from left to right, as in any
PDF; ``visual`` makes it of the order of reading for lines that are mostly Arabic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_FORWARD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9/.,:]*[A-Za-z0-9])?")
_MIRROR = str.maketrans("()[]", ")(][")


@dataclass(frozen=True)
class Drawn:
    """A piece of text as it is drawn: its glyphs from left to right, and where the last one ends.

    ``y`` counts from the top of the page. ``blanks`` tells whether blanks are drawn, or only left
    free, as some programs do. ``clipped_below`` is the height, counted like ``y``, below which
    nothing of it is seen.
    """

    text: str
    y: float
    right: float = 520.0
    size: float = 12.0
    blanks: bool = True
    clipped_below: float | None = None

    @property
    def width(self) -> float:
        """How much room it takes, in points."""
        return 0.5 * self.size * len(self.text)


def visual(text: str) -> str:
    """Return a line of Arabic as the eye sees it, from left to right, its brackets by shape."""
    turned = text[::-1].translate(_MIRROR)
    return _FORWARD.sub(lambda run: run[0][::-1], turned)


def line(text: str, y: float, right: float = 520.0, size: float = 12.0, **more: bool) -> Drawn:
    """Return a line of Arabic that ends at the right margin."""
    return Drawn(visual(text), y, right, size, **more)


def column(
    texts: list[str], top: float = 80.0, leading: float = 18.0, size: float = 12.0
) -> list[Drawn]:
    """Return lines of Arabic, one below the other."""
    return [line(text, top + leading * row, size=size) for row, text in enumerate(texts)]


def pdf_of(*pages: list[Drawn], turned: bool = False) -> bytes:
    """Return a PDF file with these pages; ``turned`` lies its pages on their side."""
    chars = sorted({char for page in pages for drawn in page for char in drawn.text})
    codes = {char: number for number, char in enumerate(chars, 1)}
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _font(codes).encode(),
        _stream("500 0 0 0 500 700 d1 0 0 500 700 re f"),
        _stream(_to_unicode(codes)),
    ]
    kids = []
    for page in pages:
        content = "\n".join(_drawing(drawn, codes, turned=turned) for drawn in page)
        bodies.append(_stream(content))
        box = f"[0 0 {PAGE_HEIGHT} {PAGE_WIDTH}]" if turned else f"[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
        kids.append(f"{len(bodies) + 1} 0 R")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {len(bodies)} 0 R"
            f" /Resources << /Font << /F 3 0 R >> >> {'/Rotate 90' if turned else ''} >>".encode()
        )
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(bodies)


def _drawing(drawn: Drawn, codes: dict[str, int], *, turned: bool) -> str:
    pieces = []
    left, up = drawn.right - drawn.width, PAGE_HEIGHT - drawn.y
    for place, char in enumerate(drawn.text):
        if char == " " and not drawn.blanks:
            continue
        x = left + 0.5 * drawn.size * place
        # Turned by a quarter against the clock; /Rotate turns the page back.
        matrix = (
            f"0 1 -1 0 {PAGE_HEIGHT - up:.2f} {x:.2f}" if turned else f"1 0 0 1 {x:.2f} {up:.2f}"
        )
        pieces.append(f"{matrix} Tm <{codes[char]:02X}> Tj")
    text = f"BT /F {drawn.size} Tf {' '.join(pieces)} ET"
    if drawn.clipped_below is None:
        return text
    seen = f"0 {PAGE_HEIGHT - drawn.clipped_below:.2f} {PAGE_WIDTH} {drawn.clipped_below:.2f}"
    return f"q {seen} re W n {text} Q"


def _font(codes: dict[str, int]) -> str:
    """Return a font whose every glyph is the same box."""
    names = " ".join(f"/g{code}" for code in codes.values())
    shapes = " ".join(f"/g{code} 4 0 R" for code in codes.values())
    widths = " ".join("500" for _ in codes)
    return (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 500 800] /FontMatrix [.001 0 0 .001 0 0]"
        f" /FirstChar 1 /LastChar {len(codes)} /Widths [{widths}] /ToUnicode 5 0 R /Resources << >>"
        f" /Encoding << /Type /Encoding /Differences [1 {names}] >> /CharProcs << {shapes} >> >>"
    )


def _to_unicode(codes: dict[str, int]) -> str:
    rows = "\n".join(
        f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    )


def _stream(content: str) -> bytes:
    encoded = content.encode("ascii")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(encoded), encoded)


def _file(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        start,
    )
    return bytes(out)
