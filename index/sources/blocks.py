"""Blocks: what a reader makes of one document, whatever its format, and all the parser needs.

A reader knows its format and nothing of resolutions; the parser knows resolutions and nothing of
formats. Between them stands :class:`SourceText`.
"""

from __future__ import annotations

from fihris.index.frozen import frozen
from fihris.index.resolution import SourceKind


@frozen
class Mark:
    """The place of a note mark in a text from which all marks were taken."""

    offset: int
    number: int


@frozen
class NoteBody:
    """The text of a note; ``number`` is what its marks say, ``line`` where it stands."""

    number: int
    text: str
    line: int


@frozen
class Block:
    r"""One paragraph of a document, or one line where the format knows no paragraphs.

    ``text`` is the author's own spelling. An automatic number or letter is written out in front of
    it, with a tab behind, as if it had been typed (``12-\t``, ``(أ)\t``). Note marks that the
    format tells apart are in ``marks`` and not in the text. ``line`` counts from 1 in the order of
    reading. A blank block parts what a blank line would part.
    """

    text: str
    line: int
    marks: tuple[Mark, ...] = ()


@frozen
class SourceText:
    """A document, read: its blocks in reading order and the bodies of its notes.

    ``running_heads`` are the texts of page headers and footers, which often bear the only symbol
    of a document; they are no blocks. ``notes`` is empty where the format does not tell notes from
    text; the parser then looks for them itself. ``kind`` tells what numbers may have suffered.
    """

    blocks: tuple[Block, ...]
    kind: SourceKind
    notes: tuple[NoteBody, ...] = ()
    running_heads: tuple[str, ...] = ()
