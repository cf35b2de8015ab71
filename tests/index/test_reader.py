"""An index gives back its documents and tells what it holds."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fihris.index.errors import IndexDamaged
from fihris.index.parser import parse
from fihris.index.reader import open_index
from fihris.index.removal import remove
from fihris.index.resolution import (
    Adoption,
    Date,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.schema import version_stamp
from fihris.index.sources import decode
from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from tests.direct_index import write_index


def resolution(address: str, session: Session | None, organ: Organ | None) -> Resolution:
    return Resolution(
        address=address,
        kind=DocumentKind.RESOLUTION,
        title="صون الواحات",
        paragraphs=(
            Paragraph("", ParagraphKind.TITLE, "صون الواحات"),
            Paragraph("M1", ParagraphKind.META, "الدورة التسعون"),
            Paragraph("EN", ParagraphKind.ENACTING, "إن مجلس الواحات،", line=8),
            Paragraph("PP1", ParagraphKind.PREAMBULAR, "إذ يشير إلى", notes=(NoteMark(4, "FN1"),)),
            Paragraph("FN1", ParagraphKind.FOOTNOTE, "حاشية", chapeau="PP1"),
            Paragraph("OP1", ParagraphKind.OPERATIVE, "يقرّر صون الواحات.", label="1-", number=1),
            Paragraph("V1", ParagraphKind.VOTE, "[اعتُمد بدون تصويت]"),
        ),
        source_kind=SourceKind.TEXT,
        symbol=address,
        organ=organ,
        session=session,
        adopted_on=Date(2021, 3),
        adoption=Adoption("without a vote", in_favour=0),
        warnings=("غريب",),
    )


RESOLUTIONS = (
    resolution("A/1", Session(9), Organ.HRC),
    resolution("A/2", Session(46), Organ.HRC),
    resolution("A/3", Session(30, SessionType.SPECIAL), Organ.HRC),
    resolution("A/4", Session(46), Organ.HRC),
    resolution("A/5", Session(60), Organ.GA),
    resolution("A/6", Session(5), None),
    resolution("A/7", None, None),
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    write_index(folder, RESOLUTIONS)
    return folder


def test_a_document_comes_back_whole_and_in_order(index):
    reader = open_index(index)
    for document in RESOLUTIONS:
        assert reader.document(document.address) == document


def test_a_text_comes_back_as_the_parser_read_it(tmp_path):
    folder = tmp_path / "specimens"
    report = sync(folder, [specimens_folder()])
    texts = sorted(specimens_folder().glob("*.txt"))
    assert (report.added.documents, report.refused) == (len(texts), ())
    reader = open_index(folder)
    found = {record.document.address for record in reader.records()}
    assert len(found) == len(texts)
    for path in texts:
        document = parse(decode(path.read_bytes()).text, fallback_address=path.name)
        assert reader.document(document.address) == document


def test_an_unknown_address_gives_nothing(index):
    assert open_index(index).document("A/99") is None
    assert open_index(index).document("") is None


def test_a_document_that_was_removed_is_gone_though_its_segment_stays(index):
    reader = open_index(index)
    writer = reader.index.writer(20_000_000, 1)
    writer.delete_documents_by_term("doc", "A/1")
    writer.commit()
    writer.wait_merging_threads()
    assert reader.document("A/1") is None
    assert len(list(reader.records())) == len(RESOLUTIONS) - 1


def test_the_index_tells_what_it_holds(index):
    info = open_index(index).info()
    assert (info.documents, info.paragraphs) == (7, 21)
    assert info.units == 28
    assert info.sessions == {"": ("5",), "GA": ("60",), "HRC": ("9", "46", "S-30")}
    assert info.size == sum(path.stat().st_size for path in index.iterdir())
    assert info.versions == version_stamp()
    assert abs((datetime.now(UTC) - info.changed).total_seconds()) < 600


def test_what_is_committed_elsewhere_is_seen_by_the_next_searcher(tmp_path, write_laws, law):
    folder = tmp_path / "other"
    sync(folder, [write_laws(law("a", "نص"))])
    reader = open_index(folder)
    before = reader.searcher()
    sync(folder, [write_laws(law("b", "نص", "نص"))])
    assert (before.num_docs, reader.searcher().num_docs) == (2, 5)


def let_settle(folder):
    """Make a commit look as if it had been made long ago."""
    for file in folder.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))


def test_a_record_is_that_of_the_commit_it_is_asked_of(tmp_path, write_laws, law):
    folder = tmp_path / "other"
    sync(folder, [write_laws(law("a", "نص"))])
    let_settle(folder)
    reader = open_index(folder)
    before = reader.searcher()
    record = reader.stored_record(before, "a")
    assert record is not None
    assert record.places == 2
    assert reader.stored_record(before, "a") is record
    sync(folder, [write_laws(law("a", "نص", "نص"))])
    after = reader.stored_record(reader.searcher(), "a")
    assert after is not None
    assert after.places == 3
    assert reader.stored_record(before, "a") == record


def test_a_head_is_that_of_the_commit_it_is_asked_of(tmp_path, write_laws, law):
    folder = tmp_path / "other"
    sync(folder, [write_laws(law("a", "نص"), law("b", "نص"))])
    let_settle(folder)
    reader = open_index(folder)
    before = reader.searcher()
    head = reader.head(before, "a")
    assert reader.head(before, "a") is head
    assert head.title == reader.record(before, "a").title
    remove(folder, ["a"])
    with pytest.raises(IndexDamaged):
        reader.head(reader.searcher(), "a")
    assert reader.head(before, "a") == head


def test_commits_that_no_clock_of_files_tells_apart_are_seen_one_after_the_other(
    tmp_path, write_laws, law, monkeypatch
):
    now = time.time_ns()  # for every commit
    monkeypatch.setattr("fihris.index.reader.file_state", lambda file: (1, now, 1))
    folder = tmp_path / "other"
    sync(folder, [write_laws(law("a", "نص"))])
    reader = open_index(folder)
    reader.searcher()
    sync(folder, [write_laws(law("b", "نص", "نص"))])
    assert reader.searcher().num_docs == 5


def test_nothing_is_read_again_for_a_commit_that_was_made_long_ago(index, monkeypatch):
    let_settle(index)
    reader = open_index(index)
    units = reader.searcher().num_docs
    monkeypatch.setattr(reader, "_searcher_of_last_commit", None)
    assert reader.searcher().num_docs == units


def test_opening_and_reading_writes_nothing(index):
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    reader = open_index(index)
    reader.info()
    reader.document("A/1")
    assert {path.name: path.stat().st_mtime_ns for path in index.iterdir()} == before
