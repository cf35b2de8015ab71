"""The header: everything above the enacting formula, and what it says of the document.

Each line is one of: masthead, symbol, session, its dates, agenda item, adoption, number with
title. What is none of these is the title of what went before it (an agenda item or the number),
else it is kept for display.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fihris.index.parser.adoption import read_adoption
from fihris.index.parser.closing import read_date
from fihris.index.parser.enacting import match_enacting
from fihris.index.parser.header_lines import (
    announces_reissue,
    announces_statement,
    count_reissues,
    is_masthead,
    read_adoption_line,
    read_agenda,
    read_corrigendum,
    read_dates_alone,
    read_draft,
    read_draft_title,
    read_meeting_within,
    read_number_line,
    read_organ,
    read_session,
    read_symbol,
)
from fihris.index.parser.manuscript import Line
from fihris.index.parser.numbering import LabelKind, read_label, read_part
from fihris.index.parser.organs import find_organ
from fihris.index.parser.page_heads import is_adopted, read_page_heads
from fihris.index.parser.resolution_number import ResolutionNumber
from fihris.index.parser.verbs import opens_operative, opens_preambular
from fihris.index.resolution import Adoption, Date, DocumentKind, Organ, Session

# A header longer than this is no header: a report that quotes a resolution is not one.
_LONGEST_HEADER = 80
_LONG_LINE = 25  # words
_PART_WITHIN = 5  # lines between the letter of a part and its enacting formula
# A line with so many commas is a list of sponsors, not a title.
_SPONSORS = 3


@dataclass(slots=True)
class Header:
    """What the header says; ``shown`` are its lines that are neither title nor formula.

    ``end`` is the place of the first line of the body. ``attested`` tells that something shows
    the text to be a resolution, a decision or a statement. ``head_symbol`` and ``head_part`` are
    what page heads bear, ``reissues`` tells how often the document was issued again, and
    ``corrigendum`` the number of the corrigendum that it is, None when it is none.
    """

    end: int = 0
    attested: bool = False
    shown: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    title_label: str = ""
    number_line: Line | None = None
    number: ResolutionNumber | None = None
    symbol: str | None = None
    head_symbol: str | None = None
    head_part: str | None = None
    reissues: int = 0
    corrigendum: int | None = None
    organ: Organ | None = None
    session: Session | None = None
    session_dates: tuple[Date, Date] | None = None
    agenda_items: tuple[str, ...] = ()
    agenda_title: list[str] = field(default_factory=list)
    adopted_on: Date | None = None
    meeting: int | None = None
    adoption: Adoption | None = None
    decision: bool = False
    draft: bool = False
    statement: bool = False

    @property
    def bears_adopted_symbol(self) -> bool:
        """Whether the printed symbol is one of an adopted text."""
        return is_adopted(self.symbol)

    @property
    def kind(self) -> DocumentKind:
        """What the document is."""
        symbol = self.symbol or self.head_symbol or ""
        if self.statement or "/PRST/" in symbol:
            return DocumentKind.STATEMENT
        if self.draft or re.search(r"/L\.\d", symbol):
            return DocumentKind.DRAFT
        if self.decision or "/DEC/" in symbol:
            return DocumentKind.DECISION
        return DocumentKind.RESOLUTION


def read_header(lines: list[Line], running_heads: Sequence[str] = ()) -> Header:
    """Return the header of *lines*; its ``end`` is 0 when there is none.

    *running_heads* are the texts of page heads, which may bear the only symbol.
    """
    header = Header()
    heads = read_page_heads(running_heads)
    header.head_symbol, header.head_part = heads.symbol, heads.part
    header.reissues = heads.reissues
    enacting = _enacting_place(lines)
    header.attested = enacting is not None or is_adopted(header.head_symbol)
    header.end = len(lines) if enacting is None else _before_first_part(lines, enacting)
    head = lines[: header.end]
    numbered = enacting is not None and any(read_number_line(line.key) for line in head)
    reader = _HeaderReader(header, numbered=numbered)
    for place, line in enumerate(head):
        if not line.key.strip():
            continue
        if enacting is None and reader.begins_body(line):
            header.end = place
            break
        reader.read(line)
        if header.statement and announces_statement(line.key):
            header.end = place + 1
            break
    reader.finish()
    if enacting is not None:  # the formula is the surest witness of all
        header.organ = find_organ(lines[enacting].key) or header.organ
    if header.bears_adopted_symbol:
        header.attested = True
    if not header.reissues and any(announces_reissue(line.key) for line in lines if line.text):
        header.reissues = 1
    return header


def _enacting_place(lines: list[Line]) -> int | None:
    seen = 0
    for place, line in enumerate(lines):
        if not line.text:
            continue
        if "ن" in line.text[:4] and match_enacting(line.key):
            return place
        seen += 1
        if seen > _LONGEST_HEADER:
            break
    return None


def _before_first_part(lines: list[Line], enacting: int) -> int:
    """Return the place of the part (``ألف``) that the enacting formula stands in, or its own."""
    for place in range(enacting - 1, max(-1, enacting - _PART_WITHIN - 1), -1):
        if read_part(lines[place].key):
            return place
    return enacting


class _HeaderReader:
    """Reads header lines in order; remembers whose title an unmarked line would be."""

    def __init__(self, header: Header, *, numbered: bool) -> None:
        self._header = header
        self._numbered = numbered
        self._untitled: Callable[[Line], None] | None = None
        self._loose: list[Line] = []

    def begins_body(self, line: Line) -> bool:
        """Tell whether a line is text already, in a header that no enacting formula ends."""
        label = read_label(line.key)
        if label and label.kind in (LabelKind.NUMBER, LabelKind.LETTER):
            return True
        if opens_preambular(line.key) or opens_operative(line.key):
            return True
        prose = len(line.key.split()) > _LONG_LINE or line.key.rstrip().endswith(("،", "؛", "."))
        return prose and (bool(self._header.title) or self._header.number is not None)

    def read(self, line: Line) -> None:
        """Take a line in."""
        for recognise in (
            self._symbol,
            self._session,
            self._agenda,
            self._draft,
            self._adoption,
            self._number,
            self._dates,
            self._organ,
            self._statement,
            self._corrigendum,
            self._masthead,
        ):
            if recognise(line):
                self._settle()
                return
        if self._untitled:
            self._untitled(line)
        else:
            self._loose.append(line)

    def finish(self) -> None:
        """Decide what the last unmarked lines were: the title, where no number brought one."""
        header = self._header
        title: list[Line] = []
        attested = header.attested or header.bears_adopted_symbol
        if not header.title and header.number is None and attested:
            while self._loose and self._loose[-1].text.count("،") < _SPONSORS:
                title.insert(0, self._loose.pop())
            header.title = title
        self._settle()
        header.shown.sort(key=lambda line: line.number)

    def _settle(self) -> None:
        """Keep for display the unmarked lines above a line that was recognised."""
        self._header.shown += self._loose
        self._loose = []

    def _show(self, line: Line) -> bool:
        """Keep a recognised line for display."""
        self._header.shown.append(line)
        return True

    def _symbol(self, line: Line) -> bool:
        symbol = read_symbol(line)
        if symbol is None:
            return False
        header = self._header
        header.symbol = header.symbol or symbol
        if header.symbol == symbol:
            header.reissues = max(header.reissues, count_reissues(line))
        return self._show(line)

    def _corrigendum(self, line: Line) -> bool:
        number = read_corrigendum(line.key)
        if number is None:
            return False
        self._header.corrigendum = number
        return self._show(line)

    def _session(self, line: Line) -> bool:
        session = read_session(line.key)
        if session is None:
            return False
        self._header.session = self._header.session or session
        return self._show(line)

    def _agenda(self, line: Line) -> bool:
        agenda = read_agenda(line)
        if agenda is None:
            return False
        self._header.agenda_items += agenda.numbers
        if agenda.title is not None:
            self._header.agenda_title.append(agenda.title)
        else:
            self._untitled = self._take_agenda_title
        return self._show(line)

    def _take_agenda_title(self, line: Line) -> None:
        self._header.agenda_title.append(line.text)
        self._show(line)
        if not self._numbered:  # the next unmarked line may be the document's own title
            self._untitled = None

    def _draft(self, line: Line) -> bool:
        decision = read_draft(line.key)
        if decision is None:
            return False
        self._header.draft = True
        self._header.decision = decision
        self._untitled = None
        return self._show(line)

    def _adoption(self, line: Line) -> bool:
        adoption = read_adoption_line(line.key)
        if adoption is None:
            return False
        header = self._header
        if adoption.organ is not None:
            header.organ = adoption.organ
            header.attested = True
        if adoption.decision is not None:
            header.decision = adoption.decision
        self._meeting_and_date(line)
        self._untitled = None
        return self._show(line)

    def _meeting_and_date(self, line: Line) -> None:
        header = self._header
        if header.meeting is None:
            header.meeting = read_meeting_within(line.key)
        header.adopted_on = read_date(line) or header.adopted_on

    def _number(self, line: Line) -> bool:
        header = self._header
        found = read_number_line(line.key)
        if found is None:
            return self._draft_number(line)
        if found.decision is not None:
            header.decision = found.decision
        if found.in_volume:
            header.number = header.number or found.number
            header.attested = True
            self._meeting_and_date(line)
            header.adoption = read_adoption([line.text]).adoption
            return self._show(line)
        header.number = found.number
        header.number_line = line
        header.title_label = line.head(found.end).text
        title = found.title(line)
        header.title = [title] if title.text else []
        self._untitled = header.title.append
        return True

    def _draft_number(self, line: Line) -> bool:
        title = read_draft_title(line)
        if title is None:
            return False
        self._header.title = [title]
        self._header.draft = True
        self._untitled = self._header.title.append
        return True

    def _dates(self, line: Line) -> bool:
        found = read_dates_alone(line)
        if not found:
            return False
        if len(found) == 2 and self._header.session_dates is None:
            first, last = (mention.date for mention in found)
            if first and last:
                self._header.session_dates = (first, last)
        return self._show(line)

    def _organ(self, line: Line) -> bool:
        organ = read_organ(line.key)
        if organ is None:
            return False
        # A masthead names the parent organ first, and the organ itself last.
        self._header.organ = organ
        return self._show(line)

    def _statement(self, line: Line) -> bool:
        if not announces_statement(line.key):
            return False
        self._header.statement = self._header.attested = True
        self._header.organ = Organ.SC
        self._meeting_and_date(line)
        return self._show(line)

    def _masthead(self, line: Line) -> bool:
        return is_masthead(line.key) and self._show(line)
