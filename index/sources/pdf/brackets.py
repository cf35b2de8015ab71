"""Brackets: set right by what they enclose, for in Arabic they are drawn mirrored.

A file may name a bracket by its shape or by its sense, and libraries turn some of them back and
others not, so what a bracket is called proves nothing; where it stands does.
"""

from __future__ import annotations

import re

_PAIRS = {"(": "()", ")": "()", "[": "[]", "]": "[]", "«": "«»", "»": "«»", "{": "{}", "}": "{}"}
_BRACKET = re.compile(r"[()\[\]{}«»]")
_QUOTE = re.compile("[\u201c\u201d]")
_OPENING_QUOTE = re.compile("(?<![^\\s(\\[])([\u201c\u201d])(?=\\S)")
_CLOSING_SIGNS = frozenset("،؛.:,;!؟?\u201d\u201c\"'")


def set_brackets_right(text: str) -> str:
    """Return *text*, a whole paragraph, with each bracket opening or closing as its place tells.

    >>> set_brackets_right(")أ( تعزيز الحق )انظر القرار 1325 )2000((")
    '(أ) تعزيز الحق (انظر القرار 1325 (2000))'
    """
    if not _BRACKET.search(text):
        return text
    chars = list(text)
    depth: dict[str, int] = {}
    for found in _BRACKET.finditer(text):
        pair = _PAIRS[found[0]]
        before = text[found.start() - 1 : found.start()] or " "
        after = text[found.end() : found.end() + 1] or " "
        inside = depth.get(pair, 0)
        if _opens(before, after, inside):
            chars[found.start()] = pair[0]
            depth[pair] = inside + 1
        else:
            chars[found.start()] = pair[1]
            depth[pair] = max(0, inside - 1)
    return "".join(chars)


def set_quotes_right(texts: list[str]) -> list[str]:
    """Return *texts*, all of a document, with ``”…“`` or ``“…”`` as the document has them.

    The library turns these two around wherever they stand between Arabic, though they have no
    mirror image. What most quotations of the text open with is therefore what they close with.
    """
    opening = sum(len(_OPENING_QUOTE.findall(text)) for text in texts)
    turned = sum(found == "\u201c" for text in texts for found in _OPENING_QUOTE.findall(text))
    first, second = ("\u201d", "\u201c") if 2 * turned > opening else ("\u201c", "\u201d")
    if not opening:
        return texts
    return [_quoted(text, first, second) for text in texts]


def _quoted(text: str, first: str, second: str) -> str:
    """Return *text* with *first* for quotes that open and *second* for those that close."""
    return _QUOTE.sub(
        lambda quote: first if _OPENING_QUOTE.match(text, quote.start()) else second, text
    )


def _opens(before: str, after: str, inside: int) -> bool:
    """Tell whether a bracket between these characters opens, when so many are open already."""
    free_before = before.isspace() or before in "/-"
    free_after = after.isspace() or after in _CLOSING_SIGNS
    if free_before != free_after:
        return free_before
    if before in _PAIRS and after not in _PAIRS and not free_after:
        return inside == 0 or before.isspace()
    return inside == 0
