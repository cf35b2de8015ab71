"""Paragraphs: which lines of a page, and of the next one, belong together.

A line ends a paragraph when the first word of the next line would still have had room on it. For
lines that are full to the margin, the space between them, the indent of the next one, and what it
begins with decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from fihris.index.frozen import frozen
from fihris.index.sources.pdf.page import TextLine

_WORD_SPACE = 0.2  # sizes; what a blank takes beside the next word, when lines are pressed
_INDENT = 0.8  # sizes
_LOOSE = 1.2  # times the usual distance of lines: a new paragraph
_USUAL = 0.1  # of all distances of lines; what is rarer is no rule
_SIZE_CHANGE = 0.08  # of the size
_BROKEN = re.compile(r"[^\W_][-/]$")
_ENDS = re.compile(r"[؛،.:;!؟?][\"'”“»)(\]\[\d\ufdd0\ufdd1]*\s*$")
# What paragraphs begin with, whatever the kind of document: a number, a letter, a bullet.
_LABEL = re.compile(
    r"\s*(?:[\d\u0660-\u0669]{1,3}\s*[-\u0640.)–—]|[-–—]\s*[\d\u0660-\u0669]{1,3}(?=[\s.])"
    r"|[()]\s*[^\W\d_]{1,2}\s*[()]|[\"'‘’“”][\divx]{1,3}[\"'‘’“”]|[^\W\d_]\s?[-–—]\s|[•▪●·])"
)
# The clauses of a preamble, which bear no label.
_CLAUSE = re.compile(r"(?:و?إذ|وقد)\s")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines, joined with blanks, but for those that end inside a word (``آذار/``)."""
        pieces: list[str] = []
        for line in self.lines:
            if pieces and not _BROKEN.search(pieces[-1]):
                pieces.append(" ")
            pieces.append(line.text)
        return "".join(pieces)


@frozen
class _Margins:
    start: float
    end: float


def paragraphs_of(pages: list[list[TextLine]]) -> list[Paragraph]:
    """Return the lines of *pages* as paragraphs; one may go on over the end of a page."""
    margins = _margins(pages)
    leading = _leading(pages)
    paragraphs: list[Paragraph] = []
    for line in (line for lines in pages for line in lines):
        if paragraphs and _goes_on(paragraphs[-1], line, margins, leading):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def _margins(pages: list[list[TextLine]]) -> dict[tuple[int, int], _Margins]:
    """Return, for each column of each page, between which margins its text stands.

    The margins are those of the widest lines of the document in that place, so that a page with
    a few short lines has the margins of the others.
    """
    found: dict[tuple[int, int], _Margins] = {}
    whole = _most_used([line for lines in pages for line in lines])
    for lines in pages:
        columns: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            columns[line.column].append(line)
        for column, members in columns.items():
            own = _most_used(members)
            if len(columns) == 1:
                own = _Margins(min(own.start, whole.start), max(own.end, whole.end))
            found[members[0].page, column] = own
    return found


def _most_used(lines: list[TextLine]) -> _Margins:
    """Return the margins that lines keep to; a line or two may stand out of them."""
    if not lines:
        return _Margins(0.0, 0.0)
    starts = sorted(line.start for line in lines)
    ends = sorted(line.end for line in lines)
    aside = len(lines) // 20
    return _Margins(starts[aside], ends[-1 - aside])


def _leading(pages: list[list[TextLine]]) -> float:
    """Return the distance of two lines of a paragraph, in sizes: the least that is usual."""
    distances = Counter(
        round((line.y - above.y) / line.size, 1)
        for lines in pages
        for above, line in pairwise(lines)
        if above.column == line.column and 0.8 < (line.y - above.y) / line.size < 3
    )
    usual = max(2, _USUAL * distances.total())
    return min((distance for distance, count in distances.items() if count >= usual), default=3.0)


def _goes_on(
    paragraph: Paragraph,
    line: TextLine,
    margins: dict[tuple[int, int], _Margins],
    leading: float,
) -> bool:
    """Tell whether *line* carries on *paragraph*."""
    above = paragraph.lines[-1]
    if abs(line.size - above.size) > _SIZE_CHANGE * above.size:
        return False
    here = line.page == above.page and line.column == above.column
    distance = (line.y - above.y) / line.size
    if here and (distance < 0.3 or distance > _LOOSE * leading):
        return False
    room = margins[above.page, above.column].end - above.end
    ended = _ENDS.search(above.text) is not None
    if ended and (_LABEL.match(line.text) or _CLAUSE.match(line.text)):
        return False
    if room > line.first_word + _WORD_SPACE * line.size:
        return False
    indent = line.start - margins[line.page, line.column].start
    indent_above = above.start - margins[above.page, above.column].start
    if indent > indent_above + _INDENT * line.size:
        # Indented below a label: its own text. Otherwise the first line of what follows.
        return len(paragraph.lines) == 1 and _LABEL.match(above.text) is not None and not ended
    return True
