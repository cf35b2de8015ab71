"""Documents and paragraphs by their addresses, with what helps when an address is mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fihris.search.lookup import DocumentNames, Passage, find_passage

if TYPE_CHECKING:
    from fihris.web.live_index import IndexState


def find_served(state: IndexState, address: str) -> Passage:
    """Return what *address* names in one commit.

    Errors are those of :func:`~fihris.search.lookup.find_passage`. The names of all documents,
    which only a mistyped address needs, are read once for each commit.
    """
    return find_passage(state.reader, address, lambda _: state.derived("names", DocumentNames))
