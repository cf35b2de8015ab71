"""The program as it is installed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def program(source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run *source* with *arguments* in a fresh Python, from the clone."""
    return subprocess.run(
        [sys.executable, "-c", source, *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_the_installed_program_is_this_one() -> None:
    assert '\nfihris = "fihris.web.program:run"\n' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_it_ends_with_the_exit_code_of_the_command() -> None:
    run = "import sys; from fihris.web.program import run; sys.exit(run())"
    assert program(run, "--version").returncode == 0
    refused = program(run, "search", "--limit", "0", "قرار")
    assert refused.returncode == 2
    assert "--limit" in refused.stderr


def test_garbage_is_looked_for_seldom_and_not_at_the_end() -> None:
    ended = program(
        "import atexit, gc\n"
        "made = lambda: sum(one['collections'] for one in gc.get_stats())\n"
        "from fihris.web.program import run\n"
        "before = made()\n"
        "atexit.register(lambda: print(made() - before, gc.get_freeze_count()))\n"
        "run()\n",
        "--help",
    )
    collections, kept = map(int, ended.stdout.splitlines()[-1].split())
    assert collections == 0
    assert kept > 1000
