"""What is no resolution is a plain document."""

import pytest

from fihris.index.parser import parse
from fihris.index.resolution import DocumentKind, ParagraphKind, SourceKind


def test_blank_lines_separate_provisions():
    document = parse("عنوان\n\nفقرة أولى\nوتتمتها\n\n\nفقرة ثانية\n", fallback_address="a/b.txt")
    assert document.kind is DocumentKind.DOCUMENT
    assert (document.address, document.title) == ("a/b.txt", "عنوان")
    assert [(p.fragment, p.kind.value, p.text) for p in document.paragraphs] == [
        ("", "title", "عنوان"),
        ("p1", "provision", "فقرة أولى\nوتتمتها"),
        ("p2", "provision", "فقرة ثانية"),
    ]
    assert len(document.warnings) == 1


def test_without_blank_lines_each_line_is_a_provision():
    document = parse("عنوان\nأولى\r\nثانية\u2028ثالثة", fallback_address="x")
    assert [p.text for p in document.paragraphs] == ["عنوان", "أولى", "ثانية", "ثالثة"]
    assert document.source_kind is SourceKind.TEXT


def test_a_long_provision_is_split_at_its_newlines():
    rows = "\n".join(" ".join(["كلمة"] * 150) for _ in range(5))
    document = parse(f"عنوان\n\n{rows}\n\nآخر", fallback_address="x")
    assert [p.fragment for p in document.paragraphs] == ["", "p1.1", "p1.2", "p1.3", "p2"]
    assert sum(len(p.text.split()) for p in document.paragraphs[1:4]) == 750
    assert [p.line for p in document.paragraphs] == [1, 3, 5, 7, 9]


def test_a_long_first_line_is_text_and_its_beginning_the_title():
    line = " ".join(["كلمة"] * 100)
    document = parse(line, fallback_address="x")
    assert [p.fragment for p in document.paragraphs] == ["", "p1"]
    assert document.paragraphs[1].text == line
    assert len(document.title) <= 161
    assert line.startswith(document.paragraphs[0].text)


def test_a_long_title_is_shortened_for_lists_only():
    line = " ".join(["كلمةطويلة"] * 25)
    document = parse(f"{line}\nنص", fallback_address="x")
    assert document.paragraphs[0].text == line
    assert document.title.endswith("…")
    assert len(document.title) < len(line)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\u200f"])
def test_an_empty_text_is_called_by_its_address(text: str):
    document = parse(text, fallback_address="x")
    (title,) = document.paragraphs
    assert (title.kind, title.text) == (ParagraphKind.TITLE, "x")
    assert len(document.warnings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "قرار وزاري رقم (5) لسنة 2006\nالمادة 1\nيعمل بهذا القرار.",
        "إن المجلس قد نظر في الأمر ثم قرر تأجيله إلى وقت لاحق.\nوانتهى.",
        "مقال\nورد في قرار الجمعية العامة 60/251 أن المجلس هيئة فرعية.",
    ],
)
def test_what_only_speaks_of_resolutions_is_a_document(text: str):
    assert parse(text, fallback_address="x").kind is DocumentKind.DOCUMENT


def test_a_document_cites_what_names_the_organ_and_nothing_bare():
    document = parse(
        "مقال\nبموجب القرار 12/20 وقرار الجمعية العامة 60/251 في 3 آذار/مارس 2031",
        fallback_address="x",
    )
    (paragraph,) = document.paragraphs[1:]
    assert [citation.symbol for citation in paragraph.citations] == ["A/RES/60/251"]
    assert [mention.surface for mention in paragraph.dates] == ["3 آذار/مارس 2031"]


def test_the_source_kind_is_detected_or_taken_as_given():
    assert parse("نص [bookmark: _x] آخر", fallback_address="x").source_kind is SourceKind.TIKA
    given = parse("نص", fallback_address="x", source_kind=SourceKind.TIKA)
    assert given.source_kind is SourceKind.TIKA


def test_a_text_of_one_endless_line_is_cut_into_pieces_that_can_be_read() -> None:
    text = "كلمة كلمة كلمة. " * 3_000 + "\n" + "ختام\n"
    document = parse(text, fallback_address="a.txt")
    provisions = [unit for unit in document.paragraphs if unit.fragment]
    assert len(provisions) > 20
    assert all(len(unit.text.split()) <= 400 for unit in provisions)
    assert provisions[-1].text == "ختام"
