"""The bytes that stand for lengths are Tantivy's: so are the scores that follow from them."""

from __future__ import annotations

import math

import pytest
import tantivy

from fihris.web.shards.fieldnorms import field_norm, length_of

LENGTHS = (1, 2, 23, 24, 25, 39, 40, 41, 42, 55, 56, 57, 100, 500, 1_000, 5_000)


def test_a_byte_stands_for_no_more_than_the_length_that_it_is_given_for():
    for length in range(10_000):
        norm = field_norm(length)
        assert length_of(norm) <= length < length_of(norm + 1)


def test_short_lengths_are_exact_and_all_bytes_rise():
    assert [length_of(norm) for norm in range(40)] == list(range(40))
    lengths = [length_of(norm) for norm in range(256)]
    assert lengths == sorted(set(lengths))


@pytest.fixture(scope="module")
def scores() -> dict[int, float]:
    """What Tantivy gives a word that stands once in texts of so many words each."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", stored=False)
    builder.add_integer_field("length", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for length in LENGTHS:
        text = " ".join(["كلمة", *["أخرى"] * (length - 1)])
        writer.add_document(tantivy.Document(text=text, length=length))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    query = tantivy.Query.term_query(index.schema, "text", "كلمة")
    hits = searcher.search(query, len(LENGTHS)).hits
    return {searcher.doc(place)["length"][0]: score for score, place in hits}


@pytest.mark.parametrize("length", LENGTHS)
def test_a_score_made_of_the_byte_is_tantivys(scores, length):
    count = len(LENGTHS)
    average = sum(LENGTHS) / count
    rarity = math.log(1 + 0.5 / (count + 0.5))
    norm = 1.2 * (0.25 + 0.75 * length_of(field_norm(length)) / average)
    assert scores[length] == pytest.approx(rarity * 2.2 / (1 + norm), rel=1e-5)
