"""Tokens: what of a folded text is a word, and what is worked out of one that nobody asked for."""

import pytest

from fihris.index.analysis.stemmer import Stem
from fihris.index.analysis.tokens import WordForms, find_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("حقوق الانسان", ["حقوق", "الانسان"]),
        ("1971م", ["1971", "م"]),
        ("a_b", ["a", "b"]),
        ("و5/2", ["5", "2"]),
        ("و 5", ["و", "5"]),
        ("1و2", ["1", "و", "2"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_or_of_digits_but_for_a_clitic_of_a_number(
    text: str, words: list[str]
) -> None:
    assert [match[0] for match in find_words(text)] == words


def test_a_word_is_stemmed_once_and_not_before_its_stem_is_asked_for() -> None:
    stemmed: list[str] = []

    def stem(word: str) -> Stem:
        stemmed.append(word)
        return Stem(word[2:], ())

    forms = WordForms("القرار", stem)
    assert (forms.exact, forms.stop, forms.family, stemmed) == ("القرار", False, (), [])
    assert (forms.stem, forms.rules, forms.stem) == ("قرار", (), "قرار")
    assert stemmed == ["القرار"]
