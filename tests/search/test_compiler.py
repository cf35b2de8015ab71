"""Plans: what of a query is asked, and what is said of the rest."""

from __future__ import annotations

import time

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.reader import IndexReader
from fihris.search import search
from fihris.search.compiler import MOST_TERMS, plan_query
from fihris.search.query import MOST_CHARACTERS, parse_query

ANALYZER = Analyzer()
WORDS = [f"{first}{second}{third}" for first in "بجدر" for second in "سشصض" for third in "قكلمنهوي"]


def test_a_long_paragraph_is_asked_for_whole() -> None:
    paragraph = " ".join(WORDS)
    plan = plan_query(parse_query(paragraph), ANALYZER)
    assert {term.surface for term in plan.terms} == set(WORDS)
    assert not plan.ignored


def test_words_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    plan = plan_query(
        parse_query(" ".join(str(1000 + at) for at in range(MOST_TERMS + 1))), ANALYZER
    )
    assert len(plan.terms) == MOST_TERMS
    assert plan.ignored == (
        f"Only the first {MOST_TERMS} words and phrases of the query were used.",
    )


@pytest.mark.parametrize("clause", ['"ماء" ', "-ماء ", '-"ماء" ', '"" '])
def test_phrases_and_exclusions_count_towards_the_limit(clause: str) -> None:
    plan = plan_query(parse_query(clause * (MOST_TERMS + 5)), ANALYZER)
    assert len(plan.phrases) + len(plan.excluded) <= MOST_TERMS
    assert len(plan.ignored) <= 2
    assert "Only the first" in plan.ignored[-1]


@pytest.mark.parametrize(
    "query",
    [
        "ا" * 100_000,
        "1" * 100_000,
        '"' * 100_001,
        "-" * 100_000,
        "((((" * 25_000,
        "A/" * 50_000,
        "ا" + "\u064b" * 50_000,
        " ".join(f"{at}/{at}" for at in range(9_000)),
        " ".join(f"-ماء{at}" for at in range(9_000)),
        " ".join(WORDS * 200),
        '"' + " ".join(WORDS * 200) + '"',
    ],
    ids=lambda query: query[:6],
)
def test_a_hostile_query_is_answered_soon_and_clearly(specimens: IndexReader, query: str) -> None:
    begun = time.perf_counter()
    page = search(specimens, query)
    assert time.perf_counter() - begun < 5
    assert f"Only the first {MOST_CHARACTERS:,} characters of the query were read." in page.notices
