"""Help when little is found: corrections, the other keyboard layout, looser levels."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Paragraph, ParagraphKind
from fihris.search import Filters, search
from fihris.search.levels import MatchLevel, levels
from fihris.search.suggest import Cause, suggest
from fihris.web.cli import main
from tests.direct_index import write_index
from tests.search.conftest import LAW


def queries(reader: IndexReader, typed: str) -> list[str]:
    return [correction.query for correction in suggest(reader, typed).corrections]


def counts(reader: IndexReader, typed: str) -> dict[MatchLevel, int]:
    return {level.strictness: level.total for level in levels(reader, typed)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("البحبرة", "البحيرة"),
        ("حقوق الانصان", "حقوق الإنسان"),
        ("حقوقالإنسان", "حقوق الإنسان"),
        ("حقوق الإن سان", "حقوق الإنسان"),
        ('"حقوق الانصان" المياه', '"حقوق الإنسان" المياه'),
        ("المياة المامونت -النهر", "المياة المأمونة -النهر"),
        ("hgldhi hglHl,km", "المياه المأمونة"),
        ("حقوق hghkshk", "حقوق الإنسان"),
        ('"pr,r hghkshk"', '"حقوق الإنسان"'),
        ("HGLDHI", "المياه"),
    ],
)
def test_what_was_meant_is_proposed_first(typed: str, meant: str, specimens: IndexReader) -> None:
    assert queries(specimens, typed)[0] == meant


def test_a_symbol_is_recognised_in_the_other_layout(specimens: IndexReader) -> None:
    (first, *_) = suggest(specimens, "شظاقؤظقثسظ94ظ9").corrections
    assert (first.query, first.cause) == ("A/HRC/RES/94/9", Cause.KEYBOARD)
    assert first.total == search(specimens, "A/HRC/RES/94/9").total


def test_latin_words_are_recognised_in_arabic_keys(tmp_path: Path) -> None:
    text = Paragraph("p1", ParagraphKind.PROVISION, "نظام Harbour للموانئ")
    write_index(tmp_path, (replace(LAW, paragraphs=(LAW.paragraphs[0], text)),))
    (correction,) = suggest(open_index(tmp_path), "اشقلاخعق").corrections
    assert (correction.query, correction.cause) == ("Harbour", Cause.KEYBOARD)


def test_letters_that_punctuation_keys_write_are_no_latin_words(tmp_path: Path) -> None:
    units = tuple(
        Paragraph(f"p{number}", ParagraphKind.PROVISION, text)
        for number, text in enumerate(["l, h] g", "مواد البناء", "طلبات البناء", "l [ s", "مجلس"])
    )
    write_index(tmp_path, (replace(LAW, paragraphs=(LAW.paragraphs[0], *units)),))
    reader = open_index(tmp_path)
    assert queries(reader, "l,h] hgfkhx") == ["مواد البناء"]
    assert queries(reader, "'gfhj") == ["طلبات"]
    assert queries(reader, "مجظس") == ["مجلس"]


def test_a_text_of_unknown_words_is_answered_at_once(specimens: IndexReader) -> None:
    started = process_time()
    suggest(specimens, " ".join(["زغبطشقظ", "ثخذغضظط"] * 25)[:400])
    assert process_time() - started < 1


@pytest.mark.parametrize("typed", ["البحبرة", "hgldhi", "حقوق الانصان", "المياه المظمونة"])
def test_every_proposal_finds_what_it_says(typed: str, specimens: IndexReader) -> None:
    corrections = suggest(specimens, typed).corrections
    assert corrections
    for correction in corrections:
        page = search(specimens, correction.query)
        assert (correction.total, correction.partial_total) == (page.total, page.partial_total or 0)
        assert correction.total > search(specimens, typed).total


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "المياه",
        "حقوق الإنسان",
        "46/28",
        "1234567",
        "-البحبرة",
        "title:البحبرة",
        "بحبر*",
        "of",
        "ظظظظظظظظ",
        "qqqqqq",
        "ا" * 401,
        "البحبرة " * 100,
        "\ud800",
    ],
)
def test_nothing_is_proposed_where_nothing_is_better(typed: str, specimens: IndexReader) -> None:
    assert suggest(specimens, typed).corrections == ()


def test_at_most_so_many_are_proposed(specimens: IndexReader) -> None:
    assert len(suggest(specimens, "حقوك", limit=1).corrections) == 1


def test_filters_hold_for_what_is_proposed(specimens: IndexReader) -> None:
    filters = Filters(organ=("GA",))
    (first, *_) = suggest(specimens, "حقوق الانصان", filters=filters).corrections
    assert first.total == search(specimens, first.query, filters=filters).total
    nowhere = Filters(year=(1, 2))
    assert suggest(specimens, "حقوق الانصان", filters=nowhere).corrections == ()


def test_a_rare_word_is_doubted_only_beside_a_very_frequent_one(tmp_path: Path) -> None:
    units = tuple(
        Paragraph(f"p{number}", ParagraphKind.PROVISION, f"المنارات {number}")
        for number in range(120)
    )
    slip = Paragraph("slip", ParagraphKind.PROVISION, "المثارات")
    document = replace(LAW, paragraphs=(LAW.paragraphs[0], *units, slip))
    write_index(tmp_path, (document,))
    reader = open_index(tmp_path)
    assert queries(reader, "المثارات") == ["المنارات"]
    assert queries(reader, "المنارات") == []


def test_levels_grow_from_the_phrase_to_the_family(specimens: IndexReader) -> None:
    found = counts(specimens, "مياه مأمونة")
    assert list(found) == list(MatchLevel)
    assert list(found.values()) == sorted(found.values())
    assert found[MatchLevel.WORDING] == search(specimens, '"مياه مأمونة"').total
    assert found[MatchLevel.INFLECTED] == search(specimens, "مياه مأمونة").total


@pytest.mark.parametrize(
    "typed", ['"المياه المأمونة" -النهر', "organ:HRC حقوق -(النهر OR الطفل)", "القرار 91/4 مدر*"]
)
def test_every_level_is_found_by_its_query(typed: str, specimens: IndexReader) -> None:
    found = levels(specimens, typed)
    assert len(found) >= 3
    for level in found:
        assert search(specimens, level.query).total == level.total


def test_words_of_the_family_may_stand_in_the_title_as_other_words_may(tmp_path: Path) -> None:
    law = replace(LAW, paragraphs=(replace(LAW.paragraphs[0], text="قانون المرفأ"),))
    units = (Paragraph("p1", ParagraphKind.PROVISION, "مكتبة"),)
    write_index(tmp_path, (replace(law, title="قانون المرفأ", paragraphs=law.paragraphs + units),))
    reader = open_index(tmp_path)
    assert counts(reader, "كاتب المرفأ")[MatchLevel.FAMILY] == 1
    page = search(reader, "(كاتب OR family:كاتب) المرفأ")
    assert page.total == 1
    hit = page.hits[0]
    assert [(match.word, match.had.value) for match in hit.words] == [
        ("كاتب", "family"),
        ("المرفأ", "context"),
    ]
    assert hit.text[slice(*hit.spans[0])] == "مكتبة"


def test_each_level_is_looser_in_its_own_way(tmp_path: Path) -> None:
    texts = ("كاتب المرفأ", "المرفأ كاتب", "الكاتب بالمرفأ", "كتابة في المرفأ", "المرفأ", "بحر")
    units = tuple(
        Paragraph(f"p{number}", ParagraphKind.PROVISION, text) for number, text in enumerate(texts)
    )
    write_index(tmp_path, (replace(LAW, paragraphs=(LAW.paragraphs[0], *units)),))
    assert counts(open_index(tmp_path), "كاتب المرفأ") == {
        MatchLevel.WORDING: 1,
        MatchLevel.EXACT: 2,
        MatchLevel.INFLECTED: 3,
        MatchLevel.FAMILY: 4,
    }


def test_levels_keep_what_is_left_out(specimens: IndexReader) -> None:
    every, without = counts(specimens, "المياه"), counts(specimens, "المياه -المأمونة")
    assert MatchLevel.WORDING not in every
    assert all(without[level] < every[level] for level in every)


@pytest.mark.parametrize("typed", ["", "-المياه", "المياه OR النهر", "x " * 300])
def test_what_is_no_list_of_words_has_no_levels(typed: str, specimens: IndexReader) -> None:
    assert levels(specimens, typed) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=60))
def test_no_query_is_too_odd(typed: str, specimens: IndexReader) -> None:
    suggestions = suggest(specimens, typed)
    totals = [level.total for level in suggestions.levels]
    assert totals == sorted(totals)


def run(reader: IndexReader, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "--index", str(reader.folder)])
    return result.exit_code, result.stdout, result.stderr


def test_a_search_that_finds_nothing_says_what_may_be_meant(specimens: IndexReader) -> None:
    code, out, err = run(specimens, "search", "hgldhi")
    assert (code, out) == (1, "0 paragraphs\n")
    total = search(specimens, "المياه").total
    assert err == f"fihris: Did you mean: المياه ({total} paragraphs)\n"


def test_a_phrase_that_is_not_there_is_told_of_its_words(specimens: IndexReader) -> None:
    _, _, err = run(specimens, "search", '"المأمونة المياه"')
    assert "Less strictly: 7 paragraphs with these very words, in any order.\n" in err


def test_a_search_that_finds_enough_says_nothing(specimens: IndexReader) -> None:
    code, _, err = run(specimens, "search", "المياه", "--limit", "99")
    assert (code, err) == (0, "")


def test_suggestions_stand_in_the_json_of_a_search(specimens: IndexReader) -> None:
    _, out, _ = run(specimens, "search", "البحبرة", "--json")
    suggestions = json.loads(out)["suggestions"]
    assert suggestions["corrections"][0]["query"] == "البحيرة"
    assert suggestions["corrections"][0]["cause"] == "spelling"
    assert [level["strictness"] for level in suggestions["levels"]] == [
        "exact",
        "inflected",
        "family",
    ]
    _, out, _ = run(specimens, "search", "المياه", "--json")
    assert json.loads(out)["suggestions"] is None


def test_the_command_completes(specimens: IndexReader) -> None:
    code, out, err = run(specimens, "suggest", "حقوق", "الإنس")
    assert (code, err) == (0, "")
    assert out.split("\n")[0].split() == ["41", "word", "حقوق", "الإنسان"]


def test_the_command_completes_as_json(specimens: IndexReader) -> None:
    code, out, _ = run(specimens, "suggest", "94/1", "--json")
    assert code == 0
    assert json.loads(out) == {
        "query": "94/1",
        "completions": [{"text": "94/15", "kind": "symbol", "count": 1}],
    }


def test_the_command_ends_with_1_when_nothing_begins_so(specimens: IndexReader) -> None:
    assert run(specimens, "suggest", "ظظظ") == (1, "", "")
    code, out, _ = run(specimens, "suggest", "ظظظ", "--json")
    assert (code, json.loads(out)["completions"]) == (1, [])
