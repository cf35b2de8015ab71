"""The commands ``fihris index``, ``fihris info`` and ``fihris remove``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fihris.index import sync_cli
from fihris.index.places import INDEX_VARIABLE, default_index_folder
from fihris.index.report import Progress
from fihris.web.cli import main

CLONE = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path):
    def run(*arguments: str | Path) -> Result:
        environment = {INDEX_VARIABLE: str(tmp_path / "index")}
        return CliRunner().invoke(main, [str(a) for a in arguments], env=environment)

    return run


def test_a_run_is_summed_up(run, write_laws, law):
    laws = write_laws(law("a", "نص", "نص"), law("b", "نص"), "{")
    ran = run("index", laws)
    assert ran.exit_code == 1
    assert [line.split()[:4] for line in ran.stdout.splitlines()[:4]] == [
        ["added", "2", "documents", "3"],
        ["unchanged", "0", "documents", "0"],
        ["replaced", "0", "documents", "0"],
        ["refused", "1"],
    ]
    assert ran.stderr.startswith(f"refused: {laws}:3: is not valid JSON")
    assert len(ran.stderr.splitlines()) == 1


def test_a_run_without_refusals_ends_well_and_twice(run, write_laws, law):
    laws = write_laws(law("a", "نص"))
    assert run("index", laws).exit_code == 0
    again = run("index", laws)
    assert again.exit_code == 0
    assert "unchanged         1 document " in again.stdout


def test_large_numbers_are_grouped(run, write_laws, law):
    laws = write_laws(*(law(f"{n}", "نص") for n in range(1_234)))
    assert "1,234 documents" in run("index", laws).stdout


def test_the_summary_as_json_names_every_refusal_and_warning(run, write_laws, law, tmp_path):
    laws = write_laws(law("a", "نص", date="أمس"), "{")
    ran = run("index", "--json", laws)
    values = json.loads(ran.stdout)
    assert values["index"] == str(tmp_path / "index")
    assert values["added"] == {"documents": 1, "paragraphs": 1}
    (refusal,) = values["refused"]
    assert (refusal["path"], refusal["line"]) == (str(laws), 2)
    assert refusal["reason"]
    assert refusal["remedy"]
    assert [warning["address"] for warning in values["warnings"]] == ["a"]
    assert ran.stderr == ""


def test_many_warnings_are_cut_short_and_counted(run, write_laws, law):
    laws = write_laws(*(law(f"{n}", "نص", date="أمس") for n in range(25)))
    lines = run("index", laws).stderr.splitlines()
    assert len(lines) == 21
    assert "5 more" in lines[-1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.txt", None, "no such file"),
        ("binary.txt", bytes(range(256)), "is binary"),
        ("folder", "folder", "holds no file that can be indexed"),
        ("empty.txt", b"", "is empty"),
        ("picture.png", b"\x89PNG", "of a form that is not read"),
        ("cut.jsonl.xz", b"\xfd7zXZ\x00\x00", "cannot be unpacked"),
        ("cut.jsonl.gz", b"\x1f\x8b\x08\x00", "cannot be unpacked"),
    ],
)
def test_a_source_that_cannot_serve_is_told_in_one_line(run, tmp_path, name, content, said):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    ran = run("index", path)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stdout == ""
    assert not (tmp_path / "index").exists()


def test_a_named_source_that_may_not_be_read_stops_nothing_else(
    run, write_laws, law, tmp_path, monkeypatch
):
    closed = tmp_path / "closed.txt"
    closed.write_text("نص", "utf-8")
    open_file, may = Path.open, os.access

    def refuse(path, *rest, **named):
        if path == closed.resolve():
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, *rest, **named)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: path != str(closed) and may(path, mode))
    ran = run("index", closed, write_laws(law("a", "نص")))
    assert ran.exit_code == 1
    (said,) = ran.stderr.splitlines()
    assert said.startswith(f"refused: {closed}: cannot be read (Permission denied).")
    assert "1 document " in ran.stdout


@pytest.mark.parametrize("command", ["index", "info", "remove"])
def test_a_folder_that_is_no_index_is_told_in_one_line(run, tmp_path, write_laws, law, command):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "letter.doc").write_text("عزيزي")
    arguments = {"index": [write_laws(law("a", "نص"))], "remove": ["a"]}.get(command, [])
    ran = run(command, *arguments)
    assert ran.exit_code == 2
    assert "--index" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_info_without_an_index_says_how_to_make_one(run):
    ran = run("info")
    assert ran.exit_code == 2
    assert "fihris index" in ran.stderr


def test_info_tells_what_the_index_holds(run, write_laws, law, tmp_path):
    run("index", write_laws(law("a", "نص", "نص", organ="HRC", session="46"), law("b", "نص")))
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in run("info").stdout.splitlines()}
    assert lines["Index"] == str(tmp_path / "index")
    assert (lines["Documents"], lines["Paragraphs"]) == ("2", "3")
    assert lines["Sessions"] == "HRC: 46"
    assert lines["Versions"].startswith("schema")
    assert lines["Size"].endswith("kB")


def test_info_as_json_has_whole_numbers(run, write_laws, law):
    run("index", write_laws(law("a", "نص", organ="GA", session="60")))
    values = json.loads(run("info", "--json").stdout)
    assert (values["documents"], values["paragraphs"], values["units"]) == (1, 1, 2)
    assert values["sessions"] == {"GA": ["60"]}
    assert isinstance(values["size"], int)


def test_a_document_is_removed_by_its_address(run, write_laws, law):
    run("index", write_laws(law("قانون 1/أ", "نص", "نص"), law("b", "نص")))
    ran = run("remove", "قانون 1/أ")
    assert (ran.exit_code, ran.stdout.split()) == (
        0,
        ["removed", "1", "document", "2", "paragraphs"],
    )
    assert json.loads(run("info", "--json").stdout)["documents"] == 1


def test_a_part_of_a_document_cannot_be_removed(run, write_laws, law):
    run("index", write_laws(law("a", "نص")))
    ran = run("remove", "a#art1")
    assert ran.exit_code == 1
    assert "whole document" in ran.stderr


@pytest.mark.parametrize("arguments", [["index", ""], ["info", "--index", ""]])
def test_an_empty_path_is_not_the_folder_one_is_in(run, arguments):
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert "the path is empty" in ran.stderr


def test_the_option_goes_before_the_variable(run, write_laws, law, tmp_path):
    run("index", "--index", tmp_path / "other", write_laws(law("a", "نص")))
    assert (tmp_path / "other" / "meta.json").exists()
    assert not (tmp_path / "index").exists()


def test_without_option_or_variable_the_folder_of_the_platform_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_index_folder().name == "index"
    assert default_index_folder().parent.name == "fihris"


def test_a_terminal_sees_a_bar_that_moves_to_the_end(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with sync_cli._progress_bar() as show:
        assert show is not None
        show(Progress(1, 4, 10))
        show(Progress(4, 4, 20))


def test_the_bar_names_what_is_slow(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with sync_cli._progress_bar() as show:
        assert show is not None
        show(Progress(100, 400, 10))
        show(Progress(100, 400, 10, slow=f"/{'x' * 99}/\x1b[31mslow.pdf (3 s)"))
    told = capsys.readouterr().err
    assert "slow.pdf (3 s)" in told
    assert "\x1b[31m" not in told


def test_without_a_terminal_there_is_no_bar():
    with sync_cli._progress_bar() as show:
        assert show is None


def test_the_module_of_the_commands_imports_nothing_heavy():
    code = (
        "import sys, fihris.index.cli\n"
        "print(*{'tantivy', 'pyarabic', 'lzma', 'platformdirs', 'fihris.index.analysis'}"
        " & sys.modules.keys())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    assert ran.stdout.strip() == ""
