"""Writing shards: the root file, and beside it postings, texts and words of an index."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any

from fihris.index.analysis import ANALYZER_VERSION
from fihris.index.frozen import frozen
from fihris.index.reader import IndexReader
from fihris.web.shards.boundaries import boundaries
from fihris.web.shards.columns import document_columns
from fihris.web.shards.dictionary import dictionary
from fihris.web.shards.helper import Helper
from fihris.web.shards.output import SUFFIX, Output
from fihris.web.shards.packing import gzipped, single_bytes
from fihris.web.shards.postings import Group, Passage, gather
from fihris.web.shards.tables import packed_tables
from fihris.web.shards.texts import UNITS_PER_BLOCK, Wordings, text_blocks
from fihris.web.shards.units import ShardDocument, read_documents
from fihris.web.shards.vocabulary import written_vocabulary

#: Raised by one whenever the engine of an earlier version could not read what is written.
FORMAT = 3
#: Bytes of postings in one file, before they are packed; a larger group has a file of its own.
_SHARD_BYTES = 12_000
#: Words in one file of the vocabulary.
_WORDS_PER_FILE = 1_500

#: The one name and form that never change: an engine of any version finds the version there.
ROOT = "fihris.json.gz"
DOCUMENTS, TABLES, DICTIONARY = f"documents{SUFFIX}", f"tables{SUFFIX}", f"dictionary{SUFFIX}"
POSTINGS, TEXTS, WORDINGS, VOCABULARY = "postings", "texts", "wordings", "words"
#: The folders of numbered files.
SERIES = (POSTINGS, TEXTS, WORDINGS, VOCABULARY)


@frozen
class ShardReport:
    """What was written: numbers of documents, units and files, and bytes on disk."""

    documents: int
    units: int
    files: int
    size: int


def write_shards(reader: IndexReader, folder: Path) -> ShardReport:
    """Write the shards of the index that *reader* reads into *folder*.

    A file whose content has not changed is left alone, and one that no longer belongs is removed.
    """
    return write_documents(list(read_documents(reader)), folder)


def write_documents(
    documents: Sequence[ShardDocument], folder: Path, pages: str | None = None
) -> ShardReport:
    """Write the shards of *documents*, as :func:`write_shards` does.

    Where they are pages, *pages* is the address of their site's root, relative to that of the
    index. Then a page's address is a reference relative to this root, and a fragment is one, too.
    """
    output = Output(folder)
    texts = [unit.paragraph.text for one in documents for unit in one.units]
    with Helper(sum(map(len, texts))) as helper:
        passages = [*map(Passage.of, documents)]
        here = _half(passages) if helper.is_there else len(passages)
        turns = helper.ask(dictionary, texts)
        others = helper.ask(gather, passages[here:])
        postings = gather(passages[:here])
        for document in documents:
            postings.relate(document)
        known = turns.result()
        wordings = Wordings(documents)
        blocks = ([_json(block)] for block in text_blocks(documents, wordings))
        text_stamps = output.pack_series(TEXTS, blocks, known)
        postings.extend(others.result())
        different = {unit.wording: unit.paragraph.text for one in documents for unit in one.units}
        entries = helper.ask(written_vocabulary, dict(postings.frequencies), [*different.values()])
        shards = [*_cut(postings.groups())]
        posting_stamps = output.pack_series(POSTINGS, map(_shard, shards))
        words = entries.result()
    word_files = [words[at : at + _WORDS_PER_FILE] for at in range(0, len(words), _WORDS_PER_FILE)]
    root: dict[str, Any] = {
        "format": FORMAT,
        "analyzer": ANALYZER_VERSION,
        "block": UNITS_PER_BLOCK,
        "totals": postings.totals,
        "documents": output.pack(DOCUMENTS, _json(document_columns(documents))),
        "tables": output.pack(TABLES, _json(packed_tables())),
        "dictionary": output.pack(DICTIONARY, known),
        "texts": text_stamps,
        "wordings": output.pack_series(WORDINGS, ([_json(one)] for one in wordings.files())),
        "postings": [
            boundaries([(shard[0].key, shard[-1].key) for shard in shards]),
            posting_stamps,
        ],
        "words": [
            boundaries([(file[0][0], file[-1][0]) for file in word_files]),
            output.pack_series(VOCABULARY, ([_json(file)] for file in word_files)),
        ],
    }
    if pages is not None:
        root["pages"] = pages
    output.write(ROOT, gzipped(_json(root)))
    output.remove_leftovers((DOCUMENTS, TABLES), SERIES)
    return ShardReport(len(documents), postings.totals.units, output.files, output.size)


def _half(passages: Sequence[Passage]) -> int:
    """Return how many of *passages* have half of all the text."""
    sizes = [*accumulate(sum(map(len, passage.texts)) for passage in passages)]
    return bisect_left(sizes, sizes[-1] / 2)


def _cut(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """Yield runs of groups that make one file each."""
    shard: list[Group] = []
    size = 0
    for group in groups:
        if shard and size + group.size > _SHARD_BYTES:
            yield shard
            shard, size = [], 0
        shard.append(group)
        size += group.size
    if shard:
        yield shard


def _shard(groups: Sequence[Group]) -> list[bytes]:
    """Return the parts of a file of postings: its directory, with the length first; the streams."""
    directory = _json(
        [[group.key, *group.forms, [len(stream) for stream in group.streams]] for group in groups]
    )
    # Streams of one kind lie side by side: they pack better than the streams of one group.
    kinds = zip_longest(*(group.streams for group in groups), fillvalue=b"")
    head = len(directory).to_bytes(4, "little") + directory
    return [head, *(b"".join(kind) for kind in kinds)]


def _json(value: Any) -> bytes:
    return single_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
