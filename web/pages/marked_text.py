"""Texts with marks, links and notes set into them: from spans to HTML, everything escaped.

The engine gives spans of the original text and knows no markup; this is where it is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from fihris.search.diff_pieces import DiffPiece, PieceKind
from fihris.search.hits import Span
from fihris.search.terminal import ELLIPSIS

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")
_LINK_END = Markup("</a>")
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0620-\u064a]")
_CITATION = Markup('<a class="citation" href="%s">')

# Colours are not the only sign: inserted words are underlined, deleted ones struck out.
_ELEMENTS = {
    PieceKind.INSERTED: Markup("<ins>%s</ins>"),
    PieceKind.DELETED: Markup("<del>%s</del>"),
    PieceKind.MOVED_TO: Markup('<ins class="moved">%s</ins>'),
    PieceKind.MOVED_FROM: Markup('<del class="moved">%s</del>'),
    PieceKind.FORM_BEFORE: Markup('<del class="inflected">%s</del> '),
    PieceKind.FORM_AFTER: Markup('<ins class="inflected">%s</ins>'),
}


class LinkSpan(NamedTuple):
    """A stretch of text that leads somewhere."""

    start: int
    end: int
    href: str


class Insertion(NamedTuple):
    """HTML that stands before the character at ``offset``: the mark of a note."""

    offset: int
    html: Markup


def direction(text: str) -> str:
    """Return the direction of most letters of *text*: ``rtl`` or ``ltr``.

    Its first letter would not do: Arabic paragraphs begin with symbols of resolutions, too.

    >>> direction("A/HRC/RES/91/4 وما يليه"), direction("It begins like المادة.")
    ('rtl', 'ltr')
    """
    latin = len(_LATIN.findall(text))
    return "ltr" if latin and latin > len(_ARABIC.findall(text)) else "rtl"


def marked(text: str, spans: Sequence[Span], window: Span | None = None) -> Markup:
    """Return *text*, or one *window* of it, with the *spans* marked; they are in order.

    >>> marked("<b> حقوق", [(4, 8)])
    Markup('&lt;b&gt; <mark>حقوق</mark>')
    """
    first, last = window or (0, len(text))
    pieces: list[str] = []
    done = first
    for start, end in spans:
        if end <= first:
            continue
        if start >= last:
            break
        start, end = max(start, done), min(end, last)
        pieces += (escape(text[done:start]), _OPEN, escape(text[start:end]), _CLOSE)
        done = end
    pieces.append(escape(text[done:last]))
    return Markup("".join(pieces))


def snippet(text: str, spans: Sequence[Span], windows: Sequence[Span]) -> Markup:
    """Return the *windows* of *text* with the *spans* marked, an ellipsis where it was cut."""
    pieces: list[str] = []
    done = 0
    for window in windows:
        if text[done : window[0]].strip():
            pieces.append(ELLIPSIS)
        pieces.append(marked(text, spans, window).strip())
        done = window[1]
    if text[done:].strip():
        pieces.append(ELLIPSIS)
    return Markup(" ".join(pieces))


def running_text(
    text: str,
    spans: Sequence[Span],
    links: Sequence[LinkSpan],
    insertions: Sequence[Insertion],
) -> Markup:
    """Return *text* with all three; each kind is in order and does not overlap itself.

    A link holds no other link, so an insertion that falls into one stands behind it.
    """
    edges = {0, len(text)}
    edges.update(edge for span in spans for edge in span)
    edges.update(edge for link in links for edge in link[:2])
    edges.update(min(one.offset, len(text)) for one in insertions)
    opening = {link.start: link for link in links if link.start < link.end}
    marks = iter(spans)
    mark = next(marks, None)
    waiting = list(insertions)
    pieces: list[str] = []
    link: LinkSpan | None = None
    ordered = sorted(edges)
    for start, end in zip(ordered, [*ordered[1:], len(text)], strict=True):
        if link is not None and link.end <= start:
            pieces.append(_LINK_END)
            link = None
        while link is None and waiting and waiting[0].offset <= start:
            pieces.append(waiting.pop(0).html)
        if link is None and start in opening:
            link = opening[start]
            pieces.append(_CITATION % link.href)
        while mark is not None and mark[1] <= start:
            mark = next(marks, None)
        part = escape(text[start:end])
        if part:
            is_marked = mark is not None and mark[0] <= start
            pieces += (_OPEN, part, _CLOSE) if is_marked else (part,)
    if link is not None:
        pieces.append(_LINK_END)
    pieces += [one.html for one in waiting]
    return Markup("".join(pieces))


def diff_html(pieces: Sequence[DiffPiece]) -> Markup:
    """Return the *pieces* of a diff with what was lost, won, moved and inflected marked."""
    return Markup("".join(_diff_pieces(pieces)))


def _diff_pieces(pieces: Sequence[DiffPiece]) -> Iterator[str]:
    for piece in pieces:
        element = _ELEMENTS.get(piece.kind)
        yield escape(piece.text) if element is None else element % piece.text
