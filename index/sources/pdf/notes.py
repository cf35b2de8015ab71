"""Notes at the foot of a page: smaller than the text, numbered, and marked in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from fihris.index.sources.blocks import Mark
from fihris.index.sources.pdf.order import MARK_END, MARK_START
from fihris.index.sources.pdf.page import TextLine

_SMALLER = 0.93  # of the size of the text
_BODY_MARK = rf"[{MARK_START}{MARK_END}]"
# "(1)", "1", "1)(", "[1]", and the same raised; then the text of the note.
_NUMBERED = re.compile(
    rf"\s*(?:[()\[\]]\s*)*{_BODY_MARK}?(?P<number>\d{{1,3}})(?![\d/]){_BODY_MARK}?"
    r"(?P<sign>(?:\s*[()\[\]])*)\s*(?P<text>[^\s.-].*)",
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
_PARAGRAPH = re.compile(r"\s*(?:\d{1,3}\s?[-.]|[()]\s*[^\W\d_]\s*[()])")
_LISTED = re.compile(r"\s*[()\[\]]\s*\d{1,3}\s*[()\[\]]")
_APART = 1.2  # times the usual distance of lines
_ANY_MARK = re.compile(rf"{MARK_START}(\d+){MARK_END}")


@dataclass(slots=True)
class FootNote:
    """A note: its number, its lines, and the page that it begins on."""

    number: int
    lines: list[str]
    page: int

    @property
    def text(self) -> str:
        """The lines, joined with blanks."""
        return without_signs(" ".join(self.lines))


def part_notes(pages: list[list[TextLine]]) -> tuple[list[list[TextLine]], list[FootNote]]:
    """Return *pages* without the notes at their feet, and the notes.

    Notes are lines at the end of a page, in smaller type than the text, the first of which begins
    with a number; where a note of the page before was cut off by its end, none need do so.
    """
    body = _body_size(pages)
    marked = [_marked_numbers(lines) for lines in pages]
    everywhere = set().union(*marked)
    kept: list[list[TextLine]] = []
    notes: list[FootNote] = []
    for lines, here in zip(pages, marked, strict=True):
        first = _small_foot(lines, body, notes, everywhere)
        if first == len(lines):
            first = _marked_foot(lines, notes, here)
        kept.append(lines[:first])
        for line in lines[first:]:
            numbered = _begins_note(line, notes, everywhere)
            if numbered:
                notes.append(FootNote(int(numbered["number"]), [numbered["text"]], line.page))
            else:
                notes[-1].lines.append(line.text)
    return kept, notes


def _marked_numbers(lines: list[TextLine]) -> set[int]:
    """Return the numbers of the notes that lines bear marks of."""
    return {
        int(found[1])
        for line in lines
        for pattern in (_ANY_MARK, _TYPED_MARK)
        for found in pattern.finditer(line.text)
    }


def _small_foot(lines: list[TextLine], body: float, notes: list[FootNote], marked: set[int]) -> int:
    """Return where the notes of a page begin that are set in smaller type; its end if none are."""
    first = len(lines)
    while first and lines[first - 1].size <= _SMALLER * body:
        first -= 1
    if first == len(lines):
        return first
    numbered = _begins_note(lines[first], notes, marked)
    if numbered:
        return first if int(numbered["number"]) in _next_numbers(notes) else len(lines)
    goes_on = bool(notes) and notes[-1].page == lines[first].page - 1 and first > 0
    return first if goes_on else len(lines)


def _marked_foot(lines: list[TextLine], notes: list[FootNote], here: set[int]) -> int:
    """Return where notes begin in the lower part of a page, in type of any size.

    What shows them is that the page has their marks, that they stand apart from the text above,
    and that no numbered paragraph follows.
    """
    if not here or len(lines) < 3:
        return len(lines)
    distances = sorted(below.y - above.y for above, below in pairwise(lines))
    usual = distances[len(distances) // 4]
    for place in range(len(lines) - 1, 0, -1):
        line = lines[place]
        if _PARAGRAPH.match(line.text):
            break
        numbered = _begins_note(line, notes, here)
        if numbered is None or int(numbered["number"]) not in _next_numbers(notes):
            continue
        apart = line.y - lines[place - 1].y > _APART * usual
        if apart or _is_only_one_raised(lines, place, int(numbered["number"])):
            return place
    return len(lines)


def _is_only_one_raised(lines: list[TextLine], place: int, number: int) -> bool:
    """Tell whether a number that is raised in the text begins one line of the page only."""
    raised = any(f"{MARK_START}{number}{MARK_END}" in line.text for line in lines[:place])
    return raised and not any(_LISTED.match(line.text) for line in lines[:place])


def _next_numbers(notes: list[FootNote]) -> tuple[int, int]:
    """Return the numbers that the first note of a page can have: they may count by the page."""
    return 1, notes[-1].number + 1 if notes else 1


def _body_size(pages: list[list[TextLine]]) -> float:
    """Return the size that most of the text has."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


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
