"""Exact phrases: what is found is what brute force finds, and nothing between two words hides one.

The comparison runs over some laws of a real collection, when it lies beside the clone. With
``FIHRIS_ALL_LAWS=1`` in the environment it runs over all of them, which takes minutes.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fihris.index.analysis import fold
from fihris.index.analysis.tables import TABLES
from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.index.units import unit_key
from fihris.search import search
from fihris.search.compiler import Compiler
from fihris.search.index_terms import SearcherTerms
from fihris.search.plan import plan_query
from fihris.search.query import Filters, parse_query
from fihris.search.searcher import shared_analyzer
from fihris.search.word_queries import Weights

LAWS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "qatar-laws.ar.jsonl.xz"
ALL_LAWS = os.environ.get("FIHRIS_ALL_LAWS") == "1"
LAWS_COMPARED = None if ALL_LAWS else 40
PHRASES_COMPARED = 1200 if ALL_LAWS else 300

# A word is a run of letters or of digits; the "and" or "in" that touches a number is none.
_WORD = re.compile(r"(?:(?<![^\W_])[وفبلك](?=[0-9]))|([0-9]+|[^\W\d_]+)")


def folded_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text).text) if word]


class Laws:
    """An index of laws, and the folded wording of each unit under its key."""

    def __init__(self, folder: Path) -> None:
        with lzma.open(LAWS, "rt", encoding="utf-8") as lines:
            chosen = [line for at, line in enumerate(lines) if not LAWS_COMPARED or at % 97 == 0]
        (folder / "laws.jsonl").write_text("".join(chosen[:LAWS_COMPARED]), "utf-8")
        sync(folder / "index", [folder / "laws.jsonl"])
        self.reader: IndexReader = open_index(folder / "index")
        self.wordings = {
            unit_key(record.document.address, place): f" {' '.join(folded_words(unit.text))} "
            for record in self.reader.records()
            for place, unit in enumerate(self._document(record.document.address))
        }

    def _document(self, address: str) -> tuple[object, ...]:
        document = self.reader.document(address)
        assert document is not None
        return document.paragraphs

    def matching(self, phrase: str) -> set[int]:
        """Return the keys of the units that a search for *phrase* finds."""
        searcher = self.reader.searcher()
        compiler = Compiler(self.reader.schema, Weights())
        terms = SearcherTerms(self.reader, searcher, compiler, shared_analyzer())
        plan = plan_query(parse_query(f'"{phrase}"'), shared_analyzer(), terms)
        query = compiler.strict(plan, Filters(), {}, terms.frequencies)
        places = [place for _, place in searcher.search(query, len(self.wordings)).hits]
        return {int(key or 0) for key in searcher.fast_field_values("key", places)}

    def containing(self, phrase: str) -> set[int]:
        """Return the keys of the units whose folded wording has *phrase*: all are looked at."""
        wanted = f" {' '.join(folded_words(phrase))} "
        return {key for key, wording in self.wordings.items() if wanted in wording}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Laws:
    if not LAWS.is_file():
        pytest.skip("../shared/corpus is not beside the clone")
    return Laws(tmp_path_factory.mktemp("laws"))


def phrases_of(laws: Laws, *, stop: bool) -> Iterator[str]:
    """Yield phrases of two to eight words that stand in the texts; *stop* asks for stop words."""
    chance = random.Random(8)
    wordings = sorted(laws.wordings.values())
    while True:
        words = chance.choice(wordings).split()
        length = chance.randint(2, 8)
        starts = list(range(len(words) - length + 1))
        if stop:
            length = min(length, 4)
            starts = [
                at
                for at in range(len(words) - length + 1)
                if TABLES.stop_words.issuperset(words[at : at + length])
            ]
        if starts:
            at = chance.choice(starts)
            yield " ".join(words[at : at + length])


@pytest.mark.parametrize("stop", [False, True], ids=["any words", "stop words only"])
def test_a_phrase_finds_what_brute_force_finds(laws: Laws, stop: bool) -> None:
    phrases = phrases_of(laws, stop=stop)
    compared = {next(phrases) for _ in range(PHRASES_COMPARED)}
    assert len(compared) > PHRASES_COMPARED // 8
    for phrase in compared:
        found = laws.matching(phrase)
        assert found
        assert found == laws.containing(phrase), phrase


def test_a_phrase_that_no_text_has_finds_nothing(laws: Laws) -> None:
    chance = random.Random(9)
    words = [word for wording in laws.wordings.values() for word in wording.split()]
    for _ in range(PHRASES_COMPARED // 3):
        phrase = " ".join(chance.choices(words, k=chance.randint(2, 5)))
        assert laws.matching(phrase) == laws.containing(phrase), phrase


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    folder = tmp_path_factory.mktemp("phrases")
    texts = [
        "وإذ يؤكد من\nجديد أهمية الفنار",
        "وإذ يؤكد (من) جديد: أهمية الفنار",
        "وإذ يُؤكِّد مـــن جديد، أهمية الفنار",
        "وإذ يؤكد من جديد",
        "أهمية الفنار",
        "وإذ يؤكد من أجل جديد أهمية الفنار",
    ]
    provisions = [{"ref": f"p{number}", "text": text} for number, text in enumerate(texts, 1)]
    record = {"id": "t", "title": "T", "provisions": provisions}
    (folder / "texts.jsonl").write_text(json.dumps(record), "utf-8")
    sync(folder / "index", [folder / "texts.jsonl"])
    return open_index(folder / "index")


def test_newline_brackets_punctuation_marks_and_tatweel_break_no_phrase(texts: IndexReader) -> None:
    page = search(texts, '"يؤكد من جديد أهمية"', collapse=False)
    assert sorted(hit.address for hit in page.hits) == ["t#p1", "t#p2", "t#p3"]


def test_a_phrase_does_not_run_from_one_unit_into_the_next(texts: IndexReader) -> None:
    assert search(texts, '"جديد أهمية الفنار"').total == 4
    assert search(texts, '"من جديد أهمية الفنار وإذ"').total == 0


def test_a_footnote_mark_breaks_no_phrase(specimens: IndexReader) -> None:
    marked = [
        (record.document.address, unit)
        for record in specimens.records()
        for unit in (specimens.document(record.document.address) or record.document).paragraphs
        for mark in unit.notes
        if unit.text[: mark.offset].strip() and unit.text[mark.offset :].strip(" ،؛.")
    ]
    assert marked
    for address, unit in marked:
        offset = unit.notes[0].offset
        around = unit.text[:offset].split()[-2:] + unit.text[offset:].split()[:3]
        phrase = " ".join(around).replace('"', " ")
        found = search(specimens, f'"{phrase}"', limit=100, collapse=False).hits
        assert f"{address}#{unit.fragment}" in {hit.address for hit in found}, phrase
