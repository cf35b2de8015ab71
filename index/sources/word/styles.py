"""Styles: what a paragraph or a run inherits that is not written in it: a list, or being hidden."""

from __future__ import annotations

from lxml import etree

from fihris.index.frozen import frozen
from fihris.index.sources.word.markup import child, is_on, number, value, word

_STYLE = word("style")
_STYLE_ID = word("styleId")
#: Word itself makes no style that is based on more than some ten others in a row.
_LONGEST_LINEAGE = 50


@frozen
class Style:
    """A style with all that it inherits; ``list_id`` and ``level`` are None where none is set.

    ``lineage`` are its own id and those it is based on, nearest first.
    """

    list_id: int | None = None
    level: int | None = None
    hidden: bool = False
    lineage: tuple[str, ...] = ()


_PLAIN = Style()


class Styles:
    """The styles of a document; ``root`` is None where it has none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._written: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default: str | None = None
        for style in () if root is None else root.iter(_STYLE):
            name = style.get(_STYLE_ID, "")
            self._written.setdefault(name, style)
            is_default = style.get(word("default")) in ("1", "true", "on")
            if is_default and style.get(word("type")) == "paragraph":
                self._default = name

    def paragraph_style(self, name: str | None) -> Style:
        """Return the style of a paragraph that names *name*, or none, which means the default."""
        return self.style(name if name in self._written else self._default)

    def style(self, name: str | None) -> Style:
        """Return the style called *name*; an unknown one sets nothing."""
        if name is None or name not in self._written:
            return _PLAIN
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Style:
        """Return a style with what it inherits; one that is based on itself inherits once."""
        lineage: list[str] = []
        list_id: int | None = None
        level: int | None = None
        hidden: bool | None = None
        following: str | None = name
        while (
            following in self._written
            and following not in lineage
            and len(lineage) < _LONGEST_LINEAGE
        ):
            lineage.append(following)
            written = self._written[following]
            if list_id is None:
                list_id = number(written, "pPr", "numPr", "numId")
            if level is None:
                level = number(written, "pPr", "numPr", "ilvl")
            vanish = child(written, "rPr", "vanish")
            if hidden is None and vanish is not None:
                hidden = is_on(vanish)
            following = value(written, "basedOn")
        return Style(list_id, level, bool(hidden), tuple(lineage))
