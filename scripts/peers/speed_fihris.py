"""Fihris as it is measured: its public search and clause look-up, and its own synchronizing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fihris.index import open_index, sync
from fihris.index.reader import IndexReader
from fihris.search import search
from fihris.search.clause import ClauseOptions, find_clause
from fihris.search.ranking import Ranked
from fihris.search.searcher import rank_units
from scripts.peers.questions import Kind, Question
from scripts.peers.speed import LIMIT, Passage


class FihrisEngine:
    """An index of Fihris; what is updated is a collection in JSON Lines, as its users have it."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @property
    def units(self) -> int:
        """How many units the index has."""
        return self._reader.searcher().num_docs

    def rank(self, question: Question) -> Sequence[Ranked]:
        """Return the first ten hits in order, nothing read of them."""
        return rank_units(self._reader, written(question), LIMIT)

    def documents(self, ranked: Sequence[Ranked]) -> list[str]:
        """Return the addresses of the documents of hits that were *ranked*."""
        searcher = self._reader.searcher()
        return [self._reader.unit(searcher, one.place).doc for one in ranked]

    def page(self, question: Question) -> Sequence[Passage]:
        """Return the first ten hits with their texts and marked passages."""
        if question.kind is Kind.CLAUSE:
            answer = find_clause(self._reader, question.words, ClauseOptions(limit=LIMIT))
            return [
                Passage(place.document.address, place.address, wording.text, str(wording.changes))
                for wording in answer.wordings
                for place in wording.places[:1]
            ]
        facets = ("year",) if question.kind is Kind.FACETS else ()
        found = search(self._reader, written(question), limit=LIMIT, facets=facets)
        return [
            Passage(
                hit.document.address,
                hit.address,
                hit.text,
                " … ".join(hit.text[start:end] for start, end in hit.snippets),
            )
            for hit in found.hits
        ]

    def update(self, path: Path) -> None:
        """Replace the documents that the file at *path* holds, and commit."""
        sync(self._reader.folder, [path])


def written(question: Question) -> str:
    """Return *question* in the query language of Fihris.

    >>> written(Question(Kind.OR, "ماء هواء"))
    'ماء OR هواء'
    """
    if question.kind in (Kind.PHRASE, Kind.STOP_PHRASE):
        return f'"{question.words}"'
    if question.kind is Kind.PREFIX:
        return f"{question.words}*"
    if question.kind is Kind.OR:
        return question.words.replace(" ", " OR ")
    return question.words


def open_engine(folder: Path) -> FihrisEngine:
    """Return the engine of the index in *folder*."""
    return FihrisEngine(open_index(folder))
