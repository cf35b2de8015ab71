"""The tables that a browser fetches are those of the analysis."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fihris.web.shards.packing import gzipped, single_bytes
from fihris.web.shards.tables import packed_tables

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None and "CI" not in os.environ, reason="Node is not installed")
def test_the_tables_arrive_as_they_were_sent():
    assert NODE is not None
    done = subprocess.run(
        [NODE, Path(__file__).with_name("packed_tables.mjs")],
        input=json.dumps(packed_tables()),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_the_tables_take_a_third_of_the_room():
    written = json.dumps(packed_tables(), ensure_ascii=False, separators=(",", ":"))
    assert len(gzipped(single_bytes(written))) < 12_000
