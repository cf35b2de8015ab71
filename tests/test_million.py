"""The generator of large collections: natural texts, and a vocabulary that goes on growing."""

import json
import random
from collections import Counter

import pytest

from scripts.million import Maker, fit_heaps, main

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def collection(documents: int = 60) -> list[dict[str, object]]:
    """Return an invented collection in which rare words go on appearing."""
    chance = random.Random(7)
    known: list[str] = []

    def word() -> str:
        if not known or chance.random() < 0.12:
            known.append("".join(chance.choices(LETTERS, k=chance.randint(3, 7))))
            return known[-1]
        return known[int(len(known) * chance.random() ** 2)]

    return [
        {
            "id": f"d{number}",
            "title": f"قانون {number}",
            "provisions": [
                {
                    "ref": f"{n}",
                    "text": ". ".join(
                        " ".join(word() for _ in range(chance.randint(4, 12))) for _ in range(3)
                    ),
                }
                for n in range(5)
            ],
        }
        for number in range(documents)
    ]


def made(records, number: int, **options) -> list[dict[str, object]]:
    documents = Maker(records, **options).documents()
    return [next(documents) for _ in range(number)]


def test_the_same_seed_gives_the_same_documents_and_another_gives_others():
    records = collection()
    assert made(records, 5) == made(records, 5)
    assert made(records, 5) != made(records, 5, seed=1)
    ids = [document["id"] for document in made(records, 5, name="x")]
    assert ids == ["x-1", "x-2", "x-3", "x-4", "x-5"]


def test_the_vocabulary_goes_on_growing_as_the_collection_promises():
    records = collection()
    texts = [provision["text"] for record in records for provision in record["provisions"]]
    law = fit_heaps(texts)
    assert 0.3 < law.exponent < 1
    maker = Maker(records)
    documents = maker.documents()
    while maker.words < 8 * sum(len(text.split()) for text in texts):
        next(documents)
    own = {word for text in texts for word in text.split()}
    assert len(maker.vocabulary - own) > len(own) / 2
    assert len(maker.vocabulary) == pytest.approx(law.vocabulary(maker.words), rel=0.15)


def test_new_words_come_again_and_most_of_them_seldom():
    records = collection()
    own = {
        word
        for record in records
        for provision in record["provisions"]
        for word in provision["text"].split()
    }
    words = [
        word
        for document in made(records, 400)
        for provision in document["provisions"]
        for word in provision["text"].split()
        if word not in own
    ]
    counts = sorted(Counter(words).values())
    assert counts[-1] > 5
    assert counts[len(counts) // 2] <= 3


def test_texts_are_as_long_as_those_of_the_collection_and_a_session_has_what_is_asked():
    records = collection()
    ours = [p["text"] for document in made(records, 100) for p in document["provisions"]]
    theirs = [p["text"] for record in records for p in record["provisions"]]

    def mean(texts) -> float:
        return sum(len(text.split()) for text in texts) / len(texts)

    assert mean(ours) == pytest.approx(mean(theirs), rel=0.1)
    session = next(Maker(records).documents(40))
    assert len(session["provisions"]) == 40


def test_the_script_writes_a_collection_that_can_be_indexed(tmp_path, capsys):
    source, target = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    source.write_text("".join(f"{json.dumps(record)}\n" for record in collection()), "utf-8")
    assert main([str(source), str(target), "--paragraphs", "500"]) == 0
    documents = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert sum(len(document["provisions"]) for document in documents) >= 500
    assert "paragraphs" in capsys.readouterr().err


def test_a_collection_that_tells_nothing_is_refused():
    with pytest.raises(SystemExit, match="too small"):
        Maker([{"id": "a", "title": "", "provisions": [{"ref": "1", "text": "نص"}]}])
