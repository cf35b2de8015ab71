"""Columns: what filters need to know of every document and unit, in one small file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from fihris.index.resolution import ParagraphKind
from fihris.web.shards.packing import deltas
from fihris.web.shards.units import ShardDocument

_KINDS = [kind.value for kind in ParagraphKind]


def document_columns(documents: Sequence[ShardDocument]) -> dict[str, Any]:
    """Return columns with an entry for each document, and the kinds of all units in runs.

    ``first`` are the numbers of the title units as differences; ``organ`` and ``session`` are
    places in ``organs`` and ``sessions``, which begin with the empty one; ``year`` is 0 where it is
    not known. ``kinds`` alternates a place in ``kind_names`` with the number of units of that kind.
    """
    organs = _places(one.record.organ.value if one.record.organ else "" for one in documents)
    sessions = _places(one.record.session.label if one.record.session else "" for one in documents)
    kinds = [_KINDS.index(unit.paragraph.kind) for one in documents for unit in one.units]
    return {
        "first": deltas(one.first for one in documents),
        "organs": organs[0],
        "organ": organs[1],
        "sessions": sessions[0],
        "session": sessions[1],
        "year": [one.record.date.year if one.record.date else 0 for one in documents],
        "kind_names": _KINDS,
        "kinds": [number for kind, run in groupby(kinds) for number in (kind, len(list(run)))],
    }


def _places(labels: Any) -> tuple[list[str], list[int]]:
    """Return the different *labels*, the empty one first, and the place of each among them."""
    places: dict[str, int] = {"": 0}
    column = [places.setdefault(label, len(places)) for label in labels]
    return list(places), column
