"""The exchange with a process that works for this one: messages through its two pipes.

A message is its length in eight bytes, then a pickle. What a process that reads documents sends was
made from files that nobody vouches for, so only the classes of an answer are let through: a process
that a hostile file has taken over can at worst lie about that file.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, cast

from fihris.index.frozen import frozen
from fihris.index.resolution import Resolution
from fihris.index.sources.finding import Finding

_LENGTH = struct.Struct(">Q")
# No console pops up on Windows, and Ctrl-C does not reach the process; elsewhere these are 0.
_IN_THE_BACKGROUND = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "CREATE_NEW_PROCESS_GROUP", 0
)
_MODULES = frozenset({__name__, "fihris.index.resolution", "fihris.index.sources.finding"})


@frozen
class Answer:
    """What became of one document: it was read, or ``reason`` and ``remedy`` say why not.

    ``out_of_memory`` stands for a reason, since a fresh process may have enough of it. ``last``
    tells that the process ends itself after this answer.
    """

    document: Resolution | None = None
    paragraph_count: int = 0
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    remedy: str = ""
    line: int | None = None
    out_of_memory: bool = False
    last: bool = False


class TooLong(ValueError):
    """A message is longer than was allowed."""


def start_module(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start *module* in a process of its own, to which two pipes lead.

    It is run by its name and not through `multiprocessing`, so that it works whatever script has
    called it, and so that nothing of the caller is in its memory.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": _search_path()},
        # Ctrl-C is for the program that asked; it ends this one itself.
        start_new_session=True,
        creationflags=_IN_THE_BACKGROUND,
    )


def _search_path() -> str:
    """Return where this process finds its modules, so that another finds the same ones."""
    return os.pathsep.join(path or str(Path.cwd()) for path in sys.path)


def private_output() -> IO[bytes]:
    """Return standard output, and send what libraries may print to the error stream."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def incoming_requests() -> queue.SimpleQueue[bytes]:
    """Return a queue of what comes on standard input; when that ends, the process does."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    source = os.fdopen(os.dup(0), "rb")

    def listen() -> None:
        try:
            while True:
                waiting.put(receive(source))
        finally:
            # Whatever it is that ended this, as a lack of memory: nothing would come any more, and
            # the other side would wait.
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return waiting


def send(stream: IO[bytes], message: bytes) -> None:
    """Write *message* to *stream* at once."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], longest: int | None = None) -> bytes:
    """Return the next message of *stream*.

    Raises EOFError when the other side is gone, TooLong when the message is longer than *longest*.
    """
    head = _exactly(stream, _LENGTH.size)
    (length,) = _LENGTH.unpack(head)
    if longest is not None and length > longest:
        raise TooLong(length)
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def answer_of(message: bytes) -> Answer:
    """Return the answer that *message* is.

    Raises pickle.UnpicklingError, or another error of a broken pickle, for anything else.
    """
    answer = _AnswerUnpickler(io.BytesIO(message)).load()
    if not isinstance(answer, Answer):
        raise pickle.UnpicklingError("no answer")
    return answer


class _AnswerUnpickler(pickle.Unpickler):
    """An unpickler that knows the classes of an answer, and no others."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _MODULES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return cast(Any, found)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
