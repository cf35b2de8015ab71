"""The body: lines after the header become paragraphs with addresses, by a state machine.

What a line is follows from where it stands, its label, its first word, and the punctuation that
ended the line before (format specification, section 0, rule 4): ``و`` and a verb inside a
paragraph open no new one. A line that continues a paragraph is kept with it, behind a newline.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto

from fihris.index.parser.adoption import is_vote_line, read_adoption
from fihris.index.parser.closing import is_furniture, read_date, read_lone_date, read_meeting
from fihris.index.parser.header import match_enacting
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
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.units import Addresses, Body, Unit
from fihris.index.parser.verbs import opens_operative, opens_preambular
from fihris.index.resolution import Date, ParagraphKind

_COMPLETE = re.compile(r"[،؛.:,;!؟?…][\"'«»“”‘’)\]\s]*(?:(?<=\s)(?:و|او|أو))?\s*$")
_ARTICLE = compile_folded(r"المادة\s+\S+(?:\s+\S+)?$")
_FORMULA_WITHIN = 5  # lines between the letter of a part and its enacting formula
_OPENING = 120  # characters that hold the opening verb
_LINE_TAIL = 40  # characters that hold the punctuation a paragraph ends with
_LONGEST_HEADING = 15  # words


class _State(Enum):
    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSED = auto()


@dataclass(slots=True)
class _Numbered:
    """A run of numbered paragraphs: the operative part of a resolution (part), or an annex."""

    kind: ParagraphKind
    stem: str
    prefix: str = ""
    count: int = 0
    section: str = ""
    section_count: int = 0

    @property
    def head(self) -> str:
        """What a fragment of this run begins with, before its number."""
        return f"{self.prefix}{self.stem}"


class BodyReader:
    """Feeds on lines, one after the other; :meth:`finish` gives the body."""

    def __init__(self, addresses: Addresses, body: Body) -> None:
        self._addresses = addresses
        self._body = body
        self._state = _State.PREAMBLE
        self._part = ""
        self._preambular = 0
        self._run = _Numbered(ParagraphKind.OPERATIVE, "OP")
        self._annexes = 0
        self._in_annex = False
        self._annex_numbered = False
        self._unnumbered = 0
        self._headings = 0
        self._formulas = 0
        self._loose = 0
        self._base: Unit | None = None
        self._levels: list[tuple[LabelKind, str]] = []
        self._last: Unit | None = None
        self._shown: Counter[str] = Counter()
        self._votes: list[str] = []
        self._vote_open = False

    def read(self, lines: list[Line]) -> None:
        """Take in the lines of the body."""
        for place, line in enumerate(lines):
            if line.key.strip():
                self._line(line, lines, place)

    def read_statement(self, lines: list[Line]) -> None:
        """Take in the lines of a president's statement: each is a paragraph without a number."""
        for line in lines:
            if not line.key.strip() or self._closing(line):
                continue
            if not self._complete() and self._last is not None:
                self._last.extend(line)
                continue
            self._run.count += 1
            self._last = self._add(
                f"{self._run.head}{self._run.count}",
                ParagraphKind.OPERATIVE,
                line,
                number=self._run.count,
                opening=line.key[:_OPENING],
            )

    def finish(self) -> None:
        """Read the vote lines together, now that all of them are known."""
        if self._votes:
            reading = read_adoption(self._votes)
            self._body.adoption = reading.adoption
            self._body.warnings += reading.warnings

    def show(self, line: Line, kind: ParagraphKind = ParagraphKind.META) -> None:
        """Keep a line for display only."""
        letter = "V" if kind is ParagraphKind.VOTE else "M"
        self._shown[letter] += 1
        self._add(f"{letter}{self._shown[letter]}", kind, line)

    def _add(
        self,
        fragment: str,
        kind: ParagraphKind,
        line: Line,
        label: str = "",
        number: int | None = None,
        chapeau: str | None = None,
        opening: str = "",
    ) -> Unit:
        unit = Unit(
            self._addresses.claim(fragment),
            kind,
            line.text,
            line.number,
            label,
            number,
            chapeau,
            list(line.marks),
            opening,
        )
        self._body.units.append(unit)
        return unit

    def _line(self, line: Line, lines: list[Line], place: int) -> None:
        if self._closing(line) or self._opening(line, lines, place):
            return
        label = read_label(line.key)
        if self._state is _State.CLOSED and not self._in_annex and not self._goes_on(label):
            self._after_the_end(line)
        elif label is not None and label.kind is LabelKind.NUMBER:
            self._numbered(line, label)
        elif label is not None:
            self._sub(line, label)
        elif self._in_annex:
            self._unlabelled_in_annex(line)
        elif self._state is _State.PREAMBLE:
            self._unlabelled_in_preamble(line)
        else:
            self._unlabelled_in_operative(line)

    def _goes_on(self, label: Label | None) -> bool:
        """Tell whether a label continues the numbers, so that the end was none (a page's head)."""
        if label is None or label.kind is not LabelKind.NUMBER:
            return False
        return self._run.count > 0 and int(label.value) == self._run.count + 1

    def _complete(self) -> bool:
        """Tell whether the last paragraph ended where its line did."""
        return self._last is None or _COMPLETE.search(self._last.text[-_LINE_TAIL:]) is not None

    # Lines that close a text.

    def _closing(self, line: Line) -> bool:
        if self._vote_open or is_vote_line(line.key):
            return self._vote(line)
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

    def _vote(self, line: Line) -> bool:
        """Take a line of the vote, which lasts until its bracket closes."""
        opened = line.key.lstrip().startswith(("[", "]"))
        if self._vote_open and not is_vote_line(line.key) and self._ends_vote(line):
            self._vote_open = False
            return False
        self._votes.append(line.text)
        self._state = _State.CLOSED
        self.show(line, ParagraphKind.VOTE)
        closed = line.key.rstrip().endswith("]") or (line.key.rstrip().endswith("[") and not opened)
        narrative_only = not opened and not self._vote_open and ":" not in line.key
        self._vote_open = not closed and not narrative_only
        return True

    def _ends_vote(self, line: Line) -> bool:
        return bool(
            read_annex(line.key)
            or read_part(line.key)
            or match_enacting(line.key)
            or read_meeting(line.key) is not None
            or read_label(line.key)
        )

    def _after_the_end(self, line: Line) -> None:
        """Keep text after the closing lines findable, and say so."""
        if self._loose == 0:
            self._body.warnings.append(
                f"There is text after the end of the resolution, from line {line.number}."
            )
        self._loose += 1
        self._add(f"p{self._loose}", ParagraphKind.PROVISION, line)

    # Lines that open something.

    def _opening(self, line: Line, lines: list[Line], place: int) -> bool:
        enacting = match_enacting(line.key)
        if enacting and not self._in_annex:
            self._enacting(line, enacting)
            return True
        annex = read_annex(line.key)
        if annex:
            self._annex(line, annex, lines[place + 1 :])
            return True
        part = read_part(line.key)
        if part and self._opens_text(part, lines[place + 1 : place + 1 + _FORMULA_WITHIN]):
            self._open_part(line, part)
            return True
        section = part or read_section(line.key)
        if section:
            self._run.section = section.key
            self._run.section_count = 0
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
        if self._in_annex or part.title is not None:
            return False
        labels = (read_label(line.key) for line in following)
        numbers = [label.value for label in labels if label and label.kind is LabelKind.NUMBER]
        return not numbers or numbers[0] == "1"

    def _enacting(self, line: Line, match: re.Match[str]) -> None:
        self._formulas += 1
        self._state = _State.PREAMBLE
        rest = match.start("rest") if match["rest"] else None
        formula = line if rest is None else line.head(rest)
        self._last = self._add(f"{self._part}E{self._formulas}", ParagraphKind.ENACTING, formula)
        self._last = None
        if rest is not None:
            self._line(line.tail(rest), [], 0)

    def _annex(self, line: Line, annex: Division, following: list[Line]) -> None:
        self._annexes += 1
        number = annex.key or str(self._annexes)
        prefix = f"AN{number}"
        self._in_annex = True
        self._run = _Numbered(ParagraphKind.ANNEX, "P", f"{prefix}.")
        self._base, self._levels = None, []
        self._headings = self._unnumbered = 0
        self._annex_numbered = _numbers_ahead(following)
        self._add(prefix, ParagraphKind.HEADING, line)
        self._last = None

    def _open_part(self, line: Line, part: Division) -> None:
        self._in_annex = False
        self._part = f"{part.key}."
        self._state = _State.PREAMBLE
        self._preambular = 0
        self._run = _Numbered(ParagraphKind.OPERATIVE, "OP", self._part)
        self._base, self._levels = None, []
        self._headings = self._formulas = 0
        self._heading(line)

    def _heading(self, line: Line) -> None:
        self._headings += 1
        prefix = self._run.prefix if self._in_annex else self._part
        self._add(f"{prefix}H{self._headings}", ParagraphKind.HEADING, line)
        self._last = None

    # Paragraphs.

    def _numbered(self, line: Line, label: Label) -> None:
        run = self._run
        number = int(label.value)
        tail = line.tail(label.end)
        if self._continues_inner_list(number, tail):
            self._sub(line, label)
            return
        self._state = _State.OPERATIVE if not self._in_annex else self._state
        expected = run.count + 1
        if number != expected and expected > 9 and str(number)[::-1] == str(expected):
            self._body.warnings.append(
                f"The number {label.value} on line {line.number} reads {expected} backwards; "
                f"it was taken as {expected}."
            )
            number = expected
        elif number == 1 and run.section and run.section_count == 0 and run.count > 0:
            run.prefix = f"{self._division_prefix()}{run.section}."
        elif number != expected:
            self._body.warnings.append(
                f"Paragraph {run.head}{number} stands where {run.head}{expected} was expected "
                f"(line {line.number})."
            )
        run.count = number
        run.section_count += 1
        opening = line.key[label.end : label.end + _OPENING]
        self._levels = []
        self._base = self._last = self._add(
            f"{run.head}{number}",
            run.kind,
            tail,
            _printed(line, label),
            number,
            opening=opening,
        )

    def _division_prefix(self) -> str:
        """Return the prefix of the annex or part, without a section's."""
        if not self._in_annex:
            return self._part
        return f"{self._run.prefix.split('.')[0]}."

    def _continues_inner_list(self, number: int, tail: Line) -> bool:
        """Tell whether a bare number belongs to a list inside the current paragraph."""
        if self._base is None or self._last is None:
            return False
        inner = [int(value) for kind, value in self._levels if kind is LabelKind.NUMBER]
        if inner:
            if number != inner[-1] + 1:
                return False
            return number != self._run.count + 1 or not opens_operative(tail.key)
        opens_list = self._last.text.rstrip().endswith(":")
        return number == 1 and opens_list and self._run.count > 0 and not opens_operative(tail.key)

    def _sub(self, line: Line, label: Label) -> None:
        if self._base is None:
            self._orphan(line, label)
            return
        kinds = [kind for kind, _ in self._levels]
        value = label.value
        if label.kind in kinds:
            place = kinds.index(label.kind)
            previous = self._levels[place][1]
            del self._levels[place:]
        else:
            previous = "0"
        if label.kind is LabelKind.BULLET:
            value = str(int(previous) + 1)
        parent = ".".join((self._base.fragment, *(value for _, value in self._levels)))
        chapeau = parent if parent in self._addresses else self._base.fragment
        self._levels.append((label.kind, value))
        tail = line.tail(label.end)
        self._last = self._add(
            f"{parent}.{value}",
            ParagraphKind.SUB,
            tail,
            _printed(line, label),
            int(value) if value.isdigit() else None,
            chapeau,
            line.key[label.end : label.end + _OPENING],
        )

    def _orphan(self, line: Line, label: Label) -> None:
        """Take a lettered line that has no paragraph to belong to as a paragraph of its own."""
        if self._in_annex:
            self._unlabelled_in_annex(line)
        elif self._state is _State.PREAMBLE and self._preambular == 0 and self._formulas:
            self._new_preambular(line)
        else:
            self._new_operative(line)

    def _new_preambular(self, line: Line) -> None:
        self._preambular += 1
        self._levels = []
        self._base = self._last = self._add(
            f"{self._part}PP{self._preambular}",
            ParagraphKind.PREAMBULAR,
            line,
            number=self._preambular,
            opening=line.key[:_OPENING],
        )

    def _new_operative(self, line: Line) -> None:
        """Take an unnumbered line as the next operative paragraph; a single one is usual."""
        if self._run.count > 0:
            self._body.warnings.append(
                f"An operative paragraph on line {line.number} has no number; "
                f"it was taken as {self._run.count + 1}."
            )
        self._state = _State.OPERATIVE
        self._run.count += 1
        self._run.section_count += 1
        self._levels = []
        self._base = self._last = self._add(
            f"{self._run.head}{self._run.count}",
            ParagraphKind.OPERATIVE,
            line,
            number=self._run.count,
            opening=line.key[:_OPENING],
        )

    def _unlabelled_in_preamble(self, line: Line) -> None:
        if opens_preambular(line.key):
            self._new_preambular(line)
        elif opens_operative(line.key) and self._complete():
            self._new_operative(line)
        elif not self._complete() and self._last is not None:
            self._last.extend(line)
        elif _is_heading(line):
            self._heading(line)
        elif self._formulas:
            self._new_preambular(line)
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
            self._unnumbered += 1
            # Unnumbered text between numbered paragraphs must not take their numbers.
            stem = "U" if self._annex_numbered else "P"
            self._levels = []
            self._base = self._last = self._add(
                f"{self._run.prefix}{stem}{self._unnumbered}", ParagraphKind.ANNEX, line
            )


def _is_heading(line: Line) -> bool:
    """Tell whether a line is short, ends without punctuation, and opens no paragraph."""
    text = line.key.rstrip()
    if _COMPLETE.search(text[-_LINE_TAIL:]) or len(text.split()) > _LONGEST_HEADING:
        return False
    return not (opens_preambular(text) or opens_operative(text))


def _printed(line: Line, label: Label) -> str:
    """Return the label as the author wrote it."""
    return line.text[: line.folded.offsets[label.end]].strip()


def _numbers_ahead(lines: list[Line]) -> bool:
    """Tell whether an annex, up to the next one, has numbered paragraphs."""
    for line in lines:
        if read_annex(line.key):
            return False
        label = read_label(line.key)
        if label is not None and label.kind is LabelKind.NUMBER:
            return True
    return False
