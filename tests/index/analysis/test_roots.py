"""Roots by pattern: one root for the words of a family, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis.roots import root

LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهويؤئ"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("كتب كاتب كتاب مكتوب مكتب والكتاب كتابه", "كتب"),
        ("درس مدرس دراسه مدارس والمدارس", "درس"),
        ("استعمال مستعمل استعملت عمل يعمل", "عمل"),
        ("اجتماع اجتماعات جامع مجتمع", "جمع"),
        ("التحرير تحرير", "حرر"),
    ],
)
def test_words_of_one_shape_family_share_a_root(words: str, expected: str) -> None:
    found = {root(word) for word in words.split()}
    assert found == {expected}


def test_short_words_are_their_own_root() -> None:
    for word in ("", "من", "يد", "قول"):
        assert root(word) == word


@given(st.text(LETTERS, min_size=1, max_size=14))
def test_a_root_is_never_longer_than_its_word_and_never_empty(word: str) -> None:
    assert 1 <= len(root(word)) <= len(word)
