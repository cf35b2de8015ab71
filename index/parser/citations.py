"""Citations of other documents in running text: symbols, and resolutions cited by their numbers.

A textual citation begins at a trigger (قرار or مقرر in any inflection); every number after it, up
to the next trigger, إذ, semicolon, full stop or line end, cites a document of the organ that the
text names, or of the document's own organ where the trigger has a possessive ("its resolutions").
The rules are those of the format specification, section 4.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from fihris.index.analysis import Folded
from fihris.index.frozen import frozen
from fihris.index.parser.citation_series import listed_between, parts_after
from fihris.index.parser.council_numbers import bare_numbers
from fihris.index.parser.organs import COUNCILS, FEMININE, ORGAN, organ_of
from fihris.index.parser.patterns import compile_folded
from fihris.index.parser.resolution_number import (
    NUMBER,
    NumberForm,
    ResolutionNumber,
    read_number,
)
from fihris.index.parser.symbols import locate_symbols
from fihris.index.resolution import Citation, Confidence, Organ

_DIGIT = re.compile("[0-9]")
_TRIGGER = compile_folded(
    r"(?<!\w)[وف]?(?:[بلك]?ال|لل|[بلك])?(?P<noun>قرار|مقرر)"
    r"(?:(?:ات|ين|ان|ي)?(?P<own>هما|ها|ه)|ات|ين|ان|ي)?(?!\w)"
    r"(?!\s+(?:ال)?خاص)"  # "the Special Rapporteur" is written like "the decision"
)
# Every number of a resolution has one of these signs in it; most numbers have none.
_NUMERIC = compile_folded(
    r"[0-9]\s?(?:/\s?[0-9]|[()]\s?[0-9]{4}|-\s?د)|[()]\s?الدورة\s|د\s?إ?\s?ط?\s*-?\s*[0-9]"
    r"|[)]\s?[0-9]{4}\s?[(]"
)
_STOP = compile_folded(r"[؛\n]|\.(?!\w)|(?<!\w)و?إذ(?!\w)")
_TOKEN = re.compile(rf"(?<![\w/.])[وفبل]{{0,2}}(?P<number>{NUMBER.pattern})")
_TITLE_WORD = compile_folded(r"(?:\s*(?:ذ[اويى]|ذات)?\s*(?:الأرقام|الرقم|المرقم|رقم)?\s*:?\s*\(?)$")
_BARE_COUNCIL = compile_folded(r"\s*(?:ال)?(?P<council>مجلس|المجلس|جمعية|الجمعية)(?!\w)")
_OF_ORGAN = compile_folded(
    r"\s*(?:(?:الصادر|المتخذ|المعتمد)(?:ة|ين|تين|ان)?\s+(?:عن|من)"
    r"|(?:الذي|التي|اللذين|اللذان)\s+(?:اتخذ|اعتمد|أصدر)(?:ته|ه|تها|ها|هما|تهما))?\s*"
)
_PLAIN_NUMBER = compile_folded(
    r"\s*(?:رقم|الرقم)?\s*(?P<plain>\d{1,4})(?![\d/])\s*"
    r"(?:المؤرخ|بتاريخ|الصادر|المتخذ|لعام|لسنة|عام|سنة|في)[^؛.\n]{0,45}?(?<!\d)"
    r"(?P<dated>(?:19|20)\d\d)(?!\d)"
)
_PINPOINT_BEFORE = compile_folded(r"(?<!\w)(الفقر(?:ة|ات|تين|تان)\s[^،؛.\n]{1,40}?)\s+من\s+$")
_PINPOINT_AFTER = compile_folded(
    r"\s*،\s*((?:المرفق|الفصل|الفقرة|الفقرات|الفقرتان|الفقرتين|القرار|المقرر|التذييل|الضميمة|الصفحة"
    r"|الباب|الجزء|الفرع|المادة)(?!\w)[^،؛.\n()\]]*(?:\([^)\n]{1,4}\))?)"
)
# The first number of a decision stands near its trigger; المقرر is a common word otherwise.
_NEAR = 60
# A list has a handful of ranges; a text that is nothing but ranges would grow sixtyfold.
_MOST_IN_RANGES = 20


@frozen
class _Found:
    """A citation whose places are in the folded text."""

    start: int
    end: int
    symbol: str
    confidence: Confidence
    part: str | None = None
    pinpoint: tuple[int, int] | None = None


def find_citations(folded: Folded, organ: Organ | None = None) -> list[Citation]:
    """Return the citations in text that ``fold`` has folded, in order.

    Offsets and surfaces are the original's; the surface is the number or symbol alone.
    *organ* is that of the document the text stands in; it decides what "its resolution" means.

    >>> from fihris.index.analysis import fold
    >>> [c.symbol for c in find_citations(fold("قرار الجمعية العامة ٦٠ / ٢٥١"))]
    ['A/RES/60/251']
    """
    if not _DIGIT.search(folded.text):
        return []
    text = folded.text
    symbols = [
        _Found(
            found.start,
            found.end,
            found.symbol,
            Confidence.SYMBOL,
            found.part,
            _pinpoint_after(text, found.end),
        )
        for found in locate_symbols(folded)
    ]
    taken = [(found.start, found.end) for found in symbols]
    textual = [
        found
        for found in _textual(text, organ)
        if not any(found.start < end and start < found.end for start, end in taken)
    ]
    ordered = sorted(symbols + textual, key=lambda found: found.start)
    return [_citation(folded, found) for found in ordered]


def _textual(text: str, own: Organ | None) -> Iterator[_Found]:
    """Yield the citations by number in *text*."""
    council = "مجلس الامن" in text or (own is Organ.SC and "مجلس" in text)
    if not (_NUMERIC.search(text) or council):
        return
    if "قرار" not in text and "مقرر" not in text:
        return
    triggers = list(_TRIGGER.finditer(text))
    named = [(match.start(), organ_of(match)) for match in ORGAN.finditer(text)] if triggers else []
    for place, trigger in enumerate(triggers):
        end = triggers[place + 1].start() if place + 1 < len(triggers) else len(text)
        stop = _STOP.search(text, trigger.end(), end)
        reach = stop.start() if stop else end
        yield from _chain(text, trigger, reach, own, named)


def _chain(
    text: str,
    trigger: re.Match[str],
    end: int,
    own: Organ | None,
    organs: list[tuple[int, Organ]],
) -> Iterator[_Found]:
    """Yield the citations of one trigger, whose reach ends at *end*; *organs* are those named."""
    decision = trigger["noun"].startswith("مق")
    possessors = _possessors(trigger, own, organs)
    named: Organ | None = None
    done = trigger.end()
    council = list(_council_numbers(text, done, end, own, decision))
    if council:
        yield from council
        done, named = council[-1].end, Organ.SC
    before = _PINPOINT_BEFORE.search(text, max(0, trigger.start() - 60), trigger.start())
    tokens = list(_TOKEN.finditer(text, done, end))
    organs_after = _organs_after(text, tokens)
    previous: ResolutionNumber | None = None
    previous_end = range_start = done
    for place, token in enumerate(tokens):
        if place == 0 and decision and token.start() - done > _NEAR:
            return
        leading = _organ_before(text[done : token.start()], first=place == 0)
        if place == 0 and leading is None:
            leading = _bare_council(text, done, own, organs)
        if leading and not (place == 0 and trigger["own"]):
            named = leading
        done = token.end()
        number = read_number(token)
        organ = organs_after[place] or named
        found = _resolve(number, organ, possessors, own, decision)
        if found is None:
            continue
        symbol, confidence = found
        start = token.start("number")
        parts = list(parts_after(text, done, end)) if number.part else []
        done = parts[-1][1] if parts else done
        pinpoint = before.span(1) if before and place == 0 else _pinpoint_after(text, done)
        if 0 < place <= _MOST_IN_RANGES and previous is not None:
            gap = text[previous_end : token.start()]
            before_range = text[max(0, range_start - _NEAR) : range_start]
            for between in listed_between(previous, number, gap, before_range):
                resolved = _resolve(between, organ, possessors, own, decision)
                if resolved:
                    yield _Found(range_start, token.end(), *resolved)
        previous, previous_end, range_start = number, done, start
        yield _Found(start, token.end(), symbol, confidence, number.part, pinpoint)
        for part_start, part_end, letter in parts:
            yield _Found(part_start, part_end, symbol, confidence, letter, pinpoint)


def _resolve(
    number: ResolutionNumber,
    organ: Organ | None,
    possessors: list[tuple[Organ, Confidence]],
    own: Organ | None,
    decision: bool,
) -> tuple[str, Confidence] | None:
    """Return the symbol that *number* means and how surely."""
    known = [(organ, Confidence.ORGAN)] if organ is not None else []
    for candidate, confidence in known + possessors:
        symbol = number.symbol(candidate, decision=decision)
        if symbol:
            return symbol, confidence
    symbol = number.symbol(number.presumed_organ(own), decision=decision)
    return (symbol, Confidence.BARE) if symbol else None


def _possessors(
    trigger: re.Match[str], own: Organ | None, organs: list[tuple[int, Organ]]
) -> list[tuple[Organ, Confidence]]:
    """Return whose the resolution of a possessive may be, likeliest first.

    It is the document's own organ's when the genders agree, else that of the organ named last
    which does: in a text of a council (masculine), ``قرارها`` is the Assembly's.
    """
    if not trigger["own"]:
        return []
    feminine = trigger["own"] == "ها"
    either = trigger["own"] == "هما"
    possessors = []
    if own is not None and (either or (own in FEMININE) == feminine):
        possessors.append((own, Confidence.SELF))
    for at, organ in reversed(organs):
        if at < trigger.start() and (organ in FEMININE) == feminine:
            possessors.append((organ, Confidence.ORGAN))
            break
    return possessors


def _organ_before(gap: str, *, first: bool) -> Organ | None:
    """Return the organ named in the *gap* between a trigger, or the number before, and a number.

    Between two numbers only a name that touches the second one counts: the rest is description.
    """
    last = None
    for match in ORGAN.finditer(gap):
        if first:
            return organ_of(match)
        last = match
    return organ_of(last) if last and _TITLE_WORD.match(gap, last.end()) else None


def _bare_council(
    text: str, at: int, own: Organ | None, organs: list[tuple[int, Organ]]
) -> Organ | None:
    """Return what "the Council" or "the Assembly" right after a trigger means.

    It is the document's own council, else the council named last.
    """
    bare = _BARE_COUNCIL.match(text, at)
    if bare is None:
        return None
    if bare["council"].endswith("جمعيه"):
        return Organ.GA
    if own in COUNCILS:
        return own
    before = bisect_left(organs, at, key=lambda named: named[0])
    return next((organ for _, organ in reversed(organs[:before]) if organ in COUNCILS), None)


def _organs_after(text: str, tokens: list[re.Match[str]]) -> list[Organ | None]:
    """Return for each number the organ named after it, or after those it is listed with."""
    organs = [_organ_after(text, token.end()) for token in tokens]
    for place in range(len(tokens) - 2, -1, -1):
        gap = text[tokens[place].end() : tokens[place + 1].start()]
        if organs[place] is None and not gap.strip(" ،و"):
            organs[place] = organs[place + 1]
    return organs


def _organ_after(text: str, at: int) -> Organ | None:
    """Return the organ in "… 60/251 adopted by the General Assembly" or "… للجمعية العامة"."""
    link = _OF_ORGAN.match(text, at)
    if link is None:
        return None
    match = ORGAN.match(text, link.end())
    if match is None or not (text[at : link.end()].strip() or match[1].startswith("ل")):
        return None
    return organ_of(match)


def _council_numbers(
    text: str, start: int, end: int, own: Organ | None, decision: bool
) -> Iterator[_Found]:
    """Yield Security Council resolutions cited without a year in brackets.

    The press writes the number and then its date; others write numbers alone, from which the year
    follows.
    """
    organ = ORGAN.match(text, _skip_blanks(text, start))
    named = organ is not None and organ_of(organ) is Organ.SC
    bare = _BARE_COUNCIL.match(text, start) if own is Organ.SC else None
    if decision or not (named or bare):
        return
    at = organ.end() if named and organ else bare.end() if bare else start
    dated = _PLAIN_NUMBER.match(text, at, end) if named else None
    if dated:
        meant = ResolutionNumber(NumberForm.COUNCIL, dated["dated"], int(dated["plain"]))
        yield _Found(*dated.span("plain"), str(meant.symbol(Organ.SC)), Confidence.ORGAN)
        return
    for number, year in bare_numbers(text, at, end):
        meant = ResolutionNumber(NumberForm.COUNCIL, str(year), int(number["number"]))
        yield _Found(*number.span("number"), str(meant.symbol(Organ.SC)), Confidence.ORGAN)


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _pinpoint_after(text: str, at: int) -> tuple[int, int] | None:
    """Return where the places inside the document are told: ``، الفصل الأول، القرار 1``."""
    first = match = _PINPOINT_AFTER.match(text, at)
    last = None
    while match:
        last = match
        match = _PINPOINT_AFTER.match(text, last.end())
    return (first.start(1), last.end(1)) if first and last else None


def _citation(folded: Folded, found: _Found) -> Citation:
    start, end = folded.span(found.start, found.end)
    pinpoint = None
    if found.pinpoint:
        first, last = folded.span(*found.pinpoint)
        pinpoint = folded.original[first:last].strip()
    surface = folded.original[start:end]
    return Citation(found.symbol, start, end, surface, found.confidence, found.part, pinpoint)
