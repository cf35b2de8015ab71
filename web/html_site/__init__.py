"""A folder of HTML pages, any generator's, with a search index written beside them.

``pages`` finds the files and names their addresses, ``passages`` reads what a visitor sees of a
page, ``fragments`` says which part of an address leads to a passage, ``place`` decides where may be
written, and ``indexing`` puts them together. docs/embedding.md is the guide for who runs a site.
"""

from fihris.web.html_site.indexing import PagesReport, Selection, index_site

__all__ = ["PagesReport", "Selection", "index_site"]
