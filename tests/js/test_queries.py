"""The browser finds what the server finds, in its order: over the specimens and over laws.

Of the laws every twelfth is indexed; ``FIHRIS_ALL_LAWS=1`` takes them all, which is a matter of
minutes.
"""

from __future__ import annotations

import json
import lzma
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.web.shards import write_shards
from scripts.query_vectors import VECTORS, answered, compact_specimens, line, vectors

FOLDER = Path(__file__).parent
NODE = shutil.which("node")
LAWS = FOLDER.parents[2] / "shared" / "corpus" / "qatar-laws.ar.jsonl.xz"
EVERY = 1 if os.environ.get("FIHRIS_ALL_LAWS") else 12
LAW_QUERIES = 300
#: Phrases of stop words, alone and among others, which the browser looks up by their pairs.
STOP_PHRASES = (
    *('"من في"', '"على أن"', '"على أن لا"', '"ما لم"', '"كل من"', '"إلا إذا كان"', '"أو من"'),
    *(
        '"من قبل أي من"',
        '"إلى ما قبل"',
        '"على أن لا" المياه',
        '"المياه التي لم"',
        '"أن لا" -القانون',
    ),
)

needs_node = pytest.mark.skipif(
    NODE is None and "CI" not in os.environ, reason="Node is not installed"
)


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    return compact_specimens(tmp_path_factory.mktemp("specimens") / "index")


def compare(reader: IndexReader, queries: Path, folder: Path) -> None:
    """Let Node ask the shards of an index every query of a file."""
    write_shards(reader, folder)
    assert NODE is not None
    done = subprocess.run(
        [NODE, "--test", FOLDER / "queries.test.mjs"],
        env={**os.environ, "FIHRIS_SHARDS": str(folder), "FIHRIS_VECTORS": str(queries)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
    assert "skipped 0" in done.stdout


def stop_word_vectors(reader: IndexReader) -> list[str]:
    """Return what the server gives for phrases of stop words."""
    answers = [answered(reader, "stop words", query) for query in STOP_PHRASES]
    found = [line(answer) for answer in answers if answer is not None]
    assert len(found) > len(STOP_PHRASES) // 2
    return found


def test_the_server_gives_what_the_vectors_say(specimens):
    written = VECTORS.read_text("utf-8").splitlines()
    assert len(written) == 500
    for one in written:
        vector = json.loads(one)
        answer = answered(specimens, vector["class"], vector["query"])
        assert answer is not None
        assert line(answer) == one


@needs_node
def test_the_browser_finds_in_the_specimens_what_the_server_finds(specimens, tmp_path):
    queries = tmp_path / "queries.jsonl"
    written = VECTORS.read_text("utf-8").splitlines()
    queries.write_text("\n".join([*written, *stop_word_vectors(specimens)]), "utf-8")
    compare(specimens, queries, tmp_path / "shards")


@needs_node
@pytest.mark.skipif(not LAWS.exists(), reason="the corpus of laws is not beside the clone")
def test_the_browser_finds_in_laws_what_the_server_finds(tmp_path):
    with lzma.open(LAWS, "rt", encoding="utf-8") as laws:
        chosen = [law for number, law in enumerate(laws) if number % EVERY == 0]
    collection = tmp_path / "laws.jsonl"
    collection.write_text("".join(chosen), "utf-8")
    sync(tmp_path / "index", [collection])
    reader = open_index(tmp_path / "index")
    queries = tmp_path / "queries.jsonl"
    made = [line(vector) for vector in vectors(reader, LAW_QUERIES)]
    assert len(made) == LAW_QUERIES
    queries.write_text("\n".join([*made, *stop_word_vectors(reader)]), "utf-8")
    compare(reader, queries, tmp_path / "shards")
