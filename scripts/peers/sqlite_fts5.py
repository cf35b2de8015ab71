"""SQLite FTS5 with its default tokenizer, ``unicode61``, ranked by its built-in ``bm25``."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from scripts.peers.collection import Collection, PeerUnavailable, Run


def run(collection: Collection, limit: int) -> dict[str, Run]:
    """Return the run of every query set, at most *limit* passages a query."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, text)")
        except sqlite3.OperationalError as error:
            raise PeerUnavailable(f"Python's SQLite was built without FTS5 ({error}).") from None
        connection.executemany("INSERT INTO passage VALUES (?, ?)", collection.passages.items())
        return {
            query_set.name: {
                key: _search(connection, text, limit) for key, text in query_set.queries.items()
            }
            for query_set in collection.query_sets
        }


def match_any_word(text: str) -> str:
    """Return *text* as an FTS5 query for any of its words, with nothing left to act as syntax.

    >>> match_any_word('من "هو" NOT؟')
    '"من" OR "هو" OR "NOT؟"'
    """
    words = (word.replace('"', "") for word in text.split())
    return " OR ".join(f'"{word}"' for word in words if word)


def _search(connection: sqlite3.Connection, text: str, limit: int) -> list[str]:
    query = match_any_word(text)
    if not query:
        return []
    rows = connection.execute(
        "SELECT id FROM passage WHERE passage MATCH ? ORDER BY bm25(passage), rowid LIMIT ?",
        (query, limit),
    )
    return [key for (key,) in rows]
