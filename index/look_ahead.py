"""Looking ahead: documents are read by other processes while the writer is busy with earlier ones.

Plain texts and lines of collections are read here, when it is their turn. Everything else is handed
to an isolated reader as soon as it is found. What LibreOffice has to convert first is gathered,
since one start of it serves many files. Results keep the order in which documents were found.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from fihris.index.documents import READ_HERE, ReadDocument, Waiting, read_or_refused
from fihris.index.errors import SourceError
from fihris.index.sources.files import Form
from fihris.index.sources.isolation import IsolatedReader
from fihris.index.sources.limits import Limits
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.readers import OFFICE_FORMS
from fihris.index.sources.refusal import Refusal

# Documents that wait for their turn, and bytes of them: enough to gather files for LibreOffice,
# and little enough to be held.
_MOST_WAITING = 256
_MOST_BYTES = 64 * 1024**2
# Files that one start of LibreOffice converts; the start takes two seconds, each file a tenth.
_BATCH = 32
# More readers than this only wait for the writer.
_MOST_READERS = 4
# Seconds between two looks at what takes so long, and until it counts as slow.
_TICK = 0.25
_SLOW = 1.0


@dataclass(slots=True, eq=False)
class _Turn:
    """A document that waits for its turn; ``future`` holds what becomes of it.

    ``task`` names what it waits for, since ``started`` on the monotonic clock.
    """

    found: RawDocument
    task: str
    future: Future[ReadDocument] = field(default_factory=Future)
    started: float | None = None

    def start(self, task: str) -> None:
        """Note that work on it begins."""
        self.task, self.started = task, time.monotonic()


class LookAhead:
    """Reads what was found, ahead of its turn; ``close`` ends every process that it started."""

    def __init__(self, limits: Limits, waiting: Callable[[Waiting], None]) -> None:
        count = max(1, min(_MOST_READERS, (os.cpu_count() or 1) - 1))
        self._waiting = waiting
        self._readers = [IsolatedReader(limits) for _ in range(count)]
        # The last one that was idle is the next one to work: others need not even start.
        self._idle: queue.LifoQueue[IsolatedReader] = queue.LifoQueue()
        for reader in self._readers:
            self._idle.put(reader)
        self._reading = ThreadPoolExecutor(count, "fihris-reading")
        self._converting = ThreadPoolExecutor(1, "fihris-converting")
        self._turns: deque[_Turn | RawDocument | Refusal] = deque()
        self._batches: dict[Form, list[_Turn]] = {}
        self._closed = threading.Event()
        self._bytes = 0

    def close(self) -> None:
        """End what is being read and converted; nothing is left behind."""
        self._closed.set()
        for pool in (self._converting, self._reading):
            pool.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.close()
        for pool in (self._converting, self._reading):
            pool.shutdown()

    def read(self, found: Iterable[RawDocument | Refusal]) -> Iterator[ReadDocument | Refusal]:
        """Yield what becomes of each of *found*, in the same order."""
        for one in found:
            self._take(one)
            while self._turns and (self._is_ready() or self._is_full()):
                yield self._next()
        for form in list(self._batches):
            self._convert_batch(form)
        while self._turns:
            yield self._next()

    def _take(self, one: RawDocument | Refusal) -> None:
        self._bytes += _size(one)
        if isinstance(one, Refusal) or one.form in READ_HERE:
            self._turns.append(one)
            return
        turn = _Turn(one, one.place)
        self._turns.append(turn)
        if one.form in OFFICE_FORMS:
            batch = self._batches.setdefault(one.form, [])
            batch.append(turn)
            if len(batch) >= _BATCH:
                self._convert_batch(one.form)
        else:
            self._reading.submit(self._read, turn, one)

    def _is_ready(self) -> bool:
        first = self._turns[0]
        return not isinstance(first, _Turn) or first.future.done()

    def _is_full(self) -> bool:
        return len(self._turns) >= _MOST_WAITING or self._bytes >= _MOST_BYTES

    def _next(self) -> ReadDocument | Refusal:
        """Return what becomes of the first in the row, once it is known."""
        turn = self._turns[0]
        if not isinstance(turn, _Turn):
            self._turns.popleft()
            self._bytes -= _size(turn)
            return read_or_refused(turn)
        if turn in self._batches.get(turn.found.form, ()):
            self._convert_batch(turn.found.form)
        while not turn.future.done():
            wait([turn.future], _TICK)
            if turn.started is not None:
                seconds = time.monotonic() - turn.started
                if seconds >= _SLOW:
                    self._waiting(Waiting(turn.task, seconds))
        self._turns.popleft()
        self._bytes -= _size(turn.found)
        try:
            return turn.future.result()
        except SourceError as error:
            return Refusal.of(error, turn.found.member)

    def _read(self, turn: _Turn, raw: RawDocument) -> None:
        """Have *raw*, the document of *turn* or what it was converted to, read."""
        turn.start(turn.found.place)
        reader = self._idle.get()
        try:
            read = reader.read(raw)
        except BaseException as error:
            turn.future.set_exception(error)
        else:
            turn.future.set_result(replace(read, raw=turn.found))
        finally:
            self._idle.put(reader)

    def _convert_batch(self, form: Form) -> None:
        """Have LibreOffice convert what was gathered of *form*; each form is a start of its own."""
        self._converting.submit(self._convert, self._batches.pop(form))

    def _convert(self, batch: list[_Turn]) -> None:
        from fihris.index.sources.office import convert_to_docx

        for turn in batch:
            turn.start(f"{turn.found.place} (LibreOffice converts {len(batch)} files)")
        try:
            converted = convert_to_docx([turn.found for turn in batch], stopped=self._closed.is_set)
            for turn, (raw, result) in zip(batch, converted, strict=True):
                if isinstance(result, SourceError):
                    turn.future.set_exception(result)
                else:
                    self._reading.submit(self._read, turn, replace(raw, content=result))
        except BaseException as error:
            for turn in batch:
                if not turn.future.done():
                    turn.future.set_exception(error)


def _size(one: RawDocument | Refusal) -> int:
    """Return how many bytes are held while it waits."""
    return 0 if isinstance(one, Refusal) else len(one.content)
