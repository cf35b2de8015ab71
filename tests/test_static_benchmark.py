"""The benchmark of static search, in a tiny form: that it runs, and finds what is right."""

from __future__ import annotations

import json

import pytest

from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from scripts import static_benchmark
from scripts.static_questions import PHRASES, QUERIES, folded_words, phrase_test, right_places
from tests.browser.conftest import chromium


def test_the_benchmark_measures_the_specimens(tmp_path, capsys, monkeypatch):
    chromium()  # skips or fails where there is none
    monkeypatch.setattr(static_benchmark, "QUERIES", ("حقوق الطفل", "المياه"))
    monkeypatch.setattr(static_benchmark, "PHRASES", ('"حقوق الإنسان"', '"على أن" -"المياه"'))
    sync(tmp_path / "index", [specimens_folder()])
    figures = tmp_path / "figures.json"
    arguments = ["specimens", "--index", str(tmp_path / "index"), "--json", str(figures)]
    assert static_benchmark.main(arguments) == 0
    printed = capsys.readouterr()
    assert "Pagefind could not be had" in printed.err
    assert "| phrases with exactly the right hits | 2 of 2 |" in printed.out
    measured = json.loads(figures.read_text("utf-8"))["fihris"]
    assert all(measured["right_cases"])
    assert len(measured["first_bytes"]) == 2
    assert min(measured["first_bytes"]) > max(measured["further_bytes"])
    assert measured["build"]["size"] > 0


def test_queries_and_phrases_are_twenty_four_each_and_none_stands_twice():
    assert len(set(QUERIES)) == len(set(PHRASES)) == 24


@pytest.mark.parametrize(
    ("query", "text", "is_right"),
    [
        ('"حقوق الإنسان"', "حُقُوقُ الانسان", True),
        ('"حقوق الإنسان"', "حقوق كل إنسان", False),
        ('"حقوق الإنسان"', "حقوق، الإنسان", True),
        ('"حق"', "حقوق", False),
        ('"أ ب" "ج"', "ج أ ب", True),
        ('"أ ب" OR "ج"', "ب أ ج", True),
        ('"أ ب" -"ج"', "أ ب ج", False),
    ],
)
def test_what_a_phrase_must_find_is_seen_in_the_text_itself(query, text, is_right):
    assert phrase_test(query)(folded_words(text)) is is_right
    assert list(right_places(query, ["", folded_words(text)])) == [1] * is_right
