"""Words of the index are shown as most texts write them."""

from __future__ import annotations

from fihris.web.shards.spellings import commonest_spelling, spellings_in


def test_the_spelling_of_most_texts_wins():
    written = spellings_in(["لجنة حقوق الإنسان", "«اللجنة»، والإنسان.", "لجنه الانسان"])
    assert commonest_spelling("انسان", ["ال", "وال"], written) == "إنسان"
    assert commonest_spelling("لجنه", [""], written) == "لجنة"


def test_vowel_marks_and_tatweel_are_no_spelling():
    written = spellings_in(["الإِنْسَانُ الإنســان"])
    assert written["الانسان"] == {"الإنسان": 2}


def test_of_two_spellings_met_as_often_every_run_takes_the_same():
    written = spellings_in(["أحمد احمد"])
    other = spellings_in(["احمد أحمد"])
    assert commonest_spelling("احمد", [""], written) == commonest_spelling("احمد", [""], other)


def test_a_word_that_no_text_writes_stays_as_it_is():
    assert commonest_spelling("كلمه", ["", "ال"], spellings_in(["نص"])) == "كلمه"


def test_a_spelling_is_as_long_as_the_word_it_is_of():
    written = spellings_in(["İstanbul لا ﻻ ﷲ عبدﷲ étude 12كلم"])
    assert all(len(one) == len(word) for word, ways in written.items() for one in ways)
