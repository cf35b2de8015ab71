"""``fihris search`` and ``fihris show``, as a person at a terminal and a program meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from fihris.web.cli import main

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from fihris.web.cli import main; main(prog_name='fihris')"]


@pytest.fixture(scope="module")
def run(invented_index: Path) -> Any:
    """Return what runs a command on the invented index."""

    def run(*arguments: str, **options: Any) -> Result:
        environment = {"FIHRIS_INDEX": str(invented_index)}
        return CliRunner().invoke(main, arguments, env=environment, **options)

    return run


def process(index: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, "FIHRIS_INDEX": str(index), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )


def addresses(result: Result) -> list[str]:
    return [hit["address"] for hit in json.loads(result.stdout)["hits"]]


def test_a_search_prints_address_title_session_kind_and_wording(run) -> None:
    result = run("search", "القلق")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "A/HRC/RES/91/4#PP1  session 91, preambular, 2036-03-21",
        "صون المنارات في أرخبيل سندار",
        "إذ يساوره القلق إزاء انطفاء المنارات،",
        "",
        "1 paragraph",
    ]
    assert result.stderr == ""


def test_several_arguments_are_one_query(run) -> None:
    assert run("search", "سندار", "حكومة").stdout == run("search", "سندار حكومة").stdout


def test_the_json_holds_every_field_with_spans_into_the_original(run) -> None:
    values = json.loads(run("search", "--json", "يحث").stdout)
    assert set(values) >= {"query", "total", "partial_total", "documents", "hits", "notices"}
    assert values["query"] == "يحث"
    hit = values["hits"][0]
    start, end = hit["spans"][0]
    assert hit["text"][start:end] == "يحُثّ"
    assert hit["document"] == {
        "address": "A/HRC/RES/91/4",
        "title": "صون المنارات في أرخبيل سندار",
        "symbol": "A/HRC/RES/91/4",
        "organ": "HRC",
        "session": "91",
        "date": "2036-03-21",
        "kind": "resolution",
        "number": "91/4",
    }
    assert hit["words"] == [{"word": "يحث", "had": "exact"}]
    assert (hit["kind"], hit["label"], hit["partial"]) == ("operative", "1-", False)


def test_json_is_one_line_in_arabic_letters(run) -> None:
    stdout = run("search", "--json", "حكومة").stdout
    assert len(stdout.splitlines()) == 1
    assert "حكومة" in stdout


def test_a_symbol_lists_first_what_bears_it_with_its_organ(run) -> None:
    lines = run("search", "٩١/٤").stdout.splitlines()
    assert lines[0] == "2 documents bear this symbol:"
    borne = {line.split("  ")[0]: line.split("  ")[1] for line in lines if "  session 91," in line}
    assert borne["A/HRC/RES/91/4"] == "HRC"
    assert borne["A/RES/91/4"] == "GA"


def test_partial_hits_name_what_they_lack(run) -> None:
    result = run("search", "حكومة منارة مفقودة")
    assert result.exit_code == 0
    assert "These have only some of the words:" in result.stdout
    assert "مفقودة" in next(
        line for line in result.stdout.splitlines() if line.startswith("without:")
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--organ", "GA"], {"A/RES/91/4"}),
        (["--organ", "hrc"], {"A/HRC/RES/91/4", "A/HRC/RES/S-61/1"}),
        (["--organ", "GA", "--organ", "HRC", "--session", "91"], {"A/HRC/RES/91/4", "A/RES/91/4"}),
        (["--session", "s-61"], {"A/HRC/RES/S-61/1"}),
        (["--session", "٩١"], {"A/HRC/RES/91/4", "A/RES/91/4"}),
        (["--kind", "PREAMBULAR"], {"A/HRC/RES/91/4"}),
        (["--year", "1993"], {"law#5"}),
        (["--year", "2035..٢٠٣٦", "--organ", "GA"], {"A/RES/91/4"}),
        (["--year", "..2000"], {"law#5"}),
        (["--year", "2036..1993", "--organ", "GA"], {"A/RES/91/4"}),
    ],
)
def test_filters_leave_only_what_they_name(run, options: list[str], expected: set[str]) -> None:
    found = {
        hit["document"]["address"]
        for word in ("المنارات", "الآبار", "العاصفة", "الموانئ")  # one of each document
        for hit in json.loads(run("search", "--json", *options, word).stdout)["hits"]
    }
    assert found == expected


@pytest.mark.parametrize("year", ["", "..", "21..x", "2021-2022-", "20211", "سنة"])
def test_what_is_no_year_is_refused_with_an_example(run, year: str) -> None:
    result = run("search", "--year", year, "قرار")
    assert result.exit_code == 2
    assert "2019..2021" in result.stderr


def test_limit_and_offset_page_through_the_hits(run) -> None:
    everything = addresses(run("search", "--json", "المنارات"))
    assert len(everything) >= 2
    pages = [
        addresses(run("search", "--json", "--limit", "1", "--offset", str(at), "المنارات"))
        for at in range(len(everything))
    ]
    assert [address for page in pages for address in page] == everything


def test_a_full_page_says_how_to_go_on_and_the_last_one_does_not(run) -> None:
    assert "--offset 1" in run("search", "--limit", "1", "المنارات").stderr
    assert run("search", "المنارات").stderr == ""


def test_identical_wording_is_one_hit_until_all_are_asked_for(run) -> None:
    collapsed = run("search", "إبقاء المسألة").stdout
    assert collapsed.count("#OP2") == 1
    assert "and 1 more with the same wording" in collapsed
    assert collapsed.endswith("\n2 paragraphs\n")
    opened = run("search", "--all-wordings", "إبقاء المسألة").stdout
    assert opened.count("#OP2") == 2
    assert "same wording" not in opened


@pytest.mark.parametrize("limit", ["0", "-1", "x", "99999999999999999999"])
def test_an_impossible_limit_is_a_usage_error(run, limit: str) -> None:
    assert run("search", "--limit", limit, "قرار").exit_code == 2


def test_an_offset_past_the_end_still_tells_the_total(run) -> None:
    result = run("search", "--offset", "5000", "القلق")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "1 paragraph"


def test_nothing_found_is_exit_code_1_and_valid_json(run) -> None:
    assert run("search", "زرافة").exit_code == 1
    result = run("search", "--json", "زرافة")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["hits"] == []


def test_a_word_after_a_dash_is_left_out(run) -> None:
    assert "A/HRC/RES/91/4#PP1" in addresses(run("search", "--json", "المنارات", "-سندار"))
    before = addresses(run("search", "--json", "-إصلاح", "المنارات"))
    after = addresses(run("search", "--json", "--", "-إصلاح", "المنارات"))
    assert before == after
    assert "A/HRC/RES/91/4#OP1.a" not in before


def test_options_may_follow_a_word_that_is_left_out(run) -> None:
    result = run("search", "المنارات", "-إصلاح", "--limit", "1", "--json")
    assert len(addresses(result)) == 1


@pytest.mark.parametrize("option", ["--sesion", "-x", "--organs=GA", "-limit"])
def test_a_mistyped_option_is_no_word_of_the_query(run, option: str) -> None:
    result = run("search", option, "قرار")
    assert result.exit_code == 2
    assert f"No such option: {option}" in result.stderr
    assert result.stdout == ""


def test_a_field_may_be_left_out_with_a_dash(run) -> None:
    assert addresses(run("search", "المسألة", "-session:91", "--json")) == ["A/HRC/RES/S-61/1#OP2"]


def test_spelling_counts_when_it_is_asked_to(run) -> None:
    def total(*options: str) -> int:
        return int(json.loads(run("search", "الابار", *options, "--json").stdout)["total"])

    assert total("--strict", "marks,yeh") == total("--strict", "yeh") > 0
    assert total("--strict", "hamza") == total("--strict", "all") == 0


def test_an_unknown_name_of_a_spelling_is_refused_with_the_known_ones(run) -> None:
    result = run("search", "المياه", "--strict", "alef")
    assert result.exit_code == 2
    assert "marks, hamza, teh, yeh, all" in result.stderr


def test_after_two_dashes_even_latin_words_may_begin_with_one(run) -> None:
    assert run("search", "--", "-x", "حكومة").exit_code == 0


def test_a_lone_dash_reads_the_query_from_standard_input(run) -> None:
    assert run("search", "-", input="حكومة\nسندار\n").stdout == run("search", "حكومة سندار").stdout


def test_the_matched_words_are_coloured_on_a_terminal_only(run) -> None:
    coloured = run("search", "حكومة", color=True).stdout
    assert "\x1b[31m\x1b[1mحكومة\x1b[0m" in coloured
    assert click.unstyle(coloured) == run("search", "حكومة").stdout


def test_show_prints_a_paragraph_with_its_notes(run) -> None:
    result = run("show", "a/hrc/res/91/4#op1.a")
    assert result.exit_code == 0
    assert "(أ) إصلاح المنارات المعطلة،[1] ؛" in result.stdout
    assert "    [1] A/HRC/90/12." in result.stdout


def test_show_takes_an_address_with_spaces_as_several_arguments(run) -> None:
    assert run("show", "A/RES/91/4", "#OP1").stdout == run("show", "A/RES/91/4#OP1").stdout


def test_show_as_json_holds_the_whole(run) -> None:
    values = json.loads(run("show", "--json", "A/HRC/RES/91/4").stdout)
    assert len(values["paragraphs"]) == 9
    assert values["document"]["warnings"] == ["Paragraph 3 has no number."]


def test_show_says_what_was_odd_about_a_document_on_the_error_stream(run) -> None:
    result = run("show", "A/HRC/RES/91/4")
    assert result.stderr == "fihris: Paragraph 3 has no number.\n"


@pytest.mark.parametrize(
    ("address", "exit_code", "said"),
    [("91/4", 2, "A/HRC/RES/91/4, A/RES/91/4"), ("A/RES/91/5", 1, "Did you mean A/RES/91/4")],
)
def test_show_offers_candidates_in_one_line(run, address: str, exit_code: int, said: str) -> None:
    result = run("show", address)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["search", "show"])
def test_a_missing_index_is_one_line_with_a_remedy(tmp_path: Path, command: str) -> None:
    result = CliRunner().invoke(main, [command, "x", "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "fihris index" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["search", "show"])
def test_help_opens_with_examples(run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert "Exit code:" in result.stdout


def test_a_process_finds_with_exit_code_0_and_plain_text_on_a_pipe(invented_index: Path) -> None:
    done = process(invented_index, "search", "حكومة")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "يحُثّ حكومة سندار على:" in done.stdout


def test_bytes_that_are_no_text_are_no_crash(invented_index: Path) -> None:
    for command in ("search", "show"):
        done = process(invented_index, command, "\udcff\udc80")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error_to_shout_about(invented_index: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "show", "A/HRC/RES/91/4"],
        cwd=ROOT,
        env={**os.environ, "FIHRIS_INDEX": str(invented_index), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read().decode()
        running.wait(timeout=60)
    assert "Traceback" not in said
    assert "Exception" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_true_terminal_gets_colours_unless_they_are_declined(
    invented_index: Path, no_color: str, coloured: bool
) -> None:
    import pty

    controller, terminal = pty.openpty()
    environment = {
        **os.environ,
        "FIHRIS_INDEX": str(invented_index),
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": no_color,
    }
    subprocess.run(
        [*PROGRAM, "search", "القلق"],
        cwd=ROOT,
        env=environment,
        stdout=terminal,
        timeout=60,
        check=True,
    )
    os.close(terminal)
    shown = os.read(controller, 4096).decode()
    os.close(controller)
    assert ("\x1b[31m" in shown) is coloured
    assert "القلق" in shown


def test_a_document_is_printed_as_akoma_ntoso(run: Any) -> None:
    result = run("show", "A/HRC/RES/91/4#OP1", "--akn")
    assert result.exit_code == 0
    assert result.stdout.startswith("<?xml")
    assert 'value="A/HRC/RES/91/4" name="symbol' in result.stdout


@pytest.mark.parametrize("option", ["--json", "--cites", "--cited-by"])
def test_akoma_ntoso_is_no_other_form_as_well(run: Any, option: str) -> None:
    result = run("show", "A/HRC/RES/91/4", "--akn", option)
    assert result.exit_code == 2
    assert "--akn" in result.stderr


def test_a_search_of_words_imports_nothing_that_only_others_use(invented_index: Path) -> None:
    source = (
        "import sys\n"
        "from fihris.web.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    # What suggests other wordings is for those who found little and did not turn the page.
    arguments = ["search", "حكومة", "--offset", "1", "--index", str(invented_index)]
    ran = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(ran.stderr.split())
    assert {"fihris.search.searcher", "fihris.search.terminal"} <= loaded
    other_rooms = {name for name in loaded if name.startswith("fihris.web.")} - {"fihris.web.cli"}
    assert not other_rooms
    of_others = {
        *("analysis.roots", "documents", "ledger", "parser", "run", "sources", "sync_cli"),
        *("unit_maker", "units", "verify", "writer"),
    }
    assert not loaded & {f"fihris.index.{name}" for name in of_others}
    of_others = {
        *("citations", "clause", "jsonable", "lookup", "outputs", "query_parser", "query_tokens"),
        *("show", "suggest", "verification", "vocabulary", "wording_diff"),
    }
    assert not loaded & {f"fihris.search.{name}" for name in of_others}
    heavy = {
        *("asyncio", "decimal", "difflib", "email", "hashlib", "jinja2", "logging", "lzma"),
        *("multiprocessing", "platformdirs", "pyarabic", "shutil", "socket", "sqlite3"),
        *("starlette", "subprocess", "tempfile", "unittest", "xml"),
    }
    assert not loaded & heavy
