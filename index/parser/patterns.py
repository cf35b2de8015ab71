"""Patterns over folded text, written in good spelling, and the data files beside this module.

Everything here is matched on text that :func:`fihris.index.analysis.fold` has folded: bare alef,
ه for ة, ي for ى, ASCII digits, small Latin letters. Patterns and tables are written as a reader
of Arabic expects to see them and folded once, when they are loaded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from fihris.index.analysis.tables import TABLES

_LETTERS = str.maketrans(TABLES.letters)


def respell(pattern: str) -> str:
    r"""Return *pattern* with its Arabic letters folded; Latin letters (``\W``) stay.

    >>> respell(r"الجمعية\\S")
    'الجمعيه\\\\S'
    """
    return pattern.translate(_LETTERS)


def compile_folded(pattern: str) -> re.Pattern[str]:
    """Compile *pattern*, written in good spelling, for use on folded text."""
    return re.compile(respell(pattern))


def one_of(words: Iterable[str]) -> str:
    """Return an alternation of *words*, longest first, in which any run of blanks is a blank."""
    longest_first = sorted({respell(word) for word in words}, key=lambda word: (-len(word), word))
    spaced = (r"\s+".join(re.escape(part) for part in word.split()) for word in longest_first)
    return f"(?:{'|'.join(spaced)})"


def read_table(name: str) -> dict[str, Any]:
    """Read the JSON object in the file *name* of this folder."""
    table: dict[str, Any] = json.loads(
        files("fihris.index.parser").joinpath(name).read_text("utf-8")
    )
    return table
