"""Measure what analysis costs: processor seconds for a million tokens, cold and warm, and memory.

python3 scripts/benchmark_analysis.py FILE.jsonl[.xz]    a collection as `fihris index` takes it

Cold is the first pass of a fresh analyzer over all texts, warm the pass after it. Machines differ
and are busy, so each figure comes with its ratio to ``str.split`` on the same texts in the same
minute.
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/analysis_cost.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the table
        prepare()
    command = [executable("python"), "-P", "-m", "scripts.analysis_cost", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
