"""Gathering: pieces of text become blocks, with their blanks squeezed and their marks in place."""

from __future__ import annotations

import re

from fihris.index.sources.blocks import Block, Mark

_BLANKS = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What stands between the links of a row of them.
_BETWEEN_LINKS = re.compile(r"[\s|/·•>»«‹›-]*")
# Note marks stand in brackets of their own, with or without a blank before them.
_OPENING = re.compile(r"[ \t\u00a0]?[(\[)][ \u00a0]*$")
_CLOSING = re.compile(r"[ \u00a0]*[)\](]")
_PAIRED = {"(": ")", "[": "]", ")": "("}  # the last as old conversions mirror them


class BlockGatherer:
    """Takes text, marks and line ends in reading order; ``blocks`` are what they make.

    Text is taken as browsers take it: runs of blanks are one blank. A tab stays where it stands
    among blanks on one line: it parts a number from what it numbers.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = 0
        self._blank = True
        self._marks: list[Mark] = []
        self._label = ""
        self._line = 0
        #: For each block of nothing but links their number, 0 for every other block.
        self.links: list[int] = []
        self._links = 0
        self._linked = True

    def label(self, label: str) -> None:
        """Write *label* in front of the next text, as if it had been typed."""
        self._label = label

    def write(self, text: str, *, linked: bool = False) -> None:
        """Add *text* to the block that is being gathered; *linked* tells that it is a link's."""
        if not linked and not _BETWEEN_LINKS.fullmatch(text):
            self._linked = False
        squeezed = _BLANKS.sub(_one_blank, text)
        if self._blank:
            squeezed = squeezed.lstrip(" ")
        if squeezed:
            self._put(squeezed)

    def write_wrapped(self, text: str) -> None:
        """Add *text* in which all blanks count but those round the end of a line."""
        self._linked = False
        unwrapped = _BLANKS.sub(_unwrapped, text)
        if self._blank:
            unwrapped = unwrapped.lstrip(" ")
        if unwrapped:
            self._put(unwrapped)

    def write_lines(self, text: str) -> None:
        """Add *text* in which every line end counts, as in ``pre``."""
        self._linked = False
        first, *others = _LINE_ENDS.split(text)
        self._put(first)
        for line in others:
            self.end()
            self._put(line)

    def tab(self) -> None:
        """Add a tab."""
        self._put("\t")

    def link(self) -> None:
        """Count a link whose text follows."""
        self._links += 1

    def mark(self, number: int) -> None:
        """Mark this place with the note *number*."""
        self._marks.append(Mark(self._length, number))

    def end(self) -> None:
        """End the block; one without text is none, and its label waits for the next text."""
        text, marks = _without_brackets("".join(self._pieces), self._marks)
        text = text.rstrip(" \t")
        marks = [Mark(min(mark.offset, len(text)), mark.number) for mark in marks]
        links = self._links if self._linked else 0
        self._pieces, self._marks, self._length, self._blank = [], [], 0, True
        self._links, self._linked = 0, True
        if not text.strip() and not marks:
            return
        if self._label:
            margin = len(text) - len(text.lstrip())
            shift = len(self._label) + 1 - margin
            text = f"{self._label}\t{text[margin:]}"
            marks = [Mark(mark.offset + shift, mark.number) for mark in marks]
            self._label = ""
        self._append(text, tuple(marks), links)

    def blank(self) -> None:
        """End the block, and part what follows from it."""
        self.end()
        if self.blocks and self.blocks[-1].text:
            self._append("", (), 0)

    def join(self, start: int, places: list[int]) -> None:
        """Make one block, with tabs, of those from *start* on; *places* is where each begins.

        Nothing happens unless every place holds a single block.
        """
        joined = self.blocks[start:]
        links = self.links[start:]
        if len(joined) < 2 or places != list(range(start, len(self.blocks))):
            return
        text = ""
        marks: list[Mark] = []
        for block in joined:
            shift = len(text) + 1 if text else 0
            text = f"{text}\t{block.text}" if text else block.text
            marks += [Mark(mark.offset + shift, mark.number) for mark in block.marks]
        self.blocks[start:] = [Block(text, joined[0].line, tuple(marks))]
        self.links[start:] = [sum(links) if all(links) else 0]
        self._line = joined[0].line

    def _append(self, text: str, marks: tuple[Mark, ...], links: int) -> None:
        self._line += 1
        self.blocks.append(Block(text, self._line, marks))
        self.links.append(links)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._blank = text[-1:] in ("", " ", "\t")


def _one_blank(run: re.Match[str]) -> str:
    blanks = run[0]
    return "\t" if "\t" in blanks and "\n" not in blanks and "\r" not in blanks else " "


def _unwrapped(run: re.Match[str]) -> str:
    return run[0] if set(run[0]) <= {" ", "\t"} else " "


def _without_brackets(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Return *text* without the brackets that stand around its marks, and the marks."""
    if not marks:
        return text, marks
    kept: list[str] = []
    moved: list[Mark] = []
    done = length = 0
    for place, mark in enumerate(marks):
        before, after, blank = text[done : mark.offset], mark.offset, ""
        opening = _OPENING.search(before)
        closing = _CLOSING.match(text, after)
        following = marks[place + 1].offset if place + 1 < len(marks) else len(text)
        # Two notes may share a pair of brackets: "(1، 2)" keeps them.
        if opening and closing and closing.end() <= following and _are_paired(opening, closing):
            before, after = before[: opening.start()], closing.end()
            blank = opening[0][0] if opening[0][0].isspace() else ""
        kept.append(before)
        length += len(before)
        moved.append(Mark(length, mark.number))
        # The blank before the bracket went with it; between two words one must stay.
        if blank and text[after : after + 1].isalnum():
            kept.append(blank)
            length += 1
        done = after
    kept.append(text[done:])
    return "".join(kept), moved


def _are_paired(opening: re.Match[str], closing: re.Match[str]) -> bool:
    return _PAIRED[opening[0].strip()] == closing[0].strip()
