"""Automatic numbers: the definitions of lists, and counting through them as Word does.

A list (``w:num``) is an instance of a definition (``w:abstractNum``). Instances of one definition
count on together, unless an instance overrides the start of a level (ECMA-376, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from fihris.index.frozen import frozen
from fihris.index.sources.number_formats import write_number
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

_LEVEL = word("lvl")
_LEVEL_NUMBER = word("ilvl")
_NUMBER_FORMAT = word("numFmt")
_PLACE = re.compile(r"%([1-9])")
_BULLET = "\u2022"
_TYPED_BULLETS = frozenset("\u2022\u25cf\u25aa\u00b7*-\u2013\u2014")
_DEEPEST = 9
# Characters. A longer one is no number, and would be written before every paragraph.
_LONGEST_LABEL = 100


@frozen
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


@frozen
class NumberedList:
    """An instance of a list; lists of one ``definition`` count on together.

    ``levels`` are those of the definition with what the instance changes of them; ``restarted``
    are those that begin anew when the instance is first used.
    """

    definition: int
    levels: dict[int, Level]
    restarted: frozenset[int]

    def level_of_style(self, lineage: tuple[str, ...]) -> int | None:
        """Return the level that belongs to one of the styles of *lineage*."""
        for style in lineage:
            for place, level in self.levels.items():
                if level.style == style:
                    return place
        return None


class Numbering:
    """The lists of a document; ``root`` is None where it has none.

    A template brings dozens of definitions along, so each is read when a paragraph uses it.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._definitions: dict[int, etree._Element] = {}
        self._instances: dict[int, etree._Element] = {}
        self._linked: dict[str, int] = {}
        self._lists: dict[int, NumberedList | None] = {}
        if root is None:
            return
        for written in root.iterchildren(word("abstractNum")):
            identifier = whole(written.get(word("abstractNumId")))
            if identifier is None:
                continue
            self._definitions[identifier] = written
            style = value(written, "styleLink")
            if style is not None:
                self._linked.setdefault(style, identifier)
        for written in root.iterchildren(word("num")):
            identifier = whole(written.get(word("numId")))
            if identifier is not None:
                self._instances[identifier] = written

    def find(self, list_id: int) -> NumberedList | None:
        """Return a list by its id; None when it is unknown, as 0 is, which means no list."""
        if list_id not in self._lists:
            written = self._instances.get(list_id)
            definition = number(written, "abstractNumId")
            self._lists[list_id] = (
                None if written is None or definition is None else self._read(written, definition)
            )
        return self._lists[list_id]

    def _read(self, written: etree._Element, definition: int) -> NumberedList:
        followed = self._followed(definition)
        defined = self._definitions.get(followed)
        levels = {} if defined is None else _levels(defined)
        restarted: set[int] = set()
        for override in written.iterchildren(word("lvlOverride")):
            levels |= _levels(override)
            place = whole(override.get(_LEVEL_NUMBER))
            start = number(override, "startOverride")
            if place in levels and start is not None:
                levels[place] = replace(levels[place], start=start)
                restarted.add(place)
        return NumberedList(followed, levels, frozenset(restarted))

    def _followed(self, definition: int) -> int:
        """Return the definition that *definition* borrows its levels from, else itself."""
        seen: set[int] = set()
        while definition not in seen:
            seen.add(definition)
            link = value(self._definitions.get(definition), "numStyleLink")
            if link not in self._linked:
                break
            definition = self._linked[link]
        return definition


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
            text=(value(written, "lvlText") or "")[:_LONGEST_LABEL],
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
        found = self.numbering.find(list_id)
        level = None if found is None else found.levels.get(place)
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in found.restarted:
                counts.pop(restarted, None)
        counts[place] = counts.get(place, level.start - 1) + 1
        for below in [deeper for deeper in counts if deeper > place]:
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or restart > place:
                del counts[below]
        if level.number_format == "bullet":
            return _bullet(level.text)
        label = _PLACE.sub(lambda sign: _written(sign, level, found.levels, counts), level.text)
        return label.strip()[:_LONGEST_LABEL]


def _written(
    sign: re.Match[str], level: Level, levels: dict[int, Level], counts: dict[int, int]
) -> str:
    """Return the number that stands for ``%1`` and the like."""
    place = int(sign[1]) - 1
    meant = levels.get(place)
    if meant is None:
        return ""
    number_format = "decimal" if level.in_digits else meant.number_format
    return write_number(counts.get(place, meant.start), number_format)


def _bullet(text: str) -> str:
    """Return a bullet that reads as one: many are private characters of a font of signs."""
    return text if text in _TYPED_BULLETS else _BULLET
