"""Measure how many questions a second the server answers, beside a bare page that asks the same.

    python3 scripts/load_web.py --collection COLLECTION.jsonl.xz --copies 15 --index FOLDER
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fihris.index import sync
from scripts.clause_benchmark import read_collection, write_copy

#: Organs as often as they adopt, and their first session with the year it began in.
ORGANS = (("GA", 46, 1991), ("HRC", 1, 2006), ("ECOSOC", 0, 1991), ("SC", 0, 1991))
ORGAN_WEIGHTS = (55, 30, 10, 5)
YEARS = 30


def placed(records: Sequence[Mapping[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the records as if organs had adopted them, so that there is something to count by."""
    for record in records:
        organ, first, began = chance.choices(ORGANS, ORGAN_WEIGHTS)[0]
        later = chance.randrange(YEARS)
        date = f"{began + later}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        session = {"session": str(first + later)} if first else {}
        yield {**record, "organ": organ, "date": date, **session}


def build_index(collection: Path, copies: int, folder: Path, seed: int) -> None:
    """Index the collection so many times into *folder*, each time with some other words."""
    chance = random.Random(seed)
    records = list(placed(list(read_collection(collection)), chance))
    texts = [provision["text"] for record in records for provision in record["provisions"]]
    vocabulary = [chance.choice(text.split() or ["من"]) for text in texts]
    with tempfile.TemporaryDirectory() as scratch:
        for copy in range(copies):
            target = Path(scratch, f"copy{copy}.jsonl")
            write_copy(records, copy, vocabulary, target, chance)
            sync(folder, [target])
            target.unlink()
            print(f"copy {copy + 1} of {copies}", file=sys.stderr, flush=True)
