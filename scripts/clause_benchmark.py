"""Measure how surely and how fast a clause leads to its source.

Two questions are answered, and both tables are Markdown::

    python3 scripts/benchmark_clause.py COLLECTION.jsonl [--clauses 500] [--copies 1] [--seed 46]

Known clauses of the collection are changed as drafters change them (words dropped, swapped,
inflected, inserted; the seed makes it repeatable) and looked up: how often does the source's
wording come first? The same lookups are timed, beside the ordinary OR query of the same words.
``--copies`` multiplies the collection, with other words put in, to the size that is to be timed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from fihris.index import open_index, sync
from fihris.index.reader import IndexReader
from fihris.index.units import wording_key
from fihris.search.clause import ClauseOptions, find_clause
from fihris.search.searcher import shared_analyzer
from fihris.search.wording_diff import similarity, spellings_of, words_of
from scripts.percentiles import percentile

Change = Callable[[list[str], Sequence[str], random.Random], None]

#: Clauses shorter than this are formulas that many documents share.
FEWEST_WORDS, MOST_WORDS = 12, 150
#: The share of a clause's words that are changed, one table row each.
STRENGTHS = (0.1, 0.2, 0.3)
TIMED_WORDS = 60
#: Similarities are reported to four decimals.
ROUNDING = 0.0001
PERCENTILES = (0.5, 0.9, 0.99)
#: In a copy of the collection one word in so many is another one.
SUBSTITUTED = 12


def drop(words: list[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    """Take a word out."""
    del words[chance.randrange(len(words))]


def swap(words: list[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    """Let two neighbours change places."""
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]


def insert(words: list[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    """Put a word of the collection in, frequent ones oftener."""
    words.insert(chance.randrange(len(words) + 1), chance.choice(vocabulary))


def inflect(words: list[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    """Give a word another beginning or ending."""
    at = chance.randrange(len(words))
    word = words[at]
    if chance.random() < 0.5:
        words[at] = word[2:] if word.startswith("ال") and len(word) > 4 else f"ال{word}"
    else:
        words[at] = f"و{word}" if chance.random() < 0.5 else f"{word}ها"


CHANGES: tuple[Change, ...] = (drop, swap, insert, inflect)


def perturb(text: str, strength: float, vocabulary: Sequence[str], chance: random.Random) -> str:
    """Return *text* with that share of its words changed, one at least, each in a random way."""
    words = text.split()
    for _ in range(max(1, round(len(words) * strength))):
        chance.choice(CHANGES)(words, vocabulary, chance)
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Known:
    """A clause of the collection and the checksum of its wording."""

    text: str
    wording: int


def known_clauses(texts: Sequence[str], number: int, chance: random.Random) -> list[Known]:
    """Return *number* clauses of different wordings, drawn at random."""
    analyzer = shared_analyzer()
    found: dict[int, Known] = {}
    for text in chance.sample(texts, len(texts)):
        exact = analyzer.analyze(text).exact
        if FEWEST_WORDS <= exact.count(" ") + 1 <= MOST_WORDS:
            wording = wording_key(exact)
            found.setdefault(wording, Known(text, wording))
        if len(found) == number:
            break
    return list(found.values())


def success(
    reader: IndexReader,
    clauses: Sequence[Known],
    strength: float,
    vocabulary: Sequence[str],
    chance: random.Random,
) -> tuple[int, int, int]:
    """Return how many sources come first, how many are among the first ten, and how many have
    nothing before them that is nearer to the changed clause.
    """
    analyzer = shared_analyzer()
    options = ClauseOptions(limit=10, min_similarity=0.0, places=1)
    first = among_ten = none_nearer = 0
    for clause in clauses:
        changed = perturb(clause.text, strength, vocabulary, chance)
        wordings = find_clause(reader, changed, options).wordings
        found = [wording_key(analyzer.analyze(one.text).exact) for one in wordings]
        source = similarity(
            *(words_of(spellings_of(text, analyzer), analyzer) for text in (changed, clause.text))
        )
        comes_first = found[:1] == [clause.wording]
        first += comes_first
        among_ten += clause.wording in found
        none_nearer += comes_first or all(
            one.similarity <= source + ROUNDING for one in wordings[:1]
        )
    return first, among_ten, none_nearer


class Duration(NamedTuple):
    """How long one question took, in milliseconds: by the clock, and of the processor's time.

    The second is what the clock would show on a machine that has nothing else to do.
    """

    wall: float
    processor: float


def durations(ask: Callable[[str], Any], texts: Sequence[str]) -> list[Duration]:
    """Return how long each question took."""
    taken = []
    for text in texts:
        began, busy = time.perf_counter(), time.process_time()
        ask(text)
        taken.append(
            Duration((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000)
        )
    return taken


def or_query(reader: IndexReader) -> Callable[[str], Any]:
    """Return the plain OR query of a text's stems, ten hits, for comparison."""
    import tantivy

    analyzer = shared_analyzer()

    def ask(text: str) -> Any:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(reader.schema, "stem", stem))
            for stem in dict.fromkeys(analyzer.analyze(text).stem.split())
        ]
        return reader.searcher().search(tantivy.Query.boolean_query(terms), 10, count=False).hits

    return ask


def read_collection(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file, which may be packed as ``.xz``."""
    packed = path.suffix == ".xz"
    with (
        lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def write_copy(
    records: Sequence[Mapping[str, Any]],
    copy: int,
    vocabulary: Sequence[str],
    target: Path,
    chance: random.Random,
) -> None:
    """Write the records once more, under other ids and with some words replaced by others."""
    with target.open("w", encoding="utf-8") as lines:
        for record in records:
            changed = {**record, "id": f"{record['id']}-copy{copy}"}
            changed["provisions"] = [
                {**provision, "text": _substituted(provision["text"], vocabulary, chance)}
                for provision in record["provisions"]
            ]
            lines.write(json.dumps(changed, ensure_ascii=False) + "\n")


def _substituted(text: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(max(1, len(words) // SUBSTITUTED)):
        words[chance.randrange(len(words))] = chance.choice(vocabulary)
    return " ".join(words)


def build_index(
    collection: Path,
    records: Sequence[Mapping[str, Any]],
    copies: int,
    vocabulary: Sequence[str],
    folder: Path,
    chance: random.Random,
) -> None:
    """Index the collection, and its changed copies, into *folder*."""
    sync(folder, [collection])
    with tempfile.TemporaryDirectory() as scratch:
        for copy in range(1, copies):
            target = Path(scratch, f"copy{copy}.jsonl")
            write_copy(records, copy, vocabulary, target, chance)
            sync(folder, [target])
            target.unlink()
            print(f"copy {copy + 1} of {copies}", file=sys.stderr)


def timing_rows(reader: IndexReader, texts: Sequence[str]) -> Iterator[str]:
    """Yield the rows of the table of times; the first tenth only warms the memory."""
    cut = [" ".join(text.split()[:TIMED_WORDS]) for text in texts]
    asked: dict[str, Callable[[str], Any]] = {
        "clause": lambda text: find_clause(reader, text),
        "plain OR query of its stems": or_query(reader),
    }
    for ask in asked.values():
        durations(ask, cut[: len(cut) // 10])
    for name, ask in asked.items():
        taken = durations(ask, cut[len(cut) // 10 :])
        for clock in Duration._fields:
            values = [getattr(duration, clock) for duration in taken]
            shares = " | ".join(f"{percentile(values, share):.1f}" for share in PERCENTILES)
            yield f"| {name}, {clock} | {shares} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collection", type=Path, help="JSON Lines: id, title, provisions")
    parser.add_argument("--clauses", type=int, default=500, help="how many clauses are changed")
    parser.add_argument("--copies", type=int, default=1, help="size of the index in collections")
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--index", type=Path, help="keep the index here, or use the one there")
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    records = list(read_collection(asked.collection))
    texts = [provision["text"] for record in records for provision in record["provisions"]]
    vocabulary = [chance.choice(text.split() or ["من"]) for text in texts]
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.index or Path(scratch, "index")
        if not folder.exists():
            build_index(asked.collection, records, asked.copies, vocabulary, folder, chance)
        reader = open_index(folder)
        clauses = known_clauses(texts, asked.clauses, chance)
        print(f"{reader.searcher().num_docs:,} units, {len(clauses)} clauses, seed {asked.seed}\n")
        print("| words changed | source first | none nearer | among ten |\n|---|---|---|---|")
        for strength in STRENGTHS:
            first, ten, none_nearer = success(reader, clauses, strength, vocabulary, chance)
            shares = " | ".join(f"{n / len(clauses):.1%}" for n in (first, none_nearer, ten))
            print(f"| {strength:.0%} | {shares} |", flush=True)
        long = [
            perturb(text, STRENGTHS[0], vocabulary, chance)
            for text in texts
            if len(text.split()) >= TIMED_WORDS
        ]
        print(f"\n| {TIMED_WORDS} words, ms | p50 | p90 | p99 |\n|---|---|---|---|")
        for row in timing_rows(reader, chance.sample(long, min(asked.clauses, len(long)))):
            print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
