"""The benchmark of clauses, in a tiny form: that it runs, and that sources are found."""

from scripts import clause_benchmark
from tests.specimen_collection import write_collection


def test_changed_clauses_lead_to_their_sources_among_copies_of_them(tmp_path, capsys):
    collection = write_collection(tmp_path / "specimens.jsonl")
    assert clause_benchmark.main([str(collection), "--clauses", "12", "--copies", "2"]) == 0
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in capsys.readouterr().out.splitlines()
    ]
    cells = {row[0]: row[1:] for row in rows}
    assert cells["10%"][2] == "100.0%"
    timed = [name for name in cells if name.endswith((", wall", ", processor"))]
    assert len(timed) == 4
    assert all(len(cells[name]) == len(clause_benchmark.PERCENTILES) for name in timed)
