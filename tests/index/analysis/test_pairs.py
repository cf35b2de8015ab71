"""The pairs of words that must meet and must not, one by one; see ``tests/vectors/README.md``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fihris.index.analysis import Analyzer

PAIRS = Path(__file__).parents[2] / "vectors" / "pairs.tsv"
KNOWN_MISS = "known miss: "
ANALYZER = Analyzer()


@dataclass(frozen=True)
class Pair:
    a: str
    b: str
    expect: str
    note: str

    def holds(self) -> bool:
        (first,), (second,) = ANALYZER.tokens(self.a), ANALYZER.tokens(self.b)
        same = first.stem == second.stem
        if self.expect == "family":
            return same or not set(first.family).isdisjoint(second.family)
        return same == (self.expect == "stem")


def read_pairs() -> list[Pair]:
    lines = [line for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Pair(*line.split("\t")) for line in lines[1:]]


ALL = read_pairs()
MET = [pair for pair in ALL if not pair.note.startswith(KNOWN_MISS)]
MISSED = [pair for pair in ALL if pair.note.startswith(KNOWN_MISS)]


@pytest.mark.parametrize("pair", MET, ids=str)
def test_a_pair_is_as_a_reader_expects(pair: Pair) -> None:
    assert pair.holds()


@pytest.mark.parametrize("pair", MISSED, ids=str)
def test_a_known_miss_is_still_missed(pair: Pair) -> None:
    assert not pair.holds(), "it holds now: take the words 'known miss' from its note"


def test_no_pair_stands_twice() -> None:
    assert len({frozenset((pair.a, pair.b)) for pair in ALL}) == len(ALL)


def test_the_table_is_as_large_as_it_claims() -> None:
    sizes = {level: [pair.expect for pair in ALL].count(level) for level in ("stem", "apart")}
    assert sizes["stem"] >= 400
    assert sizes["apart"] >= 150


def test_known_misses_are_few() -> None:
    assert len(MISSED) <= len(ALL) / 200
