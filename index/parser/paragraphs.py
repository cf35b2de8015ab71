"""The body: lines after the header become paragraphs, by a state machine.

What a line is follows from where it stands, its label, its first word, and the punctuation that
ended the line before (format specification, section 0, rule 4): ``و`` and a verb inside a
paragraph open no new one. A line that continues a paragraph is kept with it, behind a newline.
The addresses are the outline's (:mod:`fihris.index.parser.outline`).
"""

from __future__ import annotations

import re
from enum import Enum, auto

from fihris.index.parser.closing import (
    VoteLines,
    is_furniture,
    read_date,
    read_lone_date,
    read_meeting,
)
from fihris.index.parser.enacting import match_enacting
from fihris.index.parser.manuscript import Line
from fihris.index.parser.numbering import (
    Division,
    Label,
    LabelKind,
    read_annex,
    read_label,
    read_part,
    read_section,
)
from fihris.index.parser.outline import Outline, Place
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.units import Addresses, Body, Unit
from fihris.index.parser.verbs import opens_operative, opens_preambular
from fihris.index.resolution import Date, ParagraphKind

_COMPLETE = re.compile(r"[،؛.:,;!؟?…][\"'«»“”‘’)\]\s]*(?:(?<=\s)(?:و|او|أو))?\s*$")
_ARTICLE = compile_folded(r"المادة\s+\S+(?:\s+\S+)?$")
_FORMULA_WITHIN = 5  # lines between the letter of a part and its enacting formula
_LINE_TAIL = 40  # characters that hold the punctuation a paragraph ends with
_LONGEST_HEADING = 15  # words


class _State(Enum):
    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSED = auto()


class BodyReader:
    """Feeds on lines, one after the other; :meth:`finish` gives the body."""

    def __init__(self, addresses: Addresses, body: Body) -> None:
        self._body = body
        self._outline = Outline(addresses, body.warnings)
        self._state = _State.PREAMBLE
        # The paragraph that a line may continue; None where a line must begin one.
        self._last: Unit | None = None
        self._votes = VoteLines()

    def read(self, lines: list[Line]) -> None:
        """Take in the lines of the body."""
        for at, line in enumerate(lines):
            if line.key.strip():
                self._line(line, lines, at)

    def read_statement(self, lines: list[Line]) -> None:
        """Take in the lines of a president's statement: each is a paragraph without a number."""
        for line in lines:
            if not line.key.strip() or self._closing(line):
                continue
            if self._last is not None and not self._complete():
                self._last.extend(line)
            else:
                self._paragraph(self._outline.operative(), line)

    def finish(self) -> None:
        """Read the vote lines together, now that all of them are known."""
        reading = self._votes.read()
        self._body.adoption = reading.adoption
        self._body.warnings += reading.warnings

    def show(self, line: Line, kind: ParagraphKind = ParagraphKind.META) -> None:
        """Keep a line for display only."""
        self._add(self._outline.shown(kind), line)

    def _add(self, place: Place, line: Line, label: str = "", wording: str = "") -> Unit:
        unit = Unit(
            place.fragment,
            place.kind,
            line.text,
            line.number,
            label,
            place.number,
            place.chapeau,
            list(line.marks),
            wording,
        )
        self._body.units.append(unit)
        return unit

    def _line(self, line: Line, lines: list[Line], at: int) -> None:
        if self._closing(line) or self._opening(line, lines, at):
            return
        label = read_label(line.key)
        in_annex = self._outline.in_annex
        if self._state is _State.CLOSED and not in_annex and not self._goes_on(label):
            self._after_the_end(line)
        elif label is not None and label.kind is LabelKind.NUMBER:
            self._numbered(line, label)
        elif label is not None:
            self._sub_paragraph(line, label)
        elif in_annex:
            self._unlabelled_in_annex(line)
        elif self._state is _State.PREAMBLE:
            self._unlabelled_in_preamble(line)
        else:
            self._unlabelled_in_operative(line)

    def _goes_on(self, label: Label | None) -> bool:
        """Tell whether a label continues the numbers, so that the end was none (a page's head)."""
        if label is None or label.kind is not LabelKind.NUMBER:
            return False
        last = self._outline.last_number
        return last > 0 and int(label.value) == last + 1

    def _complete(self) -> bool:
        """Tell whether the last paragraph ended where its line did."""
        return self._last is None or _COMPLETE.search(self._last.text[-_LINE_TAIL:]) is not None

    # Lines that close a text.

    def _closing(self, line: Line) -> bool:
        if self._votes.take(line):
            self._state = _State.CLOSED
            self.show(line, ParagraphKind.VOTE)
            return True
        if is_furniture(line):
            self.show(line)
            return True
        if not self._complete():
            return False
        meeting = read_meeting(line.key)
        if meeting is not None:
            self._body.meeting = self._body.meeting or meeting
            self._close(line, read_date(line))
            return True
        date = read_lone_date(line) if self._state is not _State.PREAMBLE else None
        if date is not None:
            self._close(line, date)
        return date is not None

    def _close(self, line: Line, date: Date | None) -> None:
        """Take a closing line, with the date on it if there is one."""
        self._state = _State.CLOSED
        self._body.closed_on = self._body.closed_on or date
        self.show(line)

    def _after_the_end(self, line: Line) -> None:
        """Keep text after the closing lines findable, and say so."""
        if not self._outline.has_ended:
            self._body.warnings.append(
                f"There is text after the end of the resolution, from line {line.number}."
            )
        self._add(self._outline.after_the_end(), line)

    # Lines that open something.

    def _opening(self, line: Line, lines: list[Line], at: int) -> bool:
        enacting = match_enacting(line.key)
        if enacting and not self._outline.in_annex:
            self._enacting(line, enacting)
            return True
        annex = read_annex(line.key)
        if annex:
            place = self._outline.open_annex(annex.key, numbered=_numbers_ahead(lines[at + 1 :]))
            self._last = None
            self._add(place, line)
            return True
        part = read_part(line.key)
        if part and self._opens_text(part, lines[at + 1 : at + 1 + _FORMULA_WITHIN]):
            self._outline.open_part(part.key)
            self._state = _State.PREAMBLE
            self._heading(line)
            return True
        section = part or read_section(line.key)
        if section:
            self._outline.open_section(section.key)
            self._heading(line)
            return True
        return False

    def _opens_text(self, part: Division, following: list[Line]) -> bool:
        """Tell whether a letter opens a text of its own, and not a section of this one.

        A text has an enacting formula, or numbers that begin again below a letter that stands
        alone on its line.
        """
        if any(match_enacting(line.key) for line in following):
            return True
        if self._outline.in_annex or part.title is not None:
            return False
        labels = (read_label(line.key) for line in following)
        numbers = [label.value for label in labels if label and label.kind is LabelKind.NUMBER]
        return not numbers or numbers[0] == "1"

    def _enacting(self, line: Line, match: re.Match[str]) -> None:
        self._state = _State.PREAMBLE
        self._last = None
        rest = match.start("rest") if match["rest"] else None
        self._add(self._outline.formula(), line if rest is None else line.head(rest))
        if rest is not None:
            self._line(line.tail(rest), [], 0)

    def _heading(self, line: Line) -> None:
        self._add(self._outline.heading(), line)
        self._last = None

    # Paragraphs.

    def _paragraph(self, place: Place, line: Line, label: Label | None = None) -> None:
        """Take a line as the beginning of a paragraph, without the label that stands before it."""
        if label is None:
            self._last = self._add(place, line, wording=line.key)
            return
        printed = line.text[: line.folded.offsets[label.end]].strip()
        self._last = self._add(place, line.tail(label.end), printed, line.key[label.end :])

    def _numbered(self, line: Line, label: Label) -> None:
        number = int(label.value)
        if self._continues_inner_list(number, line.key[label.end :]):
            self._sub_paragraph(line, label)
            return
        if not self._outline.in_annex:
            self._state = _State.OPERATIVE
        self._paragraph(self._outline.numbered(number, line.number), line, label)

    def _continues_inner_list(self, number: int, wording: str) -> bool:
        """Tell whether a bare number belongs to a list inside the current paragraph."""
        if self._last is None:
            return False
        last, listed = self._outline.last_number, self._outline.last_listed_number
        if listed is not None:
            continues = number == listed + 1
            return continues and (number != last + 1 or not opens_operative(wording))
        opens_list = self._last.text.rstrip().endswith(":")
        return number == 1 and opens_list and last > 0 and not opens_operative(wording)

    def _sub_paragraph(self, line: Line, label: Label) -> None:
        place = self._outline.sub_paragraph(label)
        if place is not None:
            self._paragraph(place, line, label)
        # A label that has no paragraph to belong to stays with the text it was found in.
        elif self._outline.in_annex:
            self._unlabelled_in_annex(line)
        elif self._state is _State.PREAMBLE and self._outline.opens_preamble:
            self._paragraph(self._outline.preambular(), line)
        else:
            self._new_operative(line)

    def _new_operative(self, line: Line) -> None:
        """Take an unnumbered line as the next operative paragraph; a single one is usual."""
        if self._outline.last_number > 0:
            self._body.warnings.append(
                f"An operative paragraph on line {line.number} has no number; "
                f"it was taken as {self._outline.last_number + 1}."
            )
        self._state = _State.OPERATIVE
        self._paragraph(self._outline.operative(), line)

    def _unlabelled_in_preamble(self, line: Line) -> None:
        if opens_preambular(line.key):
            self._paragraph(self._outline.preambular(), line)
        elif opens_operative(line.key) and self._complete():
            self._new_operative(line)
        elif self._last is not None and not self._complete():
            self._last.extend(line)
        elif _is_heading(line):
            self._heading(line)
        elif self._outline.has_formula:
            self._paragraph(self._outline.preambular(), line)
        else:  # a decision without an enacting formula has no preamble
            self._new_operative(line)

    def _unlabelled_in_operative(self, line: Line) -> None:
        if self._last is None:
            if _is_heading(line):
                self._heading(line)
            else:
                self._new_operative(line)
        elif not self._complete():
            self._last.extend(line)
        elif opens_operative(line.key) and not self._last.text.rstrip().endswith(":"):
            self._new_operative(line)
        elif _is_heading(line):
            self._heading(line)
        else:
            self._last.extend(line)

    def _unlabelled_in_annex(self, line: Line) -> None:
        if self._last is not None and not self._complete():
            self._last.extend(line)
        elif _is_heading(line) or _ARTICLE.match(line.key):
            self._heading(line)
        else:
            self._paragraph(self._outline.unnumbered_in_annex(), line)


def _is_heading(line: Line) -> bool:
    """Tell whether a line is short, ends without punctuation, and opens no paragraph."""
    text = line.key.rstrip()
    if _COMPLETE.search(text[-_LINE_TAIL:]) or len(text.split()) > _LONGEST_HEADING:
        return False
    return not (opens_preambular(text) or opens_operative(text))


def _numbers_ahead(lines: list[Line]) -> bool:
    """Tell whether an annex, up to the next one, has numbered paragraphs."""
    for line in lines:
        if read_annex(line.key):
            return False
        label = read_label(line.key)
        if label is not None and label.kind is LabelKind.NUMBER:
            return True
    return False
