"""Asked words: what is found by letters is what is found by analysing every word."""

from __future__ import annotations

import lzma
import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.asked_words import read_folded
from fihris.index.analysis.families import Families
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.stemmer import Stemmer, seatless
from fihris.index.analysis.tables import TABLES
from tests.index.analysis.test_analyzer import LINES

ANALYZER = Analyzer()
ANALYZER.asked_words(frozenset(), frozenset(), frozenset({"kكتب"}))  # reads the lexicon once
STEMMER = Stemmer()
FAMILIES = Families(STEMMER)
LAWS = Path(__file__).parents[4] / "shared" / "corpus" / "qatar-laws.ar.jsonl.xz"


def asked(
    tokens: list[Token],
    exact: frozenset[str],
    stems: frozenset[str],
    families: frozenset[str],
) -> list[Token]:
    """Return the tokens that are asked for, by looking at each."""
    return [
        token
        for token in tokens
        if token.exact in exact
        or (token.stem in stems and not token.stop)
        or not families.isdisjoint(token.family)
    ]


@given(LINES)
@example("\u064eيُنشأ «سجلٌّ» للجمعيّاتِ ً، و5/2 منهُ")
@example("بـ5 و5/2 المادة (٥) من القانون\u00a0\u064e رقم 5\tلسنة")
@example("مسؤول ومسئولون عن حقوق الإنسان الطفل")
def test_the_words_that_are_asked_for_are_those_of_the_text(text: str) -> None:
    tokens = ANALYZER.word_tokens(text)
    exact = frozenset(token.exact for token in tokens[::3])
    stems = frozenset(token.stem for token in tokens[1::3])
    families = frozenset(key for token in tokens[2::3] for key in token.family)
    none: frozenset[str] = frozenset()
    for forms in ((exact, stems, families), (exact, stems, none), (none, none, families)):
        assert ANALYZER.asked_words(*forms).tokens(read_folded(text)) == asked(tokens, *forms)


def assert_no_word_is_passed_over(words: list[str]) -> None:
    for word in words:
        stem, bare = STEMMER.stem(word).text, seatless(word)
        assert any(piece in bare for piece in STEMMER.pieces(stem)), word
        for key in FAMILIES.keys(word, stem):
            has_letters = set(FAMILIES.letters(key)).issubset(bare)
            assert has_letters or any(piece in bare for piece in FAMILIES.irregular(key)), word


def test_a_sign_of_its_stem_and_family_stands_in_every_form_that_the_tables_know() -> None:
    chance = random.Random(94)
    forms = sorted(
        {*TABLES.nouns, *TABLES.verbs, *TABLES.radical, *TABLES.kept, *TABLES.whole, *TABLES.roots}
    )
    before = ("", *TABLES.articles, *"وفبلكس", "وب", "ول", "فل")
    after = ("", *TABLES.pronouns, *TABLES.endings, "ت", "تها", "تهم", "اتها", "ا")
    assert_no_word_is_passed_over(forms)
    assert_no_word_is_passed_over(
        [chance.choice(before) + form + chance.choice(after) for form in forms for _ in range(4)]
    )


@given(st.text(st.sampled_from("ابتهويسلفكنمء"), min_size=1, max_size=9))
def test_a_sign_of_its_stem_and_family_stands_in_every_word(word: str) -> None:
    assert_no_word_is_passed_over([word])


@pytest.mark.skipif(not LAWS.is_file(), reason="../shared/corpus is not beside the clone")
def test_a_sign_of_its_stem_and_family_stands_in_every_word_of_the_laws() -> None:
    with lzma.open(LAWS, "rt", encoding="utf-8") as lines:
        words = {word for line in lines for word in re.findall("[ء-ي]+", fold_text(line))}
    assert len(words) > 50_000
    assert_no_word_is_passed_over(sorted(words))
