"""Texts: what is shown of units and their documents, a few units in a file; equal wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fihris.index.resolution import Resolution
from fihris.web.shards.packing import deltas
from fihris.web.shards.units import ShardDocument

#: Units in a file.
UNITS_PER_BLOCK = 19
#: Units of one wording that name each other; more of them have a file of their own.
MOST_NAMED = 16

_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.ASCII | re.DOTALL)
# Stands for a fragment that follows from the one before by counting; no fragment is a number.
_NEXT = 0


class Wordings:
    """Which units have one wording."""

    def __init__(self, documents: Iterable[ShardDocument]) -> None:
        self._units: dict[int, list[int]] = {}
        for document in documents:
            for number, (_, wording) in enumerate(document.units, document.first):
                self._units.setdefault(wording, []).append(number)
        common = (one for one, units in self._units.items() if len(units) > MOST_NAMED)
        self._places = {wording: place for place, wording in enumerate(common)}

    def files(self) -> list[list[int]]:
        """Return what stands in a file for each wording that many units have: their numbers."""
        return [deltas(self._units[wording]) for wording in self._places]

    def others(self, wording: int, number: int) -> list[int] | int:
        """Return what is written of the units that have a *wording* beside unit *number*."""
        place = self._places.get(wording)
        if place is not None:
            return place
        return deltas(one for one in self._units[wording] if one != number)


def text_blocks(documents: Sequence[ShardDocument], wordings: Wordings) -> Iterator[list[Any]]:
    """Yield what each file holds: documents; fragments, kinds and texts of units; equal wordings.

    A fragment is 0 where it is the one before with a number that is larger by one, a kind is empty
    where it is that of the unit before. Equal wordings are a unit's place in the file, and behind
    it the numbers of the other units, or the number of the file of all of them.
    """
    block = _Block()
    for document in documents:
        shown = _shown(document)
        for number, (unit, wording) in enumerate(document.units, document.first):
            if not block.texts or number == document.first:
                block.documents.append(shown)
            others = wordings.others(wording, number)
            block.add(unit.fragment, unit.kind.value, unit.text, others)
            if len(block.texts) == UNITS_PER_BLOCK:
                yield block.content()
                block = _Block()
    if block.texts:
        yield block.content()


class _Block:
    """Gathers the units of one file."""

    def __init__(self) -> None:
        self.documents: list[list[Any]] = []
        self.texts: list[str] = []
        self._fragments: list[str | int] = []
        self._kinds: list[str] = []
        self._alike: list[Any] = []
        self._fragment = self._kind = ""

    def add(self, fragment: str, kind: str, text: str, others: list[int] | int) -> None:
        """Add a unit, and the other units of its wording."""
        if others != []:
            self._alike += (len(self.texts), others)
        follows = self._fragment and fragment == next_fragment(self._fragment)
        self._fragments.append(_NEXT if follows else fragment)
        self._kinds.append("" if kind == self._kind else kind)
        self.texts.append(text)
        self._fragment, self._kind = fragment, kind

    def content(self) -> list[Any]:
        """Return what the file holds."""
        return [self.documents, self._fragments, self._kinds, self.texts, self._alike]


def next_fragment(fragment: str) -> str | None:
    """Return *fragment* with the number at its end larger by one; None where it has none.

    >>> next_fragment("art9")
    'art10'
    """
    numbered = _NUMBERED.fullmatch(fragment)
    return numbered and f"{numbered[1]}{int(numbered[2]) + 1}"


def _shown(document: ShardDocument) -> list[Any]:
    """Return what is shown of a document, and the number of its first unit."""
    record: Resolution = document.record
    return [
        document.first,
        record.address,
        record.title,
        record.date.isoformat() if record.date else "",
        *([document.language] if document.language else []),
    ]
