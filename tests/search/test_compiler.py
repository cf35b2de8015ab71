"""Plans: what of a query is asked, and what is said of the rest."""

from __future__ import annotations

import time

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.reader import IndexReader
from fihris.search import search
from fihris.search.compiler import Compiler
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import Plan, plan_query
from fihris.search.query import MAX_PARTS, parse_query
from fihris.search.word_queries import Weights

ANALYZER = Analyzer()
WORDS = [f"{first}{second}{third}" for first in "بجدر" for second in "سشصض" for third in "قكلمنهوي"]


def plan(text: str, reader: IndexReader) -> Plan:
    searcher = reader.searcher()
    compiler = Compiler(reader.schema, Weights())
    return plan_query(
        parse_query(text), ANALYZER, SearcherTerms(reader, searcher, compiler, ANALYZER)
    )


def test_a_long_paragraph_is_asked_for_whole(specimens: IndexReader) -> None:
    asked = plan(" ".join(WORDS), specimens)
    assert {term.surface for term in asked.terms} == set(WORDS)
    assert not asked.notices


@pytest.mark.parametrize("joint", [" ", "-", "،"])
def test_words_beyond_the_limit_are_left_out_and_that_is_said(
    joint: str, specimens: IndexReader
) -> None:
    words = [f"{first}{second}" for first in WORDS for second in "سشصض"]
    assert len(words) > MAX_PARTS
    asked = plan(joint.join(words), specimens)
    assert len(asked.terms) == MAX_PARTS
    assert any(f"only the first {MAX_PARTS} " in notice for notice in asked.notices)


@pytest.mark.parametrize("clause", ['"ماء" ', "-ماء ", '-"ماء" ', '"" ', "NOT ", "root:ماء "])
def test_phrases_and_exclusions_count_towards_the_limit(
    clause: str, specimens: IndexReader
) -> None:
    asked = plan(clause * (MAX_PARTS + 5) + "نهر", specimens)
    assert len(asked.conditions) <= MAX_PARTS
    assert len(asked.notices) <= 2
    assert "only the first" in asked.notices[0]


def test_a_word_that_is_typed_twice_is_asked_for_once(specimens: IndexReader) -> None:
    once, twice = (plan(text, specimens) for text in ("إلى المدرسة", "المدرسة إلى المدرسه المَدرسة"))
    assert len(once.required) == len(twice.required) == 1


@pytest.mark.parametrize(
    "query",
    [
        "ا" * 100_000,
        "1" * 100_000,
        '"' * 100_001,
        "-" * 100_000,
        "((((" * 25_000,
        "«" * 100_000,
        "(ماء " * 20_000 + ")" * 20_000,
        "NOT " * 50_000,
        " ".join(f"family:ماء{at} OR" for at in range(9_000)),
        " ".join(f"م{at}* " for at in range(9_000)),
        " ".join(f'"من في {at}"~5' for at in range(9_000)),
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
    begun = time.process_time()
    page = search(specimens, query)
    assert time.process_time() - begun < 5
    assert any(notice.startswith("Read only the first ") for notice in page.notices)
