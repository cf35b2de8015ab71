"""The benchmark of speed, in a tiny form: that it runs, and that engines find what is there."""

from __future__ import annotations

import json
import random
import sys
from xml.etree import ElementTree

import pytest

from scripts import processes
from scripts.million import read_records
from scripts.peers.collection import PeerUnavailable
from scripts.peers.questions import Kind
from scripts.peers.speed import Unit
from scripts.speed import __main__ as benchmark
from scripts.speed import engines
from scripts.speed.chart import chart
from scripts.speed.figures import MIDDLE, SLOW, Figures, Latency, Report, Stages
from scripts.speed.floors import Floor
from scripts.speed.questions import draw_questions, read_texts
from scripts.speed.serving import Answer, Clock, Depth, served
from scripts.speed.sources import make_sources, sample, sources_in, units_of
from scripts.speed.stages import Stage
from scripts.speed.tables import report_lines
from tests.specimen_collection import write_collection


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    return write_collection(tmp_path_factory.mktemp("specimens") / "specimens.jsonl")


@pytest.fixture(scope="module")
def measured(collection, tmp_path_factory):
    """All that the short form writes, for the collection and for one made of it."""
    folder = tmp_path_factory.mktemp("measured")
    files = ["--json", str(folder / "figures.json"), "--chart", str(folder / "chart.svg")]
    asked = [str(collection), "--short", "--million", "--work", str(folder / "work"), *files]
    assert benchmark.main(asked) == 0
    return folder


def test_every_engine_that_can_be_had_is_measured_in_every_part(measured):
    """Runs Lucene where there is a Java development kit, and its jars or Maven to fetch them."""
    wanted = {engine.key for engine in engines.available(list(engines.ENGINES))}
    given, made = json.loads((measured / "figures.json").read_text("utf-8"))
    assert made["paragraphs"] > given["paragraphs"]
    for report in (given, made):
        assert {one["engine"] for one in report["engines"]} == wanted
        for one in report["engines"]:
            assert one["building"]["size"] > 0
            assert one["building"]["memory"] < 2e9
            assert one["whole"]["processor"] > 0
            assert one["updates"].keys() == set(map(str, benchmark.SHORT.batches))
            ranked = set(Kind) - {Kind.CLAUSE, Kind.FACETS}
            assert one["latencies"]["rank"].keys() == ranked
            assert set(Kind) - one["latencies"]["page"].keys() <= {Kind.CLAUSE}


def test_of_fihris_it_is_told_where_the_time_goes(measured):
    for report in json.loads((measured / "figures.json").read_text("utf-8")):
        for one in report["engines"]:
            if one["engine"] != "fihris":
                assert not one["stages"]
                assert not one["floors"]
                continue
            assert one["floors"].keys() == set(Floor)
            assert all(seconds >= 0 for seconds in one["floors"].values())
            assert one["stages"]["rank"].keys() == set(Kind) - {Kind.CLAUSE, Kind.FACETS}
            assert one["stages"]["page"].keys() == set(Kind)
            for kinds in one["stages"].values():
                for kind, (middle, slow) in kinds.items():
                    taken = middle["microseconds"]
                    assert taken[Stage.PYTHON] > 0, kind
                    assert taken[Stage.SEARCH] > 0, kind
                    assert sum(slow["microseconds"].values()) >= sum(taken.values()), kind


def test_the_middle_and_the_slow_part_are_told_apart_by_the_whole_answer():
    taken = [{Stage.SEARCH: 1000 * n, Stage.PYTHON: 2000} for n in range(10, 0, -1)]
    middle, slow = Stages.of(taken, MIDDLE), Stages.of(taken, SLOW)
    assert (middle.questions, slow.questions) == (2, 1)
    assert middle.microseconds[Stage.SEARCH] == 5.5
    assert slow.in_all == 12
    assert Stages.of(taken[:1], MIDDLE).microseconds[Stage.SEARCH] == 10


def test_all_engines_find_what_the_questions_were_drawn_from(measured):
    given, _ = json.loads((measured / "figures.json").read_text("utf-8"))
    assert given["engines"]
    for one in given["engines"]:
        assert one["units"] >= given["paragraphs"]
        for depth in Depth:
            for kind in ("AND", "phrase", "stop-word phrase"):
                latency = one["latencies"][depth][kind]
                assert latency["answered"] == 1.0, (one["engine"], depth, kind)
                assert latency["source_found"] > 0.4, (one["engine"], depth, kind)


def test_the_chart_is_well_formed_and_names_every_kind(measured):
    try:
        engines.lucene_arabic()
    except PeerUnavailable as unavailable:
        pytest.skip(f"there is nothing to compare with: {unavailable}")
    drawn = ElementTree.parse(measured / "chart.svg").getroot()
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    for kind in Kind:
        assert sum(str(text).split(",")[0] == kind for text in texts) == 2


def test_what_was_made_is_used_again_when_indexing_is_not_measured(measured, collection, capsys):
    before = (measured / "work" / "collection" / "fihris" / "meta.json").stat().st_mtime_ns
    asked = [str(collection), "--short", "--work", str(measured / "work"), "--engine", "fihris"]
    assert benchmark.main([*asked, "--part", "answers"]) == 0
    printed = capsys.readouterr().out
    assert "| phrase | " in printed
    assert "indexing" not in printed
    after = (measured / "work" / "collection" / "fihris" / "meta.json").stat().st_mtime_ns
    assert after == before


def test_an_engine_that_cannot_be_had_is_left_out_and_said_to_be(monkeypatch, capsys):
    def missing():
        raise PeerUnavailable("there is no Java development kit.")

    monkeypatch.setitem(engines.ENGINES, "lucene", missing)
    assert [one.key for one in engines.available(["lucene", "fts5"])] == ["fts5"]
    assert "lucene is left out: there is no Java development kit." in capsys.readouterr().err


def test_the_same_seed_draws_the_same_questions_and_none_twice(collection, tmp_path):
    sources = make_sources(collection, tmp_path)
    drawn = read_texts(sample(sources.units, 200, random.Random(1)))
    questions = draw_questions(drawn, 20, random.Random(1))
    assert questions == draw_questions(drawn, 20, random.Random(1))
    assert questions != draw_questions(drawn, 20, random.Random(2))
    assert questions.keys() == set(Kind)
    for kind, asked in questions.items():
        assert len({question.words for question in asked}) == len(asked)
        assert all(question.kind is kind for question in asked)
    stop = {word.written for text in drawn.texts for word in text.words if word.stop}
    assert all(set(question.words.split()) <= stop for question in questions[Kind.STOP_PHRASE])
    assert not any(set(question.words.split()) & stop for question in questions[Kind.AND])


def test_units_are_the_title_and_every_provision_with_text_in_one_line_each():
    record = {
        "id": 7,
        "title": "قانون لسنة 1993",
        "provisions": [{"text": "أول\n\tوثان"}, {"text": " \n"}, {"text": "ثالث"}],
    }
    assert list(units_of(record)) == [
        Unit("7", "title", "1993", "قانون لسنة 1993"),
        Unit("7", "p1", "1993", "أول وثان"),
        Unit("7", "p3", "1993", "ثالث"),
    ]


def test_sources_that_were_made_are_found_again(collection, tmp_path):
    assert sources_in(tmp_path) is None
    made = make_sources(collection, tmp_path, 3)
    assert sources_in(tmp_path) == made
    assert len(read_records(made.collection)) == 3


def test_a_process_costs_what_it_took_and_not_what_this_one_holds():
    ballast = bytearray(300_000_000)
    cost = processes.run_measured([sys.executable, "-c", "sum(range(100_000))"])
    assert 0 < cost.memory < len(ballast)
    assert cost.processor > 0
    with pytest.raises(ChildProcessError, match=r"ended with 1\..*no such thing"):
        processes.run_measured([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_an_engine_that_ends_before_it_answers_is_an_error():
    with (
        pytest.raises(ChildProcessError, match="has ended"),
        served([sys.executable, "-c", "pass"]),
    ):
        pass


def test_a_failure_of_an_engine_ends_the_run_with_what_it_said(tmp_path, collection, capsys):
    (tmp_path / "collection" / "fihris").mkdir(parents=True)
    make_sources(collection, tmp_path / "collection")
    asked = [str(collection), "--short", "--work", str(tmp_path), "--engine", "fihris"]
    assert benchmark.main([*asked, "--part", "processes"]) == 2
    assert "there is no index here yet" in capsys.readouterr().err


def test_figures_are_medians_and_ratios_to_lucene():
    def engine(key, name, *times):
        answers = [Answer(dict.fromkeys(Clock, time), ("a",)) for time in times]
        latency = Latency.of(answers, ["a"] * (len(times) - 1) + ["b"])
        return Figures(key, name, latencies={Depth.RANK: {Kind.TERM: latency}})

    ours = engine("fihris", "Fihris", 1.0, 2.0, 3.0)
    report = Report("Laws", 1000, (ours, engine("lucene", "Lucene", 2.0, 4.0, 12.0)))
    lines = list(report_lines(report, Clock.WALL))
    assert "| term | 2.00 / 3.00 (0.50× / 0.25×) | 4.00 / 12.0 |" in lines
    assert ours.latencies[Depth.RANK][Kind.TERM].source_found == pytest.approx(2 / 3)
    assert ">0.50<" in chart([report], Clock.WALL)
    assert "0.25" in chart([report], Clock.WALL)
    without = list(report_lines(Report("Laws", 1000, (ours,)), Clock.PROCESSOR))
    assert "| term | 2.00 / 3.00 |" in without


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no provision"),
        ('{"id": "a", "title": "b", "provisions": []}\n{"id": "c"}\n', "line 2"),
        ("[1]\n", "line 1"),
        ("قرار\n", "line 1"),
    ],
)
def test_what_is_no_collection_is_refused_with_what_is_wrong(tmp_path, capsys, content, said):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(content, encoding="utf-8")
    place = tmp_path / "work"
    asked = [str(wrong), "--short", "--work", str(place), "--engine", "fihris"]
    assert benchmark.main(asked) == 2
    assert said in capsys.readouterr().err
    assert sources_in(place / "collection") is None


def test_a_place_that_cannot_be_written_is_told_before_anything_is_measured(
    tmp_path, collection, capsys
):
    figures = tmp_path / "nowhere" / "figures.json"
    assert benchmark.main([str(collection), "--short", "--json", str(figures)]) == 2
    shown = capsys.readouterr()
    assert str(figures) in shown.err
    assert not shown.out


def test_a_number_of_questions_must_be_above_zero(collection, capsys):
    with pytest.raises(SystemExit):
        benchmark.main([str(collection), "--questions", "0"])
    assert "'0' is no number above 0" in capsys.readouterr().err
