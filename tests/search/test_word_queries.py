"""Words as Tantivy finds them: by whatever way, the same units with the same scores."""

from __future__ import annotations

import json
import shutil
from itertools import combinations
from random import Random

import pytest
from tantivy import Occur, Query

from fihris.index.reader import IndexReader, open_index
from fihris.index.removal import remove
from fihris.index.synchronize import sync
from fihris.search import word_queries
from fihris.search.compiler import Compiler
from fihris.search.hits import Grouping
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import Plan, plan_query
from fihris.search.query import Filters, parse_query
from fihris.search.ranking import NOTHING_FORESEEN, rank, rank_and_count
from fihris.search.searcher import shared_analyzer
from fihris.search.terms import Term
from fihris.search.word_queries import Weights

WORDS = ("قانون", "القانون", "سفينة", "السفن", "بالمياه", "المياه", "نهر", "النهر", "2004", "في")
ASKED = ("القانون", "سفينة", "المياه", "نهر", "2004")


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """An index of texts and titles made of few words, so that each is had in every way."""
    chance = Random(7)

    def text() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))

    folder = tmp_path_factory.mktemp("river")
    lines = [
        {"title": text(), "provisions": [{"ref": "", "text": text()} for _ in range(6)]}
        for _ in range(60)
    ]
    records = [json.dumps({"id": f"doc-{number}"} | line) for number, line in enumerate(lines)]
    (folder / "records.jsonl").write_text("\n".join(records), "utf-8")
    sync(folder / "index", [folder / "records.jsonl"])
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def worn(river: IndexReader, tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """The same index with documents that were removed and not merged away."""
    folder = tmp_path_factory.mktemp("worn") / "index"
    shutil.copytree(river.folder, folder)
    remove(folder, [f"doc-{number}" for number in range(0, 60, 7)])
    return open_index(folder)


def asked(reader: IndexReader, text: str) -> tuple[Plan, SearcherTerms, Compiler]:
    compiler = Compiler(reader.schema, Weights())
    terms = SearcherTerms(reader, reader.searcher(), compiler, shared_analyzer())
    return plan_query(parse_query(text), shared_analyzer(), terms), terms, compiler


def found(reader: IndexReader, query: Query) -> dict[tuple[int, int], float]:
    """Return the score of every unit that answers *query*."""
    ranked = rank(reader.searcher(), query, 10_000)
    return {(one.place.segment_ord, one.place.doc): one.score for one in ranked}


def plainly(reader: IndexReader, plan: Plan) -> Query:
    """Return the query for units that have all words of *plan*, put in the plainest way."""
    schema, weights = reader.schema, Weights()
    words = [part for part in plan.required if isinstance(part, Term)]

    def own(word: Term) -> list[tuple[Occur, Query]]:
        ways = [Query.term_query(schema, "alias", reading) for reading in word.readings]
        return [(Occur.Should, way) for way in (*ways, Query.term_query(schema, "stem", word.stem))]

    parts = []
    for word in words:
        context = Query.const_score_query(Query.term_query(schema, "context", word.stem), 0.0)
        parts.append((Occur.Must, Query.boolean_query([*own(word), (Occur.Should, context)])))
    some_own = Query.boolean_query([way for word in words for way in own(word)])
    parts.append((Occur.Must, Query.const_score_query(some_own, 0.0)))
    for word in words:
        exact = Query.term_query(schema, "exact", word.spellings[0][0])
        parts.append((Occur.Should, Query.boost_query(exact, weights.exact)))
    for pair in plan.neighbours:
        beside = Query.phrase_query(schema, "stem", list(pair))
        parts.append((Occur.Should, Query.boost_query(beside, weights.adjacency)))
    return Query.boolean_query(parts)


@pytest.mark.parametrize("index", ["river", "worn"])
@pytest.mark.parametrize("worth_a_choice", [0, 1_000_000])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_all_words_are_found_and_ranked_as_if_they_were_asked_for_plainly(
    index: str,
    worth_a_choice: int,
    number: int,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader: IndexReader = request.getfixturevalue(index)
    monkeypatch.setattr(word_queries, "_WORTH_A_CHOICE", worth_a_choice)
    for words in combinations(ASKED, number):
        plan, terms, compiler = asked(reader, " ".join(words))
        assert plan.lent
        strict = compiler.strict(plan, Filters(), {}, terms.frequencies)
        scores = found(reader, strict)
        assert scores == pytest.approx(found(reader, plainly(reader, plan)), abs=2e-4)
        assert scores
        finding = Compiler(reader.schema, None).strict(plan, Filters(), {}, terms.frequencies)
        assert found(reader, finding).keys() == scores.keys()


def test_a_word_that_stands_twice_among_alternatives_counts_twice(river: IndexReader) -> None:
    def first_score(text: str) -> float:
        plan, terms, compiler = asked(river, text)
        query = compiler.strict(plan, Filters(), {}, terms.frequencies)
        return rank(river.searcher(), query, 1)[0].score

    assert first_score("نهر OR نهر") > first_score("نهر")


@pytest.mark.parametrize("grouping", Grouping)
def test_what_is_foreseen_of_a_word_ranks_as_everything_does(
    river: IndexReader, grouping: Grouping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_queries, "_LONG", 0)
    monkeypatch.setattr(word_queries, "_LOOKED_UP", 0)
    searcher = river.searcher()
    helped = 0
    for word in (*WORDS, "قوانين", "السفن OR السفن", "السفن السفن", "السفن OR سفينة"):
        plan, terms, compiler = asked(river, word)
        query = compiler.strict(plan, Filters(), {}, terms.frequencies)
        foreseen = compiler.foreseen(plan, Filters(), terms.frequencies)
        helped += foreseen.best is not None
        for wanted in (1, 5, 40, 1_000):
            whole = rank_and_count(searcher, query, wanted, grouping=grouping)
            told = rank_and_count(searcher, query, wanted, grouping=grouping, foreseen=foreseen)
            assert told.total == whole.total
            assert [(one.score, one.wording) for one in told.first] == [
                (one.score, one.wording) for one in whole.first
            ]
    assert helped


def test_nothing_is_foreseen_but_costs_where_deleted_units_are_counted(worn: IndexReader) -> None:
    plan, terms, compiler = asked(worn, "نهر")
    foreseen = compiler.foreseen(plan, Filters(), terms.frequencies)
    assert foreseen.postings > 0
    assert foreseen._replace(postings=0) == NOTHING_FORESEEN


def test_a_filter_leaves_open_how_many_have_a_word(river: IndexReader) -> None:
    plan, terms, compiler = asked(river, "نهر")
    assert compiler.foreseen(plan, Filters(), terms.frequencies).total
    assert compiler.foreseen(plan, Filters(kind=("title",)), terms.frequencies).total is None
