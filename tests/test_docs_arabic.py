"""What ``docs/arabic.md`` claims about words: every row of its tables is tried.

A table is known by the heads of its first columns, so a row cannot stand on the page untried.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.resolution import SourceKind
from fihris.search.highlight import Marker
from fihris.search.hits import Had
from fihris.search.plan import Plan
from fihris.search.terms import phrase_term, query_terms
from scripts.stemmers import fihris_stems, rates, read_pairs

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "arabic.md").read_text(encoding="utf-8")
ANALYZER = Analyzer()

# From the loosest to the closest.
LEVELS = ("nothing", "family", "stem", "exact")
LEVEL_OF = {
    Had.MISSING: "nothing",
    Had.FAMILY: "family",
    Had.INFLECTED: "stem",
    Had.EXACT: "exact",
}


def tables() -> list[tuple[list[str], list[list[str]]]]:
    """Return the tables of the page, each its heads and its rows."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE, re.MULTILINE):
        lines = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        ]
        found.append((lines[0], lines[2:]))
    return found


def rows(*heads: str) -> list[tuple[str, ...]]:
    """Return the rows of all tables that begin with these heads, without further columns."""
    return [
        tuple(row[: len(heads)])
        for columns, table in tables()
        if tuple(columns[: len(heads)]) == heads
        for row in table
    ]


def level(query: str, text: str, source_kind: SourceKind = SourceKind.TEXT) -> str:
    """Return the closest level at which *text* has every word of *query*."""
    if query.startswith('"'):
        phrase = phrase_term(query.strip('"'), ANALYZER)
        assert phrase is not None
        tokens = ANALYZER.tokens(text, source_kind)
        return "exact" if any(phrase.spans(tokens)) else "nothing"
    plan = Plan(required=tuple(query_terms(query, ANALYZER)))
    words, _ = Marker(plan, ANALYZER, partial=True).match(text, source_kind, tuple)
    return min((LEVEL_OF[word.had] for word in words), key=LEVELS.index)


@pytest.mark.parametrize(("query", "text", "claimed"), rows("query", "text", "meets at"))
def test_a_query_meets_a_text_at_the_level_that_the_page_tells(query, text, claimed):
    assert level(query, text) == claimed


@pytest.mark.parametrize(
    ("query", "text", "claimed"), rows("query", "text of a Word file", "meets at")
)
def test_a_query_meets_the_text_of_a_word_file_as_the_page_tells(query, text, claimed):
    assert level(query, text, SourceKind.TIKA) == claimed


@pytest.mark.parametrize(("query", "text", "marked"), rows("query", "text", "marked"))
def test_what_is_marked_is_the_word_as_its_author_wrote_it(query, text, marked):
    tokens = ANALYZER.tokens(text)
    (term,) = query_terms(query, ANALYZER)
    ((first, last, _),) = term.spans(tokens)
    assert text[tokens[first].start : tokens[last - 1].end] == marked


@pytest.mark.parametrize(("written", "stem"), rows("written", "stem"))
def test_a_word_has_the_stem_that_the_page_tells(written, stem):
    assert [token.stem for token in ANALYZER.tokens(written)] == [stem]


def test_no_table_with_examples_escapes_the_tests():
    tried = [
        ("query", "text", "meets at"),
        ("query", "text of a Word file", "meets at"),
        ("query", "text", "marked"),
        ("written", "stem"),
    ]
    untried = [
        heads[0]
        for heads, _ in tables()
        if not any(tuple(heads[: len(known)]) == known for known in tried)
    ]
    assert untried == ["level", "stemmer", "what is wrong"]


def test_the_page_shows_every_level_and_many_examples():
    claimed = Counter(row[2] for row in rows("query", "text", "meets at"))
    assert set(claimed) == set(LEVELS)
    assert claimed.total() >= 100
    assert rows("query", "text of a Word file", "meets at")
    assert rows("query", "text", "marked")
    assert rows("written", "stem")


def test_the_rates_of_the_page_are_those_of_the_pairs():
    pairs = read_pairs()
    size = Counter(pair.expect for pair in pairs)
    measured = rates(pairs, fihris_stems)
    heads, table = next((heads, table) for heads, table in tables() if heads[0] == "stemmer")
    assert heads[1:] == [f"{size['stem']} pairs met", f"{size['apart']} pairs kept apart"]
    assert table[0] == ["Fihris", f"{measured.met:.1%}", f"{measured.kept_apart:.1%}"]


def test_the_page_names_the_tables_as_the_file_does():
    raw = json.loads((ROOT / "index/analysis/tables.json").read_text(encoding="utf-8"))
    table = next(table for heads, table in tables() if heads[0] == "what is wrong")
    named = {name for row in table for name in re.findall(r"`([a-z_]+)`", row[1])}
    assert named
    assert named <= set(raw)
