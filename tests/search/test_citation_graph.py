"""The citations of all documents at once are those that the index tells of each."""

from __future__ import annotations

from fihris.search.citation_graph import CitationGraph
from fihris.search.citations import cited_in, citing_document
from fihris.search.lookup import Passage
from fihris.web.discovery import addresses_by_date


def test_every_document_cites_and_is_cited_as_the_index_says(specimens):
    reader = specimens
    documents = [reader.document(address) for address in addresses_by_date(reader, 1_000)]
    graph = CitationGraph(documents)
    ties = 0
    for document in documents:
        passage = Passage(document.address, document, document.paragraphs)
        assert graph.cited_in(document) == cited_in(reader, passage)
        assert graph.citing(document) == citing_document(reader, document, 10_000)
        ties += len(graph.citing(document))
    assert ties > 20
