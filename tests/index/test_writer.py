"""An index is brought in step with its sources, and every run leaves whole documents."""

import json
import lzma
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from fihris.index import parser
from fihris.index.errors import AddressUnknown, IndexLocked, IndexReadOnly, NotAnIndex
from fihris.index.reader import open_index
from fihris.index.removal import remove
from fihris.index.report import Progress, SyncReport, Tally
from fihris.index.resolution import (
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)
from fihris.index.synchronize import sync

CLONE = Path(__file__).resolve().parents[2]
LAW_CORPUS = CLONE.parent / "shared" / "corpus" / "qatar-laws.ar.jsonl.xz"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def one_paragraph_a_line(monkeypatch):
    """Read a text as its lines, and the first of them as its symbol when it looks like one."""

    def parse(text: str, *, fallback_address: str, source_kind: SourceKind | None = None):
        first, *rest = text.strip().split("\n")
        symbol = first if first.startswith("A/") else None
        return Resolution(
            symbol or fallback_address,
            DocumentKind.DOCUMENT,
            first,
            (
                Paragraph("", ParagraphKind.TITLE, first),
                *(Paragraph(f"P{n}", ParagraphKind.OPERATIVE, t) for n, t in enumerate(rest, 1)),
            ),
            source_kind or SourceKind.TEXT,
            symbol=symbol,
        )

    monkeypatch.setattr(parser, "parse", parse, raising=False)


def addresses(index: Path) -> list[str]:
    return sorted(record.document.address for record in open_index(index).records())


def tallies(report: SyncReport) -> tuple[Tally, Tally, Tally, int]:
    return report.added, report.unchanged, report.replaced, len(report.refused)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_second_run_over_the_same_sources_changes_nothing(index, write_laws, law):
    laws = write_laws(law("a", "نص أول", "نص ثان"), law("b", "نص"))
    assert tallies(sync(index, [laws])) == (Tally(2, 3), Tally(), Tally(), 0)
    before = (index / "meta.json").read_bytes()
    assert tallies(sync(index, [laws])) == (Tally(), Tally(2, 3), Tally(), 0)
    assert (index / "meta.json").read_bytes() == before


def test_one_changed_line_replaces_one_document(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"), law("b", "نص"))])
    report = sync(index, [write_laws(law("c", "جديد"), law("b", "معدل", "مضاف"), law("a", "نص"))])
    assert tallies(report) == (Tally(1, 1), Tally(1, 1), Tally(1, 2), 0)
    document = open_index(index).document("b")
    assert document is not None
    assert [unit.text for unit in document.paragraphs[1:]] == ["معدل", "مضاف"]
    assert addresses(index) == ["a", "b", "c"]


def test_a_repeated_id_is_refused_and_the_first_is_kept(index, write_laws, law):
    laws = write_laws(law("a", "أول"), law("b", "نص"), law("a", "ثان"), law("b", "نص"))
    report = sync(index, [laws])
    assert report.added == Tally(2, 2)
    assert [refusal.line for refusal in report.refused] == [3, 4]
    assert f"{laws}:1" in report.refused[0].reason
    document = open_index(index).document("a")
    assert document is not None
    assert document.paragraphs[1].text == "أول"
    again = sync(index, [laws])
    assert (again.unchanged, again.refused) == (Tally(2, 2), report.refused)


def test_of_two_equal_sources_the_first_by_path_has_the_address_whichever_came_first(
    index, write_laws, law
):
    late = write_laws(law("a", "أول"), name="z.jsonl")
    sync(index, [late])
    early = write_laws(law("a", "ثان"), name="a.jsonl")
    report = sync(index, [early])
    assert report.replaced == Tally(1, 1)
    assert [refusal.path for refusal in report.refused] == [late]
    assert str(early) in report.refused[0].reason
    again = sync(index, [late])
    assert again.documents == 0
    assert again.refused == report.refused


def test_a_source_that_is_gone_has_no_claim(index, write_laws, law):
    first = write_laws(law("a", "أول"), name="a.jsonl")
    sync(index, [first])
    first.unlink()
    second = write_laws(law("a", "ثان"), name="b.jsonl")
    assert tallies(sync(index, [second])) == (Tally(), Tally(), Tally(1, 1), 0)
    assert addresses(index) == ["a"]


def test_bad_sources_do_not_stop_the_rest(index, tmp_path, write_laws, law):
    laws = write_laws(law("a", "نص"), "{", law("b", "نص"))
    broken = laws.with_name("broken.jsonl.xz")
    broken.write_bytes(lzma.compress(json.dumps(law("c", "نص")).encode() + b"\n" * 99)[:-40])
    (laws.parent / "binary.txt").write_bytes(bytes(range(256)))
    report = sync(index, [tmp_path / "missing", laws.parent])
    assert report.added == Tally(2, 2)
    refused = [(refusal.path.name, refusal.line) for refusal in report.refused]
    assert refused == [
        ("missing", None),
        ("binary.txt", None),
        ("broken.jsonl.xz", 1),
        ("laws.jsonl", 2),
    ]
    assert all(refusal.reason and refusal.remedy for refusal in report.refused)


def test_a_run_that_finds_nothing_leaves_no_folder_behind(index, tmp_path):
    assert sync(index, [tmp_path / "missing"]).documents == 0
    assert not index.exists()


def test_warnings_tell_of_which_document_they_are(index, write_laws, law):
    laws = write_laws(law("a", "نص", date="أمس"))
    (warning,) = sync(index, [laws]).warnings
    assert (warning.path, warning.address) == (laws, "a")


def test_progress_is_told_up_to_the_end(index, write_laws, law):
    laws = write_laws(*(law(f"{n}", "نص") for n in range(5)))
    told: list[Progress] = []
    sync(index, [laws], progress=told.append)
    assert [progress.documents for progress in told] == sorted(p.documents for p in told)
    assert told[-1] == Progress(laws.stat().st_size, laws.stat().st_size, 5)
    assert all(progress.done <= progress.total for progress in told)


@pytest.mark.usefixtures("one_paragraph_a_line")
class TestTexts:
    def test_a_text_is_addressed_by_its_path_under_the_folder(self, index, tmp_path):
        write(tmp_path / "in" / "sub" / "أ.txt", "عنوان\nنص")
        assert sync(index, [tmp_path / "in"]).added == Tally(1, 1)
        assert addresses(index) == ["sub/أ.txt"]

    def test_a_changed_text_is_replaced(self, index, tmp_path):
        path = write(tmp_path / "a.txt", "عنوان\nنص")
        sync(index, [path])
        write(path, "عنوان\nنص\nنص آخر")
        assert tallies(sync(index, [path])) == (Tally(), Tally(), Tally(1, 2), 0)

    def test_a_touched_text_is_unchanged(self, index, tmp_path):
        path = write(tmp_path / "a.txt", "عنوان\nنص")
        sync(index, [path])
        os.utime(path, (1, 1))
        assert sync(index, [path]).unchanged == Tally(1, 1)

    def test_a_text_of_the_same_size_and_settled_time_is_not_read_again(
        self, index, tmp_path, monkeypatch
    ):
        path = write(tmp_path / "a.txt", "عنوان\nنص")
        os.utime(path, (1, 1))
        sync(index, [path])
        monkeypatch.delattr("fihris.index.run.raw_documents")
        assert sync(index, [path]).unchanged == Tally(1, 1)

    def test_a_fresh_change_of_the_same_size_is_noticed(self, index, tmp_path):
        path = write(tmp_path / "a.txt", "عنوان\nأول")
        status = path.stat()
        sync(index, [path])
        write(path, "عنوان\nثان")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert sync(index, [path]).replaced == Tally(1, 1)

    def test_a_text_that_changes_its_symbol_leaves_nothing_of_its_former_self(
        self, index, tmp_path
    ):
        path = write(tmp_path / "a.txt", "عنوان\nنص")
        sync(index, [path])
        write(path, "A/OAS/RES/9/1\nنص")
        assert sync(index, [path]).replaced == Tally(1, 1)
        assert addresses(index) == ["A/OAS/RES/9/1"]

    def test_a_changed_text_keeps_its_address_from_whichever_folder_it_is_named(
        self, index, tmp_path
    ):
        path = write(tmp_path / "in" / "sub" / "a.txt", "عنوان\nنص")
        sync(index, [tmp_path / "in"])
        write(path, "عنوان\nنص معدل")
        assert sync(index, [path]).replaced == Tally(1, 1)
        assert addresses(index) == ["sub/a.txt"]

    def test_of_two_texts_with_one_symbol_the_first_is_kept_and_the_other_told(
        self, index, tmp_path
    ):
        write(tmp_path / "in" / "b.txt", "A/OAS/RES/9/1\nثان")
        write(tmp_path / "in" / "a.txt", "A/OAS/RES/9/1\nأول")
        report = sync(index, [tmp_path / "in"])
        assert report.added == Tally(1, 1)
        assert [copy.path.name for copy in report.passed_over] == ["b.txt"]


def test_a_removed_document_is_gone_and_comes_back_when_indexed_again(index, write_laws, law):
    laws = write_laws(law("a#1", "نص"), law("b", "نص", "نص"))
    sync(index, [laws])
    report = remove(index, ["b", "a#1", "b"])
    assert (report.removed, report.tally) == (("b", "a#1"), Tally(2, 3))
    assert addresses(index) == []
    assert open_index(index).document("b") is None
    assert sync(index, [laws]).added == Tally(2, 3)


@pytest.mark.parametrize(
    ("address", "said"), [("b#art1", "Only a whole document"), ("c", "not in the index")]
)
def test_of_addresses_with_a_wrong_one_none_is_removed(index, write_laws, law, address, said):
    sync(index, [write_laws(law("a", "نص"), law("b", "نص"))])
    with pytest.raises(AddressUnknown, match=said):
        remove(index, ["a", address])
    assert addresses(index) == ["a", "b"]
    sync(index, [write_laws(law("a", "نص معدل"))])  # the lock was given back
    assert addresses(index) == ["a", "b"]


def test_a_folder_that_is_no_index_is_left_as_it_is(tmp_path, write_laws, law):
    letters = write(tmp_path / "letters" / "dear.doc", "عزيزي")
    with pytest.raises(NotAnIndex):
        sync(letters.parent, [write_laws(law("a", "نص"))])
    assert list(letters.parent.iterdir()) == [letters]


def test_a_second_writer_is_told_to_wait(index, write_laws, law):
    laws = write_laws(law("a", "نص"))
    sync(index, [laws])
    writer = open_index(index).index.writer(15_000_000, 1)
    with pytest.raises(IndexLocked, match="Wait"):
        sync(index, [laws])
    writer.wait_merging_threads()
    assert sync(index, [laws]).unchanged == Tally(1, 1)


_AS_NOBODY = """
import os, sys, tantivy
from pathlib import Path
import fihris.index.parser.assembly
from fihris.index import errors
from fihris.index.reader import open_index
from fihris.index.synchronize import sync
# Only now: the other user may not be able to read the modules.
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder, source = map(Path, sys.argv[1:])
try:
    {call}
except errors.FihrisError as error:
    print(type(error).__name__, error)
"""


def run_as_nobody(call: str, folder: Path, source: Path) -> str:
    """Return what is printed by *call*, made by a user who may write nowhere.

    The tests may be run by root, who could read and write even what is forbidden.
    """
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no users to become")
    ran = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY.format(call=call), str(folder), str(source)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def open_folder():
    """A folder that every user can reach; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_an_unreadable_file_is_refused(open_folder):
    path = write(open_folder / "a.txt", "عنوان")
    path.chmod(0)
    printed = run_as_nobody(
        "print(*sync(folder, [source]).refused, sep='\\n')", open_folder / "index", path
    )
    assert printed.startswith(f"{path}: cannot be read (Permission denied)")
    assert len(printed.splitlines()) == 1


def test_a_closed_folder_is_refused_and_the_rest_is_read(open_folder):
    write(open_folder / "in" / "a.txt", "عنوان\nنص")
    write(open_folder / "in" / "closed" / "b.txt", "عنوان\nنص")
    (open_folder / "in" / "closed").chmod(0)
    call = "report = sync(folder, [source, source / 'closed' / 'b.txt'])\n"
    call += "    print(*report.refused, sep='\\n')"
    # The index, too, must be where the other user may write.
    (open_folder / "free").mkdir()
    (open_folder / "free").chmod(0o777)
    printed = run_as_nobody(call, open_folder / "free" / "index", open_folder / "in")
    assert [
        line.partition(": cannot be read (Permission denied)")[0] for line in printed.splitlines()
    ] == [
        f"{open_folder / 'in' / 'closed'}",
        f"{open_folder / 'in' / 'closed' / 'b.txt'}",
    ]
    assert open_index(open_folder / "free" / "index").info().documents == 1


def test_a_read_only_folder_is_named_with_a_remedy(open_folder, write_laws, law):
    index = open_folder / "index"
    laws = Path(shutil.copy(write_laws(law("a", "نص")), open_folder))
    sync(index, [laws])
    for path in index.iterdir():
        path.chmod(0o444)
    index.chmod(0o555)
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    printed = run_as_nobody("sync(folder, [source])", index, laws)
    assert printed.startswith(f"IndexReadOnly {index}: ")
    assert "Change its permissions" in printed
    assert len(printed.splitlines()) == 1
    assert {path.name: path.stat().st_mtime_ns for path in index.iterdir()} == before


def test_a_new_index_where_nothing_may_be_written_is_refused(open_folder, write_laws, law):
    laws = Path(shutil.copy(write_laws(law("a", "نص")), open_folder))
    printed = run_as_nobody("sync(folder, [source])", open_folder / "new" / "index", laws)
    assert printed.startswith("IndexReadOnly")
    assert "Permission denied" in printed


def test_a_disk_that_fails_while_writing_is_told_and_harms_nothing(
    index, write_laws, law, monkeypatch
):
    sync(index, [write_laws(law("a", "نص"))])
    monkeypatch.setattr(
        "fihris.index.unit_maker.document_units", lambda *_: iter([{"place": "not a number"}])
    )
    with pytest.raises(IndexReadOnly, match="could not be written"):
        sync(index, [write_laws(law("a", "نص معدل"))])
    monkeypatch.undo()
    document = open_index(index).document("a")
    assert document is not None
    assert document.paragraphs[1].text == "نص"


_ON_A_SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from fihris.index.errors import IndexReadOnly
from fihris.index.synchronize import sync

# A file that may not grow any further fails as on a full disk.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    sync(Path(sys.argv[1]), [Path(sys.argv[2])])
except IndexReadOnly as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="this system sets no limits to files")
def test_a_full_disk_is_one_error_and_what_was_committed_is_kept(index, write_laws, law):
    sync(index, [write_laws(law("a", "نص"))])
    growing = [" ".join(f"كلمة{n * k}" for k in range(60)) for n in range(400)]
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            _ON_A_SMALL_DISK,
            str(index),
            str(write_laws(*(law(f"{n}", text) for n, text in enumerate(growing)), name="b.jsonl")),
        ],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE), "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stderr
    assert "could not be written" in ran.stdout
    assert addresses(index) == ["a"]


_KILLED_INSIDE_A_DOCUMENT = """
import os, signal, sys
from pathlib import Path
from fihris.index import synchronize, unit_maker, writer

writer._COMMIT_UNITS = 100
units_of = unit_maker.document_units

def units_until_the_end(document, *rest):
    for place, unit in enumerate(units_of(document, *rest)):
        if document.address == "333" and place == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        yield unit

unit_maker.document_units = units_until_the_end
synchronize.sync(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill at once")
def test_a_run_that_is_killed_leaves_whole_documents(index, write_laws, law):
    laws = write_laws(*(law(f"{n}", "نص أول", "نص ثان", "نص ثالث") for n in range(500)))
    ran = subprocess.run(
        [sys.executable, "-c", _KILLED_INSIDE_A_DOCUMENT, str(index), str(laws)],
        check=False,
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
    )
    assert ran.returncode == -signal.SIGKILL
    info = open_index(index).info()
    assert 300 <= info.documents <= 333
    assert (info.paragraphs, info.units) == (info.documents * 3, info.documents * 4)
    report = sync(index, [laws])
    assert report.unchanged.documents == info.documents
    assert report.added.documents == 500 - info.documents
    assert open_index(index).info().units == 2_000


@pytest.mark.skipif(not LAW_CORPUS.exists(), reason="the law corpus is not beside this clone")
def test_the_law_corpus_is_indexed_as_it_is(index):
    report = sync(index, [LAW_CORPUS])
    assert tallies(report) == (Tally(9_385, 68_638), Tally(), Tally(), 0)
    reader = open_index(index)
    info = reader.info()
    assert (info.documents, info.paragraphs) == (9_385, 68_638)
    assert reader.searcher().num_segments <= 8
    assert sync(index, [LAW_CORPUS]).unchanged == Tally(9_385, 68_638)
