"""Measure the speed of Fihris beside other engines, after setting up what that needs.

python3 scripts/benchmark.py COLLECTION.jsonl.xz   measure; print tables in Markdown
python3 scripts/benchmark.py --help                what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/speed``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the tables
        prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.speed", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
