"""Measure how many search pages a second the server answers, after setting up what that needs.

python3 scripts/load_web.py FOLDER_OF_AN_INDEX   search pages beside bare ones, as a Markdown table
python3 scripts/load_web.py --help               what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/web_load.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the table
        prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.web_load", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
