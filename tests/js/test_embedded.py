"""What other sites fetch: made from these sources, small, and as good as the modules."""

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.index import sync
from fihris.index.reader import open_index
from fihris.index.specimens import specimens_folder
from fihris.web.embedding import WIDGET_SCRIPTS
from fihris.web.shards import write_shards
from fihris.web.shards.packing import gzipped, single_bytes
from fihris.web.shards.tables import packed_tables
from scripts.build_widget import header, sources_checksum

ROOT = Path(__file__).resolve().parents[2]
EMBED = ROOT / "web" / "static" / "embed"
NODE = shutil.which("node")
#: Bytes, packed: of what answers, of what every page fetches, and of what is fetched by who types.
MOST = {"engine and tables": 30 * 1024, "fihris-search.js": 8_200, "fihris-assistance.js": 3_200}


@pytest.mark.parametrize("name", WIDGET_SCRIPTS)
def test_the_scripts_are_made_from_these_sources(name):
    made = (EMBED / name).read_text("utf-8")
    assert made.startswith(header(sources_checksum())), "Run scripts/build_widget.py."


def test_no_part_is_larger_than_a_visitor_should_pay_for():
    sizes = {name: len(gzip.compress((EMBED / name).read_bytes(), 9)) for name in WIDGET_SCRIPTS}
    written = json.dumps(packed_tables(), ensure_ascii=False, separators=(",", ":"))
    tables = len(gzipped(single_bytes(written)))
    sizes["engine and tables"] = sizes.pop("fihris-engine.js") + tables
    assert {name for name, size in sizes.items() if size > MOST[name]} == set(), sizes


@pytest.mark.parametrize("name", WIDGET_SCRIPTS)
def test_the_scripts_name_no_address_and_their_licence(name):
    made = (EMBED / name).read_text("utf-8")
    assert "://" not in made
    assert "SPDX-License-Identifier: MIT" in made.splitlines()[0]


@pytest.mark.skipif(NODE is None and "CI" not in os.environ, reason="Node is not installed")
def test_the_short_engine_answers_as_its_modules_do(tmp_path):
    assert NODE is not None
    assert not sync(tmp_path / "index", [specimens_folder()]).refused
    write_shards(open_index(tmp_path / "index"), tmp_path / "shards")
    queries = tmp_path / "queries.jsonl"
    vectors = (ROOT / "tests" / "vectors" / "queries.jsonl").read_text("utf-8").splitlines()
    more = [
        "المياة المأمننة", "title:المياه", "عنوان:(حق الإنسان)", "kind:operative المياه", "مي*",
        "المياه -النهر", '"المياه المأمونة"~5', "year:2036", "organ:XYZ المياه", "القرية أو النهر",
        "((((المياه))))", "حاشية:المرجع", "session:94 المياه", "1325 (2000)", '"…" المياه', "و*",
    ]  # fmt: skip
    lines = [json.dumps({"query": query}) for query in more]
    queries.write_text("\n".join([*vectors[::2], *lines]), encoding="utf-8")
    done = subprocess.run(
        [NODE, Path(__file__).with_name("embedded.mjs"), tmp_path / "shards", queries],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
