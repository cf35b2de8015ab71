"""Show Fihris at work: index the bundled specimens, search them three times, say what comes next.

python3 scripts/demo.py           in the terminal
python3 scripts/demo.py --site    as a static site, with the examples of the documents
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

#: The static site of the demo.
DEMO_SITE = ROOT / ".cache" / "demo-site"

ON_DEMO_INDEX = ("--index", shortest(DEMO_INDEX))

SEARCHES = [
    ("A word, in whatever form it was written", "النازحون"),
    ("An exact phrase", '"مياه الشرب المأمونة"'),
    ("A symbol: the resolution itself, then what cites it", "94/9"),
]


def main(arguments: list[str]) -> int:
    """Run the commands as a person would type them, each printed before its output."""
    if arguments not in ([], ["--site"]):
        raise Trouble("write --site, or nothing at all.")
    prepare()
    shutil.rmtree(DEMO_INDEX, ignore_errors=True)
    print("Resolutions written for this project, about invented places, go into an index:")
    run_on_index("index", shortest(SPECIMENS))
    if arguments:
        show_site()
    else:
        show_searches()
    return 0


def show_searches() -> None:
    """Search, and say what comes next."""
    for title, query in SEARCHES:
        print(f"{title}:")
        run_on_index("search", query, "--limit", "3")
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


def show_site() -> None:
    """Write the site and the examples, and say how to look at them."""
    from examples_site import INDEX, write_examples

    shutil.rmtree(DEMO_SITE, ignore_errors=True)
    print("The index becomes a site that needs no server:")
    run_on_index("export-site", shortest(DEMO_SITE), "--scripts")
    print("Each example of docs/embedding.md and docs/widget.md becomes a page beside it:")
    write_examples(DEMO_SITE, lambda folder: run("index-html", shortest(folder), "--scripts"))
    print("To look at it:")
    print(f"  python3 -m http.server --directory {shortest(DEMO_SITE)}")
    print("  http://localhost:8000/                  the site")
    print(f"  http://localhost:8000/{INDEX}     the examples")
    print(f"Or open {shortest(DEMO_SITE / 'index.html')} in a browser, from the disk.")


def run_on_index(*arguments: str) -> None:
    """Run a command of ``fihris`` on the demo's index."""
    run(*arguments, *ON_DEMO_INDEX)


def run(*arguments: str) -> None:
    """Print a command of ``fihris``, run it, and insist that it succeeds."""
    print(f"$ {command_line(*arguments)}", flush=True)
    if subprocess.run([executable("fihris"), *arguments], check=False).returncode != 0:
        raise Trouble("the command above failed, and the demo cannot go on.")
    print(flush=True)


def command_line(*arguments: str) -> str:
    """Return a command of ``fihris`` as it can be typed in the current folder."""
    words = [shortest(executable("fihris")), *arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


run_script(main)
