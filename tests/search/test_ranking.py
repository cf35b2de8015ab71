"""The order of hits: ties are broken by what the units are, and every unit is counted."""

from __future__ import annotations

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.search import search
from fihris.search.hits import Grouping, Sort
from fihris.search.ranking import (
    Foreseen,
    Ranked,
    count,
    count_few,
    rank,
    rank_and_count,
)
from fihris.search.searcher import rank_units

#: As many as one fetch does not hold, so that the ranking has to go on.
COPIES = 2_500


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """An index of a wording that stands in thousands of units, and of some that stand in few."""
    folder = tmp_path_factory.mktemp("repeated")
    source = folder / "laws.jsonl"
    provisions = [
        *('{"ref": "", "text": "تنشر في الجريدة"}' for _ in range(COPIES)),
        *(f'{{"ref": "", "text": "تنشر في الجريدة {word}"}}' for word in ("اليوم", "غدا") * 20),
        *('{"ref": "", "text": "جريدة القرية تنشر القصص"}' for _ in range(3)),
    ]
    half = len(provisions) // 2
    lines = [
        f'{{"id": "{name}", "title": "نص {name}", "provisions": [{", ".join(part)}]}}'
        for name, part in (("b", provisions[:half]), ("a", provisions[half:]))
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    sync(folder / "index", [source])
    return open_index(folder / "index")


def places(ranked: list[Ranked]) -> list[tuple[int, int]]:
    return [(one.place.segment_ord, one.place.doc) for one in ranked]


@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.OLDEST])
def test_a_page_holds_what_the_whole_list_holds_there(
    repeated: IndexReader, grouping: Grouping, sort: Sort
) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    query = Query.term_query(repeated.schema, "exact", "الجريده")
    whole = rank(searcher, query, 10_000, sort=sort, grouping=grouping)
    assert len(whole) == {"none": COPIES + 40, "wording": 3, "document": 2}[grouping.value]
    for wanted in (1, 2, 3, 10, 100, 2_400):
        first = rank(searcher, query, wanted, sort=sort, grouping=grouping)
        assert places(first) == places(whole)[:wanted]


def test_units_of_one_score_stand_in_the_order_of_documents_and_of_units(
    repeated: IndexReader,
) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    ranked = rank(searcher, Query.term_query(repeated.schema, "exact", "الجريده"), 10_000)
    orders = searcher.fast_field_values("order", [one.place for one in ranked])
    units = searcher.fast_field_values("place", [one.place for one in ranked])
    keys = [
        (-one.score, order, unit) for one, order, unit in zip(ranked, orders, units, strict=True)
    ]
    assert keys == sorted(keys)


def test_the_total_counts_every_unit_however_few_are_wanted(repeated: IndexReader) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    query = Query.term_query(repeated.schema, "exact", "الجريده")
    for wanted in (0, 1, 10_000):
        ranking = rank_and_count(searcher, query, wanted, grouping=Grouping.WORDING)
        assert ranking.total == count(searcher, query) == COPIES + 40
    assert rank_and_count(searcher, Query.empty_query(), 10) == ([], 0)


def test_units_are_counted_alike_however_few_are_expected(repeated: IndexReader) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    for query in (
        Query.term_query(repeated.schema, "stem", "نشر"),
        Query.term_query(repeated.schema, "exact", "غدا"),
        Query.phrase_query(repeated.schema, "exact", ["الجريده", "غدا"]),
        Query.all_query(),
        Query.empty_query(),
    ):
        assert count(searcher, query) == count_few(searcher, query)


def test_a_total_that_is_foreseen_is_taken_for_granted(repeated: IndexReader) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    query = Query.term_query(repeated.schema, "exact", "الجريده")
    foreseen = Foreseen(total=COPIES + 40, postings=1_000_000)
    for sort in Sort:
        told = rank_and_count(searcher, query, 10, sort=sort, foreseen=foreseen)
        whole = rank_and_count(searcher, query, 10, sort=sort)
        assert places(told.first) == places(whole.first)
        assert told.total == whole.total


def test_the_best_are_not_trusted_below_what_others_may_score(repeated: IndexReader) -> None:
    from tantivy import Query

    searcher = repeated.searcher()
    query = Query.term_query(repeated.schema, "exact", "الجريده")
    best = Query.phrase_query(repeated.schema, "exact", ["الجريده", "غدا"])
    foreseen = Foreseen(COPIES + 40, 0, best, others=1_000.0)
    told = rank_and_count(searcher, query, 30, foreseen=foreseen)
    assert places(told.first) == places(rank(searcher, query, 30))


def test_units_are_ranked_as_the_hits_of_a_page_are(repeated: IndexReader) -> None:
    for query in ("الجريدة", "الجريدة اليوم", "قصة الجريدة غدا", '"في الجريدة"', ""):
        scores = [hit.score for hit in search(repeated, query).hits]
        assert [one.score for one in rank_units(repeated, query)] == scores
