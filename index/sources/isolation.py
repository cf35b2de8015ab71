"""Isolation: documents are read by another process, which may hang, crash or fill its memory.

A parser of PDF or XML is a large program in C that meets files made to break it. Whatever one
document does to its reader, it is refused with the reason, a new process takes the next, and the
program that asked goes on.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple

from fihris.index.documents import ReadDocument
from fihris.index.errors import SourceMalformed, SourceUnreadable
from fihris.index.sources.exchange import (
    Answer,
    TooLong,
    answer_of,
    receive,
    send,
    start_module,
)
from fihris.index.sources.limits import Limits
from fihris.index.sources.raw import RawDocument

#: The module that a reading process runs.
WORKER = "fihris.index.sources.worker"

# Seconds. It takes one; on a machine that is busy with other things it takes longer.
_START_SECONDS = 60.0
# Seconds between the end of what a process has to say and its own end.
_END_SECONDS = 10.0
_SAVE_ANEW = "Open it in the program that made it, and save it anew; else leave it out."


class IsolatedReader:
    """Reads documents in a process of its own, one at a time, within *limits* for each.

    The process starts with the first document and is replaced when it ends. ``close`` may be
    called from another thread; whoever waits for a document then gets a SourceUnreadable.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: _Process | None = None
        self._unable: SourceUnreadable | None = None
        self._closed = False
        self._changing = threading.Lock()

    def read(self, raw: RawDocument) -> ReadDocument:
        """Return *raw*, read and parsed.

        Raises SourceMalformed when it is not what it claims to be, or when it exceeds the limits,
        SourceUnreadable when no process can be started.
        """
        request = pickle.dumps(raw, pickle.HIGHEST_PROTOCOL)
        while True:
            process = self._running(raw)
            # What earlier documents left behind may be to blame: that is tried once more.
            fresh = process.documents == 0
            try:
                answer = process.ask(request, len(raw.content), self._limits)
            except TooLong as error:
                self._end()
                fact = f"holds more text than one document may ({error} bytes)."
                raise SourceMalformed(raw.file.path, fact, "Split it.") from error
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                fact = process.ended(len(raw.content), self._limits)
                self._end()
                if fresh or process.timed_out or self._closed:
                    raise SourceMalformed(raw.file.path, fact, _SAVE_ANEW) from error
                continue
            if answer.last or process.timed_out:
                self._end()
            if answer.out_of_memory and not fresh:
                continue
            return _read_document(raw, answer, self._limits)

    def close(self) -> None:
        """End the process, in the middle of a document if need be."""
        self._closed = True
        self._end()

    def _running(self, raw: RawDocument) -> _Process:
        with self._changing:
            if self._closed:
                raise SourceUnreadable(raw.file.path, "was not read: the run was ended.", "")
            if self._unable is not None:
                raise self._unable
            if self._process is None:
                try:
                    self._process = _Process(self._limits)
                except (EOFError, OSError, TooLong) as error:
                    # One message would do, but every document has a right to its reason.
                    fact = f"cannot be read: the process that reads did not start ({error!r})."
                    remedy = "Install Fihris anew, with what it requires."
                    self._unable = SourceUnreadable(raw.file.path, fact, remedy)
                    raise self._unable from error
            return self._process

    def _end(self) -> None:
        # One that is just starting is waited for, or nobody would end it.
        with self._changing:
            process, self._process = self._process, None
        if process is not None:
            process.end()


def _read_document(raw: RawDocument, answer: Answer, limits: Limits) -> ReadDocument:
    """Return what *answer* says of *raw*. Raises SourceMalformed when that is no document."""
    path = raw.file.path
    if answer.out_of_memory:
        fact = f"needs more memory than one document may take ({limits.memory // 1024**2} MiB)."
        raise SourceMalformed(path, fact, _SAVE_ANEW)
    if answer.document is None:
        raise SourceMalformed(path, answer.reason, answer.remedy, answer.line, answer.findings)
    return ReadDocument(raw, answer.document, answer.paragraph_count, answer.findings)


class _Process:
    """A reading process that has come up, and how it ended."""

    def __init__(self, limits: Limits) -> None:
        self.documents = 0
        self.timed_out = False
        self._process = start_module(WORKER, *map(str, astuple(limits)))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        try:
            self._within(_START_SECONDS, lambda: receive(self._answers, 0))
        except BaseException:
            self.end()
            raise

    def ask(self, request: bytes, size: int, limits: Limits) -> Answer:
        """Return the answer to *request*, which is about a document of *size* bytes.

        Raises EOFError or OSError when the process ended instead, TooLong when it says too much,
        UnpicklingError when it says something else.
        """
        self.documents += 1

        def exchange() -> bytes:
            send(self._requests, request)
            return receive(self._answers, limits.output)

        return answer_of(self._within(limits.seconds_for(size), exchange))

    def _within(self, seconds: float, talk: Callable[[], bytes]) -> bytes:
        """Return what *talk* returns; after so many seconds the process ends, and with it *talk*.

        Pipes cannot be read with a time limit on every system, but they all end with the process.
        """
        watch = threading.Timer(seconds, self._time_out)
        watch.start()
        try:
            return talk()
        finally:
            watch.cancel()

    def _time_out(self) -> None:
        self.timed_out = True
        self._process.kill()

    def ended(self, size: int, limits: Limits) -> str:
        """Return how the process ended, which its pipe told a moment ago."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        code = self._process.returncode
        if self.timed_out:
            return f"was given up after {limits.seconds_for(size):g} seconds of reading."
        if code == -_signal("SIGXCPU"):
            seconds = limits.cpu_seconds_for(size)
            return f"was given up after {seconds} seconds of the processor's time."
        if code == -_signal("SIGKILL"):
            return "cannot be read: the system ended its reader, as it does when memory is short."
        if code is not None and code < 0:
            return f"crashes its reader ({signal.Signals(-code).name})."
        return f"crashes its reader (exit code {code})."

    def end(self) -> None:
        """End the process, if it has not ended yet, and give back what it holds."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # an unfinished request cannot be written any more
                pipe.close()


def _signal(name: str) -> int:
    """Return the number of a signal, 0 where the system has none of that name."""
    return getattr(signal, name, 0)
