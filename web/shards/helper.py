"""The helper: another process that does a part of the work on a large index at the same time.

It is asked for the value of a function, which must not depend on anything but its arguments. While
none is up, for a small index and whenever it fails, the function is called in this process:
nothing depends on the helper but time.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, Self, TypeVar, cast

from fihris.index.sources.exchange import (
    incoming_requests,
    private_output,
    receive,
    send,
    start_module,
)

# Characters of text; fewer are done before a process has started.
_LARGE = 1_000_000

_Value = TypeVar("_Value")


class Task(Generic[_Value]):
    """The value of a function, which is on its way; see :meth:`Helper.ask`."""

    def __init__(self, helper: Helper, function: Callable[..., _Value], arguments: Any) -> None:
        self._helper = helper
        self._function = function
        self._arguments = arguments

    def result(self) -> _Value:
        """Wait for the value, or make it here; ask once, for its arguments are given up.

        Raises what the function raises.
        """
        function, arguments = self._function, self._arguments
        del self._arguments
        answer = self._helper.answer_to(self)
        return cast(_Value, pickle.loads(answer)) if answer else function(*arguments)


class Helper:
    """A process that is asked for values of functions, if there is reason to start one.

    ``size`` is how many characters the work is about. To be used as a context, which ends it.
    """

    def __init__(self, size: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: deque[Task[Any]] = deque()
        self._answers: dict[Task[Any], bytes] = {}
        if size >= _LARGE and (os.cpu_count() or 1) > 1:
            with suppress(OSError):  # no process can be had, and none is needed
                self._process = start_module(__name__)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def is_there(self) -> bool:
        """Whether it may do any work, so that it is worth while to divide it."""
        return self._process is not None

    def ask(self, function: Callable[..., _Value], *arguments: Any) -> Task[_Value]:
        """Ask for the value of *function*, which a module has by its name."""
        task = Task(self, function, arguments)
        if self._process is not None and self._process.stdin is not None:
            try:
                send(self._process.stdin, pickle.dumps((function, arguments), 5))
                self._asked.append(task)
            except OSError:
                self._end()
        return task

    def answer_to(self, task: Task[Any]) -> bytes:
        """Wait for the pickled value of *task*; it is empty when the helper does not give it."""
        while task in self._asked and self._process is not None:
            assert self._process.stdout is not None
            try:
                answer = receive(self._process.stdout)
            except (EOFError, OSError):
                self._end()
            else:
                self._answers[self._asked.popleft()] = answer
        return self._answers.pop(task, b"")

    def _end(self) -> None:
        """End the process; what is still awaited is made here."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(OSError):  # an unfinished request cannot be written any more
            process.communicate()


def _answer(request: bytes) -> bytes:
    """Return the value that *request* asks for; nothing when it cannot be made."""
    try:
        function, arguments = pickle.loads(request)
        return pickle.dumps(function(*arguments), 5)
    except Exception:
        # The other process tries it, too, and there the error reaches whoever has to know.
        return b""


def main() -> None:
    """Answer every request that comes on standard input, on what was standard output."""
    answers = private_output()
    requests = incoming_requests()
    gc.disable()  # nothing here makes cycles, and every collection walks through the tables
    while True:
        send(answers, _answer(requests.get()))


if __name__ == "__main__":
    main()
