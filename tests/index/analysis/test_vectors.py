"""The vectors that every engine must agree with; ``tests/vectors/README.md`` describes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fihris.index.analysis import Analyzer
from fihris.index.resolution import SourceKind

VECTORS = Path(__file__).parents[2] / "vectors" / "analysis.jsonl"
SAMPLE = Path(__file__).parents[4] / "shared" / "corpus" / "hrc-resolution-46-28.ar.txt"
ANALYZER = Analyzer()
ALL = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
BY_RULE: dict[str, list[dict[str, Any]]] = {}
for vector in ALL:
    BY_RULE.setdefault(vector.get("rule", "words of the specimens"), []).append(vector)


@pytest.mark.parametrize("rule", BY_RULE)
def test_the_analyzer_gives_what_the_vectors_say(rule: str) -> None:
    for vector in BY_RULE[rule]:
        kind = SourceKind(vector.get("source", SourceKind.TEXT))
        found = [
            [t.exact, t.stem, " ".join(t.family), " ".join(t.alias), t.position, t.start, t.end]
            for t in ANALYZER.tokens(vector["text"], kind)
        ]
        assert found == vector["tokens"], vector["text"]


def test_there_are_vectors_for_a_whole_vocabulary() -> None:
    assert len(BY_RULE["words of the specimens"]) > 1500


@pytest.mark.skipif(not SAMPLE.is_file(), reason="../shared/corpus is not beside the clone")
def test_a_word_of_a_real_resolution_gives_alone_what_it_gives_in_its_text() -> None:
    text = SAMPLE.read_text("utf-8")
    words = {text[token.start : token.end]: token for token in ANALYZER.tokens(text)}
    assert len(words) > 1000
    for written, token in words.items():
        (alone,) = ANALYZER.tokens(written)
        assert (alone.exact, alone.stem, alone.family) == (token.exact, token.stem, token.family)
