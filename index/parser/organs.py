"""The organs of the United Nations as texts name them, with their series of symbols."""

from __future__ import annotations

import re
from typing import Any

from fihris.index.parser.patterns import one_of, read_table, respell
from fihris.index.resolution import Organ

_TABLE: dict[str, dict[str, Any]] = read_table("symbols.json")["organs"]

#: What symbols of an organ begin with: ``A/HRC/``.
SERIES: dict[Organ, str] = {Organ(key): str(entry["series"]) for key, entry in _TABLE.items()}

#: Organs whose name is feminine: what is theirs bears ها, what is the others' bears ه.
FEMININE = frozenset(Organ(key) for key, entry in _TABLE.items() if entry.get("feminine"))

#: Organs that a text may call "the Council" once it has named them.
COUNCILS = frozenset({Organ.SC, Organ.HRC, Organ.ECOSOC, Organ.TC})


def _with_li(name: str) -> tuple[str, str]:
    """Return a folded name, and the same with the preposition ل written on it.

    >>> _with_li("الجمعيه العامه")
    ('الجمعيه العامه', 'للجمعيه العامه')
    """
    return name, f"لل{name[2:]}" if name.startswith("ال") else f"ل{name}"


_NAMES: dict[str, Organ] = {
    form: Organ(key)
    for key, entry in _TABLE.items()
    for name in entry["names"]
    for form in _with_li(respell(name))
}

#: An organ's name in folded text, with or without a clitic; group 1 is the name.
ORGAN = re.compile(rf"(?<!\w)[وفب]?({one_of(_NAMES)})(?!\w)")


def organ_name(organ: Organ) -> str:
    """Return the name of *organ* as its own texts write it.

    >>> organ_name(Organ.SC)
    'مجلس الأمن'
    """
    return str(_TABLE[organ.value]["names"][0])


def organ_of(match: re.Match[str]) -> Organ:
    """Return the organ that a match of :data:`ORGAN` names."""
    return _NAMES[" ".join(match[1].split())]


def organ_of_symbol(symbol: str) -> Organ | None:
    """Return the organ that adopted the text called *symbol*, None where that is no adopted text.

    >>> organ_of_symbol("A/HRC/DEC/2/102"), organ_of_symbol("A/HRC/46/68")
    (<Organ.HRC: 'HRC'>, None)
    """
    for organ, series in SERIES.items():
        if re.match(rf"{re.escape(series)}(?:RES|DEC|PRST)/", symbol):
            return organ
    return None


def find_organ(text: str, start: int = 0, end: int | None = None) -> Organ | None:
    """Return the first organ named in folded *text* between two places, or None."""
    found = ORGAN.search(text, start, len(text) if end is None else end)
    return organ_of(found) if found else None
