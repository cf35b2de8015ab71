"""Comparing stemmers: Fihris's two rates, and that the peers are really asked."""

from __future__ import annotations

import pytest

from scripts.peers import lucene
from scripts.peers.collection import PeerUnavailable
from scripts.stemmers import Pair, fihris_stems, main, rates, read_pairs, snowball_stems


def test_rates_count_pairs_that_meet_and_pairs_that_stay_apart() -> None:
    pairs = [
        Pair("ab", "ac", "stem", ""),
        Pair("ab", "xb", "stem", ""),
        Pair("a", "x", "apart", ""),
    ]
    assert rates(pairs, lambda words: [word[0] for word in words]) == (0.5, 1.0)


def test_fihris_is_ahead_of_snowball_on_both_rates() -> None:
    pytest.importorskip("snowballstemmer", reason="the extra 'eval' is not installed")
    ours, theirs = (rates(read_pairs(), stemmer) for stemmer in (fihris_stems, snowball_stems))
    assert ours.met > theirs.met
    assert ours.kept_apart > theirs.kept_apart
    assert ours.met >= 0.95
    assert ours.kept_apart >= 0.93


def test_lucene_stems_as_its_authors_say() -> None:
    try:
        lucene.fetch_jars()
        stems = lucene.stems(["الكتاب", "من"])
    except PeerUnavailable as unavailable:
        pytest.skip(str(unavailable))
    assert stems == ["كتاب", "من"]


def test_the_table_has_a_row_for_every_stemmer_that_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("snowballstemmer", reason="the extra 'eval' is not installed")
    assert main([]) == 0
    names = [row.split("|")[1].strip() for row in capsys.readouterr().out.splitlines()[2:]]
    assert {"Fihris", "Snowball Arabic"} <= set(names)
