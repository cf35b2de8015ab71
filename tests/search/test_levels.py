"""A query at another level: its own words change, and nothing else of it."""

import pytest

from fihris.search.levels import MatchLevel, query_at_level


@pytest.mark.parametrize(
    ("query", "exact", "family"),
    [
        ("المدارس", '"المدارس"', "(المدارس OR family:المدارس)"),
        ('"على أن" من', '"على أن" من', '"على أن" من'),
        ("المدارس -القرى", '"المدارس" -القرى', "(المدارس OR family:المدارس) -القرى"),
        ("=المدارس", "=المدارس", "=المدارس"),
        ("1325 (2000) organ:GA مدر*", "1325 (2000) organ:GA مدر*", "1325 (2000) organ:GA مدر*"),
        (
            "المرأة أو الطفل",
            '"المرأة" أو "الطفل"',
            "(المرأة OR family:المرأة) أو (الطفل OR family:الطفل)",
        ),
        ("", "", ""),
    ],
)
def test_only_the_words_of_a_query_change(query, exact, family):
    assert query_at_level(query, MatchLevel.EXACT) == exact
    assert query_at_level(query, MatchLevel.FAMILY) == family
    assert query_at_level(query, MatchLevel.INFLECTED) == query


def test_a_text_that_is_no_question_stays_as_it_is():
    text = "المدارس " * 100
    assert query_at_level(text, MatchLevel.EXACT) == text
