"""A question in, hits out: the query language, the ranking, the marked passages.

This is the public way to ask an index::

    from pathlib import Path
    from fihris.index import open_index
    from fihris.search import search

    page = search(open_index(Path("my-index")), "حقوق الإنسان")
    for hit in page.hits:
        print(hit.address, hit.text)
"""

from fihris.search.hits import DocumentSummary, Had, Hit, Page, WordMatch
from fihris.search.query import Filters
from fihris.search.searcher import search

__all__ = ["DocumentSummary", "Filters", "Had", "Hit", "Page", "WordMatch", "search"]
