"""Automatic numbers: the definitions of lists, and counting through them as Word does.

A list (``w:num``) is an instance of a definition (``w:abstractNum``). Instances of one definition
count on together, unless an instance overrides the start of a level (ECMA-376, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from fihris.index.sources.word.markup import (
    FALLBACK,
    VAL,
    child,
    is_on,
    number,
    value,
    whole,
    word,
)
from fihris.index.sources.word.number_formats import write_number

_LEVEL = word("lvl")
_LEVEL_NUMBER = word("ilvl")
_NUMBER_FORMAT = word("numFmt")
_PLACE = re.compile(r"%([1-9])")
_BULLET = "\u2022"
_TYPED_BULLETS = frozenset("\u2022\u25cf\u25aa\u00b7*-\u2013\u2014")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: what its numbers look like and where they begin.

    ``text`` has ``%1`` for the number of the first level, and so on. ``restart`` is the number of
    the level, counted from 1, whose steps make this one begin again; 0 is never, None any above.
    ``style`` is the paragraph style that brings the level with it.
    """

    start: int
    number_format: str
    text: str
    in_digits: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True, slots=True)
class _Definition:
    levels: dict[int, Level]
    link: str | None


@dataclass(frozen=True, slots=True)
class _List:
    definition: int
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document; ``root`` is None where it has none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._definitions: dict[int, _Definition] = {}
        self._linked: dict[str, int] = {}
        self._lists: dict[int, _List] = {}
        if root is None:
            return
        for written in root.iterchildren(word("abstractNum")):
            identifier = whole(written.get(word("abstractNumId")))
            if identifier is None:
                continue
            self._definitions[identifier] = _Definition(
                _levels(written), value(written, "numStyleLink")
            )
            style = value(written, "styleLink")
            if style is not None:
                self._linked.setdefault(style, identifier)
        for written in root.iterchildren(word("num")):
            identifier = whole(written.get(word("numId")))
            definition = number(written, "abstractNumId")
            if identifier is not None and definition is not None:
                self._lists[identifier] = self._list(written, definition)

    def _list(self, written: etree._Element, definition: int) -> _List:
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in written.iterchildren(word("lvlOverride")):
            place = whole(override.get(_LEVEL_NUMBER))
            start = number(override, "startOverride")
            if place is not None and start is not None:
                starts[place] = start
            levels |= _levels(override)
        return _List(self._followed(definition), levels, starts)

    def _followed(self, definition: int) -> int:
        """Return the definition that *definition* borrows its levels from, else itself."""
        seen: set[int] = set()
        while definition not in seen:
            seen.add(definition)
            written = self._definitions.get(definition)
            if written is None or written.link not in self._linked:
                break
            definition = self._linked[written.link]
        return definition

    def level_of_style(self, list_id: int, lineage: tuple[str, ...]) -> int | None:
        """Return the level of a list that belongs to one of the styles of *lineage*."""
        levels = self.levels(list_id)
        for style in lineage:
            for place, level in levels.items():
                if level.style == style:
                    return place
        return None

    def levels(self, list_id: int) -> dict[int, Level]:
        """Return the levels of a list, overridden ones included; none for an unknown list."""
        found = self._lists.get(list_id)
        if found is None:
            return {}
        defined = self._definitions.get(found.definition)
        return found.levels if defined is None else defined.levels | found.levels

    def definition(self, list_id: int) -> int | None:
        """Return the definition whose count a list shares."""
        found = self._lists.get(list_id)
        return None if found is None else found.definition

    def starts(self, list_id: int) -> dict[int, int]:
        """Return where a list begins its levels anew when it is first used."""
        found = self._lists.get(list_id)
        return {} if found is None else found.starts


def _levels(parent: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for written in parent.iterchildren(_LEVEL):
        place = whole(written.get(_LEVEL_NUMBER))
        if place is None or not 0 <= place < _DEEPEST:
            continue
        start = number(written, "start")
        found[place] = Level(
            start=1 if start is None else start,
            number_format=_number_format(written),
            text=value(written, "lvlText") or "",
            in_digits=is_on(child(written, "isLgl")),
            restart=number(written, "lvlRestart"),
            style=value(written, "pStyle"),
        )
    return found


def _number_format(level: etree._Element) -> str:
    """Return the format of a level: of two alternatives the one that every reader knows."""
    written = child(level, "numFmt")
    if written is None:
        known = next(level.iter(FALLBACK), None)
        written = child(known, "numFmt")
    if written is None:
        written = next(level.iter(_NUMBER_FORMAT), None)
    return "decimal" if written is None else written.get(VAL, "decimal")


@dataclass(slots=True)
class Count:
    """How far the lists of a document have counted, paragraph by paragraph in reading order."""

    numbering: Numbering
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _begun: set[int] = field(default_factory=set)

    def next_label(self, list_id: int, place: int) -> str:
        """Count one paragraph at level *place* of a list, and return its number as printed.

        Empty where the list is unknown, or numbers the level with nothing.
        """
        definition = self.numbering.definition(list_id)
        levels = self.numbering.levels(list_id)
        level = levels.get(place)
        if definition is None or level is None:
            return ""
        counts = self._counts.setdefault(definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for begun, start in self.numbering.starts(list_id).items():
                counts[begun] = start - 1
        counts[place] = counts.get(place, level.start - 1) + 1
        for below in [deeper for deeper in counts if deeper > place]:
            restart = levels[below].restart if below in levels else None
            if restart is None or restart > place:
                del counts[below]
        if level.number_format == "bullet":
            return _bullet(level.text)
        return _PLACE.sub(lambda found: _written(found, level, levels, counts), level.text).strip()


def _written(
    found: re.Match[str], level: Level, levels: dict[int, Level], counts: dict[int, int]
) -> str:
    """Return the number that stands for ``%1`` and the like."""
    place = int(found[1]) - 1
    meant = levels.get(place)
    if meant is None:
        return ""
    number_format = "decimal" if level.in_digits else meant.number_format
    return write_number(counts.get(place, meant.start), number_format)


def _bullet(text: str) -> str:
    """Return a bullet that reads as one: many are private characters of a font of signs."""
    return text if text in _TYPED_BULLETS else _BULLET
