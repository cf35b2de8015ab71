"""Drafts: what is wording of a pasted text, and where its paragraphs end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fihris.search.draft import DraftClause, read_clause, read_draft, readings


def texts(draft: str) -> list[str]:
    return [clause.text for clause in read_draft(draft)]


def test_the_number_of_a_paragraph_is_its_label_and_no_wording() -> None:
    for label in ("12-", "(أ)", "٣ -", "أأ -", "xviii.", "’1‘", "•"):
        clause = read_clause(f"{label} يطلب إلى الأمين العام؛")
        assert clause == DraftClause("يطلب إلى الأمين العام؛", label)


def test_a_clause_is_taken_whole_whatever_lines_it_has() -> None:
    clause = read_clause("\n\n1- يقرر:\n\n(أ) ترميم المنارات؛\n(ب) تدريب الحراس.\n")
    assert clause == DraftClause("يقرر:\n(أ) ترميم المنارات؛\n(ب) تدريب الحراس.", "1-", 3)


def test_an_empty_line_a_closing_sign_or_a_number_ends_a_paragraph() -> None:
    assert texts("إذ يشير\n\nوإذ يؤكد") == ["إذ يشير", "وإذ يؤكد"]
    for sign in (".", "،", "؛", ":", ".”", "؛ )"):
        assert len(texts(f"إذ يشير{sign}\nوإذ يؤكد{sign}")) == 2, sign
    assert texts("يدعو\n2- يحث\n(أ) ترميم") == ["يدعو", "يحث", "ترميم"]


def test_a_wrapped_line_goes_on_in_the_next() -> None:
    assert texts("إذ يساوره القلق إزاء\nانطفاء المنارات،\nيقرر") == [
        "إذ يساوره القلق إزاء\nانطفاء المنارات،",
        "يقرر",
    ]


def test_each_paragraph_knows_its_line_and_label() -> None:
    clauses = read_draft("إذ يشير،\r\n\r\n1- يقرر ما يلي:\r\n(أ) الترميم؛")
    assert [(clause.line, clause.label) for clause in clauses] == [(1, ""), (3, "1-"), (4, "(أ)")]


def test_lines_without_a_letter_are_no_paragraphs() -> None:
    assert texts("* * *\n\nيقرر.\n\n———\n") == ["يقرر."]
    assert texts("") == []


def test_marks_and_bodies_of_footnotes_are_no_wording() -> None:
    draft = "يحيط علما بالتقرير(1)، ويدعو إلى نشره.\n\n(1) A/HRC/90/12.\n"
    assert texts(draft) == ["يحيط علما بالتقرير، ويدعو إلى نشره."]
    assert texts("في سندار([footnoteRef:1])، ثم يقرر.") == ["في سندار، ثم يقرر."]


def test_a_number_before_or_in_the_text_is_also_read_as_wording_or_as_a_mark() -> None:
    read = [clause.text for clause in readings(read_clause("2- تسري المادة (5) عليه"))]
    assert read == ["تسري المادة (5) عليه", "2- تسري المادة (5) عليه", "تسري المادة عليه"]
    assert [clause.text for clause in readings(DraftClause("يقرر سنة (2036)"))] == [
        "يقرر سنة (2036)"
    ]


@given(st.text())
def test_no_text_is_too_odd_to_be_a_draft(text: str) -> None:
    for clause in [read_clause(text), *read_draft(text)]:
        assert all(reading.line == clause.line for reading in readings(clause))
