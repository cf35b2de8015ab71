"""From ranked units to hits: what each stands for, however that is counted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.synchronize import sync
from fihris.search import Had, Hit, hit_maker, search

DECREE, NOTICE, SHIPS = "ينشر هذا القرار.", "يعمل بالقرار من تاريخ نشره.", "تلتزم السفن بالقرار."
QUERIES = (
    "القرار",
    "القرار نشر",
    "القرار البحرية",
    "السفن البحرية",
    "القرار السفن",
    '"هذا القرار"',
    "=القرار",
    "-السفن",
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """Return an index of documents that repeat their wordings and each other's."""
    folder = tmp_path_factory.mktemp("harbour")
    lines = [
        {
            "id": f"doc-{number}",
            "title": "البيئة البحرية" if number % 3 else "الصيد",
            "provisions": [
                {"ref": "", "text": text}
                for text in (DECREE, NOTICE, SHIPS, DECREE)[number % 2 : 2 + number % 3]
            ],
        }
        for number in range(12)
    ]
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert not sync(folder / "index", [folder / "records.jsonl"]).refused
    return open_index(folder / "index")


def opened(reader: IndexReader, query: str) -> list[Hit]:
    """Return every hit of *query*, none of which stands for another."""
    return list(search(reader, query, collapse=False, limit=1000).hits)


@pytest.mark.parametrize(("handful", "many_alike"), [(64, 128), (1, 128), (2, 3), (64, 1)])
@pytest.mark.parametrize("query", QUERIES)
def test_a_hit_says_how_many_more_have_its_wording(
    harbour: IndexReader,
    query: str,
    handful: int,
    many_alike: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hit_maker, "_HANDFUL", handful)
    monkeypatch.setattr(hit_maker, "_MANY_ALIKE", many_alike)
    alike = Counter((hit.text, hit.partial) for hit in opened(harbour, query))
    hits = search(harbour, query, limit=1000).hits
    assert {(hit.text, hit.partial): hit.same_wording + 1 for hit in hits} == alike
    assert len(hits) == len(alike) > 0


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_hit_of_a_document_says_how_many_more_stand_there(
    harbour: IndexReader, query: str
) -> None:
    together = Counter((hit.document.address, hit.partial) for hit in opened(harbour, query))
    hits = search(harbour, query, group=True, limit=1000).hits
    counted = {(hit.document.address, hit.partial): hit.same_document + 1 for hit in hits}
    assert counted == together


def test_the_words_of_the_chapeaux_above_are_lent_to_a_unit(invented_index: Path) -> None:
    reader = open_index(invented_index)
    hit = search(reader, "حكومة إصلاح").hits[0]
    assert hit.address == "A/HRC/RES/91/4#OP1.a"
    assert [word.had for word in hit.words] == [Had.CONTEXT, Had.EXACT]
