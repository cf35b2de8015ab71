"""Measure the search of static sites beside Pagefind, after setting up what that needs.

python3 scripts/benchmark_static.py COLLECTION.jsonl.xz   measure; print tables in Markdown
python3 scripts/benchmark_static.py --help                what else can be asked of it
"""

import subprocess
import sys
from contextlib import redirect_stdout

from setup_clone import ROOT, executable, prepare, run_script
from system_packages import install_system_packages

#: Where Pagefind is put, which nothing of the project depends on.
PAGEFIND = ROOT / ".cache" / "pagefind"


def main(arguments: list[str]) -> int:
    """Return the exit code of ``scripts/static_benchmark.py``, which does the measuring."""
    with redirect_stdout(sys.stderr):  # standard output is for the tables
        prepare("test")
        install_system_packages("chromium")
        if not PAGEFIND.is_dir():
            install = ["-m", "pip", "install", "--quiet", "--target", str(PAGEFIND)]
            # Without it the tables have one column less, and say so.
            wanted = "pagefind[extended]>=1.5,<2"
            subprocess.run([executable("python"), *install, wanted], check=False)
    # -P: a folder called scripts in the current directory is not meant.
    command = [executable("python"), "-P", "-m", "scripts.static_benchmark"]
    peer = ["--pagefind", str(PAGEFIND)]
    return subprocess.run([*command, *peer, *arguments], check=False).returncode


run_script(main)
