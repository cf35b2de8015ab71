"""Tantivy with the analyzer it offers for Arabic: ``simple`` words, lower-cased, Snowball stems."""

from __future__ import annotations

import tantivy

from scripts.peers.collection import Collection, Run


def arabic_analyzer() -> tantivy.TextAnalyzer:
    """Return the analyzer that Tantivy's manual puts together for a language with a stemmer."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("arabic"))
        .build()
    )


def run(collection: Collection, limit: int) -> dict[str, Run]:
    """Return the run of every query set, at most *limit* passages a query."""
    analyzer = arabic_analyzer()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="arabic")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("arabic", analyzer)
    writer = index.writer(num_threads=1)  # one segment, so that scores do not vary by run
    for key, text in collection.passages.items():
        writer.add_document(tantivy.Document(id=key, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        # Not Tantivy's query parser: it fails on the colons, quotes and dashes of questions.
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
            for term in analyzer.analyze(text)
        ]
        if not terms:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]

    return {
        query_set.name: {key: search(text) for key, text in query_set.queries.items()}
        for query_set in collection.query_sets
    }
