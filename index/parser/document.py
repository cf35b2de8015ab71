"""Any other text: a title and provisions, split where the author left blank lines or new ones."""

from __future__ import annotations

from collections.abc import Iterator

from fihris.index.parser.manuscript import Line
from fihris.index.parser.units import Addresses, Unit
from fihris.index.resolution import ParagraphKind
from fihris.index.sources.blocks import Mark
from fihris.index.sources.provisions import split_provision

_LONGEST_TITLE = 30  # words; a longer first line is text


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


def _provision(fragment: str, group: list[Line], addresses: Addresses) -> Iterator[Unit]:
    """Yield the lines of one provision as a unit, or as several when it is long."""
    whole = Unit("", ParagraphKind.PROVISION, group[0].text, group[0].number)
    whole.marks = list(group[0].marks)
    for line in group[1:]:
        whole.extend(line)
    pieces = split_provision(whole.text)
    start = row = 0
    for place, piece in enumerate(pieces, 1):
        name = f"{fragment}.{place}" if len(pieces) > 1 else fragment
        end = start + len(piece)
        unit = Unit(addresses.claim(name), ParagraphKind.PROVISION, piece, group[row].number)
        unit.marks = [
            Mark(mark.offset - start, mark.number)
            for mark in whole.marks
            if start <= mark.offset <= end
        ]
        yield unit
        start = end + 1
        row += piece.count("\n") + (whole.text[end : end + 1] == "\n")
