"""Check the code without running it: format, lint and types, with one exit code for all."""

import subprocess

from setup_clone import ROOT, executable, prepare, run_script


def main(_: list[str]) -> int:
    """Run every check, whatever the others find; return 0 when none found anything."""
    prepare("dev", "test", "eval")
    failed = False
    for check in (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]):
        print("$", *check, flush=True)
        command = [executable(check[0]), *check[1:]]
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    return int(failed)


run_script(main)
