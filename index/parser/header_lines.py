"""Single lines of a header: what each says of the document, None when it is of another form.

The readers take a line by itself; what it means beside the other lines is the header's to decide
(:mod:`fihris.index.parser.header`).
"""

from __future__ import annotations

import re

from fihris.index.analysis import fold_characters
from fihris.index.frozen import frozen
from fihris.index.parser.dates import find_dates
from fihris.index.parser.manuscript import Line
from fihris.index.parser.ordinals import read_ordinal
from fihris.index.parser.organs import ORGAN, find_organ, organ_of
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.resolution_number import NUMBER, ResolutionNumber, read_number
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.resolution import DateMention, Organ, Session, SessionType

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
_STATEMENT = compile_folded(
    r"أدل[ىت]\s+(?:رئيس|رئيسة)\s+مجلس\s+الأمن(?!\w).{0,400}?\sبالبيان(?!\w)"
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
_REISSUED = compile_folded(
    r"[*\s(\[]*(?:هذه\s+)?(?:ال)?(?:وثيقة\s+|قرار\s+|مقرر\s+)?(?:أعيد|أعيدت)\s+إصدار(?:ها|ه|هما)?(?!\w)"
)
_LONGEST_NOTICE = 30  # words
_CORRIGENDUM = compile_folded(r"[(\[]?تصويب(?:ات)?(?:\s*\(?(?P<number>\d{1,2})\)?)?[)\]]?\s*\*?$")
# Characters beside the dates on a line of dates: "-", "من", "إلى", blanks.
_BESIDE_DATES = 14


@frozen
class AgendaItems:
    """The numbers of agenda items, and their title where it stands on the same line."""

    numbers: tuple[str, ...]
    title: str | None


@frozen
class AdoptionLine:
    """Which organ adopted the text; ``decision`` is None where the line has no noun for it."""

    organ: Organ | None
    decision: bool | None


@frozen
class NumberLine:
    """The number that a line begins with; it ends at place ``end`` of the folded text.

    ``decision`` is None where no noun stands before the number. ``in_volume`` tells that the line
    is a yearly volume's note on the adoption and bears no title.
    """

    number: ResolutionNumber
    end: int
    decision: bool | None
    in_volume: bool

    def title(self, line: Line) -> Line:
        """Return what follows the number on its line."""
        after = _AFTER_NUMBER.match(line.key, self.end)
        return line.tail(after.end() if after else self.end)


def read_symbol(line: Line) -> str | None:
    """Return the canonical symbol on a line, which may share it with the organization's name."""
    if "/" not in line.key or line.key[:1].isdigit():
        return None
    cells = _CELLS.split(line.text)
    return next((found for cell in cells if (found := canonical_symbol(cell))), None)


def count_reissues(line: Line) -> int:
    """Return how many asterisks stand behind the symbol on a line: one for each reissue."""
    cells = (cell.rstrip() for cell in _CELLS.split(line.text))
    return next((len(cell) - len(cell.rstrip("*")) for cell in cells if canonical_symbol(cell)), 0)


def announces_reissue(folded: str) -> bool:
    """Tell whether a line says that the document was issued again.

    >>> announces_reissue("* اعيد اصدارها لاسباب فنيه في 5 نيسان/ابريل 2023.")
    True
    """
    return bool(_REISSUED.match(folded)) and len(folded.split()) <= _LONGEST_NOTICE


def read_corrigendum(folded: str) -> int | None:
    """Return the number of the corrigendum that a line announces, None when it does not.

    >>> read_corrigendum("تصويب"), read_corrigendum("تصويب 2"), read_corrigendum("تصويب الاخطاء")
    (1, 2, None)
    """
    match = _CORRIGENDUM.match(folded)
    return int(match["number"] or 1) if match else None


def read_session(folded: str) -> Session | None:
    """Return the session that a line names.

    >>> read_session("الدوره الاستثنائيه الثلاثون").label
    'S-30'
    """
    match = _SESSION.match(folded)
    number = read_ordinal(match["ordinal"]) if match else None
    if match is None or number is None:
        return None
    if "طارئه" in match["types"]:
        return Session(number, SessionType.EMERGENCY)
    if "استثنائيه" in match["types"]:
        return Session(number, SessionType.SPECIAL)
    return Session(number)


def read_dates_alone(line: Line) -> list[DateMention]:
    """Return the dates of a line that holds little else, else none."""
    found = find_dates(line.folded)
    beside = len(line.text) - sum(len(mention.surface) for mention in found)
    return found if beside <= _BESIDE_DATES else []


def read_agenda(line: Line) -> AgendaItems | None:
    """Return the agenda items that a line names, with ASCII digits: ``71 (أ)``."""
    match = _AGENDA.match(line.key)
    if match is None:
        return None
    numbers = tuple(
        _agenda_item(line.text[slice(*line.folded.span(*item.span()))])
        for item in _AGENDA_ITEM.finditer(line.key, *match.span("items"))
    )
    if not numbers:
        ordinal = read_ordinal(match["items"])
        numbers = (str(ordinal),) if ordinal is not None else ()
    return AgendaItems(numbers, line.tail(match.start("title")).text if match["title"] else None)


def _agenda_item(printed: str) -> str:
    return " ".join(fold_characters(printed).text.split())


def read_adoption_line(folded: str) -> AdoptionLine | None:
    """Return what a line like ``قرار اعتمده مجلس حقوق الإنسان`` says."""
    match = _ADOPTED.match(folded)
    if match is None:
        return None
    return AdoptionLine(find_organ(folded), _decision(match["noun"]))


def read_draft(folded: str) -> bool | None:
    """Return whether a line announces the draft of a decision; None when of nothing."""
    match = _DRAFT.match(folded)
    return _decision(match["noun"]) if match else None


def read_draft_title(line: Line) -> Line | None:
    """Return what follows the blank number of a draft: ``74/… title``."""
    match = _DRAFT_NUMBER.match(line.key)
    return line.tail(match.end()) if match else None


def read_number_line(folded: str) -> NumberLine | None:
    """Return the number of the document, where a line begins with it."""
    kind = _KIND.match(folded)
    match = NUMBER.match(folded, kind.end() if kind else 0)
    if match is None:
        return None
    in_volume = _VOLUME_NOTE.match(folded, match.end()) is not None
    noun = kind["noun"] if kind else None
    return NumberLine(read_number(match), match.end(), _decision(noun), in_volume)


def read_organ(folded: str) -> Organ | None:
    """Return the organ of a line that holds its name and nothing else."""
    match = ORGAN.fullmatch(folded.strip(" :*"))
    return organ_of(match) if match else None


def read_meeting_within(folded: str) -> int | None:
    """Return the number of the meeting that a line names among other things."""
    meeting = _MEETING.search(folded)
    return read_ordinal(meeting["ordinal"]) if meeting else None


def announces_statement(folded: str) -> bool:
    """Tell whether a line says that the Council's president made the statement that follows."""
    return _STATEMENT.search(folded) is not None


def is_masthead(folded: str) -> bool:
    """Tell whether a line belongs to the masthead: distribution, language, job number, notices."""
    return _MASTHEAD.match(folded) is not None


def _decision(noun: str | None) -> bool | None:
    """Tell a decision (مقرر) from a resolution (قرار)."""
    return None if noun is None else noun.startswith("مق")
