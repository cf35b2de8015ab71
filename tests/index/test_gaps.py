"""The numbers that are missing among the texts of an organ."""

import json

import pytest
from click.testing import CliRunner

from fihris.index.gaps import find_gaps, gap_lines
from fihris.index.resolution import (
    Change,
    ChangeKind,
    DocumentKind,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)
from fihris.web.cli import main


@pytest.fixture
def text():
    def make(number, organ=Organ.HRC, kind=DocumentKind.RESOLUTION, change=None):
        title = Paragraph("", ParagraphKind.TITLE, "المياه")
        return Resolution(
            f"{organ}/{number}",
            kind,
            "المياه",
            (title,),
            SourceKind.TEXT,
            organ=organ,
            number=number,
            change=change,
        )

    return make


def gaps(documents):
    return [(each.organ.value, each.series, each.missing) for each in find_gaps(documents)]


def test_a_session_counts_from_one_to_the_highest_number_that_is_there(text):
    held = [text(f"94/{number}") for number in (2, 3, 7, 9, 9)]
    (found,) = find_gaps(held)
    assert found.missing == ((1, 1), (4, 6), (8, 8))
    assert (found.first, found.last, found.held) == (1, 9, 4)


def test_a_session_without_gaps_is_told_as_well(text):
    assert gaps([text("94/1"), text("94/2")]) == [("HRC", "94", ())]


def test_sessions_and_organs_are_told_apart_and_ordered(text):
    documents = [
        text("100/1"),
        text("S-3/2"),
        text("94/2"),
        text("91/2", Organ.GA),
        text("9/1"),
    ]
    assert gaps(documents) == [
        ("GA", "91", ((1, 1),)),
        ("HRC", "9", ()),
        ("HRC", "94", ((1, 1),)),
        ("HRC", "100", ()),
        ("HRC", "S-3", ((1, 1),)),
    ]


def test_numbers_that_run_on_over_the_years_begin_with_the_lowest(text):
    documents = [text("3412 (2036)", Organ.SC), text("3415 (2036)", Organ.SC)]
    assert gaps(documents) == [("SC", "2036", ((3413, 3414),))]


def test_decisions_count_from_their_hundred(text):
    numbers = ("94/101", "94/103", "94/502")
    documents = [text(number, kind=DocumentKind.DECISION) for number in numbers]
    assert gaps(documents) == [("HRC", "94", ((102, 102),)), ("HRC", "94", ((501, 501),))]


def test_what_has_no_number_of_its_own_fills_no_gap(text):
    corrigendum = Change(ChangeKind.CORRIGENDUM, "A/HRC/RES/94/3")
    documents = [
        text("94/3", change=corrigendum),
        text("94/4", kind=DocumentKind.DRAFT),
        text(None),
        text("94/x"),
        text("94/1", organ=None),
        text("94/5", change=Change(ChangeKind.REISSUE, "A/HRC/RES/94/5")),
    ]
    assert gaps(documents) == [("HRC", "94", ((1, 4),))]


def test_info_tells_the_gaps_in_lines_and_in_json(tmp_path):
    (tmp_path / "sources").mkdir()
    for number in (1, 2, 5):
        text = f"94/{number} صون البحيرة\nإن مجلس حقوق الإنسان،\n1- يقرر أمرا."
        (tmp_path / "sources" / f"{number}.txt").write_text(text, "utf-8")
    environment = {"FIHRIS_INDEX": str(tmp_path / "index")}
    run = CliRunner()
    assert run.invoke(main, ["index", str(tmp_path / "sources")], env=environment).exit_code == 0
    shown = run.invoke(main, ["info", "--gaps"], env=environment).stdout
    assert "Numbers     HRC 94: 3 of 5 resolutions; missing 3-4\n" in shown
    values = json.loads(run.invoke(main, ["info", "--gaps", "--json"], env=environment).stdout)
    assert values["gaps"][0]["missing"] == [[3, 4]]
    assert "gaps" not in json.loads(run.invoke(main, ["info", "--json"], env=environment).stdout)


@pytest.mark.parametrize(
    ("numbers", "line"),
    [
        (("94/1",), "HRC 94: all 1 resolution"),
        (("94/1", "94/2"), "HRC 94: all 2 resolutions"),
        (("94/4", "94/6"), "HRC 94: 2 of 6 resolutions; missing 1-3, 5"),
        (("3 (2036)", "5 (2036)"), "HRC 2036: 2 of 3 resolutions from 3 to 5; missing 4"),
    ],
)
def test_a_line_for_each_series(text, numbers, line):
    assert list(gap_lines(find_gaps(map(text, numbers)))) == [line]
