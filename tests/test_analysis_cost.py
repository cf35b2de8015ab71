"""Measuring analysis: the short form of the benchmark, without a timed assertion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.analysis_cost import main, measure, read_texts


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    path = tmp_path / "laws.jsonl"
    record = {"id": "1", "title": "قانون", "provisions": [{"ref": "1", "text": "نص من 4 كلمات"}]}
    path.write_text(json.dumps(record), "utf-8")
    return path


def test_every_searched_text_is_read(collection: Path) -> None:
    assert list(read_texts(collection)) == ["قانون", "نص من 4 كلمات"]


def test_tokens_are_counted_and_every_figure_is_measured(collection: Path) -> None:
    cost = measure(list(read_texts(collection)) * 50, rounds=1)
    assert cost.tokens == 250
    assert min(cost.split, cost.cold, cost.warm, cost.memory) > 0


def test_the_table_tells_cold_and_warm(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(collection), "--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    assert "5 tokens in 2 texts" in printed
    assert "| cold |" in printed
    assert "| warm |" in printed
