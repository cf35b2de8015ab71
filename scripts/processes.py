"""What a process costs from its start to its end, as the operating system counts it.

As a program it runs the command in its arguments and prints what that cost. It is kept small: the
system counts what the starting process holds among what the started one holds at most.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processors, and the most memory of one process in bytes.

    Processes that it started and waited for count in the second, and the largest in the third.
    """

    seconds: float
    processor: float
    memory: int


def run_measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run *command* in the clone with nothing of its output kept, and return what it cost.

    Python keeps the modules that it compiled, as it does for anybody who has not forbidden it.

    Raises :class:`ChildProcessError` with what it said when it fails.
    """
    started = subprocess.run(
        [sys.executable, "-I", "-S", __file__, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if started.returncode:
        said = started.stderr.strip() or "It said nothing."
        raise ChildProcessError(f"{' '.join(command)} ended with {started.returncode}. {said}")
    seconds, processor, memory = started.stdout.split()
    return Cost(float(seconds), float(processor), int(memory))


def sizes_of(folder: Path) -> list[int]:
    """Return the size of every file in *folder* and below, in bytes."""
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


def _main(command: Sequence[str]) -> int:
    """Run *command*, print what it cost, and return its exit code; what it says is for failures."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode("utf-8", "replace"))
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
    return process.returncode


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
