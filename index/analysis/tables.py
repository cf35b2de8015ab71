"""The tables of the analysis, read once from ``tables.json``.

Rules that a reader of Arabic might want to check or correct are data, not code, and the browser
engine reads the very same file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tables:
    """What ``tables.json`` holds; see the file itself for what each entry means."""

    dropped: str
    characters: dict[str, str]
    letters: dict[str, str]


def _expand_ranges(ranges: list[list[str]]) -> str:
    """Return every character of the inclusive ranges, which are written as hexadecimal numbers."""
    return "".join(
        chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)
    )


def read_tables() -> Tables:
    """Read the tables that ship with the package."""
    raw = json.loads(files("fihris.index.analysis").joinpath("tables.json").read_text("utf-8"))
    return Tables(
        dropped=_expand_ranges(raw["dropped"]),
        characters={
            chr(int(code, 16)): written for code, written in raw["characters"].items()
        },
        letters=raw["letters"],
    )


TABLES = read_tables()
