"""The tokens of the query language: words, phrases, fields, brackets and operators in a text.

Every character of a query belongs to a token or is a space between two. A sign that cannot be one,
such as a quotation mark without its partner, is a letter of a word.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from fihris.index.analysis.normalizer import fold_text

#: English and Arabic names of the fields; all lead to the English ones.
FIELD_NAMES = {
    "symbol": "symbol",
    "رمز": "symbol",
    "organ": "organ",
    "هيئة": "organ",
    "session": "session",
    "دورة": "session",
    "year": "year",
    "سنة": "year",
    "kind": "kind",
    "نوع": "kind",
    "verb": "verb",
    "فعل": "verb",
    "title": "title",
    "عنوان": "title",
    "cites": "cites",
    "استشهاد": "cites",
    "footnote": "footnote",
    "حاشية": "footnote",
    "root": "root",
    "جذر": "root",
    "family": "family",
    "أسرة": "family",
}

_FOLDED_NAMES = {fold_text(name): english for name, english in FIELD_NAMES.items()}
_FIELD = re.compile(r"(?P<name>[^\W\d_]+):(?=[^\s:])")
# Typographic marks come in any pairing (“…” ”…“ „…“); guillemets in one.
_CLOSING = {'"': '"', "«": "»"} | dict.fromkeys("“”„‟", "“”‟")
_QUOTES = "".join(_CLOSING)
_SLOP = re.compile(r"~(\d{1,9})")
_NUMBER_WITH_YEAR = re.compile(r"\d+\s?\(\d{4}\)(?!\w)")
_RUN = re.compile(rf"[^\s{_QUOTES}]+|[{_QUOTES}]")


class TokenKind(Enum):
    """What a token is; ``MINUS`` touches what it excludes."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()


class QueryToken(NamedTuple):
    """A part of the query between two places in it, end exclusive.

    ``text`` is what stands inside the quotation marks, or the value of a field; ``name`` is the
    English name of a field. ``typed`` tells that an equals sign asks for the spelling as typed.
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    name: str = ""
    slop: int | None = None
    typed: bool = False
    quoted: bool = False


def tokenize(text: str) -> list[QueryToken]:
    """Return the tokens of *text* in order.

    >>> [(token.kind.name, token.text) for token in tokenize('ماء "حق الإنسان" -(بحر)')]
    [('WORD', 'ماء'), ('PHRASE', 'حق الإنسان'), ('MINUS', '-'), ('OPEN', '('), ('WORD', 'بحر'), \
('CLOSE', ')')]
    """
    tokens: list[QueryToken] = []
    at = 0
    begins = True  # whether a sign that only counts before a word may stand here
    while at < len(text):
        if text[at].isspace():
            at += 1
            begins = True
            continue
        token = _token(text, at, begins=begins)
        tokens.append(token)
        at = token.end
        begins = token.kind in (TokenKind.OPEN, TokenKind.MINUS)
    return tokens


def _token(text: str, at: int, *, begins: bool) -> QueryToken:
    char = text[at]
    if char.isalnum():  # as nearly every token begins
        return (begins and _field(text, at)) or _word(text, at, begins=begins)
    following = text[at + 1 : at + 2].strip()
    if char == ")":
        return QueryToken(TokenKind.CLOSE, at, at + 1, char)
    if begins and char == "(":
        return QueryToken(TokenKind.OPEN, at, at + 1, char)
    if begins and char == "-" and following not in ("", "-"):
        return QueryToken(TokenKind.MINUS, at, at + 1, char)
    return (
        _phrase(text, at, begins=begins)
        or (begins and _field(text, at))
        or _word(text, at, begins=begins)
    )


def _phrase(text: str, at: int, *, begins: bool) -> QueryToken | None:
    """Return the phrase that opens at *at*, None when no quotation mark closes it."""
    typed = begins and text[at] == "="
    opening = at + typed
    inside = _quoted(text, opening)
    if inside is None:
        return None
    end = opening + len(inside) + 2
    slop = _SLOP.match(text, end)
    return QueryToken(
        TokenKind.PHRASE,
        at,
        slop.end() if slop else end,
        inside,
        slop=int(slop[1]) if slop else None,
        typed=typed,
    )


def _quoted(text: str, at: int) -> str | None:
    """Return what stands between the quotation mark at *at* and the one that closes it."""
    closing = _CLOSING.get(text[at : at + 1])
    if closing is None:
        return None
    ends = [end for mark in closing if (end := text.find(mark, at + 1)) >= 0]
    return text[at + 1 : min(ends)] if ends else None


def _field(text: str, at: int) -> QueryToken | None:
    """Return the field that begins at *at*, None when no name of one stands there."""
    match = _FIELD.match(text, at)
    name = match and _FOLDED_NAMES.get(fold_text(match["name"]))
    if not match or not name:
        return None
    start = match.end()
    quoted = _quoted(text, start)
    if quoted is not None:
        end = start + len(quoted) + 2
        return QueryToken(TokenKind.FIELD, at, end, quoted, name, quoted=True)
    if text[start] == "(" and (closing := text.find(")", start)) > 0:
        return QueryToken(TokenKind.FIELD, at, closing + 1, text[start + 1 : closing], name)
    with_year = _NUMBER_WITH_YEAR.match(text, start)
    end = with_year.end() if with_year else _word_end(text, start)
    return QueryToken(TokenKind.FIELD, at, end, text[start:end], name)


def _word(text: str, at: int, *, begins: bool) -> QueryToken:
    with_year = _NUMBER_WITH_YEAR.match(text, at) if begins else None
    end = with_year.end() if with_year else _word_end(text, at)
    typed = begins and text[at] == "=" and end - at > 1
    return QueryToken(TokenKind.WORD, at, end, text[at + typed : end], typed=typed)


def _word_end(text: str, at: int) -> int:
    """Return where the run that begins at *at* ends: before a space, a quotation mark that can
    open a phrase, or a bracket that closes what was opened before the run.
    """
    run = _RUN.match(text, at)
    end = run.end() if run else at + 1
    if text.find(")", at, end) < 0:
        return end
    depth = 0
    for place in range(at, end):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            if depth == 0:
                return max(place, at + 1)
            depth -= 1
    return end
