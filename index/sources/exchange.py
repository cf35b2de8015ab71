"""The exchange with the process that reads documents: messages through its two pipes.

A message is its length in eight bytes, then a pickle. What the reading process sends was made from
files that nobody vouches for, so only the classes of an answer are let through: a process that a
hostile file has taken over can at worst lie about that file.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any, cast

from fihris.index.resolution import Resolution
from fihris.index.sources.finding import Finding

_LENGTH = struct.Struct(">Q")
_MODULES = frozenset({__name__, "fihris.index.resolution", "fihris.index.sources.finding"})


@dataclass(frozen=True, slots=True)
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
