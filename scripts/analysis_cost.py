"""What analysis costs on a collection; ``scripts/benchmark_analysis.py`` runs it."""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.sources import Refusal, find_sources, parse_record, read_lines, resolution_of
from fihris.index.sources.entries import whole_file

#: Passes of each kind; the median is told.
ROUNDS = 3


class Cost(NamedTuple):
    """Processor seconds for a million tokens, and the bytes that a warm analyzer holds."""

    tokens: int
    split: float
    cold: float
    warm: float
    memory: int


def read_texts(path: Path) -> Iterator[str]:
    """Yield every searched text of the collection in *path*; what is refused is left out."""
    for source in find_sources([path]):
        if isinstance(source, Refusal):
            continue
        for line in read_lines(whole_file(source)):
            if not isinstance(line, Refusal):
                for unit in resolution_of(parse_record(line)).paragraphs:
                    yield unit.text


def measure(texts: Sequence[str], rounds: int = ROUNDS) -> Cost:
    """Return what analysing *texts* costs, each figure the median of *rounds* passes."""
    counting = Analyzer()
    tokens = sum(len(counting.analyze(text).exact.split()) for text in texts)

    def cost(run: Callable[[str], object]) -> float:
        started = time.process_time()
        for text in texts:
            run(text)
        return (time.process_time() - started) / max(1, tokens) * 1e6

    splits: list[float] = []
    colds: list[float] = []
    warms: list[float] = []
    for _ in range(rounds):
        fresh = Analyzer()
        fresh.analyze("حقوق")  # the tables are read once for a process, whatever it analyses
        splits.append(cost(str.split))
        colds.append(cost(fresh.analyze))
        warms.append(cost(fresh.analyze))
    return Cost(tokens, median(splits), median(colds), median(warms), _held(texts))


def _held(texts: Sequence[str]) -> int:
    """Return the bytes that an analyzer holds once it has seen *texts*."""
    tracemalloc.start()
    analyzer = Analyzer()
    for text in texts:
        analyzer.analyze(text)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark_analysis.py", description=__doc__)
    parser.add_argument("collection", type=Path, help="a .jsonl, .jsonl.xz or .jsonl.gz file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="passes of each kind")
    asked = parser.parse_args(arguments)
    texts = list(read_texts(asked.collection))
    if not texts:
        parser.error(f"{asked.collection} holds no text.")
    cost = measure(texts, asked.rounds)
    print(f"{cost.tokens:,} tokens in {len(texts):,} texts; CPU seconds for a million tokens:\n")
    print("| | seconds | ratio to str.split |")
    print("|---|---|---|")
    for name, seconds in (("str.split", cost.split), ("cold", cost.cold), ("warm", cost.warm)):
        print(f"| {name} | {seconds:.2f} | {seconds / cost.split:.1f} |")
    print(f"\nA warm analyzer holds {cost.memory / 1e6:.0f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
