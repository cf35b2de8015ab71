"""From a record of a collection to the model: title, date and provisions with their addresses."""

from __future__ import annotations

import datetime
import re
from collections import Counter

from fihris.index.addresses import document_address, fragment_of_ref, unused
from fihris.index.analysis import fold_characters
from fihris.index.resolution import (
    Date,
    DocumentKind,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.sources.collection import CollectionRecord
from fihris.index.titles import readable_title

#: Words. A provision that is longer is split at its newlines, so that a hit stays readable and
#: the length of a text says something about it.
MAX_PROVISION_WORDS = 400

#: Words. A longer line is cut all the same: it is a text that lost its line breaks.
MAX_LINE_WORDS = 2_000

_TITLE_WORDS = 12
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
# The first year is the document's own; those of the laws that it amends follow. Hijri years (14..)
# are left alone, and a year may run into the next word ("1974بشأن").
_YEAR_IN_TITLE = re.compile(r"\b(?:لسنة|لعام)\s*\(?\s*(1[89]\d\d|20\d\d)(?!\d)")
_SESSION = re.compile(r"(S-|ES-)?(\d{1,4})")
_SESSION_TYPES = {
    None: SessionType.REGULAR,
    "S-": SessionType.SPECIAL,
    "ES-": SessionType.EMERGENCY,
}
_WORD = re.compile(r"\S+")
_SENTENCE_ENDS = ".!؟؛"


def resolution_of(record: CollectionRecord) -> Resolution:
    """Return *record* in the model: a title unit, then its provisions in order.

    What the record says about date, organ, session or symbol and cannot be understood is left
    out with a warning; it is never a reason to lose the document.
    """
    warnings = list(record.warnings)
    title = record.title or _title_from_text(record)
    paragraphs = [Paragraph("", ParagraphKind.TITLE, title)]
    used: set[str] = {""}
    uses: Counter[str] = Counter()
    renamed: dict[str, str] = {}
    for ordinal, provision in enumerate(record.provisions, start=1):
        wanted = fragment_of_ref(provision.ref, ordinal)
        uses[wanted] += 1
        fragment = unused(wanted, used, uses[wanted])
        used.add(fragment)
        if fragment != wanted:
            renamed.setdefault(wanted, fragment)
        pieces = split_provision(provision.text)
        for part, piece in enumerate(pieces, start=1):
            address = fragment
            if len(pieces) > 1:
                address = unused(f"{fragment}.{part}", used)
                used.add(address)
            paragraphs.append(
                Paragraph(address, ParagraphKind.PROVISION, piece, label=provision.ref)
            )
    for ref, first in renamed.items():
        others = f" and {uses[ref] - 2:,} more got higher numbers" if uses[ref] > 2 else ""
        warnings.append(f'The ref "{ref}" is used more than once; one became "{first}"{others}.')
    return Resolution(
        address=_address(record, warnings),
        kind=DocumentKind.DOCUMENT,
        title=readable_title(title),
        paragraphs=tuple(paragraphs),
        source_kind=SourceKind.JSONL,
        symbol=record.symbol or None,
        organ=_organ(record.organ, warnings),
        session=_session(record.session, warnings),
        adopted_on=_date(record.date, warnings) or year_in_title(title),
        warnings=tuple(warnings),
    )


def split_provision(
    text: str, limit: int = MAX_PROVISION_WORDS, longest_line: int = MAX_LINE_WORDS
) -> tuple[str, ...]:
    r"""Return *text* in pieces of whole lines, each of about *limit* words at most.

    Only a line of more than *longest_line* words is cut, at the end of a sentence where there is
    one. Between two pieces one character is left out, a newline or the blank at such a cut.

    >>> split_provision("a b\nc\nd e f g", limit=3)
    ('a b\nc', 'd e f g')
    """
    # A word and its blank take two characters, so most texts need not be split to be counted.
    if len(text) < 2 * limit or len(text.split()) <= limit:
        return (text,)
    pieces: list[list[str]] = [[]]
    words = 0
    for line in text.split("\n"):
        for place, stretch in enumerate(_stretches(line, limit, longest_line)):
            length = len(stretch.split())
            if place or (words and length and words + length > limit):
                pieces.append([])
                words = 0
            pieces[-1].append(stretch)
            words += length
    return tuple("\n".join(lines) for lines in pieces)


def _stretches(line: str, limit: int, longest: int) -> list[str]:
    """Return *line*, or its stretches of at most *limit* words when it is longer than *longest*."""
    if len(line) < 2 * longest or len(line.split()) <= longest:
        return [line]
    stretches: list[str] = []
    start = words = 0
    sentence = sentence_words = before = 0  # where the last sentence ended, and the last word
    for word in _WORD.finditer(line):
        if words == limit:
            cut, taken = (sentence, sentence_words) if sentence else (before, words)
            stretches.append(line[start:cut])
            start, words, sentence = cut + 1, words - taken, 0
        words += 1
        before = word.end()
        if word[0][-1] in _SENTENCE_ENDS and words > limit // 2:
            sentence, sentence_words = before, words
    stretches.append(line[start:])
    return stretches


def year_in_title(title: str) -> Date | None:
    """Return the year that a title states as laws do: «لسنة 1993», in any digits.

    >>> year_in_title("قانون رقم (3) لسنة ١٩٩٣ بتعديل القانون رقم 5 لسنة 1970")
    Date(year=1993, month=None, day=None)
    """
    stated = _YEAR_IN_TITLE.search(fold_characters(title).text)
    return Date(int(stated[1])) if stated else None


def _title_from_text(record: CollectionRecord) -> str:
    """Return the first words of the first provision, else the id."""
    if not record.provisions:
        return record.id
    words = record.provisions[0].text.split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _address(record: CollectionRecord, warnings: list[str]) -> str:
    """Return the symbol where the record has a usable one, else its id."""
    if record.symbol:
        try:
            return document_address(record.symbol)
        except ValueError as error:
            warnings.append(f'"symbol" {error}; the id is used instead.')
    return record.id


def _date(written: str, warnings: list[str]) -> Date | None:
    if not written:
        return None
    stated = _DATE.fullmatch(written)
    if stated:
        year, month, day = (int(part) if part else None for part in stated.groups())
        try:
            datetime.date(year or 0, month or 1, day or 1)
        except ValueError:
            pass
        else:
            return Date(year or 0, month, day)
    warnings.append(f'"date" is "{written[:40]}", not YYYY, YYYY-MM or YYYY-MM-DD; it is left out.')
    return None


def _organ(written: str, warnings: list[str]) -> Organ | None:
    if not written:
        return None
    try:
        return Organ(written.upper())
    except ValueError:
        warnings.append(f'"organ" is "{written[:40]}", none of {", ".join(Organ)}; it is left out.')
        return None


def _session(written: str, warnings: list[str]) -> Session | None:
    if not written:
        return None
    stated = _SESSION.fullmatch(written.upper())
    if stated is None:
        warnings.append(
            f'"session" is "{written[:40]}", not like 46, S-30 or ES-10; it is left out.'
        )
        return None
    return Session(int(stated[2]), _SESSION_TYPES[stated[1]])
