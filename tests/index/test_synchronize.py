"""A run reads what changed, keeps what did not, moves what moved and prunes what is gone."""

import itertools
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from fihris.index import documents
from fihris.index.errors import IndexReadOnly
from fihris.index.ledger import LEDGER
from fihris.index.pruning import Prune
from fihris.index.reader import open_index
from fihris.index.removal import remove
from fihris.index.report import Outcome, SyncReport, Tally
from fihris.index.synchronize import foresee, sync
from fihris.index.writer import IndexWriter

CLONE = Path(__file__).resolve().parents[2]


def resolution(symbol: str) -> str:
    """Return the text of a resolution that has one paragraph."""
    return f"{symbol}\n\nعنوان القرار\n\nإن مجلس حقوق الإنسان،\n\n1- يقرر بناء السد"


AGREED = resolution("A/HRC/RES/91/4")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def write(path: Path, text: str, modified: int = 1_000) -> Path:
    """Write a file whose time is long ago, so that it can be relied on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (modified, modified))
    return path


def write_laws(path: Path, laws: list[dict[str, object]], modified: int = 1_000) -> Path:
    lines = "".join(f"{json.dumps(law, ensure_ascii=False)}\n" for law in laws)
    return write(path, lines, modified)


def addresses(index: Path) -> list[str]:
    return sorted(record.document.address for record in open_index(index).records())


def source_of(index: Path, address: str) -> str:
    records = {r.document.address: r.stamp.path for r in open_index(index).records()}
    return records[address]


def reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a source was read")

    monkeypatch.setattr("fihris.index.run.raw_documents", opened)


class TestUnchanged:
    def test_collections_refusals_and_losers_cost_no_reading_and_are_told_again(
        self, index, folder, law, monkeypatch
    ):
        write_laws(folder / "a.jsonl", [law("a", "نص"), law("b", "نص")])
        write_laws(folder / "b.jsonl", [law("b", "نص آخر")])
        write(folder / "empty.txt", "")
        first = sync(index, [folder])
        assert (first.added, len(first.refused)) == (Tally(2, 2), 2)
        reads_nothing(monkeypatch)
        again = sync(index, [folder])
        assert again.unchanged == Tally(2, 2)
        assert set(again.refused) == set(first.refused)

    def test_what_could_not_be_read_for_want_of_permission_is_tried_again(
        self, index, folder, monkeypatch
    ):
        path = write(folder / "a.txt", "عنوان\n\nنص")
        open_file = Path.open

        def refuse(self, *rest, **named):
            if self.name == "a.txt":
                raise PermissionError(13, "Permission denied", str(self))
            return open_file(self, *rest, **named)

        monkeypatch.setattr(Path, "open", refuse)
        assert [refusal.path for refusal in sync(index, [folder]).refused] == [path]
        monkeypatch.undo()
        assert sync(index, [folder]).added == Tally(1, 1)

    def test_a_time_that_goes_back_or_lies_ahead_is_no_proof_of_anything(self, index, folder):
        path = write(folder / "a.txt", "عنوان\n\nأول")
        sync(index, [folder])
        write(path, "عنوان\n\nثان", modified=500)
        assert sync(index, [folder]).replaced == Tally(1, 1)
        ahead = 4_000_000_000
        write(path, "عنوان\n\nأول", modified=ahead)
        sync(index, [folder])
        write(path, "عنوان\n\nثان", modified=ahead)
        assert sync(index, [folder]).replaced == Tally(1, 1)

    def test_one_changed_line_costs_one_document(self, index, folder, law, monkeypatch):
        laws = [law(f"{n}", "نص") for n in range(50)]
        path = write_laws(folder / "a.jsonl", laws)
        sync(index, [folder])
        laws[7] = law("7", "نص معدل")
        write_laws(path, laws, modified=2_000)
        parsed = []
        parse = documents.parse_record
        monkeypatch.setattr(
            documents, "parse_record", lambda raw: parsed.append(raw.line) or parse(raw)
        )
        report = sync(index, [folder])
        assert (report.replaced, report.unchanged, parsed) == (Tally(1, 1), Tally(49, 49), [8])

    def test_a_changed_parser_reads_again_and_replaces_what_is_different(
        self, index, folder, monkeypatch
    ):
        write(folder / "a.txt", "عنوان\n\nنص")
        write(folder / "b.txt", "عنوان\n\nنص عن السد")
        sync(index, [folder])
        monkeypatch.setattr("fihris.index.run.READING_VERSION", "2")
        monkeypatch.setattr("fihris.index.claim.READING_VERSION", "2")
        assert sync(index, [folder]).unchanged == Tally(2, 2)
        reads_nothing(monkeypatch)
        assert sync(index, [folder]).unchanged == Tally(2, 2)


class TestLedger:
    @pytest.mark.parametrize("harm", ["lost", "no database", "emptied", "of another commit"])
    def test_a_ledger_that_cannot_be_trusted_costs_nothing_but_time(self, index, folder, law, harm):
        write_laws(folder / "a.jsonl", [law("a", "نص"), law("b", "نص")])
        write(folder / "b.txt", AGREED)
        sync(index, [folder])
        ledger = index / LEDGER
        if harm == "lost":
            ledger.unlink()
        elif harm == "no database":
            ledger.write_bytes(b"\xff" * 5_000)
        elif harm == "emptied":
            with sqlite3.connect(ledger) as database:
                database.execute("drop table claim")
            database.close()
        else:
            old = ledger.read_bytes()
            write(folder / "c.txt", "عنوان\n\nنص")
            sync(index, [folder])
            (folder / "c.txt").unlink()
            ledger.write_bytes(old)
        before = open_index(index).info().documents
        assert sync(index, [folder]).unchanged.documents == 3
        assert open_index(index).info().documents == before

    def test_a_ledger_that_may_not_be_written_is_one_error(self, index, folder):
        write(folder / "a.txt", "عنوان\n\nنص")
        sync(index, [folder])
        (index / LEDGER).unlink()
        (index / LEDGER).mkdir()
        with pytest.raises((IndexReadOnly, OSError)):
            sync(index, [folder])
        (index / LEDGER).rmdir()
        assert sync(index, [folder]).unchanged.documents == 1


class TestMoved:
    def test_a_renamed_resolution_is_what_it_was_with_another_source(
        self, index, folder, monkeypatch
    ):
        path = write(folder / "a.txt", AGREED)
        sync(index, [folder])
        before = open_index(index).document("A/HRC/RES/91/4")
        moved = path.rename(folder / "sub.txt")
        monkeypatch.setattr(
            "fihris.index.run.read_documents", lambda wanted, **_: iter(list(wanted))
        )
        report = sync(index, [folder])
        assert (report.moved, report.added, report.removed) == (Tally(1, 1), Tally(), Tally())
        assert source_of(index, "A/HRC/RES/91/4") == str(moved)
        reader = open_index(index)
        assert reader.document("A/HRC/RES/91/4") == before
        assert reader.searcher().num_docs == 2

    def test_a_renamed_collection_is_not_indexed_again(self, index, folder, law):
        path = write_laws(folder / "a.jsonl", [law("a", "نص"), law("b", "نص")])
        sync(index, [folder])
        path.rename(folder / "b.jsonl")
        assert sync(index, [folder], prune=Prune.CAREFULLY).moved == Tally(2, 2)
        assert addresses(index) == ["a", "b"]

    def test_a_text_named_by_its_path_is_told_with_both_names(self, index, folder):
        path = write(folder / "a.txt", "عنوان\n\nنص")
        sync(index, [folder])
        path.rename(folder / "b.txt")
        (change,) = sync(index, [folder]).changes
        assert (change.outcome, change.address, change.former) == (
            Outcome.MOVED,
            "b.txt",
            "a.txt",
        )
        assert addresses(index) == ["b.txt"]

    def test_a_moved_folder_moves_all_that_is_in_it(self, index, folder, tmp_path):
        write(folder / "sub" / "a.txt", AGREED)
        write(folder / "sub" / "b.txt", resolution("A/HRC/RES/92/7"))
        sync(index, [folder])
        folder.rename(tmp_path / "other")
        assert sync(index, [tmp_path / "other"]).moved == Tally(2, 2)


class TestPrune:
    @pytest.fixture
    def ten(self, index, folder) -> list[Path]:
        paths = [write(folder / f"{n}.txt", f"عنوان {n}\n\nنص {n}") for n in range(10)]
        sync(index, [folder])
        return paths

    def test_only_what_is_gone_goes(self, index, folder, ten):
        for path in ten[:4]:
            path.unlink()
        assert sync(index, [folder]).removed == Tally()
        report = sync(index, [folder], prune=Prune.CAREFULLY)
        assert (report.removed, report.refused) == (Tally(4, 4), ())
        assert len(addresses(index)) == 6
        assert sync(index, [folder], prune=Prune.CAREFULLY).removed == Tally()

    def test_half_may_go_and_more_may_not(self, index, folder, ten):
        for path in ten[:6]:
            path.unlink()
        report = sync(index, [folder], prune=Prune.CAREFULLY)
        assert report.removed == Tally()
        assert "6 of 10 documents would go" in report.refused[0].reason
        write(ten[0], "عنوان 0\n\nنص 0")
        assert sync(index, [folder], prune=Prune.CAREFULLY).removed == Tally(5, 5)

    @pytest.mark.parametrize("harm", ["emptied", "missing"])
    def test_an_empty_or_missing_folder_goes_by_force_only(self, index, folder, ten, harm):
        for path in ten:
            path.unlink()
        if harm == "missing":
            folder.rmdir()
        report = sync(index, [folder], prune=Prune.CAREFULLY)
        assert report.removed == Tally()
        assert any("nothing was pruned" in refusal.reason for refusal in report.refused)
        assert sync(index, [folder], prune=Prune.BY_FORCE).removed == Tally(10, 10)
        assert addresses(index) == []

    def test_what_came_from_elsewhere_stays(self, index, folder, ten, tmp_path):
        other = write(tmp_path / "other" / "x.txt", AGREED)
        single = write(tmp_path / "single.txt", resolution("A/HRC/RES/92/7"))
        sync(index, [other.parent, single])
        other.unlink()
        single.unlink()
        ten[0].unlink()
        assert sync(index, [folder], prune=Prune.CAREFULLY).removed == Tally(1, 1)
        assert {"A/HRC/RES/91/4", "A/HRC/RES/92/7"} <= set(addresses(index))

    def test_a_line_that_is_gone_from_a_collection_goes(self, index, folder, law):
        laws = [law("a", "نص"), law("b", "نص"), law("c", "نص")]
        path = write_laws(folder / "a.jsonl", laws)
        sync(index, [folder])
        write_laws(path, laws[1:], modified=2_000)
        assert sync(index, [folder]).removed == Tally()
        assert sync(index, [folder], prune=Prune.CAREFULLY).removed == Tally(1, 1)
        assert addresses(index) == ["b", "c"]

    def test_what_cannot_be_read_any_more_keeps_what_is_known_of_it(self, index, folder, law):
        path = write_laws(folder / "a.jsonl", [law("a", "نص"), law("b", "نص"), law("c", "نص")])
        sync(index, [folder])
        write(path, path.read_text("utf-8").replace('"id": "a"', '"id": '), modified=2_000)
        report = sync(index, [folder], prune=Prune.BY_FORCE)
        assert (report.removed, len(report.refused)) == (Tally(), 1)
        assert addresses(index) == ["a", "b", "c"]

    def test_what_lies_under_a_closed_part_stays(self, index, folder, ten, monkeypatch):
        write(folder / "closed" / "a.txt", AGREED)
        sync(index, [folder])
        scan = os.scandir

        def closed(path):
            if Path(os.fspath(path)).name == "closed":
                raise PermissionError(13, "Permission denied", os.fspath(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", closed)
        ten[0].unlink()
        report = sync(index, [folder], prune=Prune.BY_FORCE)
        assert report.removed == Tally(1, 1)
        assert "A/HRC/RES/91/4" in addresses(index)

    def test_the_loser_takes_the_place_of_a_winner_that_is_gone_in_the_same_run(
        self, index, folder
    ):
        winner = write(folder / "a.txt", AGREED)
        loser = write(folder / "b.txt", f"{AGREED} الكبير")
        write(folder / "c.txt", "عنوان\n\nنص")
        assert [refusal.path for refusal in sync(index, [folder]).refused] == [loser]
        winner.unlink()
        report = sync(index, [folder], prune=Prune.CAREFULLY)
        assert (report.replaced, report.removed, report.refused) == (Tally(1, 1), Tally(), ())
        assert source_of(index, "A/HRC/RES/91/4") == str(loser)

    def test_a_removed_document_gives_way_to_the_next_source(self, index, folder, tmp_path):
        write(folder / "a.txt", AGREED)
        loser = write(tmp_path / "other" / "b.txt", f"{AGREED} الكبير")
        sync(index, [folder, loser.parent])
        remove(index, ["A/HRC/RES/91/4"])
        sync(index, [loser.parent])
        assert source_of(index, "A/HRC/RES/91/4") == str(loser)


def test_any_order_and_any_split_into_runs_makes_the_same_index(tmp_path):
    paths = [write(tmp_path / name / f"{name}.txt", f"{AGREED} {name}") for name in ("a", "b", "c")]
    winners = set()
    for number, order in enumerate(itertools.permutations(paths)):
        for split in range(3):
            index = tmp_path / f"index-{number}-{split}"
            sync(index, order[:split] or order)
            sync(index, order[split:])
            winners.add(source_of(index, "A/HRC/RES/91/4"))
    assert winners == {str(paths[0])}


class TestBeingWritten:
    def grow(self, monkeypatch: pytest.MonkeyPatch, path: Path, times: int) -> None:
        """Let *path* grow each time after a document of it was found."""
        import fihris.index.run as module

        found = module.raw_documents
        left = [times]

        def growing(source):
            for raw in found(source):
                yield raw
                if left[0]:
                    left[0] -= 1
                    path.write_text(path.read_text("utf-8") + "\nسطر جديد", "utf-8")

        monkeypatch.setattr(module, "raw_documents", growing)

    def test_a_file_that_changes_once_is_read_again(self, index, folder, monkeypatch):
        path = write(folder / "a.txt", AGREED)
        self.grow(monkeypatch, path, 1)
        report = sync(index, [folder])
        assert (report.documents, report.refused) == (1, ())
        document = open_index(index).document("A/HRC/RES/91/4")
        assert document is not None
        assert "سطر جديد" in " ".join(unit.text for unit in document.paragraphs)

    def test_a_file_that_goes_on_changing_is_told_and_read_by_the_next_run(
        self, index, folder, monkeypatch
    ):
        path = write(folder / "a.txt", AGREED)
        self.grow(monkeypatch, path, 2)
        report = sync(index, [folder])
        assert ["being written" in refusal.reason for refusal in report.refused] == [True]
        os.utime(path, (1_000, 1_000))
        again = sync(index, [folder])
        assert (again.documents, again.refused) == (1, ())
        monkeypatch.undo()
        assert sync(index, [folder]).unchanged.documents == 1


@pytest.mark.skipif(os.name == "nt", reason="this system has no such names and links")
class TestNames:
    def test_two_names_that_are_no_text_stay_two_sources(self, index, folder):
        for byte, symbol in ((b"\xff", "91/4"), (b"\xfe", "92/7")):
            write(folder / os.fsdecode(byte + b".txt"), resolution(f"A/HRC/RES/{symbol}"))
        assert sync(index, [folder]).added == Tally(2, 2)
        again = sync(index, [folder], prune=Prune.CAREFULLY)
        assert (again.unchanged, again.removed) == (Tally(2, 2), Tally())
        (folder / os.fsdecode(b"\xff.txt")).unlink()
        assert sync(index, [folder], prune=Prune.CAREFULLY).removed == Tally(1, 1)
        assert addresses(index) == ["A/HRC/RES/92/7"]

    def test_a_loop_of_links_is_told_and_harms_nothing(self, index, folder):
        write(folder / "a.txt", AGREED)
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        (folder / "round").symlink_to(folder)
        report = sync(index, [folder], prune=Prune.CAREFULLY)
        assert report.added == Tally(1, 1)
        assert [refusal.path.name for refusal in report.refused] == ["loop.txt"]

    def test_a_name_with_a_line_break_is_refused_unless_the_text_has_a_symbol(self, index, folder):
        write(folder / "a\nb.txt", "عنوان\n\nنص")
        write(folder / "c.txt", AGREED)
        report = sync(index, [folder])
        assert (report.added, len(report.refused)) == (Tally(1, 1), 1)

    def test_names_that_differ_in_case_only_are_two(self, index, folder):
        write(folder / "a.txt", "عنوان\n\nنص أول")
        if (folder / "A.txt").exists():
            pytest.skip("this file system takes both names for one")
        write(folder / "A.txt", "عنوان\n\nنص ثان")
        assert sync(index, [folder]).added == Tally(2, 2)
        assert addresses(index) == ["A.txt", "a.txt"]


def test_what_is_foreseen_without_an_index_leaves_nothing(index, folder):
    write(folder / "a.txt", AGREED)
    report: SyncReport = foresee(index, [folder])
    assert report.added == Tally(1, 1)
    assert not index.exists()


_SYNC = """
import sys
from pathlib import Path
from fihris.index.synchronize import sync

report = sync(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]], wait=60)
print(report.added.documents, report.unchanged.documents)
"""


def test_two_first_runs_at_once_make_one_index_without_doubles(index, folder, law):
    path = write_laws(folder / "a.jsonl", [law(f"{n}", "نص") for n in range(200)])
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _SYNC, str(index), str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CLONE)},
        )
        for _ in range(2)
    ]
    printed = sorted(run.communicate()[0].strip() for run in runs)
    assert printed == ["0 200", "200 0"]
    assert open_index(index).searcher().num_docs == 400


@pytest.mark.skipif(os.name == "nt", reason="this system sends no such signal")
def test_an_interrupted_run_is_completed_by_the_next(index, folder, law, monkeypatch):
    write_laws(folder / "a.jsonl", [law(f"{n}", "نص") for n in range(20)])
    monkeypatch.setattr("fihris.index.writer._COMMIT_UNITS", 10)
    add = IndexWriter.add

    def interrupted(self, document, *rest):
        if document.address == "13":
            raise KeyboardInterrupt
        add(self, document, *rest)

    monkeypatch.setattr(IndexWriter, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sync(index, [folder])
    monkeypatch.undo()
    kept = len(addresses(index))
    assert 0 < kept < 14
    assert sync(index, [folder]).unchanged.documents == kept
    assert len(addresses(index)) == 20
