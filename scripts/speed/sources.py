"""What the engines index: a collection as Fihris takes it, and its units in lines for the others.

A unit is a title or a provision. Fihris reads JSON Lines as its users have them; the peers are
spared that and read lines parted by tabs.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from fihris.index.sources.provisions import year_in_title
from scripts.peers.speed import Unit, read_units

_COLLECTION, _UNITS = "collection.jsonl", "units.tsv"
_TITLE = "title"


class CollectionUnfit(Exception):
    """What was named as a collection is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The same documents in both forms, and how many provisions they have."""

    collection: Path
    units: Path
    paragraphs: int


def make_sources(collection: Path, folder: Path, documents: int | None = None) -> Sources:
    """Write the first so many *documents* of a collection, or all, in both forms into *folder*.

    The collection may be packed as ``.xz``; unpacking is nothing that should be measured. Raises
    :class:`CollectionUnfit`, and OSError when a file cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy, units = folder / _COLLECTION, folder / _UNITS
    units.unlink(missing_ok=True)
    partial = units.with_suffix(".part")
    paragraphs = 0
    with (
        copy.open("w", encoding="utf-8", newline="\n") as records,
        partial.open("w", encoding="utf-8", newline="\n") as rows,
    ):
        for line, found in _documents_in(collection, documents):
            records.write(line)
            paragraphs += len(found) - 1
            rows.writelines("\t".join(unit) + "\n" for unit in found)
    if not paragraphs:
        raise CollectionUnfit(f"{collection} holds no provision.")
    partial.rename(units)
    return Sources(copy, units, paragraphs)


def _documents_in(collection: Path, most: int | None) -> Iterator[tuple[str, list[Unit]]]:
    """Yield the line of each document of a collection, so many at *most*, and its units."""
    opened = lzma.open if collection.suffix == ".xz" else open
    number = 1
    try:
        with opened(collection, "rt", encoding="utf-8") as lines:
            for line in islice(lines, most):
                yield line, list(units_of(json.loads(line)))
                number += 1
    except (LookupError, TypeError, AttributeError, ValueError, EOFError, lzma.LZMAError) as error:
        raise CollectionUnfit(
            f"{collection} is no collection: line {number} cannot be read as a document"
            f" ({type(error).__name__}: {error}). Each line is one in JSON, with its id, title and"
            " provisions."
        ) from error


def sources_in(folder: Path) -> Sources | None:
    """Return what :func:`make_sources` has written into *folder*, None when it has not."""
    units = folder / _UNITS
    if not units.is_file():
        return None
    paragraphs = sum(unit.name != _TITLE for unit in read_units(units))
    return Sources(folder / _COLLECTION, units, paragraphs)


def units_of(record: dict[str, Any]) -> Iterator[Unit]:
    """Yield the units of one document: its title, then every provision that holds a text."""
    title = _in_one_line(record.get("title") or record["id"])
    date = year_in_title(title)
    year = str(date.year) if date is not None else ""
    document = str(record["id"])
    yield Unit(document, _TITLE, year, title)
    for number, provision in enumerate(record["provisions"], start=1):
        text = _in_one_line(provision["text"])
        if text:
            yield Unit(document, f"p{number}", year, text)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def sample(path: Path, number: int, chance: random.Random) -> list[Unit]:
    """Return so many units of a file at most, each as likely as any other."""
    kept: list[Unit] = []
    for place, unit in enumerate(read_units(path)):
        if len(kept) < number:
            kept.append(unit)
        elif (slot := chance.randrange(place + 1)) < number:
            kept[slot] = unit
    return kept


def write_documents(records: Sequence[dict[str, Any]], path: Path) -> tuple[Path, Path]:
    """Write *records* as a collection and as units; return the paths of both files."""
    collection, units = path.with_suffix(".jsonl"), path.with_suffix(".tsv")
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    collection.write_text("".join(lines), encoding="utf-8")
    rows = ["\t".join(unit) + "\n" for record in records for unit in units_of(record)]
    units.write_text("".join(rows), encoding="utf-8")
    return collection, units
