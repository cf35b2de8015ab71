"""Symbols of documents (``A/HRC/RES/46/28``) in running text, brought to their canonical form.

Canonical: no blanks, capitals, ASCII digits, ``Rev.1`` and its like capitalised, the year of a
Security Council resolution closed up (``S/RES/1325(2000)``), no trailing asterisk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fihris.index.analysis import Folded, fold
from fihris.index.frozen import frozen
from fihris.index.parser.patterns import read_table
from fihris.index.resolution import Citation, Confidence

_HEADS = "|".join(
    sorted((head.lower() for head in read_table("symbols.json")["heads"]), key=len, reverse=True)
)
_COMPONENT = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
_SYMBOL = re.compile(
    r"(?<![a-z0-9_/.:=@&?%+-])"
    rf"(?P<path>(?:{_HEADS})(?:/{_COMPONENT})+)"
    r"(?:(?P<before_roman>\s?[a-z])?\s?\(\s?(?P<series>(?:19|20)\d\d|(?:e?s-)?[ivxlc]+)\s?\)"
    r"(?:\s?(?P<after_roman>[a-z])(?![\w./]))?|\s?(?P<part>[a-z])(?![\w./]))?"
)
# Typed from right to left, the components come in the opposite order: "28/46/RES/HRC/A".
_BACKWARD = re.compile(
    r"(?<![\w/.-])(?P<path>(?:\d{1,4}(?:-e?s)?/){1,2}(?:res|dec|prst)/(?:hrc/)?[aes]"
    r"|\d{1,3}/(?:19|20)\d\d/e)(?![\w/])"
)
_LATIN = re.compile("[a-z]")
_MORE = re.compile(r"\s*(?:[،,]|[،,]?\s?و)\s*(?P<suffix>(?:corr|add|rev)\.\d+(?:-\d+)?)(?!\w)")
_SUFFIX = re.compile(r"/(corr|add|rev)\.\d+(?:-\d+)?$", re.IGNORECASE)
_CAPITALISED = ("rev.", "add.", "corr.", "sub.", "amend.", "summary")
_GLUED_PART = re.compile(r"(/(?:res|dec)/\d{1,3}/\d{1,3})([a-z])$")


@frozen
class FoundSymbol:
    """A symbol with its place in the folded text."""

    start: int
    end: int
    symbol: str
    part: str | None = None


def find_symbols(folded: Folded) -> list[Citation]:
    """Return the symbols in text that ``fold`` has folded, as citations, in order.

    Offsets and surfaces are the original's. ``A/61/229 و Corr.1`` gives two. Symbols inside web
    addresses are left alone.

    >>> [found.symbol for found in find_symbols(fold("الوثيقة A/61/229 و Corr.1."))]
    ['A/61/229', 'A/61/229/Corr.1']
    """
    found = []
    for mention in locate_symbols(folded):
        start, end = folded.span(mention.start, mention.end)
        surface = folded.original[start:end]
        found.append(Citation(mention.symbol, start, end, surface, Confidence.SYMBOL, mention.part))
    return found


def locate_symbols(folded: Folded) -> list[FoundSymbol]:
    """Return the symbols in text that ``fold`` has folded, with their places in the folded copy."""
    text = folded.text
    if "/" not in text or not _LATIN.search(text):
        return []
    found: list[FoundSymbol] = []
    for match in _SYMBOL.finditer(text):
        # Running text writes symbols in capitals; "a/b" in small letters is something else.
        if not folded.original[folded.offsets[match.start()]].isupper():
            continue
        symbol = _read(match)
        if symbol is None:
            continue
        found.append(symbol)
        more = _MORE.match(text, symbol.end)
        while more:
            stem = symbol.symbol
            kind = _SUFFIX.search(stem)
            if kind and kind[1].lower() == more["suffix"].partition(".")[0]:
                stem = stem[: kind.start()]
            canonical = f"{stem}/{_component(more['suffix'])}"
            found.append(FoundSymbol(*more.span("suffix"), canonical))
            more = _MORE.match(text, more.end())
    found += _typed_backward(folded, found)
    return sorted(found, key=lambda symbol: symbol.start)


def _typed_backward(folded: Folded, found: list[FoundSymbol]) -> Iterator[FoundSymbol]:
    """Yield the symbols that were typed from right to left, apart from those *found* already."""
    for match in _BACKWARD.finditer(folded.text):
        if any(match.start() < symbol.end and symbol.start < match.end() for symbol in found):
            continue
        if not folded.original[folded.offsets[match.end() - 1]].isupper():
            continue
        path = "/".join(reversed(match["path"].split("/")))
        forward = re.sub(r"/(\d+)-(e?s)(?=/|$)", r"/\2-\1", path)
        symbol = canonical_symbol(forward)
        if symbol:
            yield FoundSymbol(match.start(), match.end(), symbol)


def canonical_symbol(text: str) -> str | None:
    """Return the canonical form of *text* when all of it is one full symbol, else None.

    >>> canonical_symbol(" s/res/١٣٢٥ (٢٠٠٠) "), canonical_symbol("46/28")
    ('S/RES/1325(2000)', None)
    """
    folded = fold(text).text
    squeezed = re.sub(r"\s*/\s*", "/", folded).strip(" \t\n.*«»\"'")
    match = _SYMBOL.fullmatch(squeezed)
    found = _read(match) if match else None
    return found.symbol if found else None


def _component(component: str) -> str:
    return component.capitalize() if component.startswith(_CAPITALISED) else component.upper()


def _read(match: re.Match[str]) -> FoundSymbol | None:
    """Return the symbol of a match, or None for what merely looks like one ("A/4 paper")."""
    path = match["path"]
    end = match.end("path")
    part = None
    glued = _GLUED_PART.search(path)
    if glued:
        path, part = path[: glued.end(1)], glued[2].upper()
    head, *components = path.split("/")
    if not any(char.isdigit() for char in path):
        return None
    if len(components) == 1 and not re.fullmatch(r"\d{3,}|[a-z]+\.\d+", components[0]):
        return None
    symbol = "/".join((head.upper(), *map(_component, components)))
    adopted = "/RES/" in symbol or "/DEC/" in symbol
    if adopted and match["series"] and re.search(r"/\d+$", symbol):
        symbol = f"{symbol}({match['series'].upper()})"
        part = (match["before_roman"] or match["after_roman"] or "").strip().upper() or None
        end = match.end()
    elif adopted and match["part"] and re.search(r"/\d+/\d+$", symbol):
        part, end = match["part"].upper(), match.end()
    return FoundSymbol(match.start(), end, symbol, part)
