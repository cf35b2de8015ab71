"""Drafts: a pasted clause, or a whole draft, as the clauses to be looked up.

What is not wording leaves the text as it does when a document is indexed: paragraph numbers, the
marks and the bodies of footnotes, the debris of extraction from Word files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fihris.index.frozen import frozen

if TYPE_CHECKING:
    from fihris.index.parser.manuscript import Line

# A paragraph of a resolution ends in one of these; a line without one goes on in the next.
_PARAGRAPH_ENDS = frozenset(".؛،:;,؟?!")
_CLOSING_MARKS = " \t\"'»”’)]"
_LABEL_SHOWS = 6
# A mark of a footnote has up to three digits: a year in parentheses is none.
_ANY_MARK = frozenset(range(1000))


@frozen
class DraftClause:
    """A paragraph of a draft, or any wording to be looked up.

    ``text`` is the author's own spelling, and what spans count in. ``label`` is the number that
    stood before it (``12-``, ``(أ)``), ``line`` the line it begins on, counted from 1.
    """

    text: str
    label: str = ""
    line: int = 1


def read_clause(text: str) -> DraftClause:
    """Return *text* as one clause, whatever lines it has.

    >>> read_clause("12- يطلب إلى الأمين العام؛")
    DraftClause(text='يطلب إلى الأمين العام؛', label='12-', line=1)
    """
    lines = [line for line in _lines(text) if line.text]
    return _clause(lines) if lines else DraftClause("")


def read_draft(text: str) -> list[DraftClause]:
    """Return the paragraphs of *text* that hold a letter or a digit, in order.

    An empty line ends a paragraph. So does a line that ends as a paragraph does, with a full stop,
    comma, semicolon or colon; any other line goes on in the next one, unless that bears a number.

    >>> [clause.text for clause in read_draft("إذ يشير\\nإلى قراره،\\n1- يقرر ما يلي:")]
    ['إذ يشير\\nإلى قراره،', 'يقرر ما يلي:']
    """
    return [
        clause
        for clause in map(_clause, _paragraphs(text))
        if any(char.isalnum() for char in clause.text)
    ]


def readings(clause: DraftClause) -> Iterator[DraftClause]:
    """Yield the ways to read *clause*, the likeliest first.

    The number before it may belong to the wording, and a number in parentheses after a word may be
    the mark of a footnote that was not pasted along; only an index that has the wording can tell.
    """
    from fihris.index.parser.footnotes import take_plain_marks

    yield clause
    if clause.label:
        yield DraftClause(f"{clause.label} {clause.text}", line=clause.line)
    unmarked, _ = take_plain_marks(clause.text, _ANY_MARK)
    if unmarked != clause.text:
        yield DraftClause(unmarked, clause.label, clause.line)


def _lines(text: str) -> list[Line]:
    from fihris.index.parser.manuscript import read_manuscript

    return read_manuscript(text).lines


def _paragraphs(text: str) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in _lines(text):
        if paragraph and (not line.text or _ends(paragraph[-1]) or _label_end(line)):
            yield paragraph
            paragraph = []
        if line.text:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _ends(line: Line) -> bool:
    return line.text.rstrip(_CLOSING_MARKS)[-1:] in _PARAGRAPH_ENDS


def _label_end(line: Line) -> int:
    """Return where the label that *line* begins with ends in its folded text, 0 without one."""
    # Every label has a digit or a sign so near its beginning; what has none need not wait for
    # the tables of the parser.
    if line.key[:_LABEL_SHOWS].replace(" ", "").isalpha():
        return 0
    from fihris.index.parser.numbering import read_label

    label = read_label(line.key)
    return label.end if label is not None else 0


def _clause(lines: list[Line]) -> DraftClause:
    first, *more = lines
    label_end = _label_end(first)
    opening = first.tail(label_end) if label_end else first
    return DraftClause(
        "\n".join([opening.text, *(line.text for line in more)]),
        first.text[: len(first.text) - len(opening.text)].strip(),
        first.number,
    )
