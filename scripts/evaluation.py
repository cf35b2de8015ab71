"""Measure how well searches find what people judged relevant, beside the engines in use today.

Every folder is a test collection in TREC form: ``docs.tsv`` (id, tab, passage), ``queries*.tsv``
(id, tab, question) and ``qrels.txt``. Fihris answers through its public search API, on an index
made the way a user makes one; the peers answer the same questions in the same call::

    python3 scripts/evaluate.py FOLDER [FOLDER ...] [--queries FILE] [--no-peers] [--fetch] [--json]

The tables are Markdown and go to standard output, progress to standard error. The differences of
nDCG@10 are tested with a paired bootstrap over the queries (Sakai, SIGIR 2006).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.peers import lucene, sqlite_fts5, tantivy_arabic
from scripts.peers.collection import (
    Collection,
    CollectionMalformed,
    PeerUnavailable,
    Run,
    read_collection,
)

if TYPE_CHECKING:
    from fihris.search.word_queries import Weights

Engine = Callable[[Collection, int], Mapping[str, Run]]

PEERS: Mapping[str, Engine] = {
    "Lucene ArabicAnalyzer": lucene.run,
    "Tantivy built-in Arabic": tantivy_arabic.run,
    "SQLite FTS5 unicode61": sqlite_fts5.run,
}
#: The usual name of each metric, and the name ir-measures knows it by.
METRICS: Mapping[str, str] = {
    "nDCG@10": "nDCG@10",
    "MRR@10": "RR@10",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "success@1": "Success@1",
}
#: As deep as the deepest metric looks.
DEPTH = 100
#: Two resamplings of the same queries must give the same table.
SEED = 20060806
RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Fihris's nDCG@10 less a peer's, on the same queries.

    ``low`` and ``high`` bound the 95 % confidence interval; ``p`` is two-sided and not smaller
    than the resampling can tell.
    """

    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine reached on one query set; ``metrics`` are means over the judged queries."""

    collection: str
    query_set: str
    engine: str
    queries: int
    metrics: Mapping[str, float]
    comparison: Comparison | None = None


def run_fihris(
    collection: Collection, limit: int, weights: Weights | None = None
) -> dict[str, Run]:
    """Return Fihris's run of every query set, through the public API and an index on disk.

    The collection becomes one document, and each passage a provision of it, called by its number:
    a document for each passage would add as many titles, and what is in them is nobody's text.
    Identical wording is not collapsed: the judgements name every copy.
    """
    from fihris.index import open_index, sync
    from fihris.search.searcher import SHIPPED_WEIGHTS, search

    keys = list(collection.passages)
    provisions = [
        {"ref": str(number), "text": text}
        for number, text in enumerate(collection.passages.values())
    ]
    record = {"id": "collection", "title": "collection", "provisions": provisions}
    with tempfile.TemporaryDirectory() as scratch:
        source, index = Path(scratch, "collection.jsonl"), Path(scratch, "index")
        source.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        refused = sync(index, [source]).refused
        if refused:
            raise CollectionMalformed(f"{collection.name}: Fihris refuses it: {refused[0]}")
        reader = open_index(index)
        return {
            query_set.name: {
                key: _distinct(
                    # A passage that was split is called 7.1, 7.2 …
                    keys[int(hit.address.rpartition("#")[2].partition(".")[0])]
                    for hit in search(
                        reader,
                        text,
                        limit=limit,
                        collapse=False,
                        weights=weights or SHIPPED_WEIGHTS,
                    ).hits
                    if "#" in hit.address
                )
                for key, text in query_set.queries.items()
            }
            for query_set in collection.query_sets
        }


def _distinct(addresses: Iterable[str]) -> list[str]:
    """Return each address at its best rank: a long passage is several units of one document."""
    return list(dict.fromkeys(addresses))


def score(judgements: Mapping[str, Mapping[str, int]], run: Run) -> dict[str, dict[str, float]]:
    """Return for every metric the value of each judged query; an unanswered query has 0.

    trec_eval sorts a run by score and breaks ties by id; falling scores keep the order as given.
    """
    import ir_measures

    scored = {
        query: {passage: float(-rank) for rank, passage in enumerate(passages)}
        for query, passages in run.items()
    }
    measures = {}
    for name, known in METRICS.items():
        # Not parse_measure(), which relies on names that Python 3.14 has dropped.
        family, _, cutoff = known.partition("@")
        measures[getattr(ir_measures, family) @ int(cutoff)] = name
    values = {name: dict.fromkeys(judgements, 0.0) for name in METRICS}
    for value in ir_measures.iter_calc(measures, judgements, scored):
        values[measures[value.measure]][value.query_id] = value.value
    return values


def compare(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Comparison | None:
    """Return how *ours* differs from *theirs*, query by query; None for fewer than two queries."""
    import numpy
    from scipy import stats

    if len(ours) < 2:
        return None
    differences = numpy.array([ours[query] - theirs[query] for query in ours])
    resampling = stats.bootstrap(
        (differences,),
        numpy.mean,
        n_resamples=RESAMPLES,
        batch=1_000,
        method="percentile",
        rng=numpy.random.default_rng(SEED),
    )
    means = resampling.bootstrap_distribution
    tail = min(int((means <= 0).sum()), int((means >= 0).sum()))
    interval = resampling.confidence_interval
    return Comparison(
        difference=float(differences.mean()),
        low=float(interval.low),
        high=float(interval.high),
        p=min(1.0, 2 * (tail + 1) / (RESAMPLES + 1)),
    )


def evaluate(
    collection: Collection, engines: Mapping[str, Engine], depth: int = DEPTH
) -> Iterator[Result]:
    """Yield the result of each engine on each query set; the first engine is the one compared.

    Only the first *depth* passages of each answer are asked for; ten serve all but recall@100.
    """
    reference: dict[str, dict[str, float]] = {}
    for engine, answer in engines.items():
        started = time.perf_counter()
        try:
            runs = answer(collection, depth)
        except PeerUnavailable as unavailable:
            _report(f"{collection.name}: {engine} is left out: {unavailable}")
            continue
        _report(f"{collection.name}: {engine}, {time.perf_counter() - started:.1f} s")
        for query_set in collection.query_sets:
            judged = {
                query: grades
                for query, grades in collection.judgements.items()
                if query in query_set.queries
            }
            values = score(judged, runs[query_set.name])
            gain = values["nDCG@10"]
            best = reference.setdefault(query_set.name, gain)
            yield Result(
                collection=collection.name,
                query_set=query_set.name,
                engine=engine,
                queries=len(judged),
                metrics={
                    metric: sum(per_query.values()) / max(1, len(per_query))
                    for metric, per_query in values.items()
                },
                comparison=None if best is gain else compare(best, gain),
            )


def overview(results: Sequence[Result]) -> str:
    """Return nDCG@10 as a Markdown table: a line per engine, a column per query set."""
    columns = list(dict.fromkeys((result.collection, result.query_set) for result in results))
    cells = {
        (result.engine, result.collection, result.query_set): _rate(result.metrics["nDCG@10"])
        for result in results
    }
    rows = [
        [engine, *(cells.get((engine, *column), "") for column in columns)]
        for engine in dict.fromkeys(result.engine for result in results)
    ]
    heads = [f"{collection} {query_set}" for collection, query_set in columns]
    return _markdown(["nDCG@10", *heads], rows)


def details(results: Sequence[Result]) -> str:
    """Return every metric as a Markdown table: a line per collection, query set and engine."""
    heads = ["questions", "engine", *METRICS]
    compared = any(result.comparison is not None for result in results)
    if compared:
        heads += [f"{results[0].engine} ahead by (95 % interval)", "p"]
    rows = [
        [
            f"{result.collection} {result.query_set} ({result.queries})",
            result.engine,
            *(_rate(result.metrics[metric]) for metric in METRICS),
            *(_difference(result.comparison) if compared else ()),
        ]
        for result in sorted(results, key=lambda result: (result.collection, result.query_set))
    ]
    return _markdown(heads, rows)


def _difference(comparison: Comparison | None) -> tuple[str, str]:
    if comparison is None:
        return "", ""
    interval = f"{comparison.low:+.3f} … {comparison.high:+.3f}"
    p = "< .001" if comparison.p < 0.001 else f"{comparison.p:.3f}".removeprefix("0")
    return f"{comparison.difference:+.3f} ({interval})", p


def _rate(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (heads, rule, *rows)
    )


def _report(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="evaluate.py", description=(__doc__ or "").partition("\n\n")[0]
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--queries",
        action="append",
        default=[],
        metavar="FILE",
        help="ask only the questions of this file (queries.n1.tsv); may be repeated",
    )
    parser.add_argument("--no-peers", action="store_true", help="measure Fihris alone")
    parser.add_argument(
        "--fetch", action="store_true", help="let Maven fetch Lucene's jars (7 MB) if missing"
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation as *arguments* say; return the exit code."""
    options = _parse(arguments)
    engines: dict[str, Engine] = {"Fihris": run_fihris}
    if not options.no_peers:
        engines.update(PEERS)
    try:
        if options.fetch and not options.no_peers:
            lucene.fetch_jars()
        collections = [read_collection(folder, options.queries) for folder in options.folders]
        results = [result for collection in collections for result in evaluate(collection, engines)]
    except (CollectionMalformed, PeerUnavailable) as error:
        _report(str(error))
        return 2
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print(overview(results), details(results), sep="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
