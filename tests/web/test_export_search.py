"""``fihris export-search``: what it writes, leaves alone, removes and refuses."""

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index import sync
from fihris.index.removal import remove
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main

SCRIPTS = {"fihris-search.js", "fihris-engine.js", "fihris-assistance.js"}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    assert not sync(tmp_path / "index", [specimens_folder()]).refused
    return tmp_path / "index"


def export(index: Path, out: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["export-search", str(out), "--index", str(index), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_folder_holds_the_index_and_the_two_scripts(index, tmp_path):
    export(index, tmp_path / "out")
    written = files(tmp_path / "out")
    assert (
        SCRIPTS | {"fihris.json.gz", "tables.bin", "dictionary.bin", "documents.bin"}
        <= written.keys()
    )
    assert {name.rsplit(".", 1)[1] for name in written} == {"gz", "bin", "js"}


def test_what_is_told_is_what_lies_on_the_disk(index, tmp_path):
    told = json.loads(export(index, tmp_path / "out", "--scripts", "--json"))
    written = files(tmp_path / "out")
    assert told["files"] == len(written)
    assert told["bytes"] == sum(map(len, written.values()))
    assert told["documents"] > 10


def test_the_report_ends_with_the_two_lines_for_a_page(index, tmp_path):
    shown = export(index, tmp_path / "out")
    assert '<script type="module" src="out/fihris-search.js"></script>' in shown
    assert '<fihris-search index="out"></fihris-search>' in shown


def test_every_file_has_a_script_with_its_very_bytes(index, tmp_path):
    export(index, tmp_path / "out", "--scripts")
    written = files(tmp_path / "out")
    packed = {name: content for name, content in written.items() if not name.endswith(".js")}
    assert len(packed) > 20
    for name, content in packed.items():
        script = written[f"{name}.js"].decode("ascii")
        assert script == f'fihris.held["{name}"]="{base64.b64encode(content).decode()}";'


def test_a_second_run_leaves_every_file_alone(index, tmp_path):
    export(index, tmp_path / "out", "--scripts")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    export(index, tmp_path / "out", "--scripts")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_scripts_of_files_that_are_gone_go_too(index, tmp_path):
    export(index, tmp_path / "out", "--scripts")
    addresses = [f"A/HRC/RES/{symbol}" for symbol in ("91/4", "94/9", "94/15", "91/17", "92/6")]
    remove(index, addresses)
    export(index, tmp_path / "out", "--scripts")
    written = files(tmp_path / "out")
    packed = {name for name in written if not name.endswith(".js")}
    assert written.keys() - packed == {*SCRIPTS, *(f"{one}.js" for one in packed)}


def test_scripts_once_written_stay_in_step_with_the_files(index, tmp_path):
    export(index, tmp_path / "out", "--scripts")
    remove(index, ["A/HRC/RES/94/9"])
    assert "defer" in export(index, tmp_path / "out")
    again = files(tmp_path / "out")
    export(index, tmp_path / "anew", "--scripts")
    assert again == files(tmp_path / "anew")


def test_a_folder_with_something_else_in_it_is_left_alone(index, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.gz").write_bytes(b"precious")
    result = CliRunner().invoke(
        main, ["export-search", str(tmp_path / "out"), "--index", str(index)]
    )
    assert result.exit_code == 2
    assert "holds something that is no search index" in result.output
    assert files(tmp_path / "out") == {"thesis.gz": b"precious"}


def test_a_file_is_no_folder(index, tmp_path):
    (tmp_path / "out").write_text("text")
    result = CliRunner().invoke(
        main, ["export-search", str(tmp_path / "out"), "--index", str(index)]
    )
    assert result.exit_code == 2
    assert "is a file" in result.output
