"""The query language: from what a person typed to a tree. docs/query-language.md describes it.

Reading a query never fails. What cannot be used is read as plain words where that makes sense, and
is otherwise left out with a notice. Words that stand side by side must all be had; ``OR`` (``أو``)
joins its direct neighbours before that; ``-`` and ``NOT`` belong to what follows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.tables import TABLES
from fihris.search.query_tokens import QueryToken, TokenKind, tokenize
from fihris.search.query_tree import And, Field, Node, Not, Or, Pattern, Phrase, Relatives, Words

#: Code points of a query that are read; a long paragraph has some two thousand.
MAX_QUERY_LENGTH = 10_000
#: Words, phrases and fields of a query that are read. Each costs the index a few milliseconds at
#: worst, and an answer has to come within about a second.
MAX_PARTS = 300
#: How deep brackets may stand in brackets.
MAX_DEPTH = 20
#: Other words that a proximity search may allow among its own.
MAX_SLOP = 50

_YEARS = r"(?P<only>\d{1,4})|(?P<first>\d{1,4})?\s*\.\.\s*(?P<last>\d{1,4})?"


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are restricted to; an empty filter restricts nothing.

    Within one filter any value will do; all filters must hold. ``year`` is an inclusive range.
    ``cites`` are canonical symbols, of which a unit cites one; ``verb`` and ``agenda`` are values
    of these fields as the index has them.
    """

    organ: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[int, int] | None = None
    cites: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


class Query(NamedTuple):
    """A query as typed, the tree it was read as, and what a person should know about that."""

    text: str
    tree: And
    notices: tuple[str, ...] = ()

    @property
    def only_words(self) -> bool:
        """Whether the query is plain words, as a symbol typed alone is."""
        parts = self.tree.parts
        return len(parts) == 1 and parts[0] == Words(" ".join(self.text.split()))


def read_years(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of ``2021``, ``2019..2021``, ``2019..`` or ``..2021``.

    The order in which two years are written is no matter, and neither is the set of digits. None
    when *text* is no year.

    >>> read_years("٢٠١٩..2021"), read_years("2019.."), read_years("now")
    ((2019, 2021), (2019, 9999), None)
    """
    years = re.fullmatch(_YEARS, text.strip())
    if years is None or not any(years.groups()):
        return None
    if years["only"]:
        return int(years["only"]), int(years["only"])
    first, last = int(years["first"] or 0), int(years["last"] or 9999)
    return min(first, last), max(first, last)


# Arabic letters and digits with single spaces among them, as most people type.
_PLAIN = re.compile("(?:[0-9\u0621-\u063a\u0641-\u064a]+ )*[0-9\u0621-\u063a\u0641-\u064a]+")
_OR_WORDS = frozenset(("او", "أو", "إو", "آو"))


def _is_plain(text: str) -> bool:
    """Tell whether *text* holds nothing but words: no sign, no operator, and not too many."""
    return (
        len(text) < 2 * MAX_PARTS
        and _PLAIN.fullmatch(text) is not None
        and _OR_WORDS.isdisjoint(text.split())
    )


def parse_query(text: str) -> Query:
    """Read *text* as a query.

    >>> parse_query('حقوق المرأة أو الطفل').tree.parts
    (Words(text='حقوق'), Or(nodes=(Words(text='المرأة'), Words(text='الطفل'))))
    >>> parse_query('- من هو "').tree.parts
    (Words(text='- من هو "'),)
    """
    if _is_plain(text):
        return Query(text, And((Words(text),)))
    notices: list[str] = []
    read = text
    if len(read) > MAX_QUERY_LENGTH:
        read = read[:MAX_QUERY_LENGTH].rsplit(None, 1)[0]
        notices.append(f"Read only the first {len(read):,} of {len(text):,} characters.")
    tokens = tokenize(read)
    if len(tokens) > MAX_PARTS:
        counted = [at for at, token in enumerate(tokens) if token.kind in _OPERANDS]
        if len(counted) > MAX_PARTS:
            notices.append(f"Read only the first {MAX_PARTS} of {len(counted)} words and phrases.")
            tokens = tokens[: counted[MAX_PARTS]]
    tokens = _without_lone_brackets(tokens, notices)
    parser = _Parser(read, tokens, notices)
    return Query(text, And(parser.parts()), tuple(dict.fromkeys(notices)))


_OPERANDS = frozenset({TokenKind.WORD, TokenKind.PHRASE, TokenKind.FIELD})


def _without_lone_brackets(tokens: Sequence[QueryToken], notices: list[str]) -> list[QueryToken]:
    """Return *tokens* with brackets that have no partner, or stand too deep, made words."""
    paired: set[int] = set()
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            opened.append(at)
        elif token.kind is TokenKind.CLOSE and opened:
            opening = opened.pop()
            if len(opened) >= MAX_DEPTH:
                notices.append(f"Ignored brackets that stand more than {MAX_DEPTH} deep.")
            elif at > opening + 1:
                paired |= {opening, at}
    brackets = (TokenKind.OPEN, TokenKind.CLOSE)
    return [
        token._replace(kind=TokenKind.WORD)
        if token.kind in brackets and at not in paired
        else token
        for at, token in enumerate(tokens)
    ]


class _Item(NamedTuple):
    """A part of a sequence with its place in the text; ``plain`` ones are nothing but words.

    Plain items that follow each other in the text are read as one clause of words.
    """

    node: Node
    start: int
    end: int
    plain: bool = False


class _Parser:
    """Reads tokens by recursive descent; brackets bound how deep it goes."""

    def __init__(self, text: str, tokens: Sequence[QueryToken], notices: list[str]) -> None:
        self._text = text
        self._tokens = tokens
        self._notices = notices
        self._at = 0

    def parts(self) -> tuple[Node, ...]:
        """Return the parts of the sequence that begins here and ends at its closing bracket."""
        return tuple(item.node for item in self._joined(self._items()))

    def _items(self) -> list[_Item]:
        items: list[_Item] = []
        while (token := self._token()) is not None and token.kind is not TokenKind.CLOSE:
            if items and self._joins_alternatives(token):
                self._at += 1
                items.append(self._alternatives(items.pop(), self._item()))
            elif items and token.kind is TokenKind.WORD and self._is_and(token):
                self._at += 1  # parts that stand together are joined so already
            else:
                items.append(self._item())
        return items

    def _item(self) -> _Item:
        """Return the smallest part that begins here, with what excludes it."""
        token = self._tokens[self._at]
        self._at += 1
        following = self._token()
        excludes = token.kind is TokenKind.MINUS or (_is_word(token, "NOT"))
        if excludes and following is not None and _may_begin_part(following):
            item = self._item()
            # What is excluded from an exclusion is asked for.
            node = item.node.node if isinstance(item.node, Not) else Not(item.node)
            return _Item(node, token.start, item.end)
        if token.kind is TokenKind.OPEN:
            return self._group(token)
        return self._operand(token)

    def _group(self, opening: QueryToken) -> _Item:
        items = self._items()
        end = self._tokens[self._at].end  # its bracket: those without a partner are words
        self._at += 1
        joined = self._joined(items)
        if len(joined) == 1:
            return _Item(joined[0].node, opening.start, end, joined[0].plain)
        return _Item(And(tuple(item.node for item in joined)), opening.start, end)

    def _operand(self, token: QueryToken) -> _Item:
        place = token.start, token.end
        match token.kind:
            case TokenKind.PHRASE:
                slop = token.slop
                if slop is not None and slop > MAX_SLOP:
                    self._notices.append(f"Read ~{slop} as ~{MAX_SLOP}, which is the most.")
                    slop = MAX_SLOP
                return _Item(Phrase(token.text, slop, token.typed), *place)
            case TokenKind.FIELD if token.name in ("root", "family"):
                return _Item(Relatives(token.text, token.name == "family"), *place)
            case TokenKind.FIELD:
                written = self._text[token.start : token.end]
                return _Item(Field(token.name, token.text, written, token.quoted), *place)
        if "*" in token.text:
            pattern = self._pattern(token)
            if pattern is not None:
                return _Item(pattern, *place)
        if token.typed and any(char.isalnum() for char in token.text):
            return _Item(Phrase(token.text, typed=True), *place)
        return _Item(Words(self._text[token.start : token.end]), *place, plain=True)

    def _pattern(self, token: QueryToken) -> Pattern | None:
        """Return the pattern that a word with ``*`` in it is, None when it is none."""
        folded = fold_text(token.text).strip("()[]{}،؛,;.:!?؟'=")
        letters = folded.replace("*", "")
        if not letters or letters.isdigit() or not any(char.isalnum() for char in letters):
            return None
        if not letters.isalnum():
            self._notices.append(f"Ignored the * in {token.text}: it stands for letters of a word.")
        elif folded.startswith("*") or len(letters) < 2:
            self._notices.append(
                f"Ignored the * in {token.text}: the word needs two letters, and one before the *."
            )
        else:
            if token.typed:
                self._notices.append(f"Ignored the = before {token.text}, for it has a *.")
            return Pattern(folded)
        return None

    def _joined(self, items: list[_Item]) -> list[_Item]:
        """Return *items* with neighbouring plain ones made one clause of words."""
        joined: list[_Item] = []
        for item in items:
            before = joined[-1] if joined else None
            gap = self._text[before.end : item.start] if before else ""
            if before and before.plain and item.plain and not gap.strip():
                written = " ".join(self._text[before.start : item.end].split())
                joined[-1] = _Item(Words(written), before.start, item.end, plain=True)
            else:
                joined.append(item)
        return joined

    def _joins_alternatives(self, token: QueryToken) -> bool:
        """Tell whether *token* is an OR between two parts.

        ``أو`` is a word of the language before it is an operator: beside a stop word it stays one.
        """
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        if following is None or not _may_begin_part(following):
            return False
        if _is_word(token, "OR"):
            return True
        before = self._tokens[self._at - 1]
        return _is_arabic_or(token) and not (_is_stop_word(before) or _is_stop_word(following))

    def _is_and(self, token: QueryToken) -> bool:
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        return _is_word(token, "AND") and following is not None and _may_begin_part(following)

    @staticmethod
    def _alternatives(first: _Item, second: _Item) -> _Item:
        before = first.node.nodes if isinstance(first.node, Or) else (first.node,)
        after = second.node.nodes if isinstance(second.node, Or) else (second.node,)
        return _Item(Or((*before, *after)), first.start, second.end)

    def _token(self) -> QueryToken | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None


def _is_word(token: QueryToken, word: str) -> bool:
    return token.kind is TokenKind.WORD and token.text == word and not token.typed


def _is_arabic_or(token: QueryToken) -> bool:
    return token.kind is TokenKind.WORD and not token.typed and fold_text(token.text) == "او"


def _is_stop_word(token: QueryToken) -> bool:
    return token.kind is TokenKind.WORD and fold_text(token.text) in TABLES.stop_words


def _may_begin_part(token: QueryToken) -> bool:
    """Tell whether *token* can begin what an operator needs beside it."""
    if token.kind is TokenKind.CLOSE or _is_word(token, "OR") or _is_word(token, "AND"):
        return False
    return token.kind is not TokenKind.WORD or any(map(str.isalnum, token.text))
