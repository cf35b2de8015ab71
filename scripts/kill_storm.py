"""Kill fihris at random moments and see that no index suffers, after setting up what that needs.

python3 scripts/kill_storm.py               at least 200 kills; a table of what was hit
python3 scripts/kill_storm.py --help        what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import executable, prepare, run_script


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/storm.py``, which does the killing."""
    with redirect_stdout(sys.stderr):  # standard output is for the table
        prepare()
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.storm", *arguments]
    return subprocess.run(command, check=False).returncode


run_script(main)
