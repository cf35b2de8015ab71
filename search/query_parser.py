"""From a query that is more than plain words to its tree, by the tokens it is made of.

It stands apart from :mod:`fihris.search.query` because most queries need none of it, and a person
at a terminal waits for its patterns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.tables import TABLES
from fihris.search.query import MAX_PARTS, MAX_QUERY_LENGTH
from fihris.search.query_tokens import QueryToken, TokenKind, tokenize
from fihris.search.query_tree import And, Field, Node, Not, Or, Pattern, Phrase, Relatives, Words

#: How deep brackets may stand in brackets.
MAX_DEPTH = 20
#: Other words that a proximity search may allow among its own.
MAX_SLOP = 50

_OPERANDS = frozenset({TokenKind.WORD, TokenKind.PHRASE, TokenKind.FIELD})


def parse_tree(text: str) -> tuple[And, tuple[str, ...]]:
    """Return the tree that *text* is read as, and what a person should know about that."""
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
    return And(parser.parts()), tuple(dict.fromkeys(notices))


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
