"""Notes at the foot of a page: smaller than the text, numbered, and marked in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from fihris.index.sources.blocks import Mark
from fihris.index.sources.pdf.order import MARK_END, MARK_START
from fihris.index.sources.pdf.page import TextLine

_SMALLER = 0.93  # of the size of the text
_BODY_MARK = rf"[{MARK_START}{MARK_END}]"
# "(1)", "1", "1)(", "[1]", and the same raised; then the text of the note.
_NUMBERED = re.compile(
    rf"\s*(?:[()\[\]]\s*)*{_BODY_MARK}?(?P<number>\d{{1,3}})(?![\d/]){_BODY_MARK}?"
    r"(?P<sign>(?:\s*[()\[\].\-])*)\s*(?P<text>\S.*)",
    re.DOTALL,
)
# With the brackets around it, where it has both.
_MARK = re.compile(
    rf"[ \u00a0]?[()\[\]]\s?{MARK_START}(\d{{1,3}}){MARK_END}\s?[()\[\]]"
    rf"|{MARK_START}(\d{{1,3}}){MARK_END}"
)
# A mark that is not raised, behind a word, a year or a closing bracket.
_TYPED_MARK = re.compile(
    r"(?:(?<=[^\W\d_])[ \u00a0]?|(?<=\d{4})|(?<=[)\]»”\"]))[()\[\]](\d{1,3})[()\[\]](?!\w)"
)
_ANY_MARK = re.compile(rf"{MARK_START}(\d+){MARK_END}")


@dataclass(slots=True)
class FootNote:
    """A note: its number, its lines joined, and the page that it stands on."""

    number: int
    text: str
    page: int


def part_notes(pages: list[list[TextLine]]) -> tuple[list[list[TextLine]], list[FootNote]]:
    """Return *pages* without the notes at their feet, and the notes.

    Notes are lines at the end of a page, in smaller type than the text, the first of which begins
    with a number; where a note of the page before was cut off by its end, none need do so.
    """
    body = _body_size(pages)
    marked = {
        int(found[1])
        for lines in pages
        for line in lines
        for pattern in (_ANY_MARK, _TYPED_MARK)
        for found in pattern.finditer(line.text)
    }
    kept: list[list[TextLine]] = []
    notes: list[FootNote] = []
    for lines in pages:
        first = len(lines)
        while first and lines[first - 1].size <= _SMALLER * body:
            first -= 1
        foot = lines[first:]
        if not foot or not _are_notes(foot, notes, marked, first):
            kept.append(lines)
            continue
        kept.append(lines[:first])
        for line in foot:
            numbered = _begins_note(line, notes, marked)
            if numbered:
                notes.append(FootNote(int(numbered["number"]), numbered["text"], line.page))
            else:
                notes[-1].text = f"{notes[-1].text} {line.text}"
    for note in notes:
        note.text = without_signs(note.text)
    return kept, notes


def _body_size(pages: list[list[TextLine]]) -> float:
    """Return the size that most of the text has."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _are_notes(foot: list[TextLine], notes: list[FootNote], marked: set[int], above: int) -> bool:
    """Tell whether lines at the end of a page are notes."""
    if _begins_note(foot[0], notes, marked):
        return True
    return bool(notes) and notes[-1].page == foot[0].page - 1 and above > 0


def _begins_note(line: TextLine, notes: list[FootNote], marked: set[int]) -> re.Match[str] | None:
    """Return the number that a line begins with, when a note of that number is to be expected."""
    numbered = _NUMBERED.fullmatch(line.text)
    if numbered is None:
        return None
    number = int(numbered["number"])
    expected = number in marked or number == (notes[-1].number + 1 if notes else 1)
    signed = numbered["sign"].strip() or MARK_START in line.text or "\t" in line.text
    return numbered if expected and signed else None


def without_marks(text: str, known: set[int]) -> tuple[str, tuple[Mark, ...]]:
    """Return *text* without the marks of *known* notes, and where those stood."""
    marks: list[Mark] = []
    pieces: list[str] = []
    done = length = 0
    pattern = _MARK if MARK_START in text else _TYPED_MARK
    for found in pattern.finditer(text):
        number = int(found[1] or found[found.re.groups])
        if number not in known:
            continue
        pieces.append(text[done : found.start()])
        length += found.start() - done
        marks.append(Mark(length, number))
        done = found.end()
    pieces.append(text[done:])
    return without_signs("".join(pieces)), tuple(marks)


def without_signs(text: str) -> str:
    """Return *text* with raised numbers that mark no note of the page as they would be typed."""
    if MARK_START not in text:
        return text
    bracketed = re.sub(rf"(?<=[^\W\d_]){MARK_START}(\d+){MARK_END}", r"(\1)", text)
    return bracketed.replace(MARK_START, "").replace(MARK_END, "")
