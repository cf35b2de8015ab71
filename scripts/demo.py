"""Show Fihris at work: index the bundled specimens, search them three times, say what comes next.

python3 scripts/demo.py
"""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from setup_clone import ROOT, Trouble, executable, prepare, run_script


def shortest(path: Path) -> str:
    """Return *path* from the current folder when that is shorter, else in full."""
    try:
        return min(os.path.relpath(path), str(path), key=len)
    except ValueError:  # another drive of Windows
        return str(path)


SPECIMENS = ROOT / "index" / "specimens"

#: An index of its own: the demo never touches the one a person works with.
DEMO_INDEX = ROOT / ".cache" / "demo-index"

ON_DEMO_INDEX = ("--index", shortest(DEMO_INDEX))

SEARCHES = [
    ("A word, in whatever form it was written", "النازحون"),
    ("An exact phrase", '"مياه الشرب المأمونة"'),
    ("A symbol: the resolution itself, then what cites it", "94/9"),
]


def main(_: list[str]) -> int:
    """Run the commands as a person would type them, each printed before its output."""
    prepare()
    shutil.rmtree(DEMO_INDEX, ignore_errors=True)
    print("Resolutions written for this project, about invented places, go into an index:")
    run_fihris("index", shortest(SPECIMENS))
    for title, query in SEARCHES:
        print(f"{title}:")
        run_fihris("search", query, "--limit", "3")
    print("To open more:")
    for arguments in (
        ["show", "A/HRC/RES/94/9"],
        ["show", "A/HRC/RES/94/9#OP8"],
        ["search", "حقوق الطفل", "--organ", "HRC", "--json"],
        ["info"],
    ):
        print(f"  {command_line(*arguments, *ON_DEMO_INDEX)}")
    print("Your own texts, in an index of their own:")
    print(f"  {command_line('index', 'FOLDER')}")
    print(f"  {command_line('search', 'WORDS')}")
    return 0


def run_fihris(*arguments: str) -> None:
    """Print a command of ``fihris`` on the demo's index, run it, and insist that it succeeds."""
    arguments = (*arguments, *ON_DEMO_INDEX)
    print(f"$ {command_line(*arguments)}", flush=True)
    if subprocess.run([executable("fihris"), *arguments], check=False).returncode != 0:
        raise Trouble("the command above failed, and the demo cannot go on.")
    print(flush=True)


def command_line(*arguments: str) -> str:
    """Return a command of ``fihris`` as it can be typed in the current folder."""
    words = [shortest(executable("fihris")), *arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


run_script(main)
