"""An index without sources: documents of the model are written into it as they are."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from fihris.index.analysis import Analyzer
from fihris.index.folder import create_index
from fihris.index.record import SourceStamp
from fihris.index.resolution import Resolution
from fihris.index.units import analyze_units, count_paragraphs, document_units

STAMP = SourceStamp("invented", "0" * 64, 0, 0)


def write_index(folder: Path, documents: Iterable[Resolution]) -> None:
    """Write *documents* into a new index in *folder*."""
    index = create_index(folder)
    analyzer = Analyzer()
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for document in documents:
        forms = analyze_units(document, analyzer)
        for fields in document_units(document, count_paragraphs(document), STAMP, forms):
            writer.add_document(tantivy.Document.from_dict(fields, index.schema))
    writer.commit()
    writer.wait_merging_threads()
