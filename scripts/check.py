"""Check the code without running it: format, lint and types, with one exit code for all."""

import subprocess
from collections.abc import Iterator

from javascript_checks import javascript_checks
from setup_clone import ROOT, executable, prepare, run_script


def python_checks() -> Iterator[list[str]]:
    """Yield the command of each check of Python."""
    for name, *arguments in (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]):
        yield [str(executable(name)), *arguments]


def main(_: list[str]) -> int:
    """Run every check, whatever the others find; return 0 when none found anything."""
    prepare("dev", "test", "eval")
    failed = False
    for command in (*python_checks(), *javascript_checks()):
        print("$", *command, flush=True)
        failed |= run(command) != 0
    return int(failed)


def run(command: list[str]) -> int:
    """Return the exit code of *command*; that of one that is not there is 127, as in a shell."""
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except OSError as error:
        print(error, flush=True)
        return 127


run_script(main)
