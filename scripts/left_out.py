"""Fihris without one of its rules, on test collections; ``scripts/ablation.py`` runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fihris.index.analysis.tables import Tables
    from fihris.search.word_queries import Weights

#: What is left out of the tables: a name for people, and the tables without it.
TABLE_RULES: Mapping[str, Callable[[Tables], Tables]] = {
    "broken plurals and spellings": lambda tables: tables._replace(nouns={}),
    "forms of verbs": lambda tables: tables._replace(verbs={}),
    "one-letter clitics": lambda tables: tables._replace(clitics=""),
    "words that begin like a clitic or the article": lambda tables: tables._replace(
        radical=frozenset()
    ),
    "words that end like a suffix, names and function words": lambda tables: tables._replace(
        kept=frozenset(), whole=frozenset()
    ),
    "lexicon of roots": lambda tables: tables._replace(roots={}),
    "stop words": lambda tables: tables._replace(stop_words=frozenset()),
}
#: What does not count in the ranking.
WEIGHT_RULES: Mapping[str, Callable[[Weights], Weights]] = {
    "exact forms": lambda weights: weights._replace(exact=0.0),
    "adjacency": lambda weights: weights._replace(adjacency=0.0),
    "roots": lambda weights: weights._replace(root=0.0),
    "consonant skeletons": lambda weights: weights._replace(skeleton=0.0),
    "roots and skeletons": lambda weights: weights._replace(root=0.0, skeleton=0.0),
}
NOTHING = "nothing"


def measure(rule: str, folders: Sequence[str]) -> list[float]:
    """Return nDCG@10 on the plain questions of each folder, without *rule*.

    It changes the analyzer of this process for good, so it is called once in each.
    """
    from fihris.index import analysis
    from fihris.index.analysis.tables import TABLES

    if rule in TABLE_RULES:
        # Indexing and searching take their analyzer from here when they are first used, below.
        without = partial(analysis.Analyzer, TABLE_RULES[rule](TABLES))
        analysis.Analyzer = without  # type: ignore[assignment,misc]
    from fihris.search.searcher import SHIPPED_WEIGHTS
    from scripts.evaluation import evaluate, run_fihris
    from scripts.peers.collection import read_collection

    weights = WEIGHT_RULES[rule](SHIPPED_WEIGHTS) if rule in WEIGHT_RULES else SHIPPED_WEIGHTS
    engines = {rule: lambda collection, limit: run_fihris(collection, limit, weights)}
    return [
        result.metrics["nDCG@10"]
        for folder in folders
        for result in evaluate(read_collection(Path(folder), ["queries.tsv"]), engines, depth=10)
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the table, or with ``--without RULE`` one row of it as JSON."""
    if arguments[:1] == ["--without"]:
        print(json.dumps(measure(arguments[1], arguments[2:])))
        return 0
    if not arguments or arguments[0] in {"-h", "--help"}:
        print("usage: scripts/ablation.py FOLDER [FOLDER ...]")
        return 0 if arguments else 2
    print(f"| nDCG@10 without | {' | '.join(Path(folder).name for folder in arguments)} |")
    print("|---|" + "---|" * len(arguments))
    shipped: list[float] = []
    for rule in (NOTHING, *TABLE_RULES, *WEIGHT_RULES):
        command = [sys.executable, "-P", "-m", "scripts.left_out", "--without", rule, *arguments]
        row = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        reached: list[float] = json.loads(row)
        shipped = shipped or reached
        cells = [
            f"{value:.3f} ({value - whole:+.3f})" if rule != NOTHING else f"{value:.3f}"
            for value, whole in zip(reached, shipped, strict=True)
        ]
        print(f"| {rule} | {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
