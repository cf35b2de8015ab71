"""Lines that close a text (meeting, date, vote), and the furniture of pages between its lines."""

from __future__ import annotations

import re

from fihris.index.parser.adoption import AdoptionReading, is_vote_line, read_adoption
from fihris.index.parser.dates import find_dates
from fihris.index.parser.enacting import match_enacting
from fihris.index.parser.manuscript import Line
from fihris.index.parser.numbering import read_annex, read_label, read_part
from fihris.index.parser.ordinals import read_ordinal
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.resolution import Date

_MEETING = compile_folded(r"[\[(]?ال?جلسة(?:\s+العامة)?(?:\s+رقم)?\s+(?P<ordinal>\S.*)$")
_FURNITURE = re.compile(r"(?:\d{1,3}(?:/\d{1,3})?|ge\.\d\d-\d{5}.*|[\d(*)-]{8,}|[_=—-]{3,})$")
_LONGEST_MEETING = 15  # words
_LONGEST_DATE = 40  # characters of a line that is a date and nothing else


def is_furniture(line: Line) -> bool:
    """Tell whether a line is a page number, a job number, a rule or the running symbol."""
    if _FURNITURE.match(line.key):
        return True
    return "/" in line.key and " " not in line.key and canonical_symbol(line.text) is not None


def read_meeting(folded: str) -> int | None:
    """Return the number of the meeting that a line names, when it does nothing else.

    >>> read_meeting("الجلسه العامه التاسعه والسبعون"), read_meeting("الجلسه 51")
    (79, 51)
    """
    match = _MEETING.match(folded)
    if match is None or folded.rstrip().endswith(("،", "؛")):
        return None
    return read_ordinal(match["ordinal"]) if len(folded.split()) <= _LONGEST_MEETING else None


def read_lone_date(line: Line) -> Date | None:
    """Return the date of a line that holds a date and nothing else."""
    if len(line.text) > _LONGEST_DATE or not line.key[:1].isdigit():
        return None
    found = find_dates(line.folded)
    if len(found) != 1 or len(line.text) - len(found[0].surface) > 2:
        return None
    return found[0].date


def read_date(line: Line) -> Date | None:
    """Return the first date on a line."""
    found = find_dates(line.folded)
    return found[0].date if found else None


class VoteLines:
    """Gathers the lines of the vote, which lasts until its bracket closes or new text begins."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open = False

    def take(self, line: Line) -> bool:
        """Take *line* if it belongs to the vote, and tell whether it does."""
        tells_vote = is_vote_line(line.key)
        if not tells_vote and not self._open:
            return False
        if not tells_vote and _begins_text(line):
            self._open = False
            return False
        self._lines.append(line.text)
        text = line.key.strip()
        bracketed = text.startswith(("[", "]"))  # old conversions mirror brackets
        closed = text.endswith("]") or (text.endswith("[") and not bracketed)
        sentence_only = not bracketed and not self._open and ":" not in text
        self._open = not closed and not sentence_only
        return True

    def read(self) -> AdoptionReading:
        """Return what the lines say, taken together."""
        return read_adoption(self._lines)


def _begins_text(line: Line) -> bool:
    """Tell whether a line is none of a vote's, though the vote's bracket never closed."""
    return bool(
        read_annex(line.key)
        or read_part(line.key)
        or match_enacting(line.key)
        or read_meeting(line.key) is not None
        or read_label(line.key)
    )
