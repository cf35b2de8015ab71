"""The Tantivy fields, and the stamp that tells which schema and analyzer made an index.

Text is analysed in Python (:mod:`fihris.index.analysis`) and handed over space-joined, so every
text field uses Tantivy's ``whitespace`` tokenizer. One Tantivy document is one paragraph; the
title unit, whose ``kind`` is ``title``, also carries the record of its whole document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.index.analysis import ANALYZER_VERSION

if TYPE_CHECKING:
    import tantivy

#: Raised by one whenever a field changes its name, type or meaning.
SCHEMA_VERSION = 5

#: Raised by one whenever a reader or the parser makes something else of the same file. Sources are
#: then read again where they still are; the index stays usable all the time.
READING_VERSION = "1"


def version_stamp() -> str:
    """Return the stamp of schema and analyzer that an index must bear to be opened."""
    return f"schema {SCHEMA_VERSION}, analyzer {ANALYZER_VERSION}"


def build_schema() -> tantivy.Schema:
    """Return the schema.

    =========  ==============================================================================
    exact      folded surface forms of the unit's words, with positions
    stem       their stems, with positions
    family     root and consonant skeleton of each word, frequencies only
    context    stems of the document's title (and of the chapeau), frequencies only
    alias      second readings and whole symbols, no positions
    text       the paragraph in the author's spelling; stored only, like record and unit in the code
               page of :mod:`fihris.index.stored_text`
    doc        address of the document, one term
    fragment   what follows ``#`` in the address, one term; empty for the title unit
    kind       a :class:`~fihris.index.resolution.ParagraphKind`
    organ      an :class:`~fihris.index.resolution.Organ`
    session    the session's label (``46``, ``S-30``)
    verb       the unit's opening verb in its masculine dictionary form
    agenda     agenda items of the document, as written (``3``, ``76 (ب)``)
    year       year of adoption
    symbol     on title units: every form of the document's own symbol that people look up
    cites      canonical symbols of the documents that the unit cites
    order      document order: date, number, checksum of the address (see the writer)
    recency    document order with the latest date first
    rank       order of the documents by symbol (see ``symbol_key`` in the addresses)
    place      the unit's ordinal in its document
    key        63-bit checksum of the unit's address, by which a set of units is named
    pairs      neighbouring stop words, each two as one term; for phrases full of them
    wording    64-bit checksum of the folded wording; equal wordings share it
    record     on title units: the document's metadata and source checksum, as JSON; stored only
    unit       the unit's label, verbs, note marks, citations, dates, chapeau as JSON; stored only
    source     on title units: the key of the source the document came from
    =========  ==============================================================================
    """
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("exact", "stem"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("family", "context"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("alias", "pairs"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    # Bytes, for tantivy-py has no text field that is only stored.
    for name in ("text", "record", "unit"):
        builder.add_bytes_field(name, stored=True)
    for name in ("doc", "fragment"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("symbol", "cites", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    # Fast, for facets count their values.
    builder.add_text_field(
        "kind", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    for name in ("organ", "session", "agenda", "verb"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("order", fast=True)
    builder.add_unsigned_field("recency", fast=True)
    builder.add_unsigned_field("rank", fast=True)
    builder.add_unsigned_field("place", fast=True)
    for name in ("wording", "key"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()
