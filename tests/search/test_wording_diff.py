"""Two wordings side by side: similarity is a measure, and a diff tells the fate of every word."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.search.wording_diff import (
    MOST_WORDS,
    Change,
    ChangeKind,
    Words,
    compare,
    read_to_compare,
    similarity,
    spellings_of,
    words_of,
)

ANALYZER = Analyzer()
# Few words, so that drawn texts share some, in several forms.
WORDS = st.sampled_from("المنارة منارات منارة في من إلى القلعة قلعة البحر 12 يقرر".split())
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


def changes_of(before: str, after: str) -> tuple[Change, ...]:
    return compare(read_to_compare(before, ANALYZER), read_to_compare(after, ANALYZER))


def words(text: str) -> Words:
    return words_of(spellings_of(text, ANALYZER), ANALYZER)


def alike(one: str, other: str) -> float:
    return similarity(words(one), words(other))


def told(before: str, after: str) -> list[tuple[str, str, str]]:
    return [
        (
            change.kind.value,
            before[slice(*change.before)] if change.before else "",
            after[slice(*change.after)] if change.after else "",
        )
        for change in changes_of(before, after)
    ]


def test_equal_words_are_unchanged_in_whatever_spelling() -> None:
    assert told("يُقرِّر إبقاءَ المسألة", "يقـرر ابقاء المسأله؛") == [
        ("unchanged", "يُقرِّر إبقاءَ المسألة", "يقـرر ابقاء المسأله")
    ]


def test_words_that_come_and_go_are_told_in_runs_those_that_went_first() -> None:
    assert told("يقرر ترميم المنارات فورا", "يقرر بناء قلعة المنارات") == [
        ("unchanged", "يقرر", "يقرر"),
        ("deleted", "ترميم", ""),
        ("inserted", "", "بناء قلعة"),
        ("unchanged", "المنارات", "المنارات"),
        ("deleted", "فورا", ""),
    ]


def test_another_form_of_the_same_stem_is_inflected_word_by_word() -> None:
    assert told("ترميم المنارات والقلعة", "ترميم منارات القلعة") == [
        ("unchanged", "ترميم", "ترميم"),
        ("inflected", "المنارات", "منارات"),
        ("inflected", "والقلعة", "القلعة"),
    ]


def test_a_run_that_stands_elsewhere_has_moved_and_each_end_knows_the_other() -> None:
    before = "يدعو الدول الساحلية بصورة عاجلة إلى ترميم المنارات القديمة في الجزر"
    after = "يدعو الدول الساحلية إلى ترميم المنارات القديمة في الجزر بصورة عاجلة"
    moves = [
        change for change in changes_of(before, after) if change.kind is not ChangeKind.UNCHANGED
    ]
    assert [change.kind for change in moves] == [ChangeKind.MOVED_FROM, ChangeKind.MOVED_TO]
    for change in moves:
        assert change.before is not None
        assert change.after is not None
        assert before[slice(*change.before)] == after[slice(*change.after)] == "بصورة عاجلة"


def test_stop_words_alone_do_not_move() -> None:
    kinds = {kind for kind, _, _ in told("في ترميم منارة بحر", "ترميم منارة بحر في")}
    assert kinds == {"deleted", "unchanged", "inserted"}


def test_a_word_that_changed_its_place_and_its_form_has_not_moved() -> None:
    kinds = [kind for kind, _, _ in told("للجنة أن تستعين بالخبراء", "أن تستعين بالخبراء لجنة")]
    assert kinds == ["deleted", "unchanged", "inserted"]
    kinds = [kind for kind, _, _ in told("لجنة أن تستعين بالخبراء", "أن تستعين بالخبراء لجنة")]
    assert kinds == ["moved-from", "unchanged", "moved-to"]


def test_similarity_is_one_for_the_same_words_and_none_for_others() -> None:
    assert alike("يُقرّر إبقاء المسألة،", "يقرر ابقاء المسألة") == 1
    assert alike("يقرر", "منارة") == 0
    assert alike("", "") == alike("", "يقرر") == 0


def test_an_inflected_word_counts_half() -> None:
    assert alike("ترميم المنارات", "ترميم منارات") == pytest.approx(0.75)


@given(TEXTS, TEXTS)
def test_similarity_is_symmetrical_and_one_for_the_same_words_only(one: str, other: str) -> None:
    left, right = words(one), words(other)
    found = similarity(left, right)
    assert found == similarity(right, left)
    assert 0 <= found <= 1
    assert (found == 1) == (bool(left.exact) and left.exact == right.exact)


@given(TEXTS, TEXTS)
def test_a_diff_covers_every_word_of_both_texts_once_and_in_order(one: str, other: str) -> None:
    changes = changes_of(one, other)
    gone = {ChangeKind.INSERTED, ChangeKind.MOVED_TO}
    come = {ChangeKind.DELETED, ChangeKind.MOVED_FROM}
    for text, spans in (
        (one, [change.before for change in changes if change.kind not in gone]),
        (other, [change.after for change in changes if change.kind not in come]),
    ):
        told = [word for span in spans if span for word in text[slice(*span)].split()]
        assert told == text.split()


@given(TEXTS, TEXTS)
def test_the_ends_of_moves_hold_the_same_stems(one: str, other: str) -> None:
    def moved(kind: ChangeKind, changes: tuple[Change, ...]) -> list[str]:
        return sorted(
            stem
            for change in changes
            if change.kind is kind and change.before
            for stem in words(one[slice(*change.before)]).stem
        )

    changes = changes_of(one, other)
    assert moved(ChangeKind.MOVED_FROM, changes) == moved(ChangeKind.MOVED_TO, changes)


def test_long_texts_are_compared_in_bounded_time() -> None:
    # Every word another one, and the two halves in the other order: a move of thousands of words.
    names = [
        f"قر{''.join('بجدرزصطقعش'[int(digit)] for digit in f'{at:05}')}" for at in range(10_400)
    ]
    one, other = " ".join(names), " ".join(names[5_000:] + names[:5_000])
    assert len(names) > len(spellings_of(one, ANALYZER)) == MOST_WORDS
    began = time.process_time()
    changes = changes_of(one, other)
    assert time.process_time() - began < 20
    assert {ChangeKind.MOVED_FROM, ChangeKind.MOVED_TO} <= {change.kind for change in changes}


@given(TEXTS)
@example("بقراره و5/2")
@example("بقراره و5/2 ½")
@example("في المادة ب1998 ½")
def test_words_are_those_that_the_index_has(text: str) -> None:
    assert spellings_of(text, ANALYZER) == ANALYZER.analyze(text).exact.split()
