"""Which documents have something in a damaged segment, asked in a process that may crash.

Damaged files can make the engine end the whole process, and whoever verifies an index must live
to tell. So this module is run as a program by :func:`touched_documents`::

    python -m fihris.index.touched FOLDER SEGMENT…

It prints the addresses as JSON, or fails in whatever way.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

#: Seconds. A damaged length can keep the engine busy for ever.
_PATIENCE = 300.0


def touched_documents(folder: Path, segments: Collection[int]) -> tuple[str, ...] | None:
    """Return the addresses of documents with a unit in *segments*, in order.

    *segments* are numbers in the order of ``meta.json``. None when it cannot be told.
    """
    command = [sys.executable, "-m", __name__, str(folder), *map(str, segments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    try:
        run = subprocess.run(
            command, capture_output=True, env=environment, timeout=_PATIENCE, check=True
        )
        return tuple(json.loads(run.stdout))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _addresses(folder: Path, segments: Collection[int]) -> list[str]:
    """Return the addresses, asking the stored texts first: terms and texts are seldom both hurt."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    for ask in (_by_stored_texts, _by_terms):
        try:
            found = {name for name, place in ask(index) if place.segment_ord in segments}
        except BaseException:  # a panic stands outside Exception
            continue
        return sorted(found)
    raise SystemExit(1)


def _by_stored_texts(index: tantivy.Index) -> Iterator[tuple[str, tantivy.DocAddress]]:
    import tantivy

    searcher = index.searcher()
    every = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False)
    for _, place in every.hits:
        yield str(searcher.doc(place)["doc"][0]), place


def _by_terms(index: tantivy.Index) -> Iterator[tuple[str, tantivy.DocAddress]]:
    import tantivy

    searcher = index.searcher()
    for name, count in searcher.terms_with_prefix("doc", ""):
        bearing = tantivy.Query.term_query(index.schema, "doc", name)
        for _, place in searcher.search(bearing, count, count=False).hits:
            yield name, place


if __name__ == "__main__":
    print(json.dumps(_addresses(Path(sys.argv[1]), {int(number) for number in sys.argv[2:]})))
