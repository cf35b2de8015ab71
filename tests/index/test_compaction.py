"""A compacted index is what a fresh one would be, to the score, and nothing else has changed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fihris.index import open_index, remove, sync
from fihris.index.compaction import compact, shape_of
from fihris.index.errors import IndexDamaged, IndexMissing
from fihris.index.folder import open_tantivy
from fihris.index.specimens import specimens_folder
from fihris.index.verify import verify
from fihris.search import search
from fihris.web.cli import main

QUERIES = ("حقوق", "المياه المأمونة", '"حقوق الإنسان"', "التعليم قرية", "94/9", "مسرد الزرافة")


def scores(folder: Path) -> list[list[tuple[str, float]]]:
    reader = open_index(folder)
    return [
        [(hit.address, hit.score) for hit in search(reader, query, limit=50).hits]
        for query in QUERIES
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A fresh index, and one of the same documents that came, went and came back."""
    place = tmp_path_factory.mktemp("made")
    sync(place / "fresh", [specimens_folder()])
    shutil.copytree(place / "fresh", place / "worn")
    for _ in range(2):
        held = sorted(record.document.address for record in open_index(place / "worn").records())
        remove(place / "worn", held[::3])
        sync(place / "worn", [specimens_folder()])
    return place


@pytest.fixture
def fresh(made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "fresh", tmp_path / "fresh"))


@pytest.fixture
def worn(made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "worn", tmp_path / "worn"))


def test_scores_drift_until_an_index_is_compacted_and_are_then_those_of_a_fresh_one(fresh, worn):
    assert scores(worn) != scores(fresh)
    report = compact(worn)
    assert report.before.deleted > 0
    assert report.after == shape_of(worn)
    assert (report.after.deleted, report.after.units) == (0, shape_of(fresh).units)
    assert scores(worn) == scores(fresh)
    assert verify(worn).sound


def test_documents_their_records_and_the_ledger_stay_as_they_were(worn):
    before = {record.document.address: record for record in open_index(worn).records()}
    texts = {address: open_index(worn).document(address) for address in before}
    compact(worn)
    assert {record.document.address: record for record in open_index(worn).records()} == before
    assert {address: open_index(worn).document(address) for address in before} == texts
    again = sync(worn, [specimens_folder()])
    assert again.unchanged.documents == again.documents == len(before)


def test_an_index_that_is_compact_is_left_alone(fresh):
    before = (fresh / "meta.json").read_bytes()
    report = compact(fresh)
    assert report.before == report.after
    assert (fresh / "meta.json").read_bytes() == before


def test_a_reader_goes_on_with_what_was_there_and_then_sees_the_new(worn):
    reader = open_index(worn)
    searcher = reader.searcher()
    count = searcher.num_docs
    compact(worn)
    assert searcher.num_docs == count
    assert search(reader, "حقوق").total
    assert reader.searcher().num_docs == count


def test_a_document_that_is_not_whole_stops_it_and_nothing_is_lost(worn):
    index = open_tantivy(worn)
    writer = index.writer(15_000_000, 1)
    writer.delete_documents_by_term("fragment", "OP2")
    writer.commit()
    writer.wait_merging_threads()
    before = (worn / "meta.json").read_bytes()
    with pytest.raises(IndexDamaged, match="not whole"):
        compact(worn)
    assert (worn / "meta.json").read_bytes() == before
    assert search(open_index(worn), "حقوق").total


def test_an_index_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(IndexMissing):
        compact(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_the_command_tells_what_changed(worn):
    shown = CliRunner().invoke(main, ["compact", "--index", str(worn)])
    assert shown.exit_code == 0
    assert "deleted" in shown.stdout
    again = CliRunner().invoke(main, ["compact", "--json", "--index", str(worn)])
    values = json.loads(again.stdout)
    assert values["before"] == values["after"]
    assert values["after"]["deleted"] == 0
