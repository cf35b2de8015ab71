"""Patterns find words by what they begin with once what stands before the word is off."""

from __future__ import annotations

from fihris.index.analysis import Analyzer
from fihris.web.shards.packing import code_units
from fihris.web.shards.vocabulary import vocabulary, written_vocabulary


def entries(**frequencies: int) -> dict[str, dict[str, int]]:
    return {one.bare: dict(one.frequencies) for one in vocabulary(frequencies, Analyzer())}


def test_a_word_stands_under_itself_and_without_article_and_conjunction():
    found = entries(والمدرسه=3)
    assert found["والمدرسه"] == {"": 3}
    assert found["مدرسه"] == {"وال": 3}


def test_words_of_one_spelling_stand_together_with_their_frequencies():
    assert entries(مدرسه=5, المدرسه=2)["مدرسه"] == {"": 5, "ال": 2}


def test_a_letter_of_the_word_itself_is_no_conjunction():
    assert "زير" not in entries(وزير=1)


def test_entries_are_in_the_order_in_which_files_are_looked_up():
    words = {"وزير": 1, "قانون": 2, "القانون": 1, "1325": 1, "\U0001f600": 1, "\ufffd": 1}
    bare = [one.bare for one in vocabulary(words, Analyzer())]
    assert bare == sorted(bare, key=code_units)
    assert len(set(bare)) == len(bare)


def test_no_words_make_no_entries():
    assert list(vocabulary({}, Analyzer())) == []


def test_an_entry_is_written_with_how_most_texts_write_it_unless_it_is_the_same():
    written = written_vocabulary({"الانسان": 2, "حق": 1}, ["حق الإنسان", "الإنسان"])
    assert ["انسان", "ال", 2, "إنسان"] in written
    assert ["حق", "", 1] in written
