"""``fihris clause``, as a person at a terminal and a program meet it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from fihris.index.resolution import Organ
from fihris.search.clause import SHIPPED_MIN_SIMILARITY, ClauseAnswer, Likeness, Revision, Wording
from fihris.search.clause_cli import clause_command
from fihris.search.wording_diff import Change, ChangeKind
from fihris.web.cli import main

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
SEIZED = "يقرر إبقاء المسألة قيد نظره"
DRAFT = "إذ يساوره القلق إزاء انطفاء المنارات،\n\n1- يقرر إبقاء المسألة قيد نظره.\n"


@pytest.fixture(scope="module")
def run(invented_index: Path) -> Any:
    """Return what runs a command on the invented index."""

    def run(*arguments: str, **options: Any) -> Result:
        environment = {"FIHRIS_INDEX": str(invented_index)}
        return CliRunner().invoke(main, ["clause", *arguments], env=environment, **options)

    return run


def test_the_same_wording_is_printed_with_its_places(run) -> None:
    result = run(SEIZED, "--limit", "1")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "the same wording, 2 places",
        "A/HRC/RES/91/4#OP2  session 91, operative, 2036-03-21",
        "A/HRC/RES/S-61/1#OP2  session S-61, operative, 2036-07-01",
        SEIZED,
        "",
        "2 paragraphs with this wording, 0 similar wordings",
    ]
    assert result.stderr == ""


def test_marks_are_explained_when_there_are_any(run) -> None:
    result = run("يقرر إبقاء المسائل قيد نظره")
    assert "[~المسألة~]{~المسائل~}" in result.stdout or "[-المسألة-]" in result.stdout
    assert result.stderr.startswith("fihris: [-only there-]")


def test_several_arguments_are_one_clause_and_a_leading_dash_is_no_option(run) -> None:
    assert run("-1", *SEIZED.split()).stdout == run(SEIZED).stdout


def test_the_text_comes_from_standard_input_or_a_file(run, tmp_path) -> None:
    path = tmp_path / "clause.txt"
    path.write_bytes(SEIZED.encode("cp1256"))
    assert run("-", input=SEIZED).stdout == run(SEIZED).stdout
    assert run("--file", str(path)).stdout == run(SEIZED).stdout


def test_a_draft_is_answered_paragraph_by_paragraph_and_whole_on_request(run) -> None:
    lines = run("-", input=DRAFT).stdout.splitlines()
    assert [line for line in lines if line.startswith("==")] == ["== line 1", "== line 3, 1-"]
    whole = run("--whole", "--json", "-", input=DRAFT)
    assert len(json.loads(whole.stdout)["clauses"]) == 1


def test_the_json_holds_the_clauses_with_spans_into_the_originals(run) -> None:
    told = json.loads(run("--json", "-", input=DRAFT).stdout)
    assert [clause["clause"]["label"] for clause in told["clauses"]] == ["", "1-"]
    wording = told["clauses"][1]["wordings"][0]
    assert wording["likeness"] == "identical"
    assert wording["place_count"] == 2
    assert wording["places"][0]["document"]["date"] == "2036-03-21"
    (change,) = wording["changes"]
    assert change["kind"] == "unchanged"
    assert wording["text"][slice(*change["before"])] == SEIZED
    assert told["clauses"][1]["clause"]["text"][slice(*change["after"])] == SEIZED


def test_filters_and_order_reach_the_search(run) -> None:
    special = run(SEIZED, "--session", "s-٦١", "--json")
    (first, *_) = json.loads(special.stdout)["clauses"][0]["wordings"]
    assert [place["address"] for place in first["places"]] == ["A/HRC/RES/S-61/1#OP2"]
    assert run(SEIZED, "--organ", Organ.SC.value).exit_code == 1
    assert run(SEIZED, "--oldest-first", "--min-similarity", "0.1").exit_code == 0


def test_nothing_found_is_exit_code_1_and_a_message(run) -> None:
    result = run("زرافة")
    assert result.exit_code == 1
    assert result.stderr == "fihris: No paragraph shares a word with it.\n"
    assert run("-", input="").exit_code == 1


def test_what_cannot_be_read_is_said_with_exit_code_2(run, tmp_path) -> None:
    binary = tmp_path / "clause.doc"
    binary.write_bytes(b"\0\1\2\0" * 64)
    for arguments in (
        (),
        ("--file", str(binary)),
        ("--file", str(tmp_path / "none")),
        ("--file", str(binary), SEIZED),
        ("--orgn", "HRC"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        assert result.stdout == ""
        assert result.stderr


class Screen(io.StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("refused", [False, True])
def test_a_terminal_gets_colours_instead_of_marks_unless_it_refuses(
    invented_index, monkeypatch, refused
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("FIHRIS_INDEX", str(invented_index))
    monkeypatch.setenv("NO_COLOR", "1" if refused else "")
    with pytest.raises(SystemExit):
        main(["clause", "يقرر نقل المسألة"], prog_name="fihris")
    shown = screen.getvalue()
    assert ("\x1b[" in shown) is not refused
    assert ("[-" in shown) is refused


def test_the_default_similarity_is_that_of_the_api() -> None:
    (similarity,) = [one for one in clause_command.params if one.name == "min_similarity"]
    assert similarity.default == SHIPPED_MIN_SIMILARITY


def test_every_option_field_and_kind_is_documented() -> None:
    section = DOCUMENT.split("## `fihris clause ")[1].split("\n## ")[0]
    for parameter in clause_command.params:
        if isinstance(parameter, click.Option) and parameter.name not in {"folder", "as_json"}:
            assert f"`{parameter.opts[0]}" in section
    for model in (ClauseAnswer, Wording, Revision, Change):
        for field in model.__dataclass_fields__:
            assert f"`{field}`" in section
    for name in (*Likeness, *ChangeKind):
        assert f"`{name}`" in section
