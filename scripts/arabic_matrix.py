"""The Arabic matrix: small texts, and queries that must find them or must not.

``tests/js/matrix/cases.tsv`` holds the cases. Every text becomes a document of its own, so the same
cases can be put to any engine that searches documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync

CASES = Path(__file__).resolve().parents[1] / "tests" / "js" / "matrix" / "cases.tsv"
_COLUMNS = "class\tquery\ttext\texpect"


class Case(NamedTuple):
    """A text in a document called ``case-NUMBER``, and whether a query must find it."""

    number: int
    rule: str
    query: str
    text: str
    meet: bool

    @property
    def address(self) -> str:
        """The address of the document."""
        return f"case-{self.number}"


def read_cases() -> list[Case]:
    """Return all cases in the order of the file."""
    lines = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == _COLUMNS
    return [
        Case(number, rule, query, text, {"meet": True, "apart": False}[expect])
        for number, line in enumerate(lines[1:], start=1)
        for rule, query, text, expect in (line.split("\t"),)
    ]


def matrix_index(cases: Iterable[Case], folder: Path) -> IndexReader:
    """Return a new index of *cases* in *folder*."""
    collection = folder / "cases.jsonl"
    documents = (
        {
            "id": case.address,
            "title": case.address,
            "provisions": [{"ref": "text", "text": case.text}],
        }
        for case in cases
    )
    lines = [json.dumps(document, ensure_ascii=False) for document in documents]
    collection.write_text("\n".join(lines) + "\n", "utf-8")
    sync(folder / "index", [collection])
    return open_index(folder / "index")
