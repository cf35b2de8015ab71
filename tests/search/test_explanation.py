"""Explanations: every point of a score is accounted for, under the word that earned it."""

from __future__ import annotations

import pytest

from fihris.index.reader import IndexReader
from fihris.search import search


@pytest.mark.parametrize(
    "query",
    [
        "المياه المأمونة",
        '"حقوق الإنسان" المياه',
        "مسرد الزرافة",
        "الأطفال -التعليم",
        "24 آذار/مارس 2036",
        '"وإذ يؤكد من جديد" المياه',
        "94/9",
    ],
)
def test_the_shares_sum_to_the_score(specimens: IndexReader, query: str) -> None:
    page = search(specimens, query, explain=True, limit=30)
    assert page.hits
    for hit in page.hits:
        assert sum(one.share for one in hit.evidence) == pytest.approx(hit.score, abs=2e-4)
        assert all(one.share > 0 for one in hit.evidence)


def test_each_share_names_the_word_its_field_and_its_form(specimens: IndexReader) -> None:
    hit = search(specimens, "المياه المأمونة", explain=True).hits[0]
    found = {(one.word, one.field) for one in hit.evidence}
    assert found == {
        ("المياه", "stem"),
        ("المأمونة", "stem"),
        ("المياه", "exact"),
        ("المأمونة", "exact"),
        ("المياه المأمونة", "stem"),
    }
    assert {one.form for one in hit.evidence if one.field == "exact"} == {"المياه", "المامونه"}


def test_a_phrase_is_named_as_it_was_typed(specimens: IndexReader) -> None:
    hit = search(specimens, '"حقوق الإنسان"', explain=True).hits[0]
    assert [(one.word, one.field) for one in hit.evidence] == [("حقوق الإنسان", "exact")]


def test_a_word_of_the_same_family_is_told_from_the_word_itself(specimens: IndexReader) -> None:
    page = search(specimens, "مكتبيون الزرافة", explain=True)
    assert {one.field for hit in page.hits for one in hit.evidence} <= {"family", "stem", "exact"}
    assert any(one.field == "family" for hit in page.hits for one in hit.evidence)


def test_nothing_is_explained_unless_it_is_asked_for(specimens: IndexReader) -> None:
    assert all(hit.evidence == () for hit in search(specimens, "المياه").hits)
