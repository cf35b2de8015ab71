"""Fragments: what stands behind ``#`` in the link to a passage.

An id of the passage itself is all a browser needs. Where a passage has none, the link names the
nearest id before it and the first words of the passage, as a text directive
(https://wicg.github.io/scroll-to-text-fragment/): the browser scrolls to these words and marks
them, or to the id when it does not find them.
"""

from __future__ import annotations

import re

from lxml import etree

#: What stands between the cells of a table's row.
CELL_SEPARATOR = " · "

_DIRECTIVE = ":~:"
# Fewer words may stand anywhere on a page, more make long addresses.
_FEWEST_WORDS, _MOST_WORDS = 3, 8
_UNSAFE = re.compile(r'[\x00-\x20"%<>`\x7f]')
# In a directive these have a meaning of their own; the sign of a number is harmless in both.
_UNSAFE_IN_DIRECTIVE = re.compile(r'[\x00-\x20"%<>`\x7f&,-]')


def anchor_names(root: etree._Element) -> dict[etree._Element, str]:
    """Return the elements of a page that a link can lead to, each with its name.

    Of several elements that bear one name the first has it, as in browsers.
    """
    anchors: dict[etree._Element, str] = {}
    taken: set[str] = set()
    for element in root.iter():
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name and name not in taken and _DIRECTIVE not in name:
            taken.add(name)
            anchors[element] = name
    return anchors


def fragment_of_anchor(name: str) -> str:
    """Return the fragment that leads to the element called *name*.

    >>> fragment_of_anchor("القسم 1")
    'القسم%201'
    """
    return _UNSAFE.sub(_percent, name)


def fragment_of_words(before: str, text: str) -> str:
    """Return the fragment of a passage that has no name, by its *text*.

    *before* is the fragment of the nearest name before it, empty where there is none. Very short
    passages get no words: these may well stand elsewhere on the page.

    >>> fragment_of_words("تثبيت", "نزّل الحزمة، ثم شغّل الأمر")
    'تثبيت:~:text=نزّل%20الحزمة،%20ثم%20شغّل%20الأمر'
    """
    words = text.split(CELL_SEPARATOR, 1)[0].split()[:_MOST_WORDS]
    if len(words) < _FEWEST_WORDS:
        return before
    return f"{before}{_DIRECTIVE}text={_UNSAFE_IN_DIRECTIVE.sub(_percent, ' '.join(words))}"


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
