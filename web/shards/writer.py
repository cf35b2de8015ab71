"""Writing shards: the root file, and beside it postings, texts and words of an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from fihris.index.analysis import ANALYZER_VERSION, Analyzer
from fihris.index.reader import IndexReader
from fihris.web.shards.columns import document_columns
from fihris.web.shards.packing import gzipped, single_bytes
from fihris.web.shards.postings import Group, Postings
from fihris.web.shards.spellings import commonest_spelling, spellings_in
from fihris.web.shards.tables import packed_tables
from fihris.web.shards.units import ShardDocument, read_documents
from fihris.web.shards.vocabulary import VocabularyEntry, vocabulary

#: Raised by one whenever the engine of an earlier version could not read what is written.
FORMAT = 2
#: Units in one file of texts.
UNITS_PER_BLOCK = 28
#: Bytes of postings in one file, before they are packed; a larger group has a file of its own.
_SHARD_BYTES = 9_000
#: Words in one file of the vocabulary.
_WORDS_PER_FILE = 1_500

ROOT, DOCUMENTS, TABLES = "fihris.json.gz", "documents.gz", "tables.gz"
POSTINGS, TEXTS, VOCABULARY = "postings", "texts", "words"


@dataclass(frozen=True, slots=True)
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
    analyzer = Analyzer()
    postings = Postings(analyzer)
    output = _Output(folder)
    wordings: dict[int, list[int]] = {}
    for document in documents:
        for number, unit in enumerate(document.units, document.first):
            wordings.setdefault(unit.wording, []).append(number)
        postings.add(document)
    texts = [
        output.write(f"{TEXTS}/{number}.gz", _json(entries))
        for number, entries in enumerate(_blocks(documents, wordings))
    ]
    shards = [
        (shard[0].key, output.write(f"{POSTINGS}/{number}.gz", *_shard(shard)))
        for number, shard in enumerate(_cut(postings.groups()))
    ]
    different = {unit.wording: unit.paragraph.text for one in documents for unit in one.units}
    written = spellings_in(different.values())
    words = [_entry(word, written) for word in vocabulary(postings.frequencies, analyzer)]
    word_files = [words[at : at + _WORDS_PER_FILE] for at in range(0, len(words), _WORDS_PER_FILE)]
    vocabularies = [
        (file[0][0], output.write(f"{VOCABULARY}/{number}.gz", _json(file)))
        for number, file in enumerate(word_files)
    ]
    root: dict[str, Any] = {
        "format": FORMAT,
        "analyzer": ANALYZER_VERSION,
        "block": UNITS_PER_BLOCK,
        "totals": postings.totals,
        "documents": output.write(DOCUMENTS, _json(document_columns(documents))) & 255,
        "tables": output.write(TABLES, _json(packed_tables())) & 255,
        "texts": _checks(texts),
        "postings": _boundaries(shards),
        "words": _boundaries(vocabularies),
    }
    if pages is not None:
        root["pages"] = pages
    output.write(ROOT, _json(root))
    output.remove_leftovers()
    return ShardReport(len(documents), postings.totals.units, output.files, output.size)


def _blocks(
    documents: Iterable[ShardDocument], wordings: Mapping[int, Sequence[int]]
) -> Iterator[dict[str, Any]]:
    """Yield what each file of texts holds."""
    block = _Block()
    for document in documents:
        yield from block.add(document, wordings)
    yield from block.rest()


class _Block:
    """Gathers units into files of texts, each with what is shown of their documents."""

    def __init__(self) -> None:
        self._documents: list[list[Any]] = []
        self._units: list[list[Any]] = []

    def add(
        self, document: ShardDocument, wordings: Mapping[int, Sequence[int]]
    ) -> Iterator[dict[str, Any]]:
        """Add the units of *document*, and yield each file that is full."""
        shown = _shown(document)
        for number, (unit, wording) in enumerate(document.units, document.first):
            if not self._units or number == document.first:
                self._documents.append(shown)
            entry: list[Any] = [unit.fragment, unit.kind.value, unit.text]
            alike = wordings[wording]
            if len(alike) > 1:
                # The first of equal wordings names the others, the others name the first.
                entry.append(alike[0] if number != alike[0] else [*alike[1:]])
            self._units.append(entry)
            if len(self._units) == UNITS_PER_BLOCK:
                yield from self.rest()

    def rest(self) -> Iterator[dict[str, Any]]:
        """Yield the file that is not full, if there is one."""
        if self._units:
            yield {"documents": self._documents, "units": self._units}
        self._documents, self._units = [], []


def _shown(document: ShardDocument) -> list[Any]:
    record = document.record
    return [
        document.first,
        record.address,
        record.title,
        record.date.isoformat() if record.date else "",
        record.organ.value if record.organ else "",
        record.session.label if record.session else "",
        *([document.language] if document.language else []),
    ]


def _entry(word: VocabularyEntry, spellings: Mapping[str, Mapping[str, int]]) -> list[Any]:
    """Return a spelling, and behind it what stands before it in each word, and how often.

    Last comes how most texts write it, unless that is the same.
    """
    written = commonest_spelling(word.bare, word.frequencies, spellings)
    variant = [written] if written != word.bare else []
    return [word.bare, *chain.from_iterable(word.frequencies.items()), *variant]


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


def _boundaries(files: Sequence[tuple[str, int]]) -> list[Any]:
    """Return the first keys of *files*, each less what it shares with the last, and checks."""
    written: list[str] = []
    before = ""
    for key, _ in files:
        shared = 0
        while shared < min(len(key), len(before), 9) and key[shared] == before[shared]:
            shared += 1
        written.append(f"{shared}{key[shared:]}")
        before = key
    return [" ".join(written), _checks([check for _, check in files])]


def _checks(checks: Sequence[int]) -> str:
    """Return the checks of files, two hexadecimal digits each."""
    return bytes(check & 255 for check in checks).hex()


def _json(value: Any) -> bytes:
    return single_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


class _Output:
    """Writes files and remembers them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: set[Path] = set()
        self.size = 0

    @property
    def files(self) -> int:
        """How many files were written."""
        return len(self._written)

    def write(self, name: str, *parts: bytes) -> int:
        """Write a file of *parts*, packed, unless it holds them already; return its checksum."""
        path = self._folder / name
        packed = gzipped(*parts)
        self._written.add(path)
        self.size += len(packed)
        if not (path.exists() and path.read_bytes() == packed):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".new")
            unfinished.write_bytes(packed)
            unfinished.replace(path)
        return int.from_bytes(packed[-8:-4], "little")

    def remove_leftovers(self) -> None:
        """Remove shards of an earlier, larger index."""
        for part in (POSTINGS, TEXTS, VOCABULARY):
            for path in (self._folder / part).glob("*.gz"):
                if path not in self._written:
                    path.unlink()
