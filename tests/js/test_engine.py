"""The tests of the browser's engine, run by Node."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None and "CI" not in os.environ, reason="Node is not installed")
def test_the_engine_of_the_browser_passes_its_own_tests():
    assert NODE is not None
    tests = sorted(FOLDER.glob("*.test.mjs"))
    done = subprocess.run(
        [NODE, "--test", *tests], capture_output=True, text=True, check=False, timeout=120
    )
    assert tests
    assert done.returncode == 0, done.stdout + done.stderr
