"""Going through a tree of elements in reading order, with notes and page heads set aside.

What the elements of a format mean is for the reader of that format to say: it overrides the three
hooks :meth:`TreeReader.begin`, :meth:`TreeReader.finish` and :meth:`TreeReader.write`.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from fihris.index.sources.blocks import NoteBody
from fihris.index.sources.gathering import BlockGatherer

# What a note still begins with when its sign is gone: "()", ")", "[]", "1)" without its figure.
_LEFT_OF_SIGN = re.compile(r"(?:[(\[]\s*[)\]]|[)\]](?!\S{0,40}[(\[])|[-.:\u2013\u21a9\s])+")


class TreeReader:
    """Reads one document; ``text`` gathers its blocks, ``into`` is where text goes now."""

    def __init__(self) -> None:
        self.text = BlockGatherer()
        self.into = self.text
        self.notes: list[NoteBody] = []
        self._aside: etree._Element | None = None

    def read(self, root: etree._Element) -> None:
        """Take in the tree under *root*, however deep it is."""
        skipped: etree._Element | None = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            named = isinstance(element.tag, str)
            if event == "start":
                if not named:  # an entity that nobody declared, of HTML's by its looks
                    self.write(html.unescape(element.text or ""))
                elif self.begin(element):
                    if element.text:
                        self.write(element.text)
                else:
                    walk.skip_subtree()
                    skipped = element
                continue
            if element is skipped:
                skipped = None
            elif named:
                self.finish(element)
            if element.tail and element is not root:
                self.write(element.tail)
        self.into.end()

    def begin(self, element: etree._Element) -> bool:
        """Take the start of *element*, and tell whether what it holds is to be read."""
        return True

    def finish(self, element: etree._Element) -> None:
        """Take the end of *element*; not called where its start was answered with False."""

    def write(self, text: str) -> None:
        """Take *text*, which is never empty."""
        self.into.write(text)

    def is_aside(self, element: etree._Element) -> bool:
        """Tell whether *element* is what is being read aside."""
        return element is self._aside

    def open_aside(self, element: etree._Element) -> None:
        """Gather what *element* holds apart from the text; inside another aside it stays there."""
        if self._aside is None:
            self._aside = element
            self.into = BlockGatherer()

    def close_aside(self) -> str:
        """Return what was gathered aside, on one line, and go back to the text."""
        self.into.end()
        aside = " ".join(block.text.strip() for block in self.into.blocks if block.text)
        self._aside, self.into = None, self.text
        return aside

    def close_note(self, number: int) -> None:
        """Take what was gathered aside as the body of the note *number*."""
        self.add_note(number, self.close_aside())

    def add_note(self, number: int, body: str) -> None:
        """Add a note, without what is left of its sign; nothing where nothing else is left."""
        left = _LEFT_OF_SIGN.match(body)
        body = body[left.end() if left else 0 :].strip()
        if body:
            self.notes.append(NoteBody(number, body, len(self.text.blocks) + 1))
