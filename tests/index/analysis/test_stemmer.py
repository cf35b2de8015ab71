"""The stemmer: what it takes away, what it leaves, and what stock stemmers get wrong."""

from __future__ import annotations

from itertools import combinations

import pytest

from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.stemmer import Rule, Stemmer

STEMMER = Stemmer()


def stem(word: str) -> str:
    return STEMMER.stem(fold_text(word)).text


def rules(word: str) -> tuple[Rule, ...]:
    return STEMMER.stem(fold_text(word)).rules


@pytest.mark.parametrize(
    "words",
    [
        "حق حقوق والحقوق بالحقوق للحقوق حقوقهم وبحقوقه فالحقوق",
        "مدرسة مدارس مدرستها المدارس مدرستان ومدرستين",
        "طفل أطفال الأطفال وأطفالها",
        "دولة دول الدولتين دولتان للدولة بدولة",
        "قرار قرارات القرارات قراراتها قرارين وقراره",
        "منظمة منظمات والمنظمات منظماتها",
        "كتاب بكتاب كتب الكتب",
        "بلجيكا لبلجيكا",
        "ليبيا لليبيا وليبيا بليبيا",
        "مسؤول مسئول المسؤولون مسؤولين",
        "عضو أعضاء أعضائه أعضاؤها عضوا والأعضاء",
        "لجنة للجنة وللجنة لجنتان اللجنة لجان",
        "حياة حياته حياتهم الحياة",
        "قانون قانوناً القانون قانونها",
        "يحث حث حثت تحث يحثون ويحث نحث",
        "يقرر سيقرر قررت تقرر وقرر",
        "يدعو يدعون تدعو دعا دعت",
        "ضمان لضمان الضمان وضمان ضماناً",
        "حماية لحماية الحماية حمايتها",
        "يهودي اليهودي ولليهودي",
    ],
)
def test_inflections_of_one_word_meet(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("التزام", "التزام"),  # Lucene: تزام
        ("بالتزام", "التزام"),
        ("والد", "والد"),  # Lucene: الد
        ("إيران", "ايران"),  # Lucene: اير
        ("ألمانيا", "المانيا"),
        ("بألمانيا", "المانيا"),
        ("لبنان", "لبنان"),
        ("باكستان", "باكستان"),
        ("إنسان", "انسان"),
        ("الإنسان", "انسان"),  # Snowball: انس
        ("على", "علي"),  # Snowball: علي and عل, the wrong way round
        ("علي", "علي"),
        ("لله", "الله"),  # Lucene: لل
        ("بالله", "الله"),
        ("وزير", "وزير"),
        ("بيان", "بيان"),
    ],
)
def test_letters_of_the_word_itself_stay(word: str, kept: str) -> None:
    assert stem(word) == kept


def test_a_position_keeps_its_first_letter() -> None:
    # Lucene makes ظيف of it.
    assert stem("وظيفة") == stem("وظائف") == stem("بوظيفته") == stem("والوظيفة")


@pytest.mark.parametrize(
    "words",
    [
        "حكم يحكم",
        "الحق يلحق لحق",
        "الحكم لحن",
        "معه معنى",
        "الجوية وجوه",
        "حثت يبحث",
        "تطلب يتطلب",
        "تولى يولي",
        "بيان البتة ألبان",
        "فقر فقرة",
        "شركة شرك",
        "إدانة أدان",
        "أمة أم",
        "كتاب كاتب",
        "علم عالم",
        "والد الد",
    ],
)
def test_words_that_only_look_alike_stay_apart(words: str) -> None:
    for first, second in combinations(words.split(), 2):
        assert stem(first) != stem(second), (first, second)


@pytest.mark.parametrize(
    ("word", "made_by"),
    [
        ("مجلس", ()),
        ("المجلس", (Rule.ARTICLE,)),
        ("ومجلس", (Rule.CLITIC,)),
        ("مجلسنا", (Rule.PRONOUN,)),
        ("المشاركين", (Rule.ARTICLE, Rule.ENDING)),
        ("وزارية", (Rule.RADICAL, Rule.ENDING)),
        ("والضمان", (Rule.ARTICLE, Rule.KEPT)),
        ("حقوقهم", (Rule.PRONOUN, Rule.TABLE)),
        ("ولبنان", (Rule.CLITIC, Rule.WHOLE)),
    ],
)
def test_the_rules_are_told_in_the_order_in_which_they_applied(
    word: str, made_by: tuple[Rule, ...]
) -> None:
    assert rules(word) == made_by


def test_a_stem_of_two_letters_is_the_shortest_a_longer_word_has() -> None:
    for word in "الاه وها يات هات بها لين ونان كما انا اها تته".split():
        assert len(stem(word)) >= 2


def test_short_words_stay() -> None:
    for word in ("و", "من", "يد", "دم", "ا", "ي"):
        assert stem(word) == word
