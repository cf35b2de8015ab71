"""Leaving rules out: each is really gone, and every name in the table can be measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.left_out import NOTHING, TABLE_RULES, WEIGHT_RULES, main

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a collection whose one question needs the table of broken plurals."""
    (tmp_path / "docs.tsv").write_text("a\tترسو السفينة في الميناء\nb\tتقع القرية بعيدا\n", "utf-8")
    (tmp_path / "queries.tsv").write_text("q\tالموانئ\n", "utf-8")
    (tmp_path / "qrels.txt").write_text("q 0 a 1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "reached"), [(NOTHING, 1.0), ("broken plurals and spellings", 0.0), ("adjacency", 1.0)]
)
def test_a_rule_that_is_left_out_is_gone(folder: Path, rule: str, reached: float) -> None:
    command = [sys.executable, "-m", "scripts.left_out", "--without", rule, str(folder)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert json.loads(printed) == [reached]


def test_no_rule_has_two_names() -> None:
    assert not set(TABLE_RULES) & set(WEIGHT_RULES)
    assert NOTHING not in {*TABLE_RULES, *WEIGHT_RULES}


def test_without_a_folder_it_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().out.startswith("usage:")
