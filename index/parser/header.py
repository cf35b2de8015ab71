"""The header: everything above the enacting formula, and what it says of the document.

Each line is one of: masthead, symbol, session, its dates, agenda item, adoption, number with
title. What is none of these is the title of what went before it (an agenda item or the number),
else it is kept for display.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from fihris.index.analysis import fold_characters
from fihris.index.parser.adoption import read_adoption
from fihris.index.parser.dates import find_dates
from fihris.index.parser.enacting import match_enacting
from fihris.index.parser.manuscript import Line
from fihris.index.parser.numbering import LabelKind, read_label, read_part
from fihris.index.parser.ordinals import read_ordinal
from fihris.index.parser.organs import ORGAN, find_organ, organ_of
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.resolution_number import (
    NUMBER,
    NumberForm,
    ResolutionNumber,
    read_number,
)
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.parser.verbs import opens_operative, opens_preambular
from fihris.index.resolution import Adoption, Date, DocumentKind, Organ, Session, SessionType

_STATEMENT = compile_folded(
    r"أدل[ىت]\s+(?:رئيس|رئيسة)\s+مجلس\s+الأمن(?!\w).{0,400}?\sبالبيان(?!\w)"
)
_SESSION = compile_folded(
    r"ال(?:دورة)(?P<types>(?:\s+(?:الاستثنائية|الطارئة|العادية|المستأنفة))*)\s+(?P<ordinal>.+)"
)
_AGENDA = compile_folded(
    r"[\[(]?(?:البند|البندان|البندين|البنود)\s+(?P<items>.{1,80}?)\s+من\s+(?:مشروع\s+)?"
    r"جدول\s+الأعمال(?:\s+المؤقت)?[\])*\s]*(?:[:-]\s*(?P<title>\S.*))?$"
)
_AGENDA_ITEM = re.compile(r"\d{1,3}(?:\s*\(\s*\w{1,3}\s*\))*")
_ADOPTED = compile_folded(
    r"[\[(]?(?:(?:مشروع\s+)?(?P<noun>قرار|مقرر)(?:ان|ات)?\s+)?(?:الذي\s+|التي\s+)?"
    r"(?:اعتمد|اتخذ|أصدر|أقر)(?:تهما|تها|ته|هما|ها|ه)(?!\w)"
)
_VOLUME_NOTE = compile_folded(r"\s*[،-]?\s*(?:الذي\s+)?(?:اتخذ|اعتمد)(?:ته|ت|ه)?\s+في\s+(?:ال)?جلس")
_DRAFT = compile_folded(r"(?:.*:\s*)?مشروع\s+(?P<noun>قرار|مقرر)(?!\w)")
_DRAFT_NUMBER = re.compile(r"\d{1,3}\s?/\s?(?:…|\.{2,}|_+|-{2,})\s*[-:]?\s*(?=\S)")
_KIND = compile_folded(r"(?:ال)?(?P<noun>قرار|مقرر)\s+(?:رقم\s+)?")
_AFTER_NUMBER = re.compile(r"\s*(?:[-:.]+\s*)?")
_MEETING = compile_folded(r"(?:جلسته|جلستها|الجلسة)(?:\s+العامة)?(?:\s+رقم)?\s+(?P<ordinal>\S.*)")
_CELLS = re.compile(r"\t+|[ \u00a0]{2,}")
_MASTHEAD = compile_folded(
    r"(?:الأمم المتحدة|distr\b.*|arabic|english|original:.*|التوزيع.*|الأصل:.*|عربي|عام|محدود"
    r"|general|limited|[*\d][\d*()-]{5,}.*|[\[\]].*|\(?[aes]/\S+.*|\d{1,2} [a-z]+ \d{4}"
    r"|الوثائق الرسمية.*|بيان من رئيس مجلس الأمن.*|.*أعيد إصدار.*|تصويب.*|مقدم من.*)$"
)
# A header longer than this is no header: a report that quotes a resolution is not one.
_LONGEST_HEADER = 80
_LONG_LINE = 25
# A line with so many commas is a list of sponsors, not a title.
_SPONSORS = 3


@dataclass(slots=True)
class Header:
    """What the header says; ``shown`` are its lines that are neither title nor formula.

    ``end`` is the place of the first line of the body. ``attested`` tells that something shows
    the text to be a resolution, a decision or a statement.
    """

    end: int = 0
    attested: bool = False
    shown: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    title_label: str = ""
    number_line: Line | None = None
    number: ResolutionNumber | None = None
    symbol: str | None = None
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
    def kind(self) -> DocumentKind:
        """What the document is."""
        symbol = self.symbol or ""
        if self.statement or "/PRST/" in symbol:
            return DocumentKind.STATEMENT
        if self.draft or re.search(r"/L\.\d", symbol):
            return DocumentKind.DRAFT
        if self.decision or "/DEC/" in symbol:
            return DocumentKind.DECISION
        return DocumentKind.RESOLUTION


def read_header(lines: list[Line]) -> Header:
    """Return the header of *lines*; its ``end`` is 0 when there is none."""
    header = Header()
    enacting = _enacting_place(lines)
    header.attested = enacting is not None
    header.end = len(lines) if enacting is None else _before_first_part(lines, enacting)
    head = lines[: header.end]
    reader = _HeaderReader(header, numbered=enacting is not None and _has_number(head))
    for place, line in enumerate(head):
        if not line.key.strip():
            continue
        if not reader.read(line, bounded=enacting is not None):
            header.end = place
            break
        if header.statement and _STATEMENT.search(line.key):
            header.end = place + 1
            break
    reader.finish()
    if enacting is not None:  # the formula is the surest witness of all
        header.organ = find_organ(lines[enacting].key) or header.organ
    if header.symbol and re.search(r"/(?:RES|DEC|PRST)/", header.symbol):
        header.attested = True
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
    for place in range(enacting - 1, max(-1, enacting - 6), -1):
        if read_part(lines[place].key):
            return place
    return enacting


def _has_number(lines: list[Line]) -> bool:
    return any(_number_at_start(line.key) for line in lines)


def _number_at_start(folded: str) -> tuple[re.Match[str], str | None] | None:
    """Return the number that a line begins with, and the word before it."""
    kind = _KIND.match(folded)
    number = NUMBER.match(folded, kind.end() if kind else 0)
    if number is None:
        return None
    return number, kind["noun"] if kind else None


class _HeaderReader:
    """Reads header lines in order; remembers whose title an unmarked line would be."""

    def __init__(self, header: Header, *, numbered: bool) -> None:
        self._header = header
        self._numbered = numbered
        self._untitled: Callable[[Line], None] | None = None
        self._loose: list[Line] = []

    def read(self, line: Line, *, bounded: bool) -> bool:
        """Take a line in; False when the header ended before it."""
        header = self._header
        if not bounded and self._begins_body(line):
            return False
        for recognise in (
            self._symbol,
            self._session,
            self._agenda,
            self._draft,
            self._adoption,
            self._number,
            self._dates,
            self._organ,
        ):
            if recognise(line):
                self._settle()
                return True
        if _STATEMENT.search(line.key):
            header.statement = header.attested = True
            header.organ = Organ.SC
            self._meeting_and_date(line)
            self._show(line)
        elif _MASTHEAD.match(line.key):
            self._show(line)
        elif self._untitled:
            self._untitled(line)
        else:
            self._loose.append(line)
        return True

    def finish(self) -> None:
        """Decide what the last unmarked lines were: the title, where no number brought one."""
        header = self._header
        title: list[Line] = []
        if not header.title and header.number is None and header.attested:
            while self._loose and self._loose[-1].text.count("،") < _SPONSORS:
                title.insert(0, self._loose.pop())
            header.title = title
        header.shown += self._loose
        header.shown.sort(key=lambda line: line.number)

    def _settle(self) -> None:
        """Keep for display the unmarked lines above a line that was recognised."""
        self._header.shown += self._loose
        self._loose = []

    def _show(self, line: Line) -> None:
        self._settle()
        self._header.shown.append(line)

    def _begins_body(self, line: Line) -> bool:
        label = read_label(line.key)
        if label and label.kind in (LabelKind.NUMBER, LabelKind.LETTER):
            return True
        if opens_preambular(line.key) or opens_operative(line.key):
            return True
        titled = bool(self._header.title)
        prose = len(line.key.split()) > _LONG_LINE or line.key.rstrip().endswith(("،", "؛", "."))
        return (titled or self._header.number is not None) and prose

    def _symbol(self, line: Line) -> bool:
        if "/" not in line.key or line.key[:1].isdigit():
            return False
        # The cells of a masthead may share a line: the organization's name, then the symbol.
        cells = _CELLS.split(line.text)
        symbol = next((found for cell in cells if (found := canonical_symbol(cell))), None)
        if symbol is None:
            return False
        header = self._header
        if header.symbol is None:
            header.symbol = symbol
        header.shown.append(line)
        return True

    def _session(self, line: Line) -> bool:
        match = _SESSION.match(line.key)
        if match is None:
            return False
        number = read_ordinal(match["ordinal"])
        if number is None:
            return False
        session_type = SessionType.REGULAR
        if "طارئه" in match["types"]:
            session_type = SessionType.EMERGENCY
        elif "استثنائيه" in match["types"]:
            session_type = SessionType.SPECIAL
        if self._header.session is None:
            self._header.session = Session(number, session_type)
        self._header.shown.append(line)
        return True

    def _dates(self, line: Line) -> bool:
        found = find_dates(line.folded)
        left = len(line.text) - sum(len(mention.surface) for mention in found)
        if not found or left > 14:
            return False
        if len(found) == 2 and self._header.session_dates is None:
            first, last = (mention.date for mention in found)
            if first and last:
                self._header.session_dates = (first, last)
        self._header.shown.append(line)
        return True

    def _agenda(self, line: Line) -> bool:
        match = _AGENDA.match(line.key)
        if match is None:
            return False
        header = self._header
        places = _AGENDA_ITEM.finditer(line.key, *match.span("items"))
        items = tuple(_agenda_item(line.text[slice(*line.folded.span(*p.span()))]) for p in places)
        if not items:
            ordinal = read_ordinal(match["items"])
            items = (str(ordinal),) if ordinal is not None else ()
        header.agenda_items += items
        header.shown.append(line)
        if match["title"]:
            header.agenda_title.append(line.tail(match.start("title")).text)
        else:
            self._untitled = self._take_agenda_title
        return True

    def _take_agenda_title(self, line: Line) -> None:
        self._header.agenda_title.append(line.text)
        self._header.shown.append(line)
        if not self._numbered:  # the next unmarked line may be the document's own title
            self._untitled = None

    def _draft(self, line: Line) -> bool:
        match = _DRAFT.match(line.key)
        if match is None:
            return False
        self._header.draft = True
        self._header.decision = match["noun"].startswith("مق")
        self._header.shown.append(line)
        self._untitled = None
        return True

    def _adoption(self, line: Line) -> bool:
        match = _ADOPTED.match(line.key)
        if match is None:
            return False
        header = self._header
        organ = ORGAN.search(line.key)
        if organ is not None:
            header.organ = organ_of(organ)
            header.attested = True
        if match["noun"]:
            header.decision = match["noun"].startswith("مق")
        self._meeting_and_date(line)
        header.shown.append(line)
        self._untitled = None
        return True

    def _meeting_and_date(self, line: Line) -> None:
        header = self._header
        meeting = _MEETING.search(line.key)
        if meeting and header.meeting is None:
            header.meeting = read_ordinal(meeting["ordinal"])
        for mention in find_dates(line.folded)[:1]:
            header.adopted_on = mention.date or header.adopted_on

    def _number(self, line: Line) -> bool:
        header = self._header
        numbered = _number_at_start(line.key)
        if numbered is None:
            return self._draft_number(line)
        match, noun = numbered
        number = read_number(match)
        if noun:
            header.decision = noun.startswith("مق")
        if _VOLUME_NOTE.match(line.key, match.end()):
            header.number = header.number or number
            header.attested = True
            self._meeting_and_date(line)
            header.adoption = read_adoption([line.text]).adoption
            header.shown.append(line)
            return True
        header.number = number
        header.number_line = line
        header.title_label = line.head(match.end()).text
        header.title = []
        rest = line.tail(_end_of(_AFTER_NUMBER, line.key, match.end()))
        if rest.text:
            header.title.append(rest)
        self._untitled = self._take_title
        return True

    def _draft_number(self, line: Line) -> bool:
        match = _DRAFT_NUMBER.match(line.key)
        if match is None:
            return False
        self._header.title = [line.tail(match.end())]
        self._header.draft = True
        self._untitled = self._take_title
        return True

    def _take_title(self, line: Line) -> None:
        self._header.title.append(line)

    def _organ(self, line: Line) -> bool:
        match = ORGAN.fullmatch(line.key.strip(" :*"))
        if match is None:
            return False
        # A masthead names the parent organ first, and the organ itself last.
        self._header.organ = organ_of(match)
        self._header.shown.append(line)
        return True


def _agenda_item(printed: str) -> str:
    """Return an item's number with ASCII digits and its letter as printed: ``71 (أ)``."""
    return " ".join(fold_characters(printed).text.split())


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def derive_symbol(header: Header) -> str | None:
    """Return the symbol that organ and number give, None where they give none."""
    if header.number is None or header.organ is None:
        return None
    return header.number.symbol(header.organ, decision=header.decision)


def derive_session(number: ResolutionNumber | None) -> Session | None:
    """Return the session that a number names: 46 of ``46/28``, S-30 of ``S-30/1``."""
    if number is None:
        return None
    if number.session is not None:
        return Session(number.session)
    if number.form in (NumberForm.SPECIAL, NumberForm.EMERGENCY):
        prefix, _, session = number.series.partition("-")
        kind = SessionType.EMERGENCY if prefix == "ES" else SessionType.SPECIAL
        return Session(int(session), kind)
    return None
