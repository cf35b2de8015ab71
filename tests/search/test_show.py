"""A passage as lines and as JSON values."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Adoption, Change, ChangeKind, Resolution
from fihris.search.jsonable import dump_json
from fihris.search.lookup import Passage, find_passage
from fihris.search.show import passage_lines, passage_values


@pytest.fixture(scope="module")
def reader(invented_index: Path) -> IndexReader:
    return open_index(invented_index)


def shown(passage: Passage) -> list[str]:
    return [click.unstyle(line) for line in passage_lines(passage)]


def heading(document: Resolution, **changes: Any) -> list[str]:
    changed = replace(document, **changes)
    return shown(Passage(changed.address, changed, ()))


def test_a_resolution_is_shown_whole_in_reading_order(reader: IndexReader) -> None:
    assert shown(find_passage(reader, "A/HRC/RES/91/4")) == [
        "A/HRC/RES/91/4",
        "صون المنارات في أرخبيل سندار",
        "resolution, HRC, session 91 (2036-02-25 to 2036-03-22), meeting 51",
        "adopted 2036-03-21 by recorded vote: 26 in favour, 15 against, 6 abstaining",
        "agenda item 10",
        "المساعدة التقنية",
        "The symbol does not stand in the text; it was worked out from organ and number.",
        "",
        "إن مجلس حقوق الإنسان،",
        "",
        "#PP1",
        "إذ يساوره القلق إزاء انطفاء المنارات،",
        "",
        "#OP1",
        "1- يحُثّ حكومة سندار على:",
        "",
        "#OP1.a",
        "(أ) إصلاح المنارات المعطلة،[1] ؛",
        "",
        "    #FN1",
        "    [1] A/HRC/90/12.",
        "",
        "#OP1.b",
        "(ب) تدريب الحراس؛",
        "",
        "#OP2",
        "2- يقرر إبقاء المسألة قيد نظره.",
        "",
        "[اعتُمد بتصويت مسجل]",
    ]


def test_a_sub_paragraph_stands_under_its_chapeau(reader: IndexReader) -> None:
    lines = shown(find_passage(reader, "A/HRC/RES/91/4#OP1.b"))
    assert lines[0] == "A/HRC/RES/91/4#OP1.b"
    assert lines[-5:] == ["#OP1", "1- يحُثّ حكومة سندار على:", "", "#OP1.b", "(ب) تدريب الحراس؛"]


def test_a_law_is_dated_and_not_adopted(reader: IndexReader) -> None:
    assert shown(find_passage(reader, "law#5"))[:4] == ["law#5", "قانون الموانئ", "dated 1993", ""]


@pytest.mark.parametrize(
    ("adoption", "line"),
    [
        (None, "adopted 2036-03-21"),
        (Adoption("without a vote"), "adopted 2036-03-21 without a vote"),
        (Adoption("recorded vote"), "adopted 2036-03-21 by recorded vote"),
        (
            Adoption("recorded vote", 15, 0),
            "adopted 2036-03-21 by recorded vote: 15 in favour, 0 against",
        ),
    ],
)
def test_a_vote_tells_the_counts_that_are_known(
    reader: IndexReader, adoption: Adoption | None, line: str
) -> None:
    document = find_passage(reader, "A/HRC/RES/91/4").document
    assert line in heading(document, adoption=adoption)


def test_line_breaks_stay_and_escape_sequences_do_not(reader: IndexReader) -> None:
    passage = find_passage(reader, "A/RES/91/4#OP1")
    hostile = replace(passage.paragraphs[0], text="سطر\nسطر \x1b[2J\x9b2J آخر")
    assert shown(replace(passage, paragraphs=(hostile,)))[-2:] == ["1- سطر", "سطر  [2J 2J آخر"]


def test_the_json_of_a_paragraph_holds_all_that_is_known(reader: IndexReader) -> None:
    values = json.loads(dump_json(passage_values(find_passage(reader, "A/HRC/RES/91/4#OP1.a"))))
    assert values["address"] == "A/HRC/RES/91/4#OP1.a"
    assert values["document"]["session"] == "91"
    assert values["document"]["session_dates"] == ["2036-02-25", "2036-03-22"]
    assert values["document"]["adoption"]["in_favour"] == 26
    assert "paragraphs" not in values["document"]
    assert [unit["address"] for unit in values["chapeaux"]] == ["A/HRC/RES/91/4#OP1"]
    assert [unit["address"] for unit in values["paragraphs"]] == [
        "A/HRC/RES/91/4#OP1.a",
        "A/HRC/RES/91/4#FN1",
    ]
    assert values["paragraphs"][0]["notes"] == [{"offset": 23, "fragment": "FN1"}]


def test_the_json_of_a_document_keeps_what_no_search_finds(reader: IndexReader) -> None:
    values = passage_values(find_passage(reader, "A/HRC/RES/91/4"))
    assert len(values["paragraphs"]) == 9
    assert values["paragraphs"][0]["address"] == "A/HRC/RES/91/4"
    vote = values["paragraphs"][-1]
    assert (vote["kind"], vote["address"]) == ("vote", None)


def test_the_ref_of_a_provision_is_not_repeated(reader: IndexReader) -> None:
    assert shown(find_passage(reader, "law#5#art2.1"))[-2:] == [
        "#art2.1",
        "الجزء الأول من مادة طويلة.",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (Change(ChangeKind.CORRIGENDUM, "A/RES/94/9"), "corrigendum 1 to A/RES/94/9"),
        (Change(ChangeKind.REVISION, "A/94/L.5", 2), "revision 2 of A/94/L.5"),
        (Change(ChangeKind.REISSUE, "A/RES/94/9"), "reissued; it replaces what was issued before"),
    ],
)
def test_what_a_document_changes_is_shown(reader: IndexReader, change: Change, line: str) -> None:
    document = find_passage(reader, "A/HRC/RES/91/4").document
    assert line in heading(document, change=change)
    values = passage_values(Passage("x", replace(document, change=change), ()))
    assert values["document"]["change"]["symbol"] == change.symbol
