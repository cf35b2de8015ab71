"""Compare stemmers on pairs of words that must meet or must not, after setting up what that needs.

python3 scripts/compare_stemmers.py           Fihris, Snowball and, where it is found, Lucene
python3 scripts/compare_stemmers.py --fetch   have Maven fetch Lucene first
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/stemmers.py``, which does the comparing."""
    with redirect_stdout(sys.stderr):  # standard output is for the table
        prepare("eval")
    command = [executable("python"), "-P", "-m", "scripts.stemmers", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
