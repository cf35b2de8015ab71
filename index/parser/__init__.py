"""The parser: a text in, a :class:`~fihris.index.resolution.Resolution` out.

``parse`` and, for what readers of other formats give, ``parse_source`` are the doors. The readers
of dates, citations and symbols are doors of their own: search uses them on queries, analysis on
any text. Each is imported when it is first asked for: a search that reads one symbol need not pay
for the tables of the whole parser.
"""

from typing import TYPE_CHECKING

from fihris.index.lazy import import_when_asked

if TYPE_CHECKING:
    from fihris.index.parser.assembly import parse, parse_source
    from fihris.index.parser.citations import find_citations
    from fihris.index.parser.dates import find_dates
    from fihris.index.parser.lookup import parse_symbol
    from fihris.index.parser.symbols import canonical_symbol, find_symbols

__all__ = [
    "canonical_symbol",
    "find_citations",
    "find_dates",
    "find_symbols",
    "parse",
    "parse_source",
    "parse_symbol",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "canonical_symbol": "symbols",
        "find_citations": "citations",
        "find_dates": "dates",
        "find_symbols": "symbols",
        "parse": "assembly",
        "parse_source": "assembly",
        "parse_symbol": "lookup",
    },
)
