"""Exporting a site: from an index to a folder that any host can serve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fihris.index.frozen import frozen
from fihris.index.reader import IndexReader, open_index
from fihris.web.discovery import addresses_by_date
from fihris.web.embedding import write_widget
from fihris.web.links import Language
from fihris.web.live_index import frozen_state
from fihris.web.shards import ShardReport, write_documents
from fihris.web.shards.scripts import remove_scripts, write_scripts
from fihris.web.shards.units import read_documents
from fihris.web.static_site.folder import SiteFolder
from fihris.web.static_site.links import SEARCH_FOLDER, StaticLayout
from fihris.web.static_site.pages import SitePages

ALL_LANGUAGES = (Language.ARABIC, Language.ENGLISH)


@frozen
class SiteReport:
    """What is in the folder now, and what was done there.

    ``pages`` are files of HTML; ``files`` and ``size`` (bytes) count all but the search, whose own
    are ``search_files`` and ``search_size``. ``written``, ``unchanged`` and ``removed`` count
    files without the search.
    """

    documents: int
    pages: int
    files: int
    size: int
    search_files: int
    search_size: int
    written: int
    unchanged: int
    removed: int


@frozen
class Progress:
    """How far an export is: files that are done, of how many. The search is the last of them."""

    done: int
    total: int


def export_site(
    index: Path,
    out: Path,
    *,
    base: str = "",
    languages: Sequence[Language] = ALL_LANGUAGES,
    scripts: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> SiteReport:
    """Write a site over the *index* into the folder *out*.

    *base* is the address that *out* will have, for what has to be absolute; *scripts* makes a site
    that works from a disk, too. Files that would not change keep their bytes and their times, and
    those of an earlier export that are not needed any more are removed.

    Raises PlaceTaken when something else is in the way, PlaceUnwritable when the system refuses,
    and what opening an index raises.
    """
    folder = SiteFolder(out)
    opened = open_index(index)
    state = frozen_state(opened)
    layout = StaticLayout(base and base.rstrip("/") + "/", tuple(languages), scripts)
    # The order in which what cites a document is listed; there are fewer documents than units.
    addresses = addresses_by_date(state.reader, state.reader.searcher().num_docs)
    files = [*SitePages(state, layout, addresses).files()]
    folder.begin([file.name for file in files], SEARCH_FOLDER)
    total = len(files) + 1
    for done, file in enumerate(files):
        if progress is not None:
            progress(Progress(done, total))
        folder.write(file.name, file.make())
    with folder.writing():
        shards, search_files, search_size = _write_search(state.reader, out, scripts)
    folder.finish(SEARCH_FOLDER)
    if progress is not None:
        progress(Progress(total, total))
    return SiteReport(
        documents=shards.documents,
        pages=sum(file.name.endswith(".html") for file in files),
        files=len(files),
        size=folder.size,
        search_files=search_files,
        search_size=search_size,
        written=folder.written,
        unchanged=folder.unchanged,
        removed=folder.removed,
    )


def _write_search(reader: IndexReader, out: Path, scripts: bool) -> tuple[ShardReport, int, int]:
    """Write the search; return what it holds, its files, and their bytes."""
    folder = out / SEARCH_FOLDER
    shards = write_documents([*read_documents(reader)], folder)
    widget = write_widget(folder)
    twins = (0, 0)
    if scripts:
        twins = write_scripts(folder)
    else:
        remove_scripts(folder)
    return shards, shards.files + widget.files + twins[0], shards.size + widget.size + twins[1]
