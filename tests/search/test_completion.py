"""What is being typed into a search box, completed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import Paragraph, ParagraphKind
from fihris.search.completion import CompletionKind, complete
from tests.direct_index import write_index
from tests.search.conftest import LAW, LIGHTHOUSES, SPECIAL, WELLS


def texts(reader: IndexReader, typed: str, limit: int = 10) -> list[str]:
    return [completion.text for completion in complete(reader, typed, limit)]


def index_of(folder: Path, *paragraphs: str) -> IndexReader:
    units = tuple(
        Paragraph(f"p{number}", ParagraphKind.PROVISION, text)
        for number, text in enumerate(paragraphs)
    )
    write_index(folder, (replace(LAW, paragraphs=(LAW.paragraphs[0], *units)),))
    return open_index(folder)


def test_a_word_is_completed_in_the_spelling_of_the_texts(specimens: IndexReader) -> None:
    assert texts(specimens, "الانس")[0] == "الإنسان"
    assert texts(specimens, "الإِنْس")[0] == "الإنسان"


def test_the_most_frequent_word_comes_first(specimens: IndexReader) -> None:
    words = [one for one in complete(specimens, "ال") if one.kind is CompletionKind.WORD]
    assert [one.count for one in words] == sorted((one.count for one in words), reverse=True)
    assert len(words) > 3


def test_a_word_is_found_behind_article_and_clitics(tmp_path: Path) -> None:
    reader = index_of(tmp_path, "بالعوامات", "والعوامات", "وعوامة زرقاء")
    assert texts(reader, "عوام") == ["والعوامات", "وعوامة"]
    (first, _) = complete(reader, "عوام")
    assert first.count == 2


def test_a_radical_letter_is_no_clitic(tmp_path: Path) -> None:
    assert texts(index_of(tmp_path, "وقف الصيد"), "قف") == []


def test_an_article_that_no_text_has_there_is_left_out(tmp_path: Path) -> None:
    assert texts(index_of(tmp_path, "عوامة زرقاء"), "العوام") == ["عوامة"]


def test_stop_words_are_left_out(specimens: IndexReader) -> None:
    assert "التي" not in texts(specimens, "الت", 50)


def test_words_before_the_last_one_are_heeded(tmp_path: Path) -> None:
    reader = index_of(tmp_path, "صيد الأسماك", "منع الأصوات", "كثرة الأصوات", "صيد في الأنهار")
    assert texts(reader, "صيد الأ") == ["صيد الأسماك", "صيد الأنهار"]
    assert texts(reader, "زرافة الأص") == ["زرافة الأصوات"]


def test_what_was_typed_before_the_last_word_stays(specimens: IndexReader) -> None:
    assert texts(specimens, 'ماء  -"الإنس')[0] == 'ماء  -"الإنسان'


def test_a_symbol_is_completed_in_any_digits_and_letters(specimens: IndexReader) -> None:
    found = complete(specimens, "٩٤/")
    assert [one.text for one in found] == ["94/9", "94/15", "94/77"]
    assert {one.kind for one in found} == {CompletionKind.SYMBOL}
    assert texts(specimens, "a/hrc/res/94/") == ["A/HRC/RES/94/9", "A/HRC/RES/94/15"]


def test_a_title_is_completed_from_its_beginning_only(invented_index: Path) -> None:
    reader = open_index(invented_index)
    title = LIGHTHOUSES.title
    assert texts(reader, "صون المن")[-1] == title
    assert title not in texts(reader, "المنارات في أرخ")
    assert complete(reader, "صون المن")[-1].kind is CompletionKind.TITLE
    assert texts(reader, f"{WELLS.title} ") == [WELLS.title]
    assert SPECIAL.title in texts(reader, "العاصفة")


def test_at_most_so_many_are_returned(specimens: IndexReader) -> None:
    assert len(complete(specimens, "ال", 3)) == 3
    assert len(complete(specimens, "حقوق", 1)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u064b",
        "ظظظ",
        "م" * 41,
        "ا" * 401,
        "x" * 10_000,
        "\ud800",
        "الإنسان ",
        "**",
        '"',
    ],
)
def test_what_no_word_begins_with_is_completed_to_nothing(
    typed: str, specimens: IndexReader
) -> None:
    assert complete(specimens, typed) == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_whatever_is_typed_every_word_begins_so(typed: str, specimens: IndexReader) -> None:
    for completion in complete(specimens, typed):
        assert completion.count > 0 and completion.text


def test_every_completed_word_finds_something(specimens: IndexReader) -> None:
    from fihris.search import search

    for letter in "ابتجحخدرسشصطعفقكمنهوي":
        for completion in complete(specimens, letter, 3):
            assert search(specimens, completion.text, limit=1).total
