"""Whatever a document does to its reader, it is refused, and the next one is read."""

import os
import pickle
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fihris.index.documents import ReadDocument, Waiting, read_documents
from fihris.index.errors import SourceUnreadable
from fihris.index.sources import Form, RawDocument, Refusal, isolation
from fihris.index.sources.exchange import Answer, answer_of
from fihris.index.sources.limits import Limits

CLONE = Path(__file__).resolve().parents[3]
LIMITS = Limits(cpu_seconds=20, memory=1024**3, output=1024**2)
HASTY = replace(LIMITS, patience=0.15)

# Runs the real process with a reader of PDF files that does what the file tells it to.
_OBEDIENT_WORKER = """
import ctypes, os, sys, time
from fihris.index.resolution import SourceKind
from fihris.index.sources import readers, worker
from fihris.index.sources.blocks import Block, SourceText

def recurse(depth):
    return recurse(depth + 1) + 1

def read_source(raw):
    order = raw.content.removeprefix(b"%PDF-").decode()
    print("noise" * 100_000)
    os.write(1, b"more noise" * 100_000)
    if order == "crash":
        ctypes.string_at(0)
    elif order == "hang":
        time.sleep(1000)
    elif order == "hang and hold the lock":
        ctypes.PyDLL(None).sleep(1000)
    elif order == "spin":
        while True:
            pass
    elif order == "eat memory":
        eaten = [bytearray(2**26) for _ in range(100)]
    elif order == "wear out":
        read_source.kept = bytearray(2**29)
    elif order == "speak too long":
        order = "x" * 2**21
    elif order == "recurse":
        recurse(0)
    elif order == "raise":
        raise KeyError("not in the table")
    elif order == "exit":
        os._exit(3)
    elif order == "write":
        with open(raw.name, "wb") as file:
            file.write(b"written")
    elif order == "process":
        order = f"process {os.getpid()}"
    return SourceText((Block(order, 1),), SourceKind.PDF)

readers.read_source = read_source
if __name__ == "__main__":
    worker.main()
"""


@pytest.fixture
def obedient_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "obedient_worker.py").write_text(_OBEDIENT_WORKER)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(isolation, "WORKER", "obedient_worker")


@pytest.fixture
def told(raw_document: Callable[..., RawDocument]) -> Callable[..., list[str]]:
    """Return what became of documents, each of which orders its reader to do something."""

    def read(*orders: str, limits: Limits = LIMITS) -> list[str]:
        found = [raw_document(f"%PDF-{order}", Form.PDF, f"{order}.pdf") for order in orders]
        return [
            one.reason if isinstance(one, Refusal) else one.document.title
            for one in read_documents(found, limits=limits)
        ]

    return read


@pytest.mark.usefixtures("obedient_worker")
class TestDocumentsThatMisbehave:
    @pytest.mark.parametrize(
        ("order", "reason"),
        [
            ("crash", "crashes its reader"),
            ("exit", "crashes its reader (exit code 3)"),
            ("hang", "given up after 3.15 seconds"),
            ("hang and hold the lock", "given up after 3.15 seconds"),
            ("speak too long", "holds more text"),
            ("recurse", "nested too deeply"),
            ("raise", "cannot be read (KeyError: 'not in the table')"),
        ],
    )
    def test_it_is_refused_and_the_others_are_read(self, told, order, reason):
        before = time.monotonic()
        limits = HASTY if order.startswith("hang") else LIMITS
        first, refused, last = told("good", order, "good", limits=limits)
        assert (first, last) == ("good", "good")
        assert reason in refused
        assert time.monotonic() - before < 30

    @pytest.mark.skipif(sys.platform != "linux", reason="only here is memory limited")
    def test_it_cannot_fill_the_memory(self, told):
        first, refused, last = told("good", "eat memory", "good")
        assert (first, last) == ("good", "good")
        assert "more memory than one document may take (1024 MiB)" in refused

    @pytest.mark.skipif(sys.platform == "win32", reason="there the clock is the only limit")
    def test_it_cannot_keep_the_processor(self, told):
        limits = replace(LIMITS, cpu_seconds=0, cpu_seconds_per_mib=1, patience=60)
        refused, last = told("spin", "good", limits=limits)
        assert "given up after 1 seconds of the processor" in refused
        assert last == "good"

    @pytest.mark.skipif(sys.platform == "win32", reason="there files are not limited")
    def test_it_cannot_write_a_file(self, told, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (refused,) = told("write")
        assert "OSError" in refused
        assert (tmp_path / "write.pdf").stat().st_size == 0


@pytest.mark.usefixtures("obedient_worker")
class TestTheProcess:
    def test_serves_many_documents(self, told):
        assert len(set(told("process", "process", "process"))) <= max(1, (os.cpu_count() or 1) - 1)

    @pytest.mark.skipif(sys.platform != "linux", reason="only here is memory limited")
    def test_is_replaced_when_it_is_worn_out(self, told, monkeypatch):
        monkeypatch.setattr(os, "cpu_count", lambda: 1)
        before, _, after = told("process", "wear out", "process")
        assert before != after

    def test_has_ended_when_all_is_read(self, told):
        (title,) = told("process")
        assert not is_running(int(title.split()[1]))

    def test_has_ended_when_nobody_asks_any_more(self, raw_document):
        found = [raw_document(f"%PDF-{order}", Form.PDF) for order in ("process", "hang", "good")]
        documents = read_documents(found, limits=LIMITS)
        first = next(documents)
        assert isinstance(first, ReadDocument)
        documents.close()  # type: ignore[attr-defined]
        assert not is_running(int(first.document.title.split()[1]))

    def test_tells_what_takes_so_long(self, raw_document):
        heard: list[Waiting] = []
        found = [raw_document("%PDF-hang", Form.PDF, "slow.pdf")]
        list(read_documents(found, limits=HASTY, waiting=heard.append))
        assert {Path(waiting.place).name for waiting in heard} == {"slow.pdf"}
        assert all(waiting.seconds >= 1 for waiting in heard)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_that_does_not_start_is_told_and_tried_once(raw_document, monkeypatch):
    monkeypatch.setattr(isolation, "WORKER", "fihris.no_such_module")
    reader = isolation.IsolatedReader(LIMITS)
    with pytest.raises(SourceUnreadable, match="did not start"):
        reader.read(raw_document("%PDF-", Form.PDF))
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(SourceUnreadable, match="did not start"):
        reader.read(raw_document("%PDF-", Form.PDF))


def test_no_process_is_started_for_texts(raw_document, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    (read,) = read_documents([raw_document("عنوان\nنص", Form.TEXT)])
    assert isinstance(read, ReadDocument)


def test_an_answer_may_hold_nothing_but_an_answer():
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("false",)

    assert answer_of(pickle.dumps(Answer(reason="r"))) == Answer(reason="r")
    for evil in (pickle.dumps(Evil()), pickle.dumps(pickle.dumps), pickle.dumps([]), b"noise"):
        with pytest.raises((pickle.UnpicklingError, EOFError)):
            answer_of(evil)


_WITHOUT_A_GUARD = """
import sys
from dataclasses import replace
from pathlib import Path
from fihris.index.documents import raw_documents, read_documents
from fihris.index.sources import find_sources
(file,) = find_sources([Path(sys.argv[1])])
for read in read_documents(raw_documents(file)):
    print(read.document.title, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills otherwise")
@pytest.mark.usefixtures("obedient_worker")
def test_a_script_without_a_guard_is_served_and_its_death_ends_all(tmp_path):
    script, page = tmp_path / "script.py", tmp_path / "a.zip"
    script.write_text(
        "from fihris.index.sources import isolation\nisolation.WORKER = 'obedient_worker'\n"
        + _WITHOUT_A_GUARD
    )
    with zipfile.ZipFile(page, "w") as archive:
        archive.writestr("1.pdf", "%PDF-process")
        archive.writestr("2.pdf", "%PDF-hang")
    with subprocess.Popen(
        [sys.executable, str(script), str(page)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(CLONE), str(tmp_path)])},
    ) as ran:
        assert ran.stdout is not None
        worker = int(ran.stdout.readline().split()[1])
        assert is_running(worker)
        ran.kill()
        ran.wait()
    deadline = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(worker)
