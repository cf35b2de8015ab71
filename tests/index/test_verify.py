"""Whatever happens to the files of an index or to the units of a document, verifying finds it."""

import json
import random
from io import BytesIO
from pathlib import Path

import pytest
import tantivy
from click.testing import CliRunner

from fihris.index.analysis import Analyzer
from fihris.index.checksums import damage_of
from fihris.index.commit import SEGMENT_SUFFIXES
from fihris.index.errors import IndexDamaged, IndexMissing
from fihris.index.folder import open_tantivy
from fihris.index.reader import open_index
from fihris.index.record import SourceStamp
from fihris.index.removal import remove
from fihris.index.synchronize import sync
from fihris.index.units import analyze_units, document_units
from fihris.index.verify import FaultKind, verify
from fihris.web.cli import main


@pytest.fixture
def index(tmp_path: Path, write_laws, law) -> Path:
    """An index of two segments, the first of which has lost a document."""
    folder = tmp_path / "index"
    sync(folder, [write_laws(law("a", "نص أول", "نص ثان"), law("b", "نص"), name="1.jsonl")])
    sync(folder, [write_laws(law("c", "نص ثالث", "نص رابع"), name="2.jsonl")])
    remove(folder, ["b"])
    return folder


def kinds(folder: Path) -> set[FaultKind]:
    return {fault.kind for fault in verify(folder).faults}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << random.Random(at).randrange(8)
    path.write_bytes(content)


def files_of_segments(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if len(path.name.split(".")[0]) == 32)


def test_a_sound_index_is_sound(index):
    report = verify(index)
    assert report.sound
    assert (report.segments, report.documents, report.units) == (2, 2, 6)
    assert report.files == 2 * len(SEGMENT_SUFFIXES) + 1
    assert (report.touched, report.leftovers, report.foreign) == ((), (), ())


def test_a_flipped_bit_is_found_wherever_it_is_in_any_file_of_a_segment(index):
    for path in files_of_segments(index):
        whole = path.read_bytes()
        assert damage_of(BytesIO(whole)) is None
        version = whole.rindex(b'"version"')  # what it says is of no consequence
        for at in {*range(len(whole))} - {*range(version, whole.rindex(b'"crc"'))}:
            flipped = bytearray(whole)
            flipped[at] ^= 1 << at % 8
            assert damage_of(BytesIO(flipped)) is not None, (path.suffix, at)


def test_a_flipped_bit_is_told_with_the_file_that_has_it(index):
    for path in files_of_segments(index)[:4]:
        whole = path.read_bytes()
        flip(path, 3)
        assert path.name in {fault.where for fault in verify(index).faults}
        path.write_bytes(whole)
    assert verify(index).sound


@pytest.mark.parametrize("suffix", [*SEGMENT_SUFFIXES, ".del"])
def test_missing_truncated_and_empty_files_are_found(index, suffix):
    path = next(index.glob(f"*{suffix}"))
    whole = path.read_bytes()
    for rest in (whole[:-1], b""):
        path.write_bytes(rest)
        assert kinds(index) == {FaultKind.FILE_DAMAGED}
    path.unlink()
    assert kinds(index) == {FaultKind.FILE_MISSING}


def test_the_documents_of_a_damaged_segment_are_named_and_no_others(index):
    segments = [
        entry["segment_id"].replace("-", "")
        for entry in json.loads((index / "meta.json").read_text())["segments"]
    ]
    named = []
    for segment in segments:
        path = index / f"{segment}.pos"
        whole = path.read_bytes()
        flip(path, len(whole) // 3)
        named.append(verify(index).touched)
        path.write_bytes(whole)
    assert sorted(named) == [("a",), ("c",)]


@pytest.mark.parametrize("suffix", [".store", ".idx", ".term"])
def test_documents_are_named_though_their_texts_or_their_terms_cannot_be_read(index, suffix):
    for path in index.glob(f"*{suffix}"):
        path.write_bytes(b"\xff" * 40 + path.read_bytes()[40:])
    report = verify(index)
    assert not report.sound
    assert report.touched in (("a", "c"), None)


def write_units(folder: Path, change) -> None:
    """Let *change* do something to the index that Fihris itself never would."""
    tantivy_index = open_tantivy(folder)
    writer = tantivy_index.writer(15_000_000, 1)
    change(writer, tantivy_index)
    writer.commit()
    writer.wait_merging_threads()


def units_with(tantivy_index: tantivy.Index, field: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(tantivy_index.schema, field, value)


def test_a_document_that_lost_a_unit_is_found(index):
    write_units(index, lambda writer, _: writer.delete_documents_by_term("fragment", "art2"))
    faults = verify(index).faults
    assert {(fault.kind, fault.where) for fault in faults} == {
        (FaultKind.DOCUMENT_INCOMPLETE, "a"),
        (FaultKind.DOCUMENT_INCOMPLETE, "c"),
    }
    assert "1 of its 3 units" in faults[0].fact


def test_a_document_that_lost_its_record_is_found(index):
    def lose_titles(writer, tantivy_index):
        writer.delete_documents_by_query(
            tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, units_with(tantivy_index, "doc", "a")),
                    (tantivy.Occur.Must, units_with(tantivy_index, "kind", "title")),
                ]
            )
        )

    write_units(index, lose_titles)
    (fault,) = verify(index).faults
    assert (fault.kind, fault.where) == (FaultKind.RECORD_MISSING, "a")


def test_a_document_that_is_there_twice_is_found(index):
    document = open_index(index).document("c")
    stamp = SourceStamp("/x", "0", 0, 0)

    def add_again(writer, tantivy_index):
        forms = analyze_units(document, Analyzer())
        for fields in document_units(document, 2, stamp, forms):
            writer.add_document(tantivy.Document.from_dict(fields, tantivy_index.schema))

    write_units(index, add_again)
    report = verify(index)
    assert {(fault.kind, fault.where) for fault in report.faults} == {
        (FaultKind.DOCUMENT_DOUBLED, "c")
    }
    assert (report.documents, report.units) == (2, 9)


def test_foreign_files_and_leftovers_are_told_and_are_no_damage(index):
    (index / "notes.txt").write_text("mine")
    (index / f"{'0' * 32}.store").write_bytes(b"what a killed run left")
    report = verify(index)
    assert report.sound
    assert report.foreign == ("notes.txt",)
    assert report.leftovers == (f"{'0' * 32}.store",)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("meta.json", '"max_doc": 5', '"max_doc": 4'),
        ("meta.json", '"num_deleted_docs": 2', '"num_deleted_docs": 3'),
        ("meta.json", '"name": "alias"', '"name": "alios"'),
        (".managed.json", ".store", ".stove"),
    ],
)
def test_lists_that_disagree_with_the_files_are_found(index, name, before, after):
    path = index / name
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))
    report = verify(index)
    assert not report.sound


def test_an_index_that_is_not_there_or_cannot_be_opened_is_an_error(tmp_path, index):
    with pytest.raises(IndexMissing):
        verify(tmp_path / "nowhere")
    (index / "meta.json").write_text("{")
    with pytest.raises(IndexDamaged):
        verify(index)


def test_the_command_says_what_is_wrong_and_how_to_put_it_right(index):
    run = CliRunner().invoke(main, ["verify", "--index", str(index)])
    assert run.exit_code == 0
    assert run.stdout.splitlines()[-1].split() == ["Damage", "none"]
    path = next(index.glob("*.pos"))
    flip(path, 3)
    run = CliRunner().invoke(main, ["verify", "--index", str(index)])
    assert run.exit_code == 1
    assert f"{path.name} does not have the bytes" in run.stdout
    assert "--rebuild" in run.stderr
    values = json.loads(
        CliRunner().invoke(main, ["verify", "--json", "--index", str(index)]).stdout
    )
    assert values["faults"][0]["kind"] == "file damaged"
    assert values["touched"]
    assert CliRunner().invoke(main, ["verify", "--index", str(index / "no")]).exit_code == 2


def test_verifying_costs_no_writes(index):
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    verify(index)
    after = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    assert after == before
