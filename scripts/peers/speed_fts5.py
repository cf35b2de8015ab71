"""SQLite FTS5 as it is measured: ``unicode61`` over a table of texts, ranked by ``bm25()``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from scripts.peers.questions import Kind, Question
from scripts.peers.speed import LIMIT, MOST_VALUES, Passage, Unit, read_units
from scripts.peers.sqlite_fts5 import match_any_word

_SCHEMA = """
CREATE TABLE unit (id INTEGER PRIMARY KEY, document TEXT, name TEXT, year TEXT, text TEXT);
CREATE INDEX unit_document ON unit (document);
CREATE VIRTUAL TABLE word USING fts5 (text, content = 'unit', content_rowid = 'id');
CREATE TRIGGER unit_added AFTER INSERT ON unit BEGIN
  INSERT INTO word (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER unit_removed AFTER DELETE ON unit BEGIN
  INSERT INTO word (word, rowid, text) VALUES ('delete', old.id, old.text);
END;
"""
_ADD = "INSERT INTO unit (document, name, year, text) VALUES (?, ?, ?, ?)"
_RANK = "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rank LIMIT ?"
_PAGE = """
SELECT unit.document, unit.name, unit.text, snippet(word, 0, '<b>', '</b>', '…', 40)
FROM word JOIN unit ON unit.id = word.rowid WHERE word MATCH ? ORDER BY word.rank LIMIT ?
"""
_YEARS = """
SELECT unit.year, count(*) FROM word JOIN unit ON unit.id = word.rowid
WHERE word MATCH ? GROUP BY unit.year ORDER BY count(*) DESC LIMIT ?
"""


class Fts5Engine:
    """A table of units with a full-text index that takes its texts from there."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "units.db")

    @property
    def units(self) -> int:
        """How many units the index has."""
        return int(self._connection.execute("SELECT count(*) FROM unit").fetchone()[0])

    def rank(self, question: Question) -> Sequence[int]:
        """Return the first ten hits in order, nothing read of them."""
        rows = self._connection.execute(_RANK, (match(question), LIMIT))
        return [number for (number,) in rows]

    def documents(self, ranked: Sequence[int]) -> list[str]:
        """Return the addresses of the documents of hits that were *ranked*."""
        find = "SELECT document FROM unit WHERE id = ?"
        return [str(self._connection.execute(find, (number,)).fetchone()[0]) for number in ranked]

    def page(self, question: Question) -> Sequence[Passage]:
        """Return the first ten hits with their texts and marked passages."""
        asked = match(question)
        if question.kind is Kind.FACETS:
            self._connection.execute(_YEARS, (asked, MOST_VALUES)).fetchall()
        return [Passage(*row) for row in self._connection.execute(_PAGE, (asked, LIMIT))]

    def update(self, path: Path) -> None:
        """Replace the documents that the file at *path* holds, and commit."""
        with self._connection:
            for document, units in groupby(read_units(path), key=lambda unit: unit.document):
                self._connection.execute("DELETE FROM unit WHERE document = ?", (document,))
                self._connection.executemany(_ADD, units)


def match(question: Question) -> str:
    """Return *question* as an expression of FTS5.

    >>> match(Question(Kind.AND, "ماء هواء"))
    '"ماء" AND "هواء"'
    """
    if question.kind in (Kind.PHRASE, Kind.STOP_PHRASE):
        return f'"{question.words}"'
    if question.kind is Kind.PREFIX:
        return f'"{question.words}"*'
    any_word = match_any_word(question.words)
    if question.kind in (Kind.OR, Kind.PARTIAL, Kind.CLAUSE):
        return any_word
    return any_word.replace(" OR ", " AND ")


def index_units(units: Iterable[Unit], folder: Path) -> None:
    """Make a new index of *units* in *folder*."""
    folder.mkdir(parents=True)
    connection = sqlite3.connect(folder / "units.db")
    with connection:
        connection.executescript(_SCHEMA)
        connection.executemany(_ADD, units)
    connection.close()


def open_engine(folder: Path) -> Fts5Engine:
    """Return the engine of the index in *folder*."""
    return Fts5Engine(folder)
