"""Labels of lists: pages say which list an item stands in, and leave the counting to the browser.

What Word or a typist numbered ``8-``, ``(أ)`` and ``'1'`` comes out of LibreOffice as three ordered
lists without a word on their labels. They are written out again as the texts of the UN number:
figures, then letters in the order of abjad, then figures in quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from fihris.index.sources.word.number_formats import write_number

_TYPES = {
    "1": "decimal",
    "a": "letters",
    "A": "letters",
    "i": "roman",
    "I": "roman",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z][a-z-]*[a-z])\b", re.IGNORECASE)
_STYLES = {
    "arabic-indic": "decimal",
    "decimal": "decimal",
    "decimal-leading-zero": "decimal",
    "lower-alpha": "letters",
    "lower-latin": "letters",
    "upper-alpha": "letters",
    "upper-latin": "letters",
    "lower-roman": "roman",
    "upper-roman": "roman",
    "arabic-abjad": "letters",
    "none": "none",
}
_BY_LEVEL = ("decimal", "letters", "roman")
_NUMBERED = re.compile(r"[-(\s]*[0-9٠-٩]{1,3}\s*[-.)]")
_LETTERED = re.compile(r"[()]\s*[\u0621-\u064a]{1,2}\u0640?\s*[()]")
_LARGEST = 100_000


@dataclass(slots=True)
class OpenList:
    """A list that is being read; ``style`` is one of its labels' styles, ``count`` the last one."""

    style: str
    level: int
    count: int

    def label(self, item: etree._Element) -> str:
        """Return the label of *item*, the next one of the list."""
        self.count = _whole(item.get("value"), self.count + 1)
        style = _TYPES.get(item.get("type", ""), self.style)
        match style:
            case "bullet":
                return "•"
            case "letters":
                return f"({write_number(self.count, 'arabicAbjad')})"
            case "roman":
                return f"'{self.count}'"
            case "none":
                return ""
            case _:
                return f"{self.count}-"


def open_list(element: etree._Element, outer: OpenList | None, before: str) -> OpenList:
    """Return the list that *element* opens inside *outer*; *before* is the text above it.

    A list that stands in no other continues the numbering of the text above where that announces
    it: after ``8- ... ما يلي:`` come letters.
    """
    if element.tag != "ol":
        return OpenList("bullet", outer.level if outer else -1, 0)
    if outer is not None:
        level = outer.level + 1
    elif before.rstrip().endswith(":"):
        level = 1 if _NUMBERED.match(before) else 2 if _LETTERED.match(before) else 0
    else:
        level = 0
    style = _declared_style(element) or _BY_LEVEL[min(level, len(_BY_LEVEL) - 1)]
    if style == "decimal" and level:  # figures inside a numbered paragraph stand in quotes
        style = "roman"
    return OpenList(style, level, _whole(element.get("start"), 1) - 1)


def _declared_style(element: etree._Element) -> str | None:
    styled = _STYLE.search(element.get("style", ""))
    if styled and styled[1].lower() in _STYLES:
        return _STYLES[styled[1].lower()]
    return _TYPES.get(element.get("type", ""))


def _whole(written: str | None, otherwise: int) -> int:
    """Return the whole number *written*, or *otherwise* when it is none that a list has."""
    digits = (written or "").strip()
    if not re.fullmatch(r"[0-9]{1,6}", digits) or int(digits) > _LARGEST:
        return otherwise
    return int(digits)
