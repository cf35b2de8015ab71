"""Page heads and mastheads: what stands above or around a text and tells its symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from fihris.index.frozen import frozen
from fihris.index.parser.header_lines import count_reissues, read_symbol
from fihris.index.parser.manuscript import Line
from fihris.index.parser.symbols import canonical_symbol, find_symbols

# What symbols of adopted texts have in them; a report's symbol has none of it.
_ADOPTED_SERIES = re.compile(r"/(?:RES|DEC|PRST)/")
_CELLS = re.compile(r"[\t\n|]+|[ \u00a0]{2,}|\s[\u2013\u2014-]\s")
_ARABIC = re.compile("[\u0621-\u064a]")
_MASTHEAD_LINES = 12
_MASTHEAD_SIGNS = ("الامم المتحده", "distr.")


@frozen
class PageHeads:
    """What page heads say: a symbol, the letter of a part, and how often they were issued again."""

    symbol: str | None = None
    part: str | None = None
    reissues: int = 0


def is_adopted(symbol: str | None) -> bool:
    """Tell whether *symbol* is one of an adopted text: a resolution, a decision, a statement."""
    return symbol is not None and _ADOPTED_SERIES.search(symbol) is not None


def read_page_heads(running_heads: Sequence[str]) -> PageHeads:
    """Return what page heads say; the symbol of an adopted text comes before any other.

    The title of a web page may name a resolution that the page is about: only what stands by
    itself, or beside figures, is a symbol of the document.
    """
    found: list[tuple[str, str | None]] = []
    reissues = 0
    for head in running_heads:
        for cell in _CELLS.split(head):
            line = Line(0, cell.strip())
            if canonical_symbol(line.text) is not None:
                reissues = max(reissues, count_reissues(line))
            elif _ARABIC.search(line.key):
                continue
            found += [(each.symbol, each.part) for each in find_symbols(line.folded)]
    adopted = [mention for mention in found if is_adopted(mention[0])]
    symbol, part = next(iter(adopted or found), (None, None))
    return PageHeads(symbol, part, reissues)


def masthead_symbol(lines: Sequence[Line]) -> str | None:
    """Return the symbol in the masthead of a document of the United Nations, of any sort.

    A symbol on a line of its own counts only beside the organization's name or the distribution,
    near the beginning: any text may list documents.
    """
    first = list(islice((line for line in lines if line.text), _MASTHEAD_LINES))
    if not any(line.key.startswith(_MASTHEAD_SIGNS) for line in first):
        return None
    return next((symbol for line in first if (symbol := read_symbol(line))), None)
