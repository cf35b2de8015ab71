"""Readers: one for each form a document comes in, from files to what the parser takes.

A *source* is a file; a *collection* is a source that holds many documents. What cannot be read
becomes a *refusal* with its place and its reason, and the rest goes on.
"""

from fihris.index.sources.collection import (
    CollectionRecord,
    Provision,
    parse_record,
    read_lines,
)
from fihris.index.sources.encoding import Decoded, NotText, decode
from fihris.index.sources.files import Form, SourceFile, find_sources
from fihris.index.sources.provisions import resolution_of
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal

__all__ = [
    "CollectionRecord",
    "Decoded",
    "Form",
    "NotText",
    "Provision",
    "RawDocument",
    "Refusal",
    "SourceFile",
    "decode",
    "find_sources",
    "parse_record",
    "read_lines",
    "resolution_of",
]
