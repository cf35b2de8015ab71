"""A question in, hits out: the query language, the ranking, the marked passages.

This is the public way to ask an index::

    from pathlib import Path
    from fihris.index import open_index
    from fihris.search import search

    page = search(open_index(Path("my-index")), "حقوق الإنسان")
    for hit in page.hits:
        print(hit.address, hit.text)

The names are imported when they are first used, for a terminal user waits for every import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.index.lazy import import_when_asked

if TYPE_CHECKING:
    from fihris.search.citations import cited_by, cites
    from fihris.search.completion import complete
    from fihris.search.hits import DocumentSummary, Had, Hit, Page, WordMatch
    from fihris.search.query import Filters
    from fihris.search.query_tree import Strictness
    from fihris.search.searcher import search

__all__ = [
    "DocumentSummary",
    "Filters",
    "Had",
    "Hit",
    "Page",
    "Strictness",
    "WordMatch",
    "cited_by",
    "cites",
    "complete",
    "search",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "DocumentSummary": "hits",
        "Filters": "query",
        "Had": "hits",
        "Hit": "hits",
        "Page": "hits",
        "Strictness": "query_tree",
        "WordMatch": "hits",
        "cited_by": "citations",
        "cites": "citations",
        "complete": "completion",
        "search": "searcher",
    },
)
