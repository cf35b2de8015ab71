"""Building blocks: what each makes of the units and the scores of others."""

from __future__ import annotations

import pytest
from tantivy import Query

from fihris.index.reader import IndexReader
from fihris.search.building import Builder


def scores(reader: IndexReader, query: Query) -> dict[tuple[int, int], float]:
    """Return the score of every unit that answers *query*."""
    searcher = reader.searcher()
    hits = searcher.search(query, searcher.num_docs).hits
    return {(place.segment_ord, place.doc): score for score, place in hits}


def test_a_phrase_of_one_word_is_that_word(specimens: IndexReader) -> None:
    build = Builder(specimens.schema)
    found = scores(specimens, build.phrase("exact", ["المياه"]))
    assert found == scores(specimens, build.term("exact", "المياه"))
    assert found


def test_all_any_and_none_of_some_queries_are_what_sets_of_units_are(
    specimens: IndexReader,
) -> None:
    build = Builder(specimens.schema)
    water, villages = (build.term("stem", stem) for stem in ("ماء", "قريه"))
    of_water, of_villages = (scores(specimens, query).keys() for query in (water, villages))
    both, either = of_water & of_villages, of_water | of_villages
    assert scores(specimens, build.all_of([water, villages])).keys() == both
    assert scores(specimens, build.any_of([water, villages])).keys() == either
    assert scores(specimens, build.all_of([water], [villages])).keys() == of_water - of_villages
    assert both
    assert both < of_water < either


def test_what_is_favoured_finds_the_same_units_and_scores_more(specimens: IndexReader) -> None:
    build = Builder(specimens.schema)
    water, villages = (build.term("stem", stem) for stem in ("ماء", "قريه"))
    alone, bonus = scores(specimens, water), scores(specimens, villages)
    assert alone.keys() & bonus.keys()
    favoured = scores(specimens, build.favouring(water, [villages]))
    assert favoured == pytest.approx({unit: alone[unit] + bonus.get(unit, 0.0) for unit in alone})
    assert scores(specimens, build.favouring(water, [])) == alone


def test_a_query_has_the_share_in_the_score_that_it_is_given(specimens: IndexReader) -> None:
    build = Builder(specimens.schema)
    water = build.term("stem", "ماء")
    alone = scores(specimens, water)
    assert alone
    assert scores(specimens, build.silent(water)) == dict.fromkeys(alone, 0.0)
    half = {unit: score / 2 for unit, score in alone.items()}
    assert scores(specimens, build.weighted(water, 0.5)) == pytest.approx(half)
