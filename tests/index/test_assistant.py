"""An assistant makes the units of a large run; what it cannot do is done without it."""

import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from unittest.mock import Mock

import pytest

from fihris.index import assistant, unit_maker
from fihris.index.analysis import Analyzer
from fihris.index.reader import open_index
from fihris.index.record import SourceStamp
from fihris.index.resolution import DocumentKind, Paragraph, ParagraphKind, Resolution, SourceKind
from fihris.index.unit_maker import UnitMaker
from fihris.index.units import analyze_units, document_units
from fihris.index.writer import open_writer

ANALYZER = Analyzer()
STAMP = SourceStamp("/a.jsonl", "0", 1, 2)


def document(number: int, words: int = 10) -> Resolution:
    """Return a document whose paragraph has so many words, and is of its own."""
    text = f"القرية {number} " + "على ضفة البحيرة " * words
    return Resolution(
        f"village-{number}",
        DocumentKind.DOCUMENT,
        f"القرية {number}",
        (
            Paragraph("", ParagraphKind.TITLE, f"القرية {number}"),
            Paragraph("art1", ParagraphKind.PROVISION, text),
        ),
        SourceKind.JSONL,
    )


DOCUMENTS = [document(number) for number in range(40)]


def made_here(documents: list[Resolution]) -> list[dict[str, object]]:
    return [
        unit
        for one in documents
        for unit in document_units(one, 1, STAMP, analyze_units(one, ANALYZER))
    ]


@pytest.fixture
def started(monkeypatch) -> Iterator[list[object]]:
    """Let every run be a large one, and go on only when its assistant is up; yield those."""
    begun: list[object] = []
    start: Callable[[], object] = assistant.Assistant

    def started_up() -> object:
        one = start()
        while not one.is_ready:
            time.sleep(0.01)
        begun.append(one)
        return one

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(unit_maker, "_LARGE", 1)
    monkeypatch.setattr(unit_maker, "_BATCH", 1_000)
    monkeypatch.setattr(assistant, "Assistant", started_up)
    return begun


def test_an_assistant_makes_the_very_units_in_the_order_of_the_documents(started):
    with closing(UnitMaker(ANALYZER)) as maker:
        units = [unit for one in DOCUMENTS for unit in maker.make(one, 1, STAMP)]
        units += maker.rest()
    assert len(started) == 1
    assert units == made_here(DOCUMENTS)


def test_no_assistant_is_started_for_a_small_run_or_on_a_single_core(started, monkeypatch):
    monkeypatch.setattr(unit_maker, "_LARGE", 1_000_000)
    with closing(UnitMaker(ANALYZER)) as maker:
        assert list(maker.make(DOCUMENTS[0], 1, STAMP)) == made_here(DOCUMENTS[:1])
    monkeypatch.setattr(unit_maker, "_LARGE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with closing(UnitMaker(ANALYZER)) as maker:
        assert list(maker.make(DOCUMENTS[0], 1, STAMP)) == made_here(DOCUMENTS[:1])
    assert not started


def test_no_more_is_on_its_way_than_memory_should_hold(started, monkeypatch):
    monkeypatch.setattr(unit_maker, "_MOST_AHEAD", 5_000)
    with closing(UnitMaker(ANALYZER)) as maker:
        for one in DOCUMENTS:
            list(maker.make(one, 1, STAMP))
            assert maker._ahead <= 5_000


def test_what_an_assistant_leaves_undone_when_it_is_killed_is_made_without_it(started):
    with closing(UnitMaker(ANALYZER)) as maker:
        units = [unit for one in DOCUMENTS[:20] for unit in maker.make(one, 1, STAMP)]
        started[0]._process.kill()
        started[0]._process.wait()
        units += [unit for one in DOCUMENTS[20:] for unit in maker.make(one, 1, STAMP)]
        units += maker.rest()
    assert units == made_here(DOCUMENTS)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped here")
@pytest.mark.parametrize("words", [5, 10_000])
def test_an_assistant_that_was_stopped_is_given_up(started, monkeypatch, words):
    """Short requests wait in the pipe for an answer; long ones cannot even be written."""
    documents = [document(number, words) for number in range(3)]
    monkeypatch.setattr(assistant, "_PATIENCE", 0.2)
    with closing(UnitMaker(ANALYZER)) as maker:
        list(maker.make(documents[0], 1, STAMP))
        list(maker.rest())
        started[0]._process.send_signal(signal.SIGSTOP)
        units = [unit for one in documents for unit in maker.make(one, 1, STAMP)]
        units += maker.rest()
    assert units == made_here(documents)
    assert started[0]._process.returncode == -signal.SIGKILL


def test_a_request_that_cannot_be_written_down_ends_the_assistant(started, monkeypatch):
    with closing(UnitMaker(ANALYZER)) as maker:
        list(maker.make(DOCUMENTS[0], 1, STAMP))
        list(maker.rest())
        monkeypatch.setattr(assistant, "send", Mock(side_effect=MemoryError))
        units = [unit for one in DOCUMENTS for unit in maker.make(one, 1, STAMP)]
        units += maker.rest()
    assert units == made_here(DOCUMENTS)


def test_an_assistant_that_cannot_be_started_is_done_without(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(unit_maker, "_LARGE", 1)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with closing(UnitMaker(ANALYZER)) as maker:
        units = [unit for one in DOCUMENTS for unit in maker.make(one, 1, STAMP)]
        units += maker.rest()
    assert units == made_here(DOCUMENTS)


def test_a_run_for_which_no_thread_can_be_had_does_without_an_assistant(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(unit_maker, "_LARGE", 1)
    monkeypatch.setattr("threading.Thread.start", Mock(side_effect=RuntimeError("no thread")))
    with closing(UnitMaker(ANALYZER)) as maker:
        units = [unit for one in DOCUMENTS for unit in maker.make(one, 1, STAMP)]
    assert units == made_here(DOCUMENTS)


def test_an_error_of_the_assistant_is_raised_where_the_run_learns_of_it(started):
    broken = replace(DOCUMENTS[0], paragraphs=(replace(DOCUMENTS[0].paragraphs[1], text=None),))
    with closing(UnitMaker(ANALYZER)) as maker:
        maker._awaited.add(broken.address)
        maker._gathered.append(unit_maker.Order(broken, 1, STAMP))
        maker._has_help(unit_maker.Order(DOCUMENTS[0], 1, STAMP))
        with pytest.raises(TypeError):
            list(maker.rest())


def test_a_commit_holds_every_document_that_was_added_before_it(tmp_path, started):
    with open_writer(tmp_path / "index") as writer:
        for one in DOCUMENTS:
            writer.add(one, 1, STAMP)
        writer.commit()
    reader = open_index(tmp_path / "index")
    assert [reader.document(one.address) for one in DOCUMENTS] == DOCUMENTS


def test_a_document_that_is_still_with_the_assistant_can_be_taken_out_again(tmp_path, started):
    with open_writer(tmp_path / "index") as writer:
        for one in DOCUMENTS:
            writer.add(one, 1, STAMP)
        writer.remove(DOCUMENTS[-1].address)
        writer.commit()
    reader = open_index(tmp_path / "index")
    assert reader.document(DOCUMENTS[-1].address) is None
    assert reader.document(DOCUMENTS[0].address) == DOCUMENTS[0]


def test_a_request_that_memory_does_not_suffice_for_ends_the_assistant(started):
    with closing(UnitMaker(ANALYZER)) as maker:
        list(maker.make(DOCUMENTS[0], 1, STAMP))
        started[0]._requests.write((1 << 62).to_bytes(8, "big"))
        units = list(maker.rest())
    assert units == made_here(DOCUMENTS[:1])


def test_an_answer_that_memory_does_not_suffice_for_counts_as_the_end(tmp_path):
    message = tmp_path / "message"
    message.write_bytes((1 << 62).to_bytes(8, "big"))
    answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    assistant._listen(message.open("rb"), answers)
    assert answers.get(timeout=10) is None


def test_a_document_that_is_still_with_the_assistant_can_be_given_another_source(tmp_path, started):
    with open_writer(tmp_path / "index") as writer:
        writer.add(DOCUMENTS[0], 1, STAMP)
        writer.restamp(DOCUMENTS[0], 1, replace(STAMP, path="/b.jsonl"))
        writer.commit()
    reader = open_index(tmp_path / "index")
    assert [record.stamp.path for record in reader.records()] == ["/b.jsonl"]
    assert reader.searcher().num_docs == 2
