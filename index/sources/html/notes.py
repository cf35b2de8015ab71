"""Notes of a page: marks and bodies are links to each other, whoever saved the page.

Word writes ``_ftnref1`` and ``_ftn1``, LibreOffice ``sdfootnote1anc`` and ``sdfootnote1sym``, sites
what they like; in all of them the mark leads to the body and the body back to the mark. Older
pages raise a figure without a link and list the notes at their end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fihris.index.sources.html.tree import BLOCKS

_FIGURES = re.compile(r"\d{1,4}")
# The container that Word and LibreOffice give each note, which may have several paragraphs.
_OWN_CONTAINER = re.compile(r"(?:sd)?(?:foot|end)note-?\d+|_?(?:ftn|edn|fn)\d+", re.IGNORECASE)
_LONGEST_SIGN = 12  # characters of a mark: "[12]", "(1)", "*"
_CLIMB = 4  # elements between a link and what bears its name


@dataclass(slots=True)
class NoteLinks:
    """The notes of a page.

    ``marks`` give the number of the note that an element marks; ``signs`` are the elements that
    repeat the mark before a body; ``bodies`` give the number of the note that an element holds.
    """

    marks: dict[etree._Element, int] = field(default_factory=dict)
    signs: set[etree._Element] = field(default_factory=set)
    bodies: dict[etree._Element, int] = field(default_factory=dict)


def find_notes(root: etree._Element) -> NoteLinks:
    """Return the notes of the page under *root*."""
    found = NoteLinks()
    _pair_links(root, found)
    if not found.bodies:
        _pair_raised_figures(root, found)
    return found


def _pair_links(root: etree._Element, found: NoteLinks) -> None:
    """Find links that lead to each other: the first of the two is a mark, the other its body."""
    named: dict[str, etree._Element] = {}
    links: list[tuple[etree._Element, str]] = []
    for element in root.iter(etree.Element):
        for name in (element.get("id"), element.get("name")):
            if name:
                named.setdefault(name, element)
        if element.tag == "a" and (href := element.get("href", "")).startswith("#"):
            links.append((element, href[1:]))
    leading: dict[str, etree._Element] = {}  # the first link to each name
    for link, target in links:
        leading.setdefault(target, link)
    bodies: dict[str, int] = {}
    backward: set[etree._Element] = set()
    for link, target in links:
        if link in backward or target not in named or len(_text_of(link)) > _LONGEST_SIGN:
            continue
        if target in bodies:  # one more mark of the same note
            found.marks[link] = bodies[target]
            continue
        back = next(
            (leading[name] for name in _names_around(link) if name in leading and name != target),
            None,
        )
        if back is None or back is link or not _holds(named[target], back):
            continue
        figures = _FIGURES.search(_text_of(link)) or _FIGURES.search(target)
        number = int(figures[0]) if figures else len(bodies) + 1
        bodies[target] = number
        backward.add(back)
        found.marks[link] = number
        found.signs.add(back)
        found.bodies[_container(back)] = number


def _pair_raised_figures(root: etree._Element, found: NoteLinks) -> None:
    """Find figures that are raised, where a list numbered in the same way stands at the end."""
    raised = [
        (element, int(text))
        for element in root.iter("sup")
        if _FIGURES.fullmatch(text := _text_of(element).strip("()[] \u00a0"))
    ]
    expected = 1
    for element, number in raised:
        block = _block_of(element)
        if number == expected and block is not None and _begins(block, element):
            found.signs.add(element)
            found.bodies[block] = number
            expected += 1
    known = set(found.bodies.values())
    for element, number in raised:
        if element not in found.signs and number in known:
            found.marks[element] = number


def _names_around(link: etree._Element) -> Iterator[str]:
    """Yield the names of *link*, of what it holds and of what holds it, nearest first."""
    for element in (link, *list(link)[:_CLIMB], *_ancestors(link)):
        for name in (element.get("name"), element.get("id")):
            if name:
                yield name


def _ancestors(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the inline elements that hold nothing beside *element*."""
    parent = element.getparent()
    for _ in range(_CLIMB):
        if parent is None or parent.tag in BLOCKS or len(parent) > 1:
            return
        yield parent
        parent = parent.getparent()


def _holds(target: etree._Element, back: etree._Element) -> bool:
    """Tell whether *back* stands in or at the *target* of a mark."""
    if target is back or target in back:
        return True
    return any(holder is target for holder in back.iterancestors())


def _container(back: etree._Element) -> etree._Element:
    """Return the element that holds the whole note whose sign is *back*."""
    block = _block_of(back)
    if block is None:
        return back
    holder = block.getparent()
    if block.tag == "p" and holder is not None and holder.tag in ("div", "li", "aside"):
        paragraphs = holder.tag == "li" or _OWN_CONTAINER.fullmatch(holder.get("id", ""))
        if paragraphs:
            return holder
    return block


def _block_of(element: etree._Element) -> etree._Element | None:
    return next((holder for holder in element.iterancestors() if holder.tag in BLOCKS), None)


def _begins(block: etree._Element, element: etree._Element) -> bool:
    """Tell whether no text stands in *block* before *element*."""
    for event, node in etree.iterwalk(block, events=("start", "end")):
        if node is element:
            return True
        text = node.text if event == "start" else node.tail
        if text and text.strip("( [\u00a0\n\t\r") and node is not block.getparent():
            return False
    return False


def _text_of(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()
