"""Footnotes: the marks in the running text, and the bodies, in every form they were met in.

Text extracted from Word files has ``([footnoteRef:1])`` for a mark and ``[1: ()<tab>body]`` after
the paragraph. Other texts write ``(1)`` or ``([1])`` and list the bodies at the end, or leave the
body in the running text behind its mark (``([1]) body.)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fihris.index.sources.blocks import Mark, NoteBody

_TIKA_MARK = re.compile(r"[ \t\u00a0]?\(\s*\[(?:foot|end)noteRef:(\d+)\]\s*\)")
_TIKA_BARE_MARK = re.compile(r"[ \t\u00a0]?\[(?:foot|end)noteRef:(\d+)\]")
_TIKA_BODY = re.compile(r"\[(\d{1,4}): ")
_TIKA_BODY_LEAD = re.compile(r"(?:\(\s*(?:\[(?:foot|end)noteRef:\d+\])?\s*\)|\s)+")
_TIKA_DEBRIS = re.compile(r"\[(?:bookmark|image): [^\]\n]*\]")
_TIKA = re.compile(r"\[(?:foot|end)noteRef:\d+\]|\[bookmark: [^\]\n]*\]")
# A runaway bracket must not swallow the document.
_LONGEST_BODY = 6000

_BRACKETED_MARK = re.compile(r"[ \t\u00a0]?[()]\s*\[(\d{1,3})\]\s*[()]")
_INLINE_BODY = re.compile(r"[()]\s*\[(\d{1,3})\]\s*\)\s*((?:[^()\n]|\([^()\n]*\)){2,400}?\.)\)")
# After a word, or touching a year or a closing bracket: "5 (1)" is a paragraph of a paragraph.
_PLAIN_MARK = re.compile(
    r"(?:(?<=[^\W\d_])[ \t\u00a0]?|(?<=\d{4})|(?<=[)\]»”\"]))[()](\d{1,3})[()](?!\w)"
)
_SQUARE_MARK = re.compile(r"(?<=[^\W\d_])[ \t\u00a0]?\[(\d{1,3})\]")
_EMPTY_MARK = re.compile(r"[ \t\u00a0]?\(\s*\)")
_LISTED = re.compile(r"\s*(?:[()]\s*\[?(\d{1,3})\]?\s*[()]|\[(\d{1,3})\])\s*(\S.*)")
_RULE = re.compile("\\s*[_=\u2014-]{3,}\\s*")


def is_tika(text: str) -> bool:
    """Tell whether *text* bears the debris of extraction from a Word file."""
    return _TIKA.search(text) is not None


def take_tika_notes(text: str) -> tuple[str, list[NoteBody]]:
    """Return *text* without debris and note bodies, line by line the same, and the bodies.

    A body may hold brackets of its own; it ends where its own bracket closes.
    """
    bodies: list[NoteBody] = []
    kept: list[str] = []
    done = 0
    for opening in _TIKA_BODY.finditer(text):
        if opening.start() < done:
            continue
        end = _closing_bracket(text, opening.end())
        if end is None:
            continue
        body = text[opening.end() : end]
        lead = _TIKA_BODY_LEAD.match(body)
        words = body[lead.end() if lead else 0 :].strip()
        line = text.count("\n", 0, opening.start()) + 1
        bodies.append(NoteBody(int(opening[1]), words, line))
        kept += text[done : opening.start()], "\n" * body.count("\n")
        done = end + 1
    kept.append(text[done:])
    return _TIKA_DEBRIS.sub("", "".join(kept)), bodies


def _closing_bracket(text: str, start: int) -> int | None:
    """Return where the bracket opened before *start* closes, or the first that ends a word."""
    depth = 1
    limit = min(len(text), start + _LONGEST_BODY)
    for match in re.compile(r"[\[\]]").finditer(text, start, limit):
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return match.start()
    loose = re.compile(r"\](?=\s|\[|$)").search(text, start, limit)
    return loose.start() if loose else None


def take_listed_notes(rows: list[str]) -> tuple[list[str], list[NoteBody]]:
    """Return *rows* with a list of notes at their end blanked, and the notes.

    The last rows are a list of notes when they are numbered from 1 without a gap and the text
    before them bears the first mark. The rule (``____``) above the list goes with it.
    """
    bodies: list[NoteBody] = []
    for place in range(len(rows) - 1, -1, -1):
        if not rows[place].strip():
            continue
        listed = _LISTED.fullmatch(rows[place])
        if listed is None:
            break
        bodies.append(NoteBody(int(listed[1] or listed[2]), listed[3].strip(), place + 1))
    bodies.reverse()
    # Numbered from 1 to the last one's number, the list can begin in one place only.
    listed_count = bodies[-1].number if bodies else 0
    bodies = bodies[-listed_count:] if 0 < listed_count <= len(bodies) else []
    if not bodies or not _is_list(bodies, rows):
        return rows, []
    first = bodies[0].line - 1
    above = next((at for at in range(first - 1, -1, -1) if rows[at].strip()), None)
    if above is not None and _RULE.fullmatch(rows[above]):
        first = above
    return [*rows[:first], *([""] * (len(rows) - first))], bodies


def _is_list(bodies: list[NoteBody], rows: list[str]) -> bool:
    if [body.number for body in bodies] != list(range(1, len(bodies) + 1)):
        return False
    return any(
        int(mark[1]) == 1
        for row in rows[: bodies[0].line - 1]
        for pattern in (_BRACKETED_MARK, _PLAIN_MARK, _SQUARE_MARK)
        for mark in pattern.finditer(row)
    )


def take_inline_bodies(row: str, line: int) -> tuple[str, list[NoteBody]]:
    """Return *row* with ``([1]) body.)`` reduced to its mark, and the bodies."""
    bodies = [
        NoteBody(int(found[1]), found[2].strip(), line) for found in _INLINE_BODY.finditer(row)
    ]
    return (_INLINE_BODY.sub(r"([\1])", row) if bodies else row), bodies


def take_tika_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Return *text* without its marks, and where they were.

    >>> take_tika_marks("في مالي([footnoteRef:1])، ثم")
    ('في مالي، ثم', (Mark(offset=7, number=1),))
    """
    if "oteRef:" not in text:
        return text, ()
    return _take(text, [*_TIKA_MARK.finditer(text), *_TIKA_BARE_MARK.finditer(text)])


def take_plain_marks(text: str, known: frozenset[int]) -> tuple[str, tuple[Mark, ...]]:
    """Return *text* without empty marks and those of *known* notes, and where these were.

    A number in parentheses is a mark only where there is a note of that number.

    >>> take_plain_marks("في مالي (1)، ثم ( ) 1325 (2000)", frozenset({1}))
    ('في مالي، ثم 1325 (2000)', (Mark(offset=7, number=1),))
    """
    if "(" not in text and "[" not in text:
        return text, ()
    found = list(_EMPTY_MARK.finditer(text))
    for pattern in (_BRACKETED_MARK, _PLAIN_MARK, _SQUARE_MARK) if known else ():
        found += [mark for mark in pattern.finditer(text) if int(mark[1]) in known]
    return _take(text, found)


def _take(text: str, found: list[re.Match[str]]) -> tuple[str, tuple[Mark, ...]]:
    """Cut the matches out of *text*; one that another covers goes with it."""
    kept: list[str] = []
    marks: list[Mark] = []
    done = length = 0
    for match in _apart(found):
        kept.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match.re.groups:
            marks.append(Mark(length, int(match[1])))
        # The blank before the mark went with it; between two words one must stay.
        if match[0][0] in " \t\u00a0" and text[done : done + 1].isalnum():
            kept.append(match[0][0])
            length += 1
    kept.append(text[done:])
    left = "".join(kept)
    # What a mark at either end stood apart by goes too: texts of paragraphs are stripped.
    margin = len(left) - len(left.lstrip())
    left = left.strip()
    return left, tuple(
        Mark(min(max(0, mark.offset - margin), len(left)), mark.number) for mark in marks
    )


def _apart(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the matches in order, leaving out those that overlap an earlier or longer one."""
    done = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if match.start() >= done:
            yield match
            done = match.end()
