"""The query language: words, phrases and exclusions, read without ever failing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.search.query import Clause, ClauseKind, parse_query


def clauses(text: str) -> list[tuple[str, str, bool]]:
    return [(c.kind.value, c.text, c.excluded) for c in parse_query(text).clauses]


def test_words_that_stand_together_are_one_clause() -> None:
    assert clauses("حقوق  الإنسان") == [("words", "حقوق الإنسان", False)]


def test_quotation_marks_make_a_phrase_anywhere_among_words() -> None:
    assert clauses('ماء "حق الإنسان" بحر') == [
        ("words", "ماء", False),
        ("phrase", "حق الإنسان", False),
        ("words", "بحر", False),
    ]


def test_a_dash_that_touches_a_word_leaves_it_out() -> None:
    assert clauses("-بحر ماء -نهر") == [
        ("words", "بحر", True),
        ("words", "ماء", False),
        ("words", "نهر", True),
    ]


def test_a_dash_leaves_a_phrase_out() -> None:
    assert clauses('ماء -"حق الإنسان"')[1] == ("phrase", "حق الإنسان", True)


@pytest.mark.parametrize("text", ["- من هو", "2019 - 2023", "2019-2023", "ماء-بحر", "-"])
def test_a_dash_between_spaces_or_inside_a_word_excludes_nothing(text: str) -> None:
    assert clauses(text) == [("words", text, False)]


@pytest.mark.parametrize("text", ['"ماء', 'ماء"', '"'])
def test_a_quotation_mark_without_partner_is_a_letter(text: str) -> None:
    assert all(kind == "words" for kind, _, _ in clauses(text))


def test_a_query_of_plain_words_may_be_a_symbol() -> None:
    assert parse_query(" 46/28 ").only_words
    assert not parse_query('"46/28"').only_words
    assert not parse_query("-46/28").only_words


@given(st.text())
def test_any_text_is_a_query_and_no_word_of_it_is_lost(text: str) -> None:
    read = parse_query(text)
    kept = "".join("".join(clause.text.split()) for clause in read.clauses)
    assert set(text) - set(kept) <= {char for char in text if char.isspace() or char in '"-'}


@given(st.lists(st.sampled_from(['"', "-", " ", "ماء", "46/28", "(", "أو"]), max_size=12))
def test_no_mix_of_marks_and_words_makes_an_unknown_clause(parts: list[str]) -> None:
    for clause in parse_query("".join(parts)).clauses:
        assert clause == Clause(ClauseKind(clause.kind), clause.text, clause.excluded)
        assert clause.text.strip() or clause.kind is ClauseKind.PHRASE
