"""The query language: what is read from a text, without ever failing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis import fold
from fihris.search.query import MAX_PARTS, MAX_QUERY_LENGTH, parse_query
from fihris.search.query_parser import MAX_DEPTH, MAX_SLOP
from fihris.search.query_tree import And, Field, Not, Or, Pattern, Phrase, Relatives, Words


def parts(text: str) -> list[object]:
    return list(parse_query(text).tree.parts)


def same(read: object, expected: object) -> bool:
    """Tell whether two trees are alike, also in the classes of their nodes."""
    return repr(read) == repr(expected)


def test_words_that_stand_together_are_one_clause() -> None:
    assert same(parts("حقوق  الإنسان"), [Words("حقوق الإنسان")])


@given(st.lists(st.sampled_from(["حق", "أو", "أوّل", "او", "١٢", "12", "ـ", "OR", "a", "(", "*"])))
def test_a_space_at_the_end_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    assert same(parts(text), parts(f"{text} "))
    assert same(parts(text), parts(f"\t{text}"))


def test_too_many_words_are_told_however_short_they_are() -> None:
    assert parse_query(" ".join("و" * (MAX_PARTS + 1))).notices
    assert not parse_query(" ".join("و" * MAX_PARTS)).notices


@pytest.mark.parametrize("quoted", ['"{}"', "«{}»", "“{}”", "”{}“", "„{}“"])
def test_quotation_marks_of_any_kind_make_a_phrase_anywhere_among_words(quoted: str) -> None:
    text = f"ماء {quoted.format('حق الإنسان')} بحر"
    assert same(parts(text), [Words("ماء"), Phrase("حق الإنسان"), Words("بحر")])


def test_a_tilde_after_a_phrase_lets_words_stand_between() -> None:
    assert same(parts('"حق الماء"~5'), [Phrase("حق الماء", 5)])
    assert same(parts('"حق الماء"~٣'), [Phrase("حق الماء", 3)])
    assert same(parts('"حق الماء"~ 5'), [Phrase("حق الماء"), Words("~ 5")])


def test_a_dash_that_touches_a_word_leaves_it_out() -> None:
    assert same(parts("-بحر ماء -نهر"), [Not(Words("بحر")), Words("ماء"), Not(Words("نهر"))])
    assert same(parts('ماء -"حق الإنسان"')[1], Not(Phrase("حق الإنسان")))
    assert same(parts("ماء NOT نهر"), [Words("ماء"), Not(Words("نهر"))])
    assert same(parts("NOT NOT ماء"), [Words("ماء")])


@pytest.mark.parametrize(
    "text", ["- من هو", "2019 - 2023", "2019-2023", "ماء-بحر", "-", "--ماء", "ماء NOT", "ليس ماء"]
)
def test_a_dash_or_not_without_a_word_to_leave_out_is_a_word(text: str) -> None:
    assert same(parts(text), [Words(text)])


@pytest.mark.parametrize("text", ['"ماء', 'ماء"', '"', "«ماء", "ماء»", "”"])
def test_a_quotation_mark_without_partner_is_a_letter(text: str) -> None:
    assert all(isinstance(part, Words) for part in parts(text))


@pytest.mark.parametrize("operator", ["أو", "او", "أَوْ", "OR"])
def test_or_joins_its_direct_neighbours(operator: str) -> None:
    assert same(
        parts(f"حقوق المرأة {operator} الطفل"),
        [Words("حقوق"), Or((Words("المرأة"), Words("الطفل")))],
    )


def test_a_chain_of_or_is_one_choice_and_takes_phrases_groups_and_numbers() -> None:
    assert same(parts('أ OR "ب ج" OR د'), [Or((Words("أ"), Phrase("ب ج"), Words("د")))])
    assert same(parts("(حقوق المرأة) أو الطفل"), [Or((Words("حقوق المرأة"), Words("الطفل")))])
    assert same(
        parts("1325 (2000) أو 1820 (2008)"), [Or((Words("1325 (2000)"), Words("1820 (2008)")))]
    )


@pytest.mark.parametrize(
    "text", ["أو الماء", "الماء أو", "OR", "الماء OR", "هو أو هي", "من أو ماء"]
)
def test_an_or_without_two_words_to_choose_from_is_a_word(text: str) -> None:
    assert same(parts(text), [Words(text)])


def test_and_between_words_says_what_holds_anyway() -> None:
    assert same(parts("ماء AND نهر"), [Words("ماء"), Words("نهر")])
    assert same(parts("AND ماء"), [Words("AND ماء")])


@pytest.mark.parametrize("text", ["القرار 1325 (2000) بشأن", "(ماء نهر) بحر", "ماء (نهر) (بحر)"])
def test_a_group_of_plain_words_is_words(text: str) -> None:
    assert same(parts(text), [Words(text)])


def test_groups_nest() -> None:
    assert same(
        parts("أ (ب أو (ج -د))"),
        [Words("أ"), Or((Words("ب"), And((Words("ج"), Not(Words("د"))))))],
    )


@pytest.mark.parametrize("text", ["(ماء", "ماء)", ")(", "()", "(", "-(", "((ماء)", "ماء (نهر"])
def test_a_bracket_without_partner_is_a_letter(text: str) -> None:
    assert all(isinstance(part, Words) for part in parts(text))


def test_a_star_makes_a_pattern() -> None:
    assert same(parts("حق* م*رس"), [Pattern("حق*"), Pattern("م*رس")])
    assert same(parts("أُسْر*،"), [Pattern("اسر*")])


@pytest.mark.parametrize("text", ["*حق", "ح*", "46/2*"])
def test_a_star_that_stands_for_too_much_is_ignored_with_a_notice(text: str) -> None:
    query = parse_query(text)
    assert same(list(query.tree.parts), [Words(text)])
    assert len(query.notices) == 1
    assert text in query.notices[0]


def test_an_equals_sign_asks_for_the_spelling_as_typed() -> None:
    assert same(parts("=علي"), [Phrase("علي", typed=True)])
    assert same(parts('="علي حق"'), [Phrase("علي حق", typed=True)])
    assert same(parts("ماء = نهر"), [Words("ماء = نهر")])


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("symbol", "رمز"),
        ("organ", "هيئة"),
        ("session", "دورة"),
        ("year", "سنة"),
        ("kind", "نوع"),
        ("verb", "فعل"),
        ("title", "عنوان"),
        ("cites", "استشهاد"),
        ("footnote", "حاشية"),
    ],
)
def test_fields_have_names_in_both_languages(english: str, arabic: str) -> None:
    for name in (english, arabic, english.upper()):
        (field,) = parts(f"{name}:x")
        assert isinstance(field, Field)
        assert (field.name, field.value, field.written) == (english, "x", f"{name}:x")


def test_a_field_takes_a_phrase_a_group_or_a_number_with_its_year() -> None:
    values = {
        text: getattr(parts(text)[0], "value", None)
        for text in ('organ:"مجلس الأمن"', "title:(حق الماء)", "symbol:1325 (2000)", "هيئه:GA")
    }
    assert list(values.values()) == ["مجلس الأمن", "حق الماء", "1325 (2000)", "GA"]


def test_root_and_family_ask_for_relatives() -> None:
    assert same(parts("root:كتب جذر:كتب"), [Relatives("كتب"), Relatives("كتب")])
    assert same(parts("family:كتب أسرة:كتب"), [Relatives("كتب", family=True)] * 2)


@pytest.mark.parametrize("text", ["year:", "year: 2021", "https://example.org", "ملاحظة:ماء"])
def test_a_colon_elsewhere_is_a_letter(text: str) -> None:
    assert same(parts(text), [Words(text)])


def test_a_query_of_plain_words_may_be_a_symbol() -> None:
    assert parse_query(" 46/28 ").only_words
    assert parse_query("1325 (2000)").only_words
    assert not parse_query('"46/28"').only_words
    assert not parse_query("-46/28").only_words
    assert not parse_query("46/28 OR 46/29").only_words


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("ماء " * MAX_QUERY_LENGTH, "characters"),
        (" ".join(f'"{n}"' for n in range(MAX_PARTS + 1)), str(MAX_PARTS)),
        ('"أ ب"~999', f"~{MAX_SLOP}"),
        ("(" * 500 + "ماء" + ")" * 500, f"{MAX_DEPTH} deep"),
    ],
)
def test_what_goes_beyond_a_limit_is_left_out_with_a_notice(text: str, notice: str) -> None:
    query = parse_query(text)
    assert any(notice in said for said in query.notices)
    assert query.tree.parts


SIGNS = ['"', "«", "»", "”", "-", " ", " ", "(", ")", "*", "=", "~5", ":", "year:", "root:"]
WORDS = ["ماء", "46/28", "أو", "OR", "NOT", "AND", "من", "1325 (2000)", "حق*"]


def leaves(node: object) -> list[str]:
    """Return every text of a tree."""
    if isinstance(node, Not):
        return leaves(node.node)
    if isinstance(node, (Or, And)):
        return [text for inner in node for one in inner for text in leaves(one)]
    return [str(getattr(node, "value", None) or getattr(node, "text", ""))]


@given(st.text() | st.lists(st.sampled_from(SIGNS + WORDS), max_size=60).map("".join))
def test_any_text_is_a_query_and_no_letter_of_it_is_lost(text: str) -> None:
    query = parse_query(text)
    kept = fold(" ".join(leaves(query.tree))).text
    lost = {char for char in fold(text).text if char.isalnum()} - set(kept)
    # The names of operators and fields, and how far apart words may stand, are no letters.
    assert lost <= set("ornotandyear5او")
