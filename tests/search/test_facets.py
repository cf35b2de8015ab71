"""Facets: counts that respect the query, and nothing but the strict hits."""

from __future__ import annotations

import pytest

from fihris.index.reader import IndexReader
from fihris.search import Filters, search
from fihris.search.facets import FACETS, count_facets


def counts(reader: IndexReader, query: str, name: str, **options: object) -> dict[str, int]:
    page = search(reader, query, facets=FACETS, **options)  # type: ignore[arg-type]
    (facet,) = [facet for facet in page.facets if facet.name == name]
    return {value.value: value.count for value in facet.values}


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_counts_as_the_filter_of_its_value_finds(specimens: IndexReader, name: str) -> None:
    counted = counts(specimens, "حقوق", name)
    assert counted
    total = search(specimens, "حقوق").total
    assert all(0 < count <= total for count in counted.values())
    if name in {"organ", "session", "kind"}:
        for value, count in counted.items():
            filters = Filters(**{name: (value,)})
            assert search(specimens, "حقوق", filters=filters).total == count
    if name == "year":
        for year, count in counted.items():
            filters = Filters(year=(int(year), int(year)))
            assert search(specimens, "حقوق", filters=filters).total == count


def test_a_facet_respects_filters(specimens: IndexReader) -> None:
    assert list(counts(specimens, "حقوق", "organ", filters=Filters(organ=("GA",)))) == ["GA"]


def test_partial_hits_are_not_counted(specimens: IndexReader) -> None:
    page = search(specimens, "مسرد الزرافة", facets=FACETS)
    assert page.partial_total
    assert page.facets == ()


def test_facets_are_counted_only_when_they_are_asked_for(specimens: IndexReader) -> None:
    assert search(specimens, "حقوق").facets == ()


def test_what_is_not_listed_is_counted_together(specimens: IndexReader) -> None:
    searcher = specimens.searcher()
    from tantivy import Query

    (whole,) = count_facets(searcher, Query.all_query(), ["session"], 1000)
    (short,) = count_facets(searcher, Query.all_query(), ["session"], 2)
    assert short.values == whole.values[:2]
    assert short.others == sum(value.count for value in whole.values[2:])
    assert list(whole.values) == sorted(whole.values, key=lambda value: -value.count)
