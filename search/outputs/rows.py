"""Hits as rows with named columns, and the formats made of rows: CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from fihris.search.hits import Hit
from fihris.search.jsonable import dump_json

HIT_COLUMNS = (
    "address symbol organ session date kind label title text same_wording same_document".split()
)
# A spreadsheet takes a cell that begins so for a formula, and runs it (CWE-1236).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def hit_row(hit: Hit) -> tuple[str, ...]:
    """Return the cells of *hit* under :data:`HIT_COLUMNS`; what is unknown is empty."""
    document = hit.document
    return (
        hit.address,
        document.symbol or "",
        document.organ.value if document.organ is not None else "",
        document.session or "",
        document.date.isoformat() if document.date is not None else "",
        hit.kind.value,
        hit.label,
        document.title,
        hit.text,
        str(hit.same_wording),
        str(hit.same_document),
    )


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a header and *rows* as comma-separated values (RFC 4180).

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> print(*csv_lines(["a", "b"], [("=1+1", "so, called")]), sep="\\n")
    a,b
    '=1+1,"so, called"
    """
    for row in _after(columns, rows):
        line = io.StringIO()
        # Only a writer that ends its lines so puts cells with line breaks between quotes.
        csv.writer(line, lineterminator="\r\n").writerow(safe_cell(cell) for cell in row)
        yield line.getvalue().removesuffix("\r\n")


def safe_cell(cell: str) -> str:
    """Return *cell* as text that no spreadsheet runs.

    >>> safe_cell("@SUM(1)"), safe_cell("1-")
    ("'@SUM(1)", '1-')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def hit_json_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield each hit whole, as a JSON object on a line of its own."""
    for hit in hits:
        yield dump_json(hit)


def _after(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield columns
    yield from rows
