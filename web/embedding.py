"""Embedding: what another site needs to search an index, written into one folder."""

from __future__ import annotations

from pathlib import Path

from fihris.index.errors import PlaceTaken
from fihris.index.frozen import frozen
from fihris.web.assets import shipped_assets
from fihris.web.shards.writer import ROOT

#: What a page with the widget fetches: the element, and once it is used the engine, and what
#: completes words and fills menus.
WIDGET_SCRIPTS = ("fihris-search.js", "fihris-engine.js", "fihris-assistance.js")


@frozen
class WidgetReport:
    """The scripts that were written: numbers of files, and bytes on disk."""

    files: int
    size: int


def write_widget(folder: Path) -> WidgetReport:
    """Write the scripts of ``<fihris-search>`` into *folder*; equal ones are left alone."""
    size = 0
    for name in WIDGET_SCRIPTS:
        asset = shipped_assets().get(f"embed/{name}")
        if asset is None:
            raise LookupError(f"embed/{name} is missing from web/static.")
        path = folder / name
        size += len(asset.body)
        if not (path.exists() and path.read_bytes() == asset.body):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(asset.body)
    return WidgetReport(len(WIDGET_SCRIPTS), size)


def search_place(out: Path) -> None:
    """Raise PlaceTaken unless *out* is empty, does not exist, or holds a search already."""
    if out.is_dir() and any(out.iterdir()) and not (out / ROOT).exists():
        remedy = "Name a new folder, or the one of an earlier export."
        raise PlaceTaken(out, "holds something that is no search index.", remedy)
    if out.exists() and not out.is_dir():
        raise PlaceTaken(out, "is a file.", "Name a folder.")
