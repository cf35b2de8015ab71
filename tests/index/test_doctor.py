"""``fihris doctor``: what it tells of sound, damaged and unreadable files; it only looks."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fihris.index.doctor import diagnose
from fihris.index.resolution import DocumentKind, Organ
from fihris.index.sources.finding import Damage, Outcome
from fihris.index.specimens import specimens_folder
from fihris.web.cli import main
from tests.pdf_writer import pdf_of

SPECIMEN = specimens_folder() / "A_HRC_RES_94_9.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound text, a damaged one, a scanned page and a broken collection."""
    text = SPECIMEN.read_text("utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(re.sub("ل([اأإآ])", r"\1ل", text), "cp1256")
    (tmp_path / "c.pdf").write_bytes(pdf_of([]))
    laws = ['{"id": "q1", "title": "قانون", "provisions": [{"ref": "1", "text": "نص"}]}', "{"]
    (tmp_path / "d.jsonl").write_text("\n".join(laws), "utf-8")
    return tmp_path


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def test_a_sound_text_is_described(folder: Path) -> None:
    (found,) = diagnose([folder / "a.txt"])
    assert (found.form, found.encoding) == (".txt", "utf-8")
    assert (found.kind, found.symbol, found.organ) == (
        DocumentKind.RESOLUTION,
        "A/HRC/RES/94/9",
        Organ.HRC,
    )
    assert found.date is not None
    assert found.date.isoformat() == "2037-03-25"
    assert found.paragraphs > 20
    assert (found.findings, found.warnings, found.refusal) == ((), (), None)


def test_damage_is_told_with_its_sample_and_encoding(folder: Path) -> None:
    (found,) = diagnose([folder / "b.txt"])
    assert found.encoding == "windows-1256"
    (finding,) = found.findings
    assert (finding.damage, finding.outcome) == (Damage.SWAPPED_LIGATURES, Outcome.REPAIRED)
    assert "اإل" in finding.sample
    assert found.is_damaged
    assert not found.has_unmended_damage


def test_each_document_is_told_in_the_order_of_indexing(folder: Path) -> None:
    found = list(diagnose([folder]))
    assert [(each.path.name, each.line) for each in found] == [
        ("a.txt", None),
        ("b.txt", None),
        ("c.pdf", None),
        ("d.jsonl", 1),
        ("d.jsonl", 2),
    ]
    assert [each.refusal is not None for each in found] == [False, False, True, False, True]


def test_the_lines_tell_facts_repairs_and_remedies(folder: Path) -> None:
    run = doctor(folder)
    assert run.exit_code == 1
    assert "form      .txt, windows-1256" in run.output
    assert re.search(r"document  resolution A/HRC/RES/94/9, 2037-03-25, \d+ paragraphs", run.output)
    assert "repaired  40 words with swapped ligatures were repaired, as in «" in run.output
    assert "refused   holds no text: its page is a picture" in run.output
    assert "ocrmypdf" in run.output
    assert run.output.endswith(
        "3 documents can be indexed, 2 refused; 1 damaged, 1 with warnings\n"
    )


def test_a_repair_is_told_once(folder: Path) -> None:
    assert doctor(folder / "b.txt").output.count("swapped ligatures were repaired") == 1


def test_what_is_well_in_a_collection_is_counted_and_not_listed(folder: Path) -> None:
    run = doctor(folder / "d.jsonl")
    assert "d.jsonl:2" in run.output
    assert "d.jsonl:1" not in run.output
    assert "1 document can be indexed, 1 refused" in run.output


def test_the_json_has_every_field(folder: Path) -> None:
    run = doctor(folder, "--json")
    values = json.loads(run.output)
    assert (values["readable"], values["refused"], values["damaged"]) == (3, 2, 1)
    sound, damaged, scanned, _, _ = values["documents"]
    assert sound["symbol"] == "A/HRC/RES/94/9"
    assert damaged["findings"][0]["damage"] == "swapped ligatures"
    assert damaged["findings"][0]["outcome"] == "repaired"
    assert scanned["form"] is None
    assert "picture" in scanned["refused"]["reason"]
    assert scanned["refused"]["remedy"]


@pytest.mark.parametrize(
    ("names", "code"), [(["a.txt"], 0), (["a.txt", "c.pdf"], 1), (["c.pdf"], 2)]
)
def test_the_exit_code_is_that_of_indexing(folder: Path, names: list[str], code: int) -> None:
    paths = [folder / name for name in names]
    assert doctor(*paths).exit_code == code
    arguments = ["index", *map(str, paths), "--index", str(folder / "index")]
    assert CliRunner().invoke(main, arguments).exit_code == code


def test_what_is_not_there_is_refused() -> None:
    run = doctor("/nirgends/قرار.txt")
    assert run.exit_code == 2
    assert "there is no such file" in run.output


def test_nothing_is_written(folder: Path) -> None:
    before = sorted(path.stat().st_mtime_ns for path in folder.rglob("*"))
    doctor(folder)
    assert sorted(path.stat().st_mtime_ns for path in folder.rglob("*")) == before


def test_a_title_commands_no_terminal(tmp_path: Path) -> None:
    text = SPECIMEN.read_text("utf-8").replace("حق الإنسان في المياه", "حق \x1b[2J\u202eالإنسان", 1)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    output = doctor(tmp_path).output
    assert "\x1b" not in output
    assert "\u202e" not in output
