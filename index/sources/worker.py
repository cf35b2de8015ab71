"""The process that reads documents for another: one after the other, each within its limits.

It is run as ``python -m fihris.index.sources.worker LIMITS``. It ends when its input does, at once,
and by itself should it hang longer than the caller would wait.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from fihris.index.documents import read_document
from fihris.index.errors import SourceError
from fihris.index.sources.exchange import Answer, incoming_requests, private_output, send
from fihris.index.sources.limits import Limits
from fihris.index.sources.raw import RawDocument

if sys.platform != "win32":
    import resource

# Seconds beyond which the process ends itself, should its caller no longer be there to end it.
_GRACE = 5.0
# Memory that was once taken is not always given back. Past this part of the limit the process
# ends itself after an answer, so that every document finds at least the rest.
_WORN = 0.5
_SAVE_ANEW = "Open it in the program that made it, and save it anew."
_LONGEST_CAUSE = 200  # characters


def limits_of(arguments: list[str]) -> Limits:
    """Return the limits that the caller wrote as *arguments*, in the order of their fields."""
    cpu_seconds, cpu_seconds_per_mib, patience = map(float, arguments[:3])
    memory, output = map(int, arguments[3:])
    return Limits(cpu_seconds, cpu_seconds_per_mib, patience, memory, output)


def main() -> None:
    """Answer every request that comes on standard input, on what was standard output."""
    limits = limits_of(sys.argv[1:])
    answers = private_output()
    requests = incoming_requests()
    with Path(os.devnull).open("wb") as nowhere:
        _limit_process(limits)
        send(answers, b"")
        last = False
        while not last:
            raw = pickle.loads(requests.get())
            size = len(raw.content)
            seconds = limits.seconds_for(size) + _GRACE
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            _limit_processor(limits.cpu_seconds_for(size))
            message, last = _message(_answer(raw, limits), limits)
            faulthandler.cancel_dump_traceback_later()
            send(answers, message)
    os._exit(0)  # the thread that listens would be waited for


def _limit_process(limits: Limits) -> None:
    """Set what holds for all documents: memory, no files written, no dump of a crash."""
    if sys.platform == "win32":
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS refuses a limit on the address space.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _limit_processor(seconds: int) -> None:
    """Allow the processor so many seconds more; then the system ends the process."""
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        most = int(usage.ru_utime + usage.ru_stime) + seconds + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        with suppress(ValueError, OSError):  # less than this is allowed us as it is
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _answer(raw: RawDocument, limits: Limits) -> Answer:
    try:
        read = read_document(raw)
    except SourceError as error:
        answer = Answer(
            reason=error.reason, remedy=error.remedy, line=error.line, findings=error.findings
        )
    except MemoryError:
        return Answer(out_of_memory=True, last=True)
    except RecursionError:
        answer = Answer(reason="is nested too deeply to be read.", remedy=_SAVE_ANEW)
    except Exception as error:
        # A reader that stumbles over one document must not lose the others.
        cause = f"{type(error).__name__}: {error}"[:_LONGEST_CAUSE]
        answer = Answer(reason=f"cannot be read ({cause}).", remedy=_SAVE_ANEW)
    else:
        answer = Answer(read.document, read.paragraph_count, read.findings)
    return replace(answer, last=_address_space() > _WORN * limits.memory)


def _address_space() -> int:
    """Return how many bytes of address space are taken; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _message(answer: Answer, limits: Limits) -> tuple[bytes, bool]:
    """Return *answer* as a message, and whether it is the last one."""
    try:
        message = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        answer = Answer(out_of_memory=True, last=True)
        message = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    if len(message) > limits.output:
        reason = f"holds more text than one document may ({limits.output // 1024**2} MiB)."
        answer = Answer(reason=reason, remedy="Split it into its documents.", last=answer.last)
        message = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    return message, answer.last


if __name__ == "__main__":
    main()
