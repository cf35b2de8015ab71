"""The load script in its smallest form: every server answers, and the run ends by itself."""

import pytest

from fihris.index import open_index
from scripts import web_load


def test_the_three_servers_answer_the_same_questions(specimen_index, capsys):
    asked = ["--seconds", "0.3", "--rounds", "1", "--questions", "20", "--workers", "1"]
    assert web_load.main([str(specimen_index), *asked]) == 0
    table = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if " | " in line]
    assert [row[0].strip("| ") for row in table[1:]] == ["bare", "page", "kept"]


def test_questions_are_the_same_for_the_same_seed(specimen_index):
    reader = open_index(specimen_index)
    first = web_load.questions(reader, 50, 1)
    assert first == web_load.questions(reader, 50, 1)
    assert first != web_load.questions(reader, 50, 2)
    assert len(set(first)) < 50  # some are asked again


def test_a_rate_is_kept_up_while_a_session_is_indexed(specimen_index, tmp_path, capsys):
    import shutil

    folder = tmp_path / "index"
    shutil.copytree(specimen_index, folder)
    asked = ["--seconds", "0.3", "--rounds", "1", "--questions", "20", "--workers", "1"]
    assert web_load.main([str(folder), *asked, "--minutes", "0.03"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert " 0 errors, " in last
    assert open_index(folder).searcher().num_docs > 570


def test_a_collection_becomes_an_index_with_something_to_count_by(tmp_path):
    import json

    source = tmp_path / "laws.jsonl"
    records = [
        {"id": f"law{n}", "title": "قانون", "provisions": [{"ref": "1", "text": "نص من الكلمات"}]}
        for n in range(20)
    ]
    source.write_text("\n".join(map(json.dumps, records)), "utf-8")
    web_load.build_index(source, 2, tmp_path / "index", 1)
    info = open_index(tmp_path / "index").info()
    assert info.documents == 40
    assert info.sessions


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_nothing_asked_takes_no_time(share):
    assert web_load.Answers().milliseconds(share) == 0.0
