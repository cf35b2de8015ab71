"""Frequencies: what they tell, and when they tell how much there is."""

from __future__ import annotations

import shutil
from math import log
from pathlib import Path

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.removal import remove
from fihris.search.frequencies import Frequencies


def test_frequencies_are_exact_until_something_is_removed(
    specimens: IndexReader, tmp_path: Path
) -> None:
    frequencies = Frequencies(specimens, specimens.searcher())
    assert frequencies.are_exact
    shutil.copytree(specimens.folder, tmp_path / "worn")
    remove(tmp_path / "worn", [next(specimens.records()).document.address])
    worn = open_index(tmp_path / "worn")
    searcher = worn.searcher()
    assert worn.units_ever(searcher) == specimens.searcher().num_docs > searcher.num_docs
    assert not Frequencies(worn, searcher).are_exact


def test_no_unit_scores_more_than_a_term_can_give(specimens: IndexReader) -> None:
    from tantivy import Query

    searcher = specimens.searcher()
    frequencies = Frequencies(specimens, searcher)
    units = searcher.num_docs
    for stem, bearing in searcher.terms_with_prefix("stem", "م"):
        assert frequencies.of("stem", stem) == bearing
        most = frequencies.most("stem", stem)
        assert most == pytest.approx(2.2 * log(1 + (units - bearing + 0.5) / (bearing + 0.5)))
        hits = searcher.search(Query.term_query(specimens.schema, "stem", stem), 1).hits
        assert hits[0][0] < most


def test_what_was_learned_is_not_asked_for(specimens: IndexReader) -> None:
    frequencies = Frequencies(specimens, specimens.searcher())
    frequencies.learn("exact", {"كلمة": 7})
    assert frequencies.of("exact", "كلمة") == 7
