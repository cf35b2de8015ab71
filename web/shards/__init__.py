"""Shards: an index cut into small packed files that a browser can search with no server.

docs/static-index.md tells the format; :func:`write_shards` makes it of an index,
:func:`write_documents` of anything else; the engine in ``web/static/engine`` reads it.
"""

from fihris.web.shards.writer import ShardReport, write_documents, write_shards

__all__ = ["ShardReport", "write_documents", "write_shards"]
