"""What the documents claim: links and file names lead somewhere, examples print what they show."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index.specimens import specimens_folder
from fihris.web.cli import main

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def examples(document: str) -> list[tuple[list[str], str]]:
    """Return the ``fihris`` commands in the console blocks of a text, with what they print."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", document, re.MULTILINE | re.DOTALL):
        for shown in block.split("$ ")[1:]:
            command, _, output = shown.partition("\n")
            words = shlex.split(command)
            if Path(words[0]).name == "fihris":
                found.append((words[1:], output.strip()))
    return found


@pytest.fixture(scope="module")
def specimens_index(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("readme") / "index")
    result = CliRunner().invoke(main, ["index", str(specimens_folder()), "--index", folder])
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_to_a_file(document):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_the_readme_begins_with_the_two_commands():
    lines = read("README.md").splitlines()
    assert lines[0] == "```sh"
    assert lines[1].startswith("python3 scripts/demo.py")
    assert lines[2].startswith("python3 scripts/test.py")


def test_the_architecture_names_every_module_and_no_other():
    text = read("docs/architecture.md")
    for room in ("index", "search", "web"):
        section = text.split(f"### `{room}/`")[1].split("### ")[0]
        cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
        named = {name.rstrip("/") for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
        present = {
            path.name
            for path in (ROOT / room).iterdir()
            if path.name not in {"__init__.py", "__pycache__", "py.typed"}
        }
        assert named == present


EXAMPLES = [
    pytest.param(*example, id=f"{document.name} {number}")
    for document in DOCUMENTS
    for number, example in enumerate(examples(document.read_text(encoding="utf-8")), 1)
]


@pytest.mark.parametrize(("arguments", "shown"), EXAMPLES)
def test_an_example_prints_what_it_shows(arguments, shown, specimens_index):
    result = CliRunner().invoke(main, arguments, env={"FIHRIS_INDEX": specimens_index})
    # Messages may be left out of an example: they are no results.
    assert shown in (result.output.strip(), result.stdout.strip())


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    (block,) = re.findall(r"^```python\n(.*?)^```", read("README.md"), re.MULTILINE | re.DOTALL)
    shutil.copytree(specimens_folder(), tmp_path / "resolutions")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})
    assert "A/HRC/RES/" in capsys.readouterr().out


def test_the_readme_has_examples_of_the_three_kinds_of_search():
    searches = [arguments for arguments, _ in examples(read("README.md")) if "search" in arguments]
    assert len(searches) >= 3


SITE_COMMANDS = re.findall(r"^fihris (export-site .*)$", read("docs/export-site.md"), re.MULTILINE)


@pytest.mark.parametrize("command", SITE_COMMANDS)
def test_a_command_that_writes_a_site_writes_one(command, specimens_index, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(command), env={"FIHRIS_INDEX": specimens_index})
    assert result.exit_code == 0, result.output
    assert (tmp_path / command.split()[1] / "index.html").is_file()


def test_the_slugs_that_the_page_of_sites_shows_are_those_that_are_made():
    from fihris.web.static_site.slugs import slug_of

    shown = re.findall(
        r"^\| `([^`]+)`.*\| `r/([^`]+)\.html` \|$", read("docs/export-site.md"), re.MULTILINE
    )
    assert len(shown) == 5
    assert [slug_of(address) for address, _ in shown] == [slug for _, slug in shown]
