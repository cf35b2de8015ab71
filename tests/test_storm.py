"""A short storm of kills over every operation; scripts/kill_storm.py runs the long one."""

import os
import random
import shutil
import time

import pytest

from scripts.storm import OPERATIONS, Broken, Storm, main, rage

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KILLS = 5


def test_a_short_storm_harms_no_index(tmp_path):
    seed = time.time_ns()
    try:
        killed = rage(tmp_path, KILLS, OPERATIONS, random.Random(seed))
    except Broken as broken:
        pytest.fail(f"seed {seed}: {broken}")
    assert killed.total() >= KILLS


@pytest.fixture
def calm(tmp_path) -> Storm:
    storm = Storm(tmp_path, random.Random(46))
    storm.run(OPERATIONS[0])
    storm.check_complete()
    return storm


def test_what_is_lost_doubled_or_damaged_would_be_seen(calm):
    before = calm.expected
    name = sorted(before)[0]
    calm.held["source-1.jsonl"][name] = ("نص لم يُكتب",)
    with pytest.raises(Broken, match="another text"):
        calm.check_complete()
    calm.check_after_kill(before)
    del calm.held["source-1.jsonl"][name]
    with pytest.raises(Broken, match="came from nowhere"):
        calm.check_complete()
    calm.held["source-1.jsonl"]["never-written"] = ("نص",)
    with pytest.raises(Broken):
        calm.check_after_kill(calm.expected)
    for path in calm.index.glob("*.pos"):
        path.write_bytes(b"")
    with pytest.raises(Broken, match="truncated"):
        calm.check_complete()


def test_a_command_that_fails_is_told_with_what_it_said(calm):
    shutil.rmtree(calm.sources)
    with pytest.raises(Broken, match="ended with"):
        calm.run(OPERATIONS[0])


def test_help_is_printed(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    assert "--kills" in capsys.readouterr().out
