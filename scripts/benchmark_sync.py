"""Measure what small changes of a large index cost, after setting up what that needs.

python3 scripts/benchmark_sync.py COLLECTION INDEX   the costs as Markdown tables; INDEX is changed
python3 scripts/benchmark_sync.py --help             what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/sync_benchmark.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the tables
        prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.sync_benchmark", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
