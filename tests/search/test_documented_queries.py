"""``docs/query-language.md``: examples find what they say, names and limits are the real ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fihris.index.reader import IndexReader
from fihris.search import index_terms, plan, query, query_parser, search, verification
from fihris.search.fields import KIND_NAMES
from fihris.search.query_tokens import FIELD_NAMES

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `([^`|]+)` \| [^|]+ \| `?([^`|]+)`? \|$", DOCUMENT, re.M)


def test_every_table_of_examples_is_read() -> None:
    rows = [line for line in DOCUMENT.split("## Limits")[0].splitlines() if line[:3] == "| `"]
    assert len(EXAMPLES) == len(rows) > 30


@pytest.mark.parametrize(("text", "address"), EXAMPLES)
def test_an_example_finds_what_it_says(specimens: IndexReader, text: str, address: str) -> None:
    page = search(specimens, text, limit=1000, collapse=False)
    assert page.notices == ()
    assert address in {hit.address for hit in page.hits if not hit.partial}


@pytest.mark.parametrize("name", [*FIELD_NAMES, *KIND_NAMES])
def test_every_name_is_documented(name: str) -> None:
    assert re.search(rf"(?<!\w){name}(?!\w)", DOCUMENT)


def test_the_limits_are_the_real_ones() -> None:
    limits = DOCUMENT.split("## Limits")[1]
    for limit in (
        query.MAX_QUERY_LENGTH,
        query.MAX_PARTS,
        query_parser.MAX_DEPTH,
        query_parser.MAX_SLOP,
        index_terms.MAX_EXPANSION,
        index_terms.MAX_PATTERNS,
        plan.MAX_TITLES,
        plan.MAX_DOCUMENTS,
        verification.MAX_SECONDS,
    ):
        assert f" {limit:,}" in limits, limit
