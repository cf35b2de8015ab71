"""The benchmark of small changes, in a tiny form: that it runs, and changes what it says."""

from fihris.index import open_index, sync
from scripts import sync_benchmark
from tests.specimen_collection import write_collection


def test_a_session_is_added_and_single_paragraphs_are_replaced(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sync_benchmark, "_DOCUMENTS", 3)
    collection, index = write_collection(tmp_path / "specimens.jsonl"), tmp_path / "index"
    sync(index, [collection])
    before = {record.document.address for record in open_index(index).records()}
    assert sync_benchmark.main([str(collection), str(index), "--syncs", "3"]) == 0
    printed = capsys.readouterr().out
    assert "| the session, unchanged | " in printed
    assert "A process took " in printed
    rows = [line for line in printed.splitlines() if line.startswith(("| 1 |", "| 2 |", "| 3 |"))]
    assert len(rows) == 3
    added = {record.document.address for record in open_index(index).records()} - before
    assert {f"A/HRC/RES/62/{number}" for number in (1, 2, 3)} < added
    assert len(added) == 4  # with the document that came before
