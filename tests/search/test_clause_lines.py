"""Wordings as lines: marks that read in order, colours that replace them, nothing that escapes."""

from __future__ import annotations

import unicodedata

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.analysis import Analyzer
from fihris.index.resolution import Date, Organ, ParagraphKind
from fihris.search.clause import ClauseAnswer, Likeness, Place, Revision, Wording
from fihris.search.clause_lines import answer_lines, clause_heading, diff_line, legend
from fihris.search.draft import DraftClause
from fihris.search.hits import DocumentSummary
from fihris.search.wording_diff import Change, compare, read_to_compare

ANALYZER = Analyzer()
DOCUMENT = DocumentSummary(
    "A/HRC/RES/91/4", "صون المنارات", "A/HRC/RES/91/4", Organ.HRC, "91", Date(2036, 3, 21)
)
PLACE = Place("A/HRC/RES/91/4#OP1", ParagraphKind.OPERATIVE, DOCUMENT)


def changes_of(before: str, after: str) -> tuple[Change, ...]:
    return compare(read_to_compare(before, ANALYZER), read_to_compare(after, ANALYZER))


def diff(before: str, after: str, *, colour: bool = False) -> str:
    return diff_line(before, after, changes_of(before, after), colour=colour)


def a_wording(text: str, clause: str, **changes: object) -> Wording:
    told = {
        "text": text,
        "likeness": Likeness.NEAR,
        "similarity": 0.8549,
        "places": (PLACE,),
        "place_count": 1,
        "changes": changes_of(text, clause),
    }
    return Wording(**(told | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("يقرر ترميم المنارة", "يقرر، ترميمَ المنارة؛", "يقرر، ترميمَ المنارة؛"),
        ("يقرر المنارة فورا.", "يقرر المنارة.", "يقرر المنارة. [-فورا-]"),
        ("المنارة", "(المنارة) الجديدة", "(المنارة) {+الجديدة+}"),
        ("يقرر ترميم المنارة", "يقرر بناء المنارة", "يقرر [-ترميم-] {+بناء+} المنارة"),
        ("ترميم المنارات", "ترميم المنارة", "ترميم [~المنارات~]{~المنارة~}"),
        (
            "يقرر فورا ترميم المنارة القديمة",
            "يقرر ترميم المنارة القديمة فورا",
            "يقرر [=فورا=] ترميم المنارة القديمة {=فورا=}",
        ),
        ("حذف، قديم يقرر", "يقرر", "[-حذف، قديم-] يقرر"),
        ("قلعة", "منارة", "[-قلعة-] {+منارة+}"),
    ],
)
def test_a_diff_reads_as_the_later_wording_with_marks(before: str, after: str, shown: str) -> None:
    assert diff(before, after) == shown


def test_on_a_screen_with_colours_they_take_the_place_of_the_marks() -> None:
    coloured = diff("يقرر ترميم المنارات", "يقرر بناء المنارة", colour=True)
    assert click.unstyle(coloured) == "يقرر ترميم بناء المنارات المنارة"
    assert "\x1b[31m\x1b[9mترميم\x1b[0m" in coloured
    assert "\x1b[32m\x1b[29mبناء\x1b[0m" in coloured or "\x1b[32mبناء" in coloured


@given(st.text(), st.text(), st.booleans())
def test_no_text_commands_the_terminal_and_no_word_of_the_later_is_lost(
    before: str, after: str, colour: bool
) -> None:
    shown = click.unstyle(diff(before, after, colour=colour))
    assert not any(unicodedata.category(char) == "Cc" for char in shown)
    for token in ANALYZER.tokens(after):
        word = after[token.start : token.end]
        if not any(unicodedata.category(char) == "Cc" for char in word):
            assert word in shown


def test_a_wording_tells_similarity_places_and_differences() -> None:
    clause = DraftClause("يقرر بناء منارة")
    wording = a_wording("يقرر ترميم منارة", clause.text, place_count=1012)
    lines = [click.unstyle(line) for line in answer_lines(_answer(clause, wording), colour=False)]
    assert lines == [
        "85% similar, 1,012 places",
        "A/HRC/RES/91/4#OP1  session 91, operative, 2036-03-21",
        "and 1,011 more places",
        "يقرر [-ترميم-] {+بناء+} منارة",
        "",
        "0 paragraphs with this wording, 1 similar wording",
    ]


def test_the_same_wording_and_the_same_but_for_numbers_are_called_so() -> None:
    clause = DraftClause("المادة 5")
    same = a_wording("المادة ٥", clause.text, likeness=Likeness.IDENTICAL, similarity=1.0)
    numbers = a_wording("المادة 6", clause.text, likeness=Likeness.NUMBERS, similarity=0.999)
    lines = [
        click.unstyle(line) for line in answer_lines(_answer(clause, same, numbers), colour=False)
    ]
    assert lines[0] == "the same wording, 1 place"
    assert "the same but for numbers, 99% similar, 1 place" in lines
    assert lines[-1] == "1 paragraph with this wording, 1 similar wording"


def test_a_revision_stands_before_the_way_to_the_clause() -> None:
    clause = DraftClause("يقرر بناء منارة")
    text, earlier = "يقرر ترميم منارة", "يقرر ترميم قلعة"
    revision = Revision(earlier, changes_of(earlier, text))
    wording = a_wording(text, clause.text, revision=revision)
    lines = [click.unstyle(line) for line in answer_lines(_answer(clause, wording), colour=False)]
    assert lines[2:6] == [
        "since the wording before it:",
        "يقرر ترميم [-قلعة-] {+منارة+}",
        "from here to yours:",
        "يقرر [-ترميم-] {+بناء+} منارة",
    ]


def test_a_paragraph_of_a_draft_is_headed_by_its_line_and_label() -> None:
    heading = list(clause_heading(_answer(DraftClause("يقرر\nبناء", "1-", 7))))
    assert [click.unstyle(line) for line in heading] == ["== line 7, 1-", "يقرر بناء", ""]


def test_the_legend_shows_every_mark() -> None:
    shown = legend(colour=False)
    for mark in ("[-", "{+", "[=", "{=", "[~", "{~"):
        assert mark in shown
    assert "[" not in click.unstyle(legend(colour=True))


def _answer(clause: DraftClause, *wordings: Wording) -> ClauseAnswer:
    return ClauseAnswer(clause, wordings)
