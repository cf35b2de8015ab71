"""The order of reading: from glyphs as they stand beside each other to the text of a row.

This undoes what the Unicode bidirectional algorithm (UAX 9) did when the row was drawn, as far as
it can be undone. In a row that runs from right to left, Latin words with what belongs to them, and
each number, run the other way. Between numbers only ``/ . , :`` keep two of them together; a dash
does not, since the figures of Arabic text are joined by common separators alone (rule W4).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

from fihris.index.frozen import frozen
from fihris.index.sources.pdf.glyphs import Glyph
from fihris.index.sources.pdf.rows import LooseMark, Row

#: Around the digits of a raised note mark; noncharacters, which no reader of glyphs lets pass.
MARK_START, MARK_END = "\ufdd0", "\ufdd1"

# Sizes; letters of a word stand closer, words further apart. Where a row has blanks of its own,
# these part its words, and a gap must be wider to do so.
_SPACE_GAP = 0.15
_SPACE_GAP_BESIDE_BLANKS = 0.22
_TAB_GAP = 1.2  # sizes
_JOINED_GAP = 0.8  # sizes; within these a number still belongs to the Latin word before it
_RAISED = 0.15  # sizes above the base line
_SMALLER = 0.8  # of the row's size: what is raised is also smaller
_DOUBLED = 0.15  # sizes; nearer to each other no two letters stand, one was drawn twice
_NEARBY = 8  # letters on either side that a mark may belong to
_MARK_GAP = 0.3  # sizes; further from a letter a mark does not belong to it
_SEPARATORS = frozenset("/.,:\u066b\u066c")
_CLINGING = frozenset("،؛.:")  # no blank stands before them unless one was drawn
_BRACKETS = frozenset("()[]{}<>«»‹›")
_YEAR = re.compile(r"\(?(?:19|20|21)\d\d\)?")
_ENGLISH_DATE = re.compile(
    r"((?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}) (\d{1,2})"
)


@frozen
class RowText:
    """The text of a row, and how wide its first word is, in points."""

    text: str
    first_word: float


# A stretch of glyphs, by the places of its first one and of the one behind its last.
_Stretch = tuple[int, int]


def row_text(row: Row, *, right_to_left: bool) -> RowText:
    """Return what *row* says, on a page that is written in this direction."""
    placed = sorted(enumerate(row.glyphs), key=lambda item: (item[1].x, item[0]))
    drawn = _without_doubles([glyph for _, glyph in placed])
    if right_to_left and _is_latin_sentence(drawn):
        right_to_left = False
    forward = _forward_stretches(drawn, row.size) if right_to_left else [(0, len(drawn))]
    order = _reading_order(drawn, forward)
    return _written(row, drawn, order)


@lru_cache(maxsize=4096)
def is_arabic(char: str) -> bool:
    """Tell whether a letter is written from right to left."""
    return unicodedata.bidirectional(char) in ("AL", "R")


@lru_cache(maxsize=4096)
def _is_latin(char: str) -> bool:
    return unicodedata.bidirectional(char) == "L"


def _without_doubles(drawn: list[Glyph]) -> list[Glyph]:
    """Return the glyphs without those that were drawn twice."""
    kept: list[Glyph] = []
    for glyph in drawn:
        doubled = any(
            glyph.char == last.char != " " and 0 < glyph.x - last.x < _DOUBLED * glyph.size
            for last in kept[-2:]
        )
        if not doubled:
            kept.append(glyph)
    return kept


def _is_latin_sentence(drawn: list[Glyph]) -> bool:
    """Tell whether a row of an Arabic page is Latin: its full stop is on the right."""
    if any(is_arabic(glyph.char) for glyph in drawn):
        return False
    text = "".join(glyph.char for glyph in drawn).rstrip()
    return text.endswith(tuple(".,;:!?")) and any(map(_is_latin, text))


def _forward_stretches(drawn: list[Glyph], size: float) -> list[_Stretch]:
    """Return the stretches of glyphs that are read from left to right, in that order."""
    stretches: list[_Stretch] = []
    for start, end in _foreign_words(drawn, size):
        if any(_is_latin(glyph.char) for glyph in drawn[start:end]):
            core = _core(drawn, start, end)
            if stretches and _joins(drawn, stretches[-1], core, size):
                core = stretches.pop()[0], core[1]
            stretches.append(_with_closing(drawn, *core))
        elif stretches and _number_after_latin(drawn, stretches[-1], (start, end), size):
            stretches[-1] = _with_closing(drawn, stretches[-1][0], end)
        else:
            stretches += _numbers(drawn, start, end)
    return stretches


def _foreign_words(drawn: list[Glyph], size: float) -> list[_Stretch]:
    """Return the words without an Arabic letter, from left to right."""
    words: list[_Stretch] = []
    start: int | None = None
    for place, glyph in enumerate(drawn):
        foreign = glyph.char != " " and not is_arabic(glyph.char)
        parted = not foreign or (start is not None and _gap(drawn, place) > _SPACE_GAP * size)
        if start is not None and parted:
            words.append((start, place))
            start = None
        if start is None and foreign:
            start = place
    if start is not None:
        words.append((start, len(drawn)))
    return words


def _gap(drawn: list[Glyph], place: int) -> float:
    """Return the room between the glyph at *place* and those on its left, blanks not counted."""
    left = drawn[place].left
    ends = [glyph.right for glyph in drawn[max(0, place - 4) : place] if glyph.char != " "]
    return left - max(ends) if ends else 0.0


def _core(drawn: list[Glyph], start: int, end: int) -> _Stretch:
    """Return a word without the signs around it, which belong to the Arabic."""
    while start < end and not drawn[start].char.isalnum():
        start += 1
    while end > start and not drawn[end - 1].char.isalnum():
        end -= 1
    return start, end


def _with_closing(drawn: list[Glyph], start: int, end: int) -> _Stretch:
    """Return the stretch, with the bracket behind it if that closes one inside it."""
    inside = [glyph.char for glyph in drawn[start:end]]
    brackets = sum(char in "()[]" for char in inside)
    if brackets % 2 and end < len(drawn) and drawn[end].char in "()[]":
        return start, end + 1
    return start, end


def _joins(drawn: list[Glyph], before: _Stretch, word: _Stretch, size: float) -> bool:
    """Tell whether two foreign stretches are read as one: Latin, with nothing but a blank."""
    between = drawn[before[1] : word[0]]
    if any(is_arabic(glyph.char) or glyph.char in _BRACKETS for glyph in between):
        return False
    latin = any(_is_latin(glyph.char) for glyph in drawn[before[0] : before[1]])
    return latin and _gap(drawn, word[0]) <= _JOINED_GAP * size


def _number_after_latin(drawn: list[Glyph], before: _Stretch, word: _Stretch, size: float) -> bool:
    """Tell whether a number goes with the Latin on its left: a year, or a bare number.

    ``S/RES/3412 (2036)`` and ``October 2036`` do; ``(1)`` is the label of what stands there.
    """
    latin = any(_is_latin(glyph.char) for glyph in drawn[before[0] : before[1]])
    between = "".join(glyph.char for glyph in drawn[before[1] : word[0]])
    if not latin or between.strip() or _gap(drawn, word[0]) > _JOINED_GAP * size:
        return False
    text = "".join(glyph.char for glyph in drawn[word[0] : word[1]])
    # Mirrored or not, brackets are brackets here.
    return text.isdigit() or _YEAR.fullmatch(text.strip("()")) is not None


def _numbers(drawn: list[Glyph], start: int, end: int) -> list[_Stretch]:
    """Return the numbers of a word without letters, each with the separators inside it."""
    found: list[_Stretch] = []
    place = start
    while place < end:
        if not drawn[place].char.isdigit():
            place += 1
            continue
        after = place + 1
        while after < end and _goes_on(drawn, after, end):
            after += 1
        found.append((place, after))
        place = after
    return found


def _goes_on(drawn: list[Glyph], place: int, end: int) -> bool:
    """Tell whether the glyph at *place* carries on the number before it."""
    glyph, last = drawn[place], drawn[place - 1]
    if glyph.char.isdigit():
        # A raised note mark beside a year is a number of its own.
        return not last.char.isdigit() or abs(glyph.size - last.size) < 0.1 * last.size
    return (
        glyph.char in _SEPARATORS
        and last.char.isdigit()
        and place + 1 < end
        and drawn[place + 1].char.isdigit()
    )


def _reading_order(drawn: list[Glyph], forward: list[_Stretch]) -> list[tuple[int, int]]:
    """Return the places of glyphs in the order of reading.

    With each comes the place of the gap that stands before it: the gap on the left of that glyph.
    """
    order: list[tuple[int, int]] = []
    end = len(drawn)
    for start, stop in reversed(forward):
        order += _backward(drawn, stop, end)
        order += [(place, stop if place == start else place) for place in range(start, stop)]
        end = start
    return order + _backward(drawn, 0, end)


def _backward(drawn: list[Glyph], start: int, end: int) -> list[tuple[int, int]]:
    """Return places from right to left; the letters of one ligature keep their order."""
    order: list[tuple[int, int]] = []
    while end > start:
        first = end - 1
        while first > start and drawn[first - 1].x == drawn[first].x:
            first -= 1
        order += [(place, end if place == first else place) for place in range(first, end)]
        end = first
    return order


def _written(row: Row, drawn: list[Glyph], order: list[tuple[int, int]]) -> RowText:
    """Return the glyphs as text, with blanks for gaps and the marks behind their letters."""
    marks = _marks_by_bearer(row.marks, drawn)
    has_blanks = any(glyph.char == " " for glyph in drawn)
    space_gap = (_SPACE_GAP_BESIDE_BLANKS if has_blanks else _SPACE_GAP) * row.size
    pieces: list[str] = []
    raised = blank = False
    first_word: list[Glyph] = []
    word_ended = False
    for place, gap_place in order:
        glyph = drawn[place]
        if glyph.char == " ":
            blank = True
            continue
        gap = _gap(drawn, gap_place) if 0 < gap_place < len(drawn) else 0.0
        lifted = _is_raised(glyph, row)
        if raised and not lifted:
            pieces.append(MARK_END)
        if pieces and gap > _TAB_GAP * row.size:
            pieces.append("\t")
        elif pieces and (blank or (gap > space_gap and glyph.char not in _CLINGING)):
            pieces.append(" ")
        word_ended = word_ended or (bool(pieces) and pieces[-1] in ("\t", " "))
        if not word_ended:
            first_word.append(glyph)
        if lifted and not raised:
            pieces.append(MARK_START)
        raised, blank = lifted, False
        pieces.append(glyph.char + marks.get(place, ""))
    if raised:
        pieces.append(MARK_END)
    text = "".join(pieces)
    if _ENGLISH_DATE.fullmatch(text):
        text = _ENGLISH_DATE.sub(r"\2 \1", text)
    width = max(glyph.right for glyph in first_word) - min(glyph.left for glyph in first_word)
    return RowText(text, width)


def _is_raised(glyph: Glyph, row: Row) -> bool:
    """Tell whether a digit is a raised note mark."""
    return (
        glyph.char.isdigit()
        and glyph.size <= _SMALLER * row.size
        and row.y - glyph.y > _RAISED * glyph.size
    )


def _marks_by_bearer(marks: list[LooseMark], drawn: list[Glyph]) -> dict[int, str]:
    """Return, for the places that bear marks, the marks in the order of the file."""
    found: dict[int, str] = {}
    letters = [place for place, glyph in enumerate(drawn) if is_arabic(glyph.char)]
    if not letters:
        return found
    places = {drawn[place]: place for place in letters}
    pens = [drawn[place].x for place in letters]
    for mark in marks:
        middle = (mark.glyph.left + mark.glyph.right) / 2
        place = places.get(mark.bearer) if mark.bearer is not None else None
        if place is None or _distance(drawn[place], middle)[0] > _MARK_GAP * mark.glyph.size:
            # Glyphs stand in the order of their pens, so only those nearby can be the nearest.
            near = bisect_left(pens, middle)
            nearby = letters[max(0, near - _NEARBY) : near + _NEARBY]
            place = min(nearby, key=lambda place: _distance(drawn[place], middle))
        found[place] = found.get(place, "") + mark.glyph.char
    return found


def _distance(glyph: Glyph, middle: float) -> tuple[float, float]:
    """Return how far a glyph is from a place, and for those it lies on, from their middles."""
    return (
        max(glyph.left - middle, middle - glyph.right, 0.0),
        abs(glyph.left + glyph.right - 2 * middle),
    )
