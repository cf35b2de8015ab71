"""The folder for the index of a site: inside the site, its own, and reached through no link."""

from __future__ import annotations

import os
from pathlib import Path

from fihris.index.errors import PlaceTaken, SourceMissing
from fihris.web.embedding import WIDGET_SCRIPTS
from fihris.web.shards.writer import DICTIONARY, DOCUMENTS, ROOT, SERIES, TABLES

#: Where an index goes when nothing else is said.
DEFAULT_NAME = "fihris"

# What a first run that was cut short may have left, before it wrote the root file.
_BEGINNINGS = frozenset({*WIDGET_SCRIPTS, ROOT, DOCUMENTS, TABLES, DICTIONARY, *SERIES})


def index_place(site: Path, name: str) -> Path:
    """Return the folder *name* of *site*, into which an index may be written.

    It is empty, does not exist, or holds an earlier index. Raises SourceMissing when *site* is no
    folder, PlaceTaken when the folder would not be inside it, is reached through a link, holds
    a link, or holds something else: a site may well have pages in a folder of that name.
    """
    if not site.is_dir():
        fact = "is not a folder." if site.exists() else "there is no such folder."
        raise SourceMissing(site, fact, "Name the folder that holds the pages of the site.")
    folder = site / name
    parts = Path(name).parts
    remedy = "Name another folder inside the site with --output."
    if not parts or ".." in parts or Path(name).anchor:
        raise PlaceTaken(folder, "does not lie inside the site.", remedy)
    for part in (folder, *folder.parents[: len(parts) - 1]):
        if part.is_symlink():
            raise PlaceTaken(part, "is a link, and nothing is written through links.", remedy)
        if part.exists() and not part.is_dir():
            raise PlaceTaken(part, "is a file.", remedy)
    if not folder.exists():
        return folder
    entries = {path.name for path in folder.iterdir()}
    if ROOT not in entries and not {entry.removesuffix(".new") for entry in entries} <= _BEGINNINGS:
        raise PlaceTaken(folder, "holds something that is no search index.", remedy)
    for parent, folders, names in os.walk(folder):
        for entry in (*folders, *names):
            path = Path(parent, entry)
            if path.is_symlink():
                raise PlaceTaken(path, "is a link, and nothing is written through links.", remedy)
    return folder
