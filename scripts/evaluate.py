"""Measure searches on collections with judgements, beside peers, after setting up what that needs.

python3 scripts/evaluate.py FOLDER [FOLDER ...]   Fihris and its peers, as Markdown tables
python3 scripts/evaluate.py --help                what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/evaluation.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the tables
        prepare("eval")
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.evaluation", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
