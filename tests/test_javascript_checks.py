"""The checks of scripts and styles: what happens where the tools are missing, or there already."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


def run(source: str, **environment: str) -> subprocess.CompletedProcess:
    """Run *source* in a Python that finds the scripts."""
    return subprocess.run(
        [sys.executable, "-c", source],
        cwd=SCRIPTS,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_without_node_nothing_is_checked_and_that_is_said(tmp_path):
    source = "from javascript_checks import javascript_checks; print(list(javascript_checks()))"
    done = run(source, PATH=str(tmp_path))
    assert done.stdout.splitlines() == [
        "Node is not installed: scripts and styles are not checked.",
        "[]",
    ]


def test_tools_that_are_there_are_not_fetched_again(tmp_path):
    source = (
        "import javascript_checks as checks\n"
        "from pathlib import Path\n"
        f"checks.FOLDER = Path({str(tmp_path)!r})\n"
        "(checks.FOLDER / 'tools.txt').write_text('\\n'.join(checks.TOOLS))\n"
        "print(checks.install_tools('no-such-program'))\n"
    )
    assert run(source).stdout.strip() == "True"


def test_a_failure_to_fetch_is_said_and_remembered_as_none(tmp_path):
    source = (
        "import javascript_checks as checks\n"
        "from pathlib import Path\n"
        f"checks.FOLDER = Path({str(tmp_path)!r})\n"
        f"checks.shutil.which = lambda name: {sys.executable!r}\n"
        "print(list(checks.javascript_checks()))\n"
    )
    done = run(source, CI="")
    assert done.stdout.splitlines()[-1] == "[]"
    assert "could not be fetched" in done.stdout
    assert not (tmp_path / "tools.txt").exists()


def test_no_lock_file_and_no_address_of_a_registry_is_kept():
    kept = [path for path in (SCRIPTS / "javascript").iterdir() if path.is_file()]
    assert {path.name for path in kept} == {
        "tsconfig.json",
        "tsconfig.engine.json",
        "biome.json",
    }
    assert not any("http" in path.read_text(encoding="utf-8") for path in kept)
