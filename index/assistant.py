"""The assistant: another process that makes units of documents while the writer is busy.

Analysing is half of the work of a large run and needs nothing but the texts, so a second core can
do it. The assistant is started once a run has proved to be large; until it is up, and whenever it
fails, the units are made in this process. Nothing depends on it but time.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.record import SourceStamp
from fihris.index.resolution import Resolution
from fihris.index.sources.exchange import (
    incoming_requests,
    private_output,
    receive,
    send,
    start_module,
)
from fihris.index.units import document_units

# Characters of text, after which a run counts as large: they take as long as starting a process.
_LARGE = 1_000_000
# Characters that are handed over at once, and that may be on their way. More would only fill
# memory: the slower side sets the pace.
_BATCH = 100_000
_MOST_AHEAD = 4_000_000

#: The fields of one unit, as the engine takes them.
Fields = dict[str, Any]


class _Order(NamedTuple):
    """A document whose units are wanted; see :func:`~fihris.index.units.document_units`."""

    document: Resolution
    paragraph_count: int
    stamp: SourceStamp

    def units(self, analyzer: Analyzer) -> Iterator[Fields]:
        """Yield its units, made in this process."""
        return document_units(self.document, self.paragraph_count, self.stamp, analyzer)

    @property
    def size(self) -> int:
        """How many characters it has."""
        return sum(len(unit.text) for unit in self.document.paragraphs)


class _Batch(NamedTuple):
    """Documents that are handed over together, and how many characters they have."""

    orders: list[_Order]
    size: int


class UnitMaker:
    """Makes units of documents, in this process or, in a large run, by an assistant.

    Units come out when they are ready, those of one document together. ``close`` ends the
    assistant.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._assistant: _Assistant | None = None
        # Characters until a run is large; with a single core it never is.
        self._until_large = _LARGE if (os.cpu_count() or 1) > 1 else None
        self._gathered: list[_Order] = []
        self._gathered_size = 0
        self._handed: deque[_Batch] = deque()
        self._ahead = 0
        self._awaited: set[str] = set()

    def make(
        self, document: Resolution, paragraph_count: int, stamp: SourceStamp
    ) -> Iterator[Fields]:
        """Take a document on, and yield the units that are ready: its own or those of others."""
        order = _Order(document, paragraph_count, stamp)
        if not self._has_help(order):
            yield from self.rest()
            yield from order.units(self._analyzer)
            return
        self._awaited.add(document.address)
        self._gathered.append(order)
        self._gathered_size += order.size
        if self._gathered_size >= _BATCH:
            self._hand_over()
        while self._handed and (self._ahead > _MOST_AHEAD or self._is_ready()):
            yield from self._next()

    def rest(self) -> Iterator[Fields]:
        """Yield the units of every document that was taken on and is still awaited."""
        if self._gathered:
            self._hand_over()
        while self._handed:
            yield from self._next()
        self._awaited.clear()

    def awaits(self, address: str) -> bool:
        """Tell whether units of the document at *address* may still be awaited."""
        return address in self._awaited

    def close(self) -> None:
        """End the assistant; what is still awaited is dropped."""
        if self._assistant is not None:
            self._assistant.end()
            self._assistant = None

    def _has_help(self, order: _Order) -> bool:
        """Tell whether an assistant is up; start one when the run has become large."""
        if self._until_large is not None:
            self._until_large -= order.size
            if self._until_large <= 0:
                self._until_large = None
                with suppress(OSError):  # no process can be had, and none is needed
                    self._assistant = _Assistant()
        return self._assistant is not None and self._assistant.is_up

    def _is_ready(self) -> bool:
        return self._assistant is None or not self._assistant.answers.empty()

    def _hand_over(self) -> None:
        batch = _Batch(self._gathered, self._gathered_size)
        self._gathered, self._gathered_size = [], 0
        self._handed.append(batch)
        self._ahead += batch.size
        if self._assistant is not None:
            self._assistant.ask(batch.orders)

    def _next(self) -> Iterator[Fields]:
        """Yield the units of the batch that was handed over first."""
        batch = self._handed.popleft()
        self._ahead -= batch.size
        answer = None if self._assistant is None else self._assistant.answers.get()
        if answer is None:
            self.close()
        if answer:
            yield from pickle.loads(answer)
        else:
            # Where the assistant failed over a document, the error shows here.
            for order in batch.orders:
                yield from order.units(self._analyzer)


class _Assistant:
    """A process that makes units; ``answers`` are pickles of them, and None when it has ended.

    An answer that is empty tells that it failed.
    """

    def __init__(self) -> None:
        self.answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = start_module(__name__)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin
        self._is_up = False
        self._listener = threading.Thread(
            target=_listen, args=(self._process.stdout, self.answers), daemon=True
        )
        self._listener.start()

    @property
    def is_up(self) -> bool:
        """Whether it has said that it takes requests; one that did not start never does."""
        if not self._is_up and not self.answers.empty():
            self._is_up = self.answers.get() is not None
        return self._is_up

    def ask(self, orders: list[_Order]) -> None:
        """Send *orders*; when it has ended, ``answers`` tell."""
        with suppress(OSError):
            send(self._requests, pickle.dumps(orders, pickle.HIGHEST_PROTOCOL))

    def end(self) -> None:
        """End the process, and give back what it holds."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        with suppress(OSError):  # an unfinished request cannot be written any more
            self._requests.close()


def _listen(source: IO[bytes], answers: queue.SimpleQueue[bytes | None]) -> None:
    """Put what comes from *source* into *answers*, and None when it ends."""
    with source, suppress(EOFError, OSError):
        while True:
            answers.put(receive(source))
    answers.put(None)


def _answer(request: bytes, analyzer: Analyzer) -> bytes:
    """Return the units that *request* asks for; nothing when they cannot be made."""
    try:
        orders: list[_Order] = pickle.loads(request)
        units = [unit for order in orders for unit in order.units(analyzer)]
        return pickle.dumps(units, pickle.HIGHEST_PROTOCOL)
    except Exception:
        # The writer tries it, too, and there the error reaches whoever has to know.
        return b""


def main() -> None:
    """Answer every request that comes on standard input, on what was standard output."""
    answers = private_output()
    requests = incoming_requests()
    analyzer = Analyzer()
    gc.disable()  # nothing here makes cycles, and every collection walks through the tables
    send(answers, b"")
    while True:
        send(answers, _answer(requests.get(), analyzer))


if __name__ == "__main__":
    main()
