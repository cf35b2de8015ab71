"""Measure what each rule of analysis and ranking brings, by leaving it out.

python3 scripts/ablation.py FOLDER [FOLDER ...]   one row for each rule left out, as Markdown

The folders are test collections as ``scripts/evaluate.py`` takes them; only their plain questions
are asked. A rule of the tables is left out in a process of its own, before anything has read them.
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/left_out.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the table
        prepare("eval")
    command = [executable("python"), "-P", "-m", "scripts.left_out", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
