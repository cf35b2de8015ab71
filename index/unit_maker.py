"""Units of many documents, analysed here or, in a large run, by an assistant in another process.

Analysing is half of the work of a large run and needs nothing but the texts, so a second core can
do it. The assistant is started once a run has proved to be large; until it is up, and whenever it
fails, the texts are analysed in this process. Nothing depends on it but time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from fihris.index.analysis import AnalyzedText, Analyzer
from fihris.index.record import SourceStamp
from fihris.index.resolution import Resolution
from fihris.index.units import analyze_units, document_units

if TYPE_CHECKING:
    from fihris.index.assistant import Assistant

# Characters of text, after which a run counts as large. An assistant knows no word yet, so where
# a process follows changes and has met the words, it would hold up a session of 100 documents,
# which have a third as many; but new words are most frequent at the beginning of a run.
_LARGE = 1_000_000
# Characters that are handed over at once, and that may be on their way. More would only fill
# memory: the slower side sets the pace.
_BATCH = 100_000
_MOST_AHEAD = 4_000_000

#: The fields of one unit, as the engine takes them.
Fields = dict[str, Any]


class Order(NamedTuple):
    """A document whose units are wanted; see :func:`~fihris.index.units.document_units`."""

    document: Resolution
    paragraph_count: int
    stamp: SourceStamp

    def units(self, forms: Iterable[AnalyzedText]) -> Iterator[Fields]:
        """Yield its units, whose texts have these *forms*."""
        return document_units(self.document, self.paragraph_count, self.stamp, forms)

    def units_made_here(self, analyzer: Analyzer) -> Iterator[Fields]:
        """Yield its units, whose texts are analysed in this process."""
        return self.units(analyze_units(self.document, analyzer))

    @property
    def size(self) -> int:
        """How many characters it has."""
        return sum(len(unit.text) for unit in self.document.paragraphs)


class _Batch(NamedTuple):
    """Documents that are handed over together, and how many characters they have."""

    orders: list[Order]
    size: int


class UnitMaker:
    """Makes units of documents, with the help of an assistant in a large run.

    Units come out when they are ready, those of one document together. ``close`` ends the
    assistant.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._assistant: Assistant | None = None
        # Characters until a run is large; with a single core it never is.
        self._until_large = _LARGE if (os.cpu_count() or 1) > 1 else None
        self._gathered: list[Order] = []
        self._gathered_size = 0
        self._handed: deque[_Batch] = deque()
        self._ahead = 0
        self._awaited: set[str] = set()

    def make(
        self, document: Resolution, paragraph_count: int, stamp: SourceStamp
    ) -> Iterator[Fields]:
        """Take a document on, and yield the units that are ready: its own or those of others."""
        order = Order(document, paragraph_count, stamp)
        if not self._has_help(order):
            yield from self.rest()
            yield from order.units_made_here(self._analyzer)
            return
        self._awaited.add(document.address)
        self._gathered.append(order)
        self._gathered_size += order.size
        if self._gathered_size >= _BATCH:
            self._hand_over()
        while self._handed and (self._ahead > _MOST_AHEAD or self._is_ready()):
            yield from self._next()

    def rest(self) -> Iterator[Fields]:
        """Yield the units of every document that was taken on and is still awaited."""
        if self._gathered:
            self._hand_over()
        while self._handed:
            yield from self._next()
        self._awaited.clear()

    def awaits(self, address: str) -> bool:
        """Tell whether units of the document at *address* may still be awaited."""
        return address in self._awaited

    def close(self) -> None:
        """End the assistant; what is still awaited is dropped."""
        if self._assistant is not None:
            self._assistant.end()
            self._assistant = None

    def _has_help(self, order: Order) -> bool:
        """Tell whether an assistant is up; start one when the run has become large."""
        if self._until_large is not None:
            self._until_large -= order.size
            if self._until_large <= 0:
                self._until_large = None
                from fihris.index.assistant import Assistant

                with suppress(OSError):  # no process can be had, and none is needed
                    self._assistant = Assistant()
        return self._assistant is not None and self._assistant.is_up

    def _is_ready(self) -> bool:
        return self._assistant is None or self._assistant.is_ready

    def _hand_over(self) -> None:
        batch = _Batch(self._gathered, self._gathered_size)
        self._gathered, self._gathered_size = [], 0
        self._handed.append(batch)
        self._ahead += batch.size
        if self._assistant is not None:
            self._assistant.ask([order.document for order in batch.orders])

    def _next(self) -> Iterator[Fields]:
        """Yield the units of the batch that was handed over first."""
        batch = self._handed.popleft()
        self._ahead -= batch.size
        forms = None if self._assistant is None else self._assistant.answer()
        if self._assistant is not None and self._assistant.has_ended:
            self.close()
        for order in batch.orders:
            if forms is not None:
                # Each document takes as many as it has units, and leaves those of the next.
                yield from order.units(forms)
            else:
                # Where the assistant failed over a document, the error shows here.
                yield from order.units_made_here(self._analyzer)
