"""The words of the interface in both languages; the JSON files beside this one hold them.

``interface.json`` has a sentence for each key, ``counts.json`` the forms that a noun takes after a
number, ``query_language.json`` the page about the query language. What stands between braces is
put in: ``{query}``. One set of digits is shown, the one that the United Nations print in Arabic
documents too: 0 to 9.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from fihris.index.resolution import Date, DocumentKind, Organ
from fihris.search.outputs.citation import (
    ORGANS_ARABIC,
    ORGANS_ENGLISH,
    cite_place,
    written_date,
)
from fihris.web.links import Language

_FOLDER = Path(__file__).parent
_FIELD = re.compile(r"\{(\w+)\}")
_THOUSANDS = {Language.ARABIC: "\u00a0", Language.ENGLISH: ","}
_SESSION = re.compile(r"(?P<type>S|ES)-(?P<number>\d+)")
_SESSION_KEYS = {"S": "sessions.special", "ES": "sessions.emergency"}


@lru_cache
def read_table(name: str) -> Mapping[str, Any]:
    """Return the table in the JSON file *name*."""
    table: Mapping[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return table


def plural_category(count: int, language: Language) -> str:
    """Return the form that a noun takes after *count*, as Unicode's CLDR names it.

    Source: CLDR, plural rules of cardinals, ``ar`` and ``en``.

    >>> [plural_category(n, Language.ARABIC) for n in (0, 1, 2, 3, 11, 100, 103)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'few']
    """
    if language is Language.ENGLISH:
        return "one" if count == 1 else "other"
    if count <= 2:
        return ("zero", "one", "two")[count]
    rest = count % 100
    if rest <= 2:
        return "other"
    return "few" if rest <= 10 else "many"


class Texts:
    """The words of the interface in one language. Unknown keys raise KeyError."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._at = 1 if language is Language.ARABIC else 0  # where both are given, English leads
        self._pieces = {
            key: _FIELD.split(twins[language]) for key, twins in read_table("interface").items()
        }
        self._counts = {
            (key, category): _FIELD.split(form)
            for key, twins in read_table("counts").items()
            for category, form in twins[language].items()
        }

    def say(self, key: str, /, **values: object) -> str:
        """Return the sentence called *key*, for titles and attributes."""
        pieces = self._pieces[key]
        return pieces[0] if len(pieces) == 1 else _filled(pieces, values)

    def show(self, key: str, /, **values: object) -> Markup:
        """Return the sentence called *key* as HTML, each of *values* isolated in its direction.

        A symbol or a number would otherwise turn round what stands beside it.
        """
        return _isolated(self._pieces[key], values)

    def count(self, key: str, count: int) -> str:
        """Return *count* with its noun, for titles and attributes."""
        pieces = self._counts[key, plural_category(count, self.language)]
        return _filled(pieces, {"n": self.number(count)})

    def show_count(self, key: str, count: int) -> Markup:
        """Return *count* with its noun as HTML."""
        pieces = self._counts[key, plural_category(count, self.language)]
        return _isolated(pieces, {"n": self.number(count)})

    def number(self, number: int) -> str:
        """Return *number* with its thousands apart.

        >>> Texts(Language.ENGLISH).number(12345)
        '12,345'
        """
        return f"{number:,}".replace(",", _THOUSANDS[self.language])

    def list(self, words: Sequence[str]) -> str:
        """Return *words* with commas between them."""
        return ("، " if self.language is Language.ARABIC else ", ").join(words)

    def organ(self, organ: Organ | None) -> str:
        """Return the name of *organ*, or that of everything no organ adopted."""
        if organ is None:
            return self.say("sessions.no_organ")
        return (ORGANS_ENGLISH, ORGANS_ARABIC)[self._at][organ]

    def session(self, label: str | None) -> str:
        """Return the name of the session that symbols write *label*."""
        if label is None:
            return self.say("sessions.none")
        special = _SESSION.fullmatch(label)
        if special is None:
            return self.say("sessions.session", number=label)
        return self.say(_SESSION_KEYS[special["type"]], number=special["number"])

    def date(self, date: Date | None) -> str:
        """Return *date* in words, nothing when there is none."""
        return written_date(date)[self._at]

    def place(self, fragment: str) -> str:
        """Return how the paragraph *fragment* is called in running text."""
        return cite_place(fragment)[self._at]

    def document_kind(self, kind: DocumentKind) -> str:
        """Return what *kind* of document it is."""
        return self.say(f"document.{kind}")


@lru_cache
def texts_in(language: Language) -> Texts:
    """Return the words of the interface in *language*."""
    return Texts(language)


def isolate(value: object) -> Markup:
    """Return *value* as HTML whose direction is its own: an address, a number, a name."""
    return Markup("<bdi>%s</bdi>") % (value,)


def _filled(pieces: Sequence[str], values: Mapping[str, object]) -> str:
    return "".join(str(values[piece]) if at % 2 else piece for at, piece in enumerate(pieces))


def _isolated(pieces: Sequence[str], values: Mapping[str, object]) -> Markup:
    # What is HTML already (a count in a sentence) has its own isolation inside.
    return Markup(
        "".join(
            (value if isinstance(value := values[piece], Markup) else f"<bdi>{escape(value)}</bdi>")
            if at % 2
            else escape(piece)
            for at, piece in enumerate(pieces)
        )
    )
