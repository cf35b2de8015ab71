"""How often stemmers let words meet that must, and keep apart words that must not meet.

The pairs are ``tests/vectors/pairs.tsv``; its README says how each level is meant. A pair of the
level ``family`` asks nothing of a stem, so the peers, which have nothing else, are not asked.
``scripts/compare_stemmers.py`` runs this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.peers import lucene
from scripts.peers.collection import PeerUnavailable

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "vectors" / "pairs.tsv"

Stemmer = Callable[[Sequence[str]], Sequence[str]]


class Pair(NamedTuple):
    """Two words that must share a ``stem``, be of one ``family``, or stay ``apart``."""

    a: str
    b: str
    expect: str
    note: str


class Rates(NamedTuple):
    """The share of the pairs that must meet and do, and of those that must not and do not."""

    met: float
    kept_apart: float


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs, in the order of the file."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Pair(*line.split("\t")) for line in lines[1:]]


def rates(pairs: Sequence[Pair], stemmer: Stemmer) -> Rates:
    """Return how *stemmer* does on the pairs whose level is ``stem`` or ``apart``."""
    words = list(dict.fromkeys(word for pair in pairs for word in (pair.a, pair.b)))
    stems = dict(zip(words, stemmer(words), strict=True))
    share = {pair: stems[pair.a] == stems[pair.b] for pair in pairs}
    met = [share[pair] for pair in pairs if pair.expect == "stem"]
    apart = [not share[pair] for pair in pairs if pair.expect == "apart"]
    return Rates(sum(met) / len(met), sum(apart) / len(apart))


def fihris_stems(words: Sequence[str]) -> list[str]:
    """Return the stem of each word as Fihris indexes it."""
    from fihris.index.analysis import Analyzer

    analyzer = Analyzer()
    return [" ".join(token.stem for token in analyzer.tokens(word)) for word in words]


def snowball_stems(words: Sequence[str]) -> list[str]:
    """Return the stem of each word by Snowball's Arabic stemmer."""
    import snowballstemmer

    return list(snowballstemmer.stemmer("arabic").stemWords(list(words)))


STEMMERS: Mapping[str, Stemmer] = {
    "Fihris": fihris_stems,
    "Lucene ArabicAnalyzer": lucene.stems,
    "Snowball Arabic": snowball_stems,
}


def main(arguments: Sequence[str]) -> int:
    """Print a row for each stemmer that can be had."""
    if "--fetch" in arguments:
        try:
            lucene.fetch_jars()
        except PeerUnavailable as unavailable:
            print(f"Lucene cannot be fetched: {unavailable}", file=sys.stderr)
    pairs = read_pairs()
    counts = {level: sum(pair.expect == level for pair in pairs) for level in ("stem", "apart")}
    print(f"| stemmer | {counts['stem']} pairs met | {counts['apart']} pairs kept apart |")
    print("|---|---|---|")
    for name, stemmer in STEMMERS.items():
        try:
            reached = rates(pairs, stemmer)
        except PeerUnavailable as unavailable:
            print(f"{name} is left out: {unavailable}", file=sys.stderr)
            continue
        print(f"| {name} | {reached.met:.1%} | {reached.kept_apart:.1%} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
