"""Notes: their marks leave the text, their bodies become units."""

import pytest

from fihris.index.parser import parse
from fihris.index.parser.footnotes import take_listed_notes
from fihris.index.resolution import Paragraph, ParagraphKind, Resolution

HEAD = "46/300 حماية المرافئ\nإن مجلس حقوق الإنسان،\n"


def notes_of(resolution: Resolution) -> list[Paragraph]:
    return [p for p in resolution.paragraphs if p.kind is ParagraphKind.FOOTNOTE]


@pytest.mark.parametrize(
    "body",
    [
        "إذ يحيط علما بتقرير المرافئ([footnoteRef:1])، [1: ()\tA/HRC/46/999.] \n\n",
        "إذ يحيط علما بتقرير المرافئ ([footnoteRef:1])، [1: ()\tA/HRC/46/999.] \n\n",
        "إذ يحيط علما بتقرير المرافئ[footnoteRef:1]، [1: ([footnoteRef:1]) A/HRC/46/999.] \n\n",
        "إذ يحيط علما بتقرير المرافئ(1)،\n1- يقرر كذا.\n\n(1) A/HRC/46/999.\n",
        "إذ يحيط علما بتقرير المرافئ(١)،\n1- يقرر كذا.\n__________\n(١) A/HRC/46/999.\n",
        "إذ يحيط علما بتقرير المرافئ([1])،\n1- يقرر كذا.\n\n([1]) A/HRC/46/999.\n",
        "إذ يحيط علما بتقرير المرافئ[1]،\n1- يقرر كذا.\n\n[1] A/HRC/46/999.\n",
        "إذ يحيط علما بتقرير المرافئ([1]) A/HRC/46/999.)،\n",
    ],
)
def test_a_note_is_lifted_in_every_form(body: str):
    resolution = parse(HEAD + body, fallback_address="x")
    (note,) = notes_of(resolution)
    assert (note.fragment, note.text, note.chapeau) == ("FN1", "A/HRC/46/999.", "PP1")
    assert [citation.symbol for citation in note.citations] == ["A/HRC/46/999"]
    bearer = next(p for p in resolution.paragraphs if p.fragment == "PP1")
    assert bearer.text == "إذ يحيط علما بتقرير المرافئ،"
    (mark,) = bearer.notes
    assert bearer.text[: mark.offset].endswith("المرافئ")
    assert mark.fragment == "FN1"
    places = [p.fragment for p in resolution.paragraphs]
    assert places.index("FN1") == places.index("PP1") + 1


def test_the_body_of_a_note_may_hold_brackets():
    text = f"{HEAD}إذ يحيط علما بالتقرير([footnoteRef:1])، [1: ()\tانظر [كذا] ثم S/2031/9.] \n\n"
    (note,) = notes_of(parse(text, fallback_address="x"))
    assert note.text == "انظر [كذا] ثم S/2031/9."


def test_removing_a_mark_leaves_no_doubled_space():
    text = f"{HEAD}إذ يحيط علما بالتقرير ([footnoteRef:1]) الأخير، [1: ()\tكذا.]\n"
    bearer = next(
        p
        for p in parse(text, fallback_address="x").paragraphs
        if p.kind is ParagraphKind.PREAMBULAR
    )
    assert bearer.text == "إذ يحيط علما بالتقرير الأخير،"


def test_a_mark_before_the_first_word_leaves_no_margin():
    resolution = parse("( )\tالمرافئ\n( ) كذا ( )\n", fallback_address="x")
    assert [p.text for p in resolution.paragraphs] == ["المرافئ", "كذا"]


def test_the_rule_above_a_list_of_notes_is_no_line_of_the_text():
    text = f"{HEAD}إذ يشير إلى المرافئ(1)،\n1- يقرر كذا.\n__________\n\n(1) كذا.\n"
    resolution = parse(text, fallback_address="x")
    assert resolution.paragraphs[-1].text == "يقرر كذا."


def test_a_mark_used_again_points_at_the_same_note():
    text = f"{HEAD}إذ يشير إلى المرافئ(1)،\nوإذ يدرك شأن المرافئ(1)،\n1- يقرر كذا.\n\n(1) كذا.\n"
    resolution = parse(text, fallback_address="x")
    assert len(notes_of(resolution)) == 1
    marked = [p.fragment for p in resolution.paragraphs if p.notes]
    assert marked == ["PP1", "PP2"]


def test_a_year_in_parentheses_and_a_paragraph_number_are_no_marks():
    text = (
        f"{HEAD}إذ يشير إلى القرار 1325 (2000) وإلى الفقرة 5 (1) منه وإلى المرافئ(1)،\n"
        "1- يقرر كذا.\n\n(1) كذا.\n"
    )
    bearer = next(p for p in parse(text, fallback_address="x").paragraphs if p.notes)
    assert "1325 (2000) وإلى الفقرة 5 (1) منه" in bearer.text


def test_a_note_without_a_mark_is_kept_and_reported():
    text = f"{HEAD}إذ يشير إلى المرافئ، [1: ()\tكذا.]\n[bookmark: a]1- يقرر كذا.\n"
    resolution = parse(text, fallback_address="x")
    (note,) = notes_of(resolution)
    assert note.chapeau is None
    assert any("no mark" in warning for warning in resolution.warnings)


def test_a_mark_without_a_note_is_reported():
    text = f"{HEAD}إذ يشير إلى المرافئ([footnoteRef:3])،\n"
    resolution = parse(text, fallback_address="x")
    assert any("no text" in warning for warning in resolution.warnings)
    assert all(not p.notes for p in resolution.paragraphs)


def test_the_debris_of_extraction_leaves_the_text():
    text = f"{HEAD}[bookmark: _Hlk1]إذ يشير إلى المرافئ، [image: شعار]\n"
    resolution = parse(text, fallback_address="x")
    assert resolution.source_kind == "tika"
    assert resolution.paragraphs[-1].text == "إذ يشير إلى المرافئ،"


def test_thousands_of_numbered_last_lines_that_begin_nowhere_are_no_list_of_notes() -> None:
    rows = ["متن (1) النص", *(f"({number % 7 + 2}) سطر" for number in range(20_000))]
    assert take_listed_notes(rows) == (rows, [])


def test_a_list_of_notes_begins_at_its_first_number_whatever_stands_above() -> None:
    rows = ["متن (1) النص (2)", "(9) ليست حاشية", "(1) أولى", "(2) ثانية"]
    kept, notes = take_listed_notes(rows)
    assert kept == [*rows[:2], "", ""]
    assert [(note.number, note.text) for note in notes] == [(1, "أولى"), (2, "ثانية")]
