"""The engine of the browser passes every case of the Arabic matrix."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.web.shards import write_shards
from scripts.arabic_matrix import matrix_index, read_cases

FOLDER = Path(__file__).parent / "matrix"
NODE = shutil.which("node")

#: What the matrix is about.
CLASSES = {
    *("vowel marks", "hamza on alef", "madda", "hamza seats", "final letters", "tatweel"),
    *("article and clitics", "pronouns", "regular plurals", "broken plurals", "digits"),
    *("presentation forms", "phrases", "numbers and symbols", "prefixes", "operators"),
    "must not meet",
}


def test_the_matrix_has_cases_of_every_class_and_none_twice():
    cases = read_cases()
    assert len(cases) >= 80
    assert {case.rule for case in cases} == CLASSES
    assert len({case[1:] for case in cases}) == len(cases)


@pytest.mark.skipif(NODE is None and "CI" not in os.environ, reason="Node is not installed")
def test_the_browser_passes_every_case_of_the_matrix(tmp_path):
    cases = read_cases()
    write_shards(matrix_index(cases, tmp_path), tmp_path / "shards")
    assert NODE is not None
    done = subprocess.run(
        [NODE, "--test", FOLDER / "matrix.test.mjs"],
        env={**os.environ, "FIHRIS_SHARDS": str(tmp_path / "shards")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert f"pass {len(cases)}" in done.stdout
