"""Tantivy as it is measured: the analyzer it offers for Arabic, text stored, one writer thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import tantivy

from scripts.peers.questions import Kind, Question
from scripts.peers.speed import LIMIT, MOST_VALUES, Passage, Unit, read_units
from scripts.peers.tantivy_arabic import arabic_analyzer

#: What the writer may hold before it makes a segment, in bytes; as much as Lucene's and Fihris's.
_HEAP = 256_000_000
_YEARS = {"year": {"terms": {"field": "year", "size": MOST_VALUES}}}


class TantivyEngine:
    """An index of Tantivy, searched with queries built from what its analyzer makes of words."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._analyzer = arabic_analyzer()
        self._index.register_tokenizer("arabic", self._analyzer)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    @property
    def units(self) -> int:
        """How many units the index has."""
        return self._searcher.num_docs

    def rank(self, question: Question) -> Sequence[tantivy.DocAddress]:
        """Return the first ten hits in order, nothing read of them."""
        return self._rank(self._query(question))

    def documents(self, ranked: Sequence[tantivy.DocAddress]) -> list[str]:
        """Return the addresses of the documents of hits that were *ranked*."""
        return [str(self._searcher.doc(place)["doc"][0]) for place in ranked]

    def page(self, question: Question) -> Sequence[Passage]:
        """Return the first ten hits with their texts and marked passages."""
        query = self._query(question)
        if question.kind is Kind.FACETS:
            self._searcher.aggregate(query, _YEARS)
        marker = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        page = []
        for place in self._rank(query):
            unit = self._searcher.doc(place)
            document, name, text = (str(unit[field][0]) for field in ("doc", "unit", "text"))
            marked = marker.snippet_from_doc(unit).to_html()
            page.append(Passage(document, name, text, marked))
        return page

    def update(self, path: Path) -> None:
        """Replace the documents that the file at *path* holds, and commit."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        for document, units in groupby(read_units(path), key=lambda unit: unit.document):
            self._writer.delete_documents("doc", document)
            _add(self._writer, self._schema, units)
        self._writer.commit()

    def _rank(self, query: tantivy.Query) -> list[tantivy.DocAddress]:
        return [place for _, place in self._searcher.search(query, LIMIT, count=False).hits]

    def _query(self, question: Question) -> tantivy.Query:
        if question.kind is Kind.PREFIX:
            return tantivy.Query.regex_query(self._schema, "text", f"{question.words}.*")
        terms = self._analyzer.analyze(question.words)
        if len(terms) > 1 and question.kind in (Kind.PHRASE, Kind.STOP_PHRASE):
            return tantivy.Query.phrase_query(self._schema, "text", list(terms))
        any_will_do = question.kind in (Kind.OR, Kind.PARTIAL, Kind.CLAUSE)
        occur = tantivy.Occur.Should if any_will_do else tantivy.Occur.Must
        return tantivy.Query.boolean_query(
            [(occur, tantivy.Query.term_query(self._schema, "text", term)) for term in terms]
        )


def index_units(units: Iterable[Unit], folder: Path) -> None:
    """Make a new index of *units* in *folder*."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("doc", stored=True, tokenizer_name="raw")
    builder.add_text_field("unit", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name="arabic")
    schema = builder.build()
    folder.mkdir(parents=True)
    index = tantivy.Index(schema, str(folder))
    index.register_tokenizer("arabic", arabic_analyzer())
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    _add(writer, schema, units)
    writer.commit()
    writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, schema: tantivy.Schema, units: Iterable[Unit]) -> None:
    for unit in units:
        fields: dict[str, str | int] = {
            "doc": unit.document,
            "unit": unit.name,
            "text": unit.text,
        }
        if unit.year:
            fields["year"] = int(unit.year)
        writer.add_document(tantivy.Document.from_dict(fields, schema))


def open_engine(folder: Path) -> TantivyEngine:
    """Return the engine of the index in *folder*."""
    return TantivyEngine(folder)
