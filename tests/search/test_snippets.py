"""Snippets: the part or the two parts of a text that are worth showing."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.search.highlight import merge_spans
from fihris.search.snippets import SNIPPET_LENGTH, best_snippets

ANALYZER = Analyzer()
FILLER = "كلمة " * 200


def shown(text: str, *words: str) -> list[str]:
    spans = merge_spans(
        (at, at + len(word))
        for word in words
        for at in range(len(text))
        if text.startswith(word, at)
    )
    return [text[start:end] for start, end in best_snippets(text, spans)]


def test_a_short_text_is_shown_whole() -> None:
    assert shown("نور المنارة", "المنارة") == ["نور المنارة"]


def test_words_that_stand_together_take_one_window() -> None:
    (window,) = shown(f"{FILLER}نور المنارة {FILLER}", "نور", "المنارة")
    assert "نور المنارة" in window
    assert len(window) <= SNIPPET_LENGTH + 10


def test_words_far_apart_take_two_windows_in_the_order_of_the_text() -> None:
    first, second = shown(f"{FILLER}نور {FILLER}المنارة {FILLER}", "المنارة", "نور")
    assert "نور" in first
    assert "المنارة" in second
    assert len(first) + len(second) <= SNIPPET_LENGTH + 20


def test_a_second_window_shows_another_word_and_not_the_same_again() -> None:
    text = f"نور {FILLER}نور {FILLER}المنارة"
    first, second = shown(text, "نور", "المنارة")
    assert "نور" in first
    assert "المنارة" in second


def test_a_mark_at_the_very_end_is_shown() -> None:
    assert "المنارة" in shown(f"{FILLER}المنارة", "المنارة")[0]


@given(st.text(alphabet="اب جد", max_size=1200), st.data())
def test_snippets_are_whole_words_apart_from_each_other_and_each_shows_a_mark(
    text: str, data: st.DataObject
) -> None:
    words = [token for token in ANALYZER.tokens(text) if token.end - token.start < 100]
    chosen = data.draw(st.lists(st.sampled_from(words), max_size=6)) if words else []
    spans = merge_spans((token.start, token.end) for token in chosen)
    windows = best_snippets(text, spans)
    assert len(windows) in {1, 2}
    assert len(text) > SNIPPET_LENGTH or windows == ((0, len(text)),)
    assert all(before[1] < after[0] for before, after in pairwise(windows))
    for start, end in windows:
        assert 0 <= start <= end <= len(text)
        assert start == 0 or text[start - 1].isspace() or " " not in text[start - 140 : start]
        assert not spans or any(start <= first and last <= end for first, last in spans)
        assert all(last <= end or first >= end for first, last in spans)


def test_snippets_among_many_thousand_marks_are_found_at_once() -> None:
    text = "كلمة " * 200_000
    spans = [(at, at + 4) for at in range(0, len(text), 5)]
    begun = time.process_time()
    windows = best_snippets(text, spans)
    assert sum(end - start for start, end in windows) <= 3 * SNIPPET_LENGTH
    assert time.process_time() - begun < 2


def test_a_snippet_of_a_text_without_blanks_stays_short_and_begins_near_its_mark() -> None:
    text = "ا" * 1_000_000
    ((start, end),) = best_snippets(text, [(500_000, 500_010)])
    assert start <= 500_000 < 500_010 <= end
    assert end - start <= 3 * SNIPPET_LENGTH
    assert all(
        end - start <= 3 * SNIPPET_LENGTH for start, end in best_snippets(text, [(0, len(text))])
    )
