"""Taking documents out of an index by their addresses."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from fihris.index.addresses import split_address
from fihris.index.errors import AddressUnknown
from fihris.index.folder import commit_identity
from fihris.index.ledger import Ledger, discard_ledger
from fihris.index.reader import IndexReader, open_index
from fihris.index.report import RemovalReport, Tally
from fihris.index.writer import open_writer


def remove(folder: Path, addresses: Sequence[str], *, wait: float = 0.0) -> RemovalReport:
    """Take the documents at *addresses* out of the index in *folder*: all of them, or none.

    *wait* is how many seconds to wait for another writer.

    Raises AddressUnknown when one of them is not the address of a document in the index, and an
    IndexError_ when the index cannot serve.
    """
    open_index(folder)  # one that is not there is an error, and not made
    with open_writer(folder, wait=wait) as writer:
        searcher = writer.reader.searcher()
        before = commit_identity(folder)
        tally = Tally()
        removed = tuple(dict.fromkeys(addresses))
        for address in removed:
            record = writer.reader.stored_record(searcher, address)
            if record is None:
                raise _unknown(address, writer.reader)
            tally = tally.plus(record.paragraph_count)
            writer.remove(address)
        _release(folder, removed, before, writer.commit())
    return RemovalReport(removed, tally)


def _release(folder: Path, addresses: Sequence[str], before: str, after: str) -> None:
    """Tell the ledger that was of the commit *before* what is so *after*; else do without it."""
    try:
        with closing(Ledger.open(folder)) as ledger:
            if ledger.commit_identity == before:
                for address in addresses:
                    held = ledger.holder(address)
                    if held is not None:
                        # Indexing its source again is to bring the document back.
                        ledger.reopen_file(held[0].key)
                        ledger.release(address)
                ledger.commit(after)
    except sqlite3.Error:
        discard_ledger(folder)


def _unknown(address: str, reader: IndexReader) -> AddressUnknown:
    document, fragment = split_address(address)
    if fragment and reader.stored_record(reader.searcher(), document) is not None:
        return AddressUnknown(
            f'"{address}" is a part of a document.',
            f"Only a whole document can be removed: {document}",
        )
    return AddressUnknown(
        f'"{address}" is not in the index.', "`fihris search` shows the addresses that are."
    )
