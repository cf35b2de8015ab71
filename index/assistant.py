"""The assistant: another process that analyses the texts of documents while the writer is busy.

It is a module of its own, which only large runs import: a small one ends before a process starts.
"""

from __future__ import annotations

import gc
import pickle
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from fihris.index.analysis import AnalyzedText, Analyzer
from fihris.index.resolution import Resolution, SourceKind
from fihris.index.sources.exchange import (
    incoming_requests,
    private_output,
    receive,
    send,
    start_module,
)
from fihris.index.units import searched_texts

# Texts with the kind of their source. Plain lists of strings are made and read several times as
# fast as documents.
_Request = list[tuple[SourceKind, list[str]]]

# Seconds until one that neither takes a request nor answers is given up, as one that was stopped.
# A request takes it less than one; after a long document all that is lost is its head start.
_PATIENCE = 120.0


class Assistant:
    """A process that analyses: it is asked about documents, and answers in the same order.

    Raises OSError when no process can be had.
    """

    def __init__(self) -> None:
        self.has_ended = False
        # An empty answer tells that it failed, None that it has ended.
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = start_module(__name__)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin
        self._is_up = False
        self._listener = threading.Thread(
            target=_listen, args=(self._process.stdout, self._answers), daemon=True
        )
        try:
            self._listener.start()
        except RuntimeError as error:
            self._process.kill()
            self._process.communicate()
            raise OSError(str(error)) from error

    @property
    def is_up(self) -> bool:
        """Whether it has said that it takes requests; one that did not start never does."""
        if not self._is_up and self.is_ready:
            self._is_up = self._answers.get() is not None
        return self._is_up

    @property
    def is_ready(self) -> bool:
        """Whether the next answer has come."""
        return not self._answers.empty()

    def answer(self) -> Iterator[AnalyzedText] | None:
        """Wait for the forms that were asked for first; None when it failed or has ended.

        They are those of every unit that a search can find, document by document.
        """
        answer: bytes | None = None
        if not self.has_ended:
            with suppress(queue.Empty):
                answer = self._answers.get(timeout=_PATIENCE)
        self.has_ended = answer is None
        if not answer:
            return None
        return map(AnalyzedText._make, pickle.loads(answer))

    def ask(self, documents: list[Resolution]) -> None:
        """Ask for the forms of the units of *documents*. Where that cannot be, the process ends."""
        # The pipe takes no more than its process does, and only the end of that ends the writing.
        watch = threading.Timer(_PATIENCE, self._process.kill)
        watch.daemon = True
        try:
            watch.start()
            request: _Request = [(one.source_kind, searched_texts(one)) for one in documents]
            send(self._requests, pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
        except (OSError, MemoryError, RuntimeError):  # the last where no thread can be had
            self._process.kill()
        finally:
            watch.cancel()

    def end(self) -> None:
        """End the process, and give back what it holds."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        with suppress(OSError):  # an unfinished request cannot be written any more
            self._requests.close()


def _listen(source: IO[bytes], answers: queue.SimpleQueue[bytes | None]) -> None:
    """Put what comes from *source* into *answers*, and None when it ends."""
    try:
        # Where memory does not suffice for an answer, it is made here, in smaller pieces.
        with source, suppress(EOFError, OSError, MemoryError):
            while True:
                answers.put(receive(source))
    finally:
        answers.put(None)


def _answer(request: bytes, analyzer: Analyzer) -> bytes:
    """Return the forms that *request* asks for; nothing when they cannot be made."""
    try:
        asked: _Request = pickle.loads(request)
        forms = [tuple(analyzer.analyze(text, kind)) for kind, texts in asked for text in texts]
        return pickle.dumps(forms, pickle.HIGHEST_PROTOCOL)
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
