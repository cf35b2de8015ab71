"""The index as a server sees it: one commit for one request, the next one for the next."""

import json
import shutil

import pytest

from fihris.index import sync
from fihris.index.errors import IndexDamaged, IndexMissing, IndexOutdated, NotAnIndex
from fihris.web.live_index import LiveIndex


def index_titles(folder, *titles):
    source = folder.with_name(f"{titles[0]}.jsonl")
    records = ({"id": title, "title": title, "provisions": []} for title in titles)
    source.write_text("\n".join(map(json.dumps, records)), "utf-8")
    sync(folder, [source])


@pytest.fixture
def folder(tmp_path):
    index_titles(tmp_path / "index", "one")
    return tmp_path / "index"


def test_a_commit_has_one_name_in_every_process_and_another_one_has_another(folder):
    first = LiveIndex(folder).state()
    assert LiveIndex(folder).state().commit == first.commit
    index_titles(folder, "two")
    assert LiveIndex(folder).state().commit != first.commit


def test_a_state_stays_as_it_was_while_others_follow(folder):
    live = LiveIndex(folder)
    before = live.state()
    assert live.state() is before
    index_titles(folder, "two")
    assert before.reader.searcher().num_docs == 1
    assert live.state().reader.searcher().num_docs == 2


def test_what_is_derived_is_made_once_for_each_commit(folder):
    live = LiveIndex(folder)
    made = []

    def derive(reader):
        made.append(reader)
        return len(made)

    assert [live.state().derived("count", derive) for _ in range(3)] == [1, 1, 1]
    index_titles(folder, "two")
    assert live.state().derived("count", derive) == 2


def test_what_stands_in_the_way_is_told_and_looked_at_anew_each_time(folder):
    live = LiveIndex(folder)
    commit = live.state().commit
    marker = (folder / "fihris.json").read_text("utf-8")
    meta = (folder / "meta.json").read_bytes()
    (folder / "fihris.json").write_text(marker.replace("schema ", "schema 9"), "utf-8")
    (folder / "meta.json").write_bytes(meta + b" ")
    with pytest.raises(IndexOutdated):
        live.state()
    (folder / "fihris.json").write_text(marker, "utf-8")
    (folder / "meta.json").write_bytes(b"{")
    with pytest.raises(IndexDamaged):
        live.state()
    (folder / "meta.json").write_bytes(meta)
    assert live.state().commit == commit


def test_a_folder_that_goes_away_is_not_served_from_memory(folder, tmp_path):
    live = LiveIndex(folder)
    live.state()
    shutil.rmtree(folder)
    with pytest.raises(IndexMissing):
        live.state()
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(NotAnIndex):
        live.state()
