"""Families: the keys by which words of one root find each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis.families import Families, skeleton
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.stemmer import Stemmer

STEMMER = Stemmer()
FAMILIES = Families(STEMMER)


def keys(word: str) -> set[str]:
    folded = fold_text(word)
    return set(FAMILIES.keys(folded, STEMMER.stem(folded).text))


@pytest.mark.parametrize(
    ("stems", "expected"),
    [
        ("مدارس مدرسه مدرس", "مدرس"),
        ("حق حقوق", "حق"),
        ("دوله دول", "دل"),
        ("طفل اطفال", "طفل"),
        ("استعمال يستعمل عمل", "عمل"),
        ("اعتماد يعتمد عمد", "عمد"),
        ("تقرير يقرر قرار", "قر"),
        ("تعاون عون", "عن"),
    ],
)
def test_a_skeleton_is_what_derivation_and_broken_plurals_leave(stems: str, expected: str) -> None:
    assert {skeleton(stem) for stem in stems.split()} == {expected}


def test_one_consonant_is_no_skeleton() -> None:
    assert skeleton("واو") == skeleton("راي") == skeleton("") == ""


@pytest.mark.parametrize(
    "words",
    [
        "يعتمد اعتماد",
        "دولة دولي",
        "مساواة يساوي",
        "استقلال يستقل مستقل",
        "تعاون متعاون",
        "مسؤولية مسؤول",
        "قرار تقرير",
    ],
)
def test_related_words_share_a_key(words: str) -> None:
    first, *others = words.split()
    for other in others:
        assert keys(first) & keys(other), other


def test_roots_and_skeletons_are_told_apart() -> None:
    assert {key[0] for key in keys("مدارس")} == {"r", "k"}


def test_inflection_changes_no_family() -> None:
    assert keys("الحقوق") == keys("حقوق") == keys("وبحقوقهم")


@given(st.text("ءابتثجحخدذرزسشصضطظعغفقكلمنهويؤئ", max_size=12))
def test_a_skeleton_holds_letters_of_its_stem_in_their_order(stem: str) -> None:
    letters = iter(stem)
    assert all(letter in letters for letter in skeleton(stem))
