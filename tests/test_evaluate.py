import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.peers import lucene, sqlite_fts5, tantivy_arabic
from scripts.peers.collection import (
    Collection,
    CollectionMalformed,
    PeerUnavailable,
    QuerySet,
    read_collection,
)

for library in ("ir_measures", "scipy"):
    pytest.importorskip(library, reason="the extra 'eval' is not installed")

from scripts import evaluation  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
RELEVANCE = ROOT.parent / "shared" / "relevance"

PASSAGES = {
    "a:1-2": "تزرع القرية الزيتون على سفح الجبل وتعصره في الخريف.",
    "a:3": "يصطاد الصيادون السمك في البحيرة قبل طلوع الشمس.",
    "b-1": "تنسج النساء السجاد من صوف الغنم في ليالي الشتاء.",
    "b-2": "يعبر القطار النفق الطويل تحت الجبل كل صباح.",
}
QUESTIONS = {
    "q1": '- متى تعصر القرية "الزيتون"؟',
    "q2": "من أين: AND السمك* (البحيرة)؟",
    "q3": "ما الذي يعبر النفق؟",
}
MISSPELT = {**QUESTIONS, "q1": "متي تعصر القريه الزيتون"}
ANSWERS = {"q1": "a:1-2", "q2": "a:3", "q3": "b-2"}


@pytest.fixture
def folder(tmp_path):
    """A test collection of four passages, with three questions in two spellings."""
    _write_pairs(tmp_path / "docs.tsv", PASSAGES)
    _write_pairs(tmp_path / "queries.tsv", QUESTIONS)
    _write_pairs(tmp_path / "queries.n1.tsv", MISSPELT)
    lines = [f"{query} 0 {passage} 1" for query, passage in ANSWERS.items()]
    (tmp_path / "qrels.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def _write_pairs(path, pairs):
    lines = [f"{key}\t{text}" for key, text in pairs.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _evaluate(*arguments):
    command = [sys.executable, "-m", "scripts.evaluation", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def test_a_collection_has_its_clean_questions_first(folder):
    collection = read_collection(folder)
    assert [query_set.name for query_set in collection.query_sets] == ["queries", "queries.n1"]
    assert collection.passages == PASSAGES
    assert collection.query_sets[1].queries["q1"] == "متي تعصر القريه الزيتون"
    assert collection.judgements["q2"] == {"a:3": 1}


def test_one_file_of_questions_can_be_chosen(folder):
    collection = read_collection(folder, ["queries.n1.tsv"])
    assert [query_set.name for query_set in collection.query_sets] == ["queries.n1"]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("docs.tsv", "a\tنص\nb نص بلا فاصل\n", r"docs\.tsv:2: expected an id, a tab"),
        ("docs.tsv", "a\tنص\na\tآخر\n", r"docs\.tsv:2: the id 'a' stands twice"),
        ("qrels.txt", "q1 0 a:3 1\nq2 0 a:3 نعم\n", r"qrels\.txt:2: expected a query id"),
    ],
)
def test_a_broken_line_is_named(folder, name, content, complaint):
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(CollectionMalformed, match=complaint):
        read_collection(folder)


def test_metrics_have_their_textbook_values():
    judgements = {
        "first": {"a": 1},
        "third": {"a": 1},
        "half": {"a": 1, "b": 1, "x": 0},
        "unanswered": {"a": 1},
    }
    run = {
        "first": ["a", "x"],
        "third": ["x", "y", "a"],
        # Relevant passages at rank 2 and at rank 11, out of sight for the metrics that end at ten.
        "half": ["x", "a", *(f"n{rank}" for rank in range(3, 11)), "b"],
    }
    values = evaluation.score(judgements, run)
    discount = {1: 1.0, 2: 0.6309297535714575, 3: 0.5}  # 1 / log2(rank + 1)
    ndcg = {
        "first": 1.0,
        "third": discount[3],
        "half": discount[2] / (discount[1] + discount[2]),
        "unanswered": 0.0,
    }
    assert values["nDCG@10"] == pytest.approx(ndcg)
    assert values["MRR@10"] == pytest.approx(
        {"first": 1.0, "third": 1 / 3, "half": 1 / 2, "unanswered": 0.0}
    )
    assert values["recall@10"] == {"first": 1.0, "third": 1.0, "half": 0.5, "unanswered": 0.0}
    assert values["recall@100"] == {"first": 1.0, "third": 1.0, "half": 1.0, "unanswered": 0.0}
    assert values["success@1"] == {"first": 1.0, "third": 0.0, "half": 0.0, "unanswered": 0.0}


def test_the_order_of_a_run_is_scored_and_not_the_order_of_its_ids():
    judgements = {"q": {"z": 1}}
    assert evaluation.score(judgements, {"q": ["z", "a"]})["success@1"]["q"] == 1.0
    assert evaluation.score(judgements, {"q": ["a", "z"]})["success@1"]["q"] == 0.0


def test_a_steady_gain_is_significant_and_a_wash_is_not():
    queries = [f"q{number}" for number in range(60)]
    ours = {query: 0.5 + 0.1 * (number % 3) for number, query in enumerate(queries)}
    worse = {
        query: value - 0.05 * (number % 2) for number, (query, value) in enumerate(ours.items())
    }
    shaken = {
        query: value + (0.2 if number % 2 else -0.2)
        for number, (query, value) in enumerate(ours.items())
    }
    gain = evaluation.compare(ours, worse)
    assert gain.difference == pytest.approx(0.025)
    assert 0 < gain.low < gain.difference < gain.high
    assert gain.p < 0.001
    wash = evaluation.compare(ours, shaken)
    assert wash.low < 0 < wash.high
    assert wash.p > 0.5


def test_equal_engines_do_not_differ_and_one_query_tells_nothing():
    same = evaluation.compare({"a": 0.5, "b": 1.0}, {"a": 0.5, "b": 1.0})
    assert (same.difference, same.low, same.high, same.p) == (0.0, 0.0, 0.0, 1.0)
    assert evaluation.compare({"a": 0.5}, {"a": 0.1}) is None


def test_the_bootstrap_gives_the_same_table_twice():
    ours = {f"q{number}": number / 10 for number in range(10)}
    theirs = {f"q{number}": (number * 7 % 10) / 10 for number in range(10)}
    assert evaluation.compare(ours, theirs) == evaluation.compare(ours, theirs)


@pytest.mark.parametrize("peer", [sqlite_fts5, tantivy_arabic], ids=["fts5", "tantivy"])
def test_a_peer_answers_questions_full_of_punctuation(folder, peer):
    runs = peer.run(read_collection(folder), 2)
    assert {query: passages[0] for query, passages in runs["queries"].items()} == ANSWERS
    assert all(len(passages) <= 2 for run in runs.values() for passages in run.values())


def test_a_question_of_punctuation_alone_finds_nothing():
    assert sqlite_fts5.match_any_word('" ""') == ""
    assert sqlite_fts5.match_any_word('من "هو" NOT') == '"من" OR "هو" OR "NOT"'


def test_lucene_answers_questions_full_of_punctuation(folder):
    """Runs where there is a Java development kit, and the jars or Maven to fetch them (7 MB)."""
    try:
        lucene.fetch_jars(timeout=60)
        runs = lucene.run(read_collection(folder), 2)
    except PeerUnavailable as unavailable:
        pytest.skip(f"Lucene cannot run: {unavailable}")
    assert {query: passages[0] for query, passages in runs["queries"].items()} == ANSWERS


def test_lucene_without_its_jars_is_left_out_with_the_reason(folder, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(lucene, "JARS", tmp_path / "nothing here")
    engines = {"FTS5": sqlite_fts5.run, "Lucene": lucene.run}
    results = list(evaluation.evaluate(read_collection(folder), engines))
    assert {result.engine for result in results} == {"FTS5"}
    assert "Lucene is left out: " in capsys.readouterr().err


def test_queries_without_judgements_are_not_counted():
    collection = Collection(
        name="tiny",
        passages={"a": "زيتون", "b": "سمك"},
        query_sets=(QuerySet("queries", {"q1": "زيتون", "q2": "سمك"}),),
        judgements={"q1": {"a": 1}, "q9": {"b": 1}},
    )
    (result,) = evaluation.evaluate(collection, {"FTS5": sqlite_fts5.run})
    assert result.queries == 1
    assert result.metrics["nDCG@10"] == 1.0


def test_the_tables_set_engines_and_spellings_side_by_side(folder):
    engines = {"Tantivy": tantivy_arabic.run, "FTS5": sqlite_fts5.run}
    results = list(evaluation.evaluate(read_collection(folder), engines))
    heads, _, first, second = evaluation.overview(results).splitlines()
    assert [head.strip() for head in heads.split("|")[2:-1]] == [
        f"{folder.name} queries",
        f"{folder.name} queries.n1",
    ]
    assert (first.split("|")[1].strip(), second.split("|")[1].strip()) == ("Tantivy", "FTS5")
    lines = evaluation.details(results).splitlines()
    assert len(lines) == 2 + 4
    assert "Tantivy ahead by" in lines[0]
    alone = list(evaluation.evaluate(read_collection(folder), {"Tantivy": tantivy_arabic.run}))
    assert "ahead by" not in evaluation.details(alone)


def test_a_missing_folder_ends_with_a_message_and_no_traceback(tmp_path):
    ended = _evaluate(tmp_path / "nowhere")
    assert ended.returncode == 2
    assert "no queries*.tsv" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_script_measures_fihris_end_to_end(folder):
    ended = _evaluate(folder, "--no-peers", "--json")
    assert ended.returncode == 0, ended.stderr
    results = json.loads(ended.stdout)
    assert [result["query_set"] for result in results] == ["queries", "queries.n1"]
    assert all(result["metrics"]["nDCG@10"] == 1.0 for result in results)


def test_a_long_passage_is_one_document_however_many_units_it_fills():
    long = "\n".join(f"السطر {number} يصف الزيتون والمعصرة " + "كلمة " * 60 for number in range(20))
    collection = Collection(
        name="tiny",
        passages={"long": long, "short": "الزيتون في القرية"},
        query_sets=(QuerySet("queries", {"q": "الزيتون"}),),
        judgements={"q": {"short": 1}},
    )
    found = evaluation.run_fihris(collection, 100)["queries"]["q"]
    assert sorted(found) == ["long", "short"]


# The bar of the project, on collections that are not part of it. The slowest test of this file.
@pytest.mark.skipif(not RELEVANCE.is_dir(), reason="../shared/relevance is not beside the clone")
@pytest.mark.parametrize(("name", "floor"), [("arcd", 0.842), ("quranqa", 0.376)])
def test_fihris_finds_what_people_judged_relevant_however_they_spell(name, floor):
    engines = {"Fihris": evaluation.run_fihris}
    results = evaluation.evaluate(read_collection(RELEVANCE / name), engines, depth=10)
    reached = {result.query_set: result.metrics["nDCG@10"] for result in results}
    assert reached["queries"] >= floor
    assert reached["queries.n1"] == pytest.approx(reached["queries"], abs=0.002)
    assert reached["queries.n2"] == pytest.approx(reached["queries"], abs=0.002)
