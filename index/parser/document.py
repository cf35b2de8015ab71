"""Any other text: a title and provisions, split where the author left blank lines or new ones."""

from __future__ import annotations

from collections.abc import Iterator

from fihris.index.parser.manuscript import Line
from fihris.index.parser.paragraphs import Addresses, Unit
from fihris.index.resolution import ParagraphKind

#: A provision of more words than this is split at its newlines.
LONGEST_PROVISION = 400
_LONGEST_TITLE = 30  # words; a longer first line is text


def split_provision(text: str, longest: int = LONGEST_PROVISION) -> list[str]:
    """Return *text* whole when it is short enough, else in pieces of whole lines.

    A piece has at most *longest* words, unless a single line has more.

    >>> split_provision("واحد اثنان\\nثلاثة\\nأربعة خمسة", longest=3)
    ['واحد اثنان\\nثلاثة', 'أربعة خمسة']
    """
    if len(text.split()) <= longest:
        return [text]
    pieces: list[list[str]] = []
    words = 0
    for row in text.split("\n"):
        count = len(row.split())
        if not pieces or words + count > longest:
            pieces.append([])
            words = 0
        pieces[-1].append(row)
        words += count
    return [joined for piece in pieces if (joined := "\n".join(piece).strip())]


def read_provisions(lines: list[Line], addresses: Addresses) -> tuple[Line | None, list[Unit]]:
    """Return the title line, when the first line can be one, and the provisions.

    Blank lines separate provisions; in a text without any, each line is one.
    """
    written = [line for line in lines if line.key.strip()]
    if not written:
        return None, []
    title = written[0] if len(written[0].text.split()) <= _LONGEST_TITLE else None
    start = lines.index(written[0]) + (1 if title else 0)
    rest = lines[start:]
    last = len(rest)
    while last and not rest[last - 1].key.strip():
        last -= 1
    first = next((at for at, line in enumerate(rest) if line.key.strip()), 0)
    rest = rest[first:last]
    spaced = any(not line.key.strip() for line in rest)
    groups = list(_groups(rest)) if spaced else [[line] for line in rest]
    units: list[Unit] = []
    for number, group in enumerate(groups, 1):
        units += _provision(f"p{number}", group, addresses)
    return title, units


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line.key.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _provision(fragment: str, group: list[Line], addresses: Addresses) -> list[Unit]:
    """Return the lines of one provision as a unit, or as several when they are many."""
    pieces: list[list[Line]] = []
    words = 0
    for line in group:
        count = len(line.text.split())
        if not pieces or words + count > LONGEST_PROVISION:
            pieces.append([])
            words = 0
        pieces[-1].append(line)
        words += count
    if sum(len(line.text.split()) for line in group) <= LONGEST_PROVISION:
        pieces = [group]
    units = []
    for place, piece in enumerate(pieces, 1):
        name = f"{fragment}.{place}" if len(pieces) > 1 else fragment
        unit = Unit(addresses.claim(name), ParagraphKind.PROVISION, piece[0].text, piece[0].number)
        unit.marks = list(piece[0].marks)
        for line in piece[1:]:
            unit.extend(line)
        units.append(unit)
    return units
