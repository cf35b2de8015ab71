"""Running heads: what stands at the top and the bottom of page after page, and is no text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fihris.index.sources.pdf.page import TextLine

_DEEPEST = 3  # lines from the top or the bottom of a page
_SAME_PLACE = 6.0  # points
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\s\-–—()\[\].]*(?:\d{1,4}(?:\s*/\s*\d{1,4})?)[\s\-–—()\[\].]*")
_JOB_NUMBER = re.compile(r"(?:GE\.\s?)?\d\d-\d{4,}\b.*|[*\s]*\d{7,}[*\s]*")
# A page number stands apart from the text: so many sizes above or below it.
_APART = 1.6


def part_running_heads(
    pages: list[list[TextLine]],
) -> tuple[list[list[TextLine]], tuple[str, ...]]:
    """Return *pages* without their heads, and what those say, each once, page numbers left out."""
    repeated = _repeated(pages)
    kept: list[list[TextLine]] = []
    said: dict[str, None] = {}
    for lines in pages:
        by_height = sorted(lines, key=lambda line: line.y)
        heads = [*_heads(by_height, repeated), *_heads(by_height[::-1], repeated)]
        heads.sort(key=lambda line: line.y)
        said.update((line.text, None) for line in heads if not _PAGE_NUMBER.fullmatch(line.text))
        removed = set(map(id, heads))
        kept.append([line for line in lines if id(line) not in removed])
    return kept, tuple(said)


def _key(line: TextLine) -> str:
    return _DIGITS.sub("#", line.text).strip()


def _repeated(pages: list[list[TextLine]]) -> dict[str, list[float]]:
    """Return, for texts at the edge of two pages and more, the places where they stand."""
    places: dict[str, list[float]] = {}
    counts: Counter[str] = Counter()
    for lines in pages:
        by_height = sorted(lines, key=lambda line: line.y)
        edge = {id(line): line for line in [*by_height[:_DEEPEST], *by_height[-_DEEPEST:]]}
        keys = set()
        for line in edge.values():
            places.setdefault(_key(line), []).append(line.y)
            keys.add(_key(line))
        counts.update(keys)
    return {
        key: found
        for key, found in places.items()
        if counts[key] > 1 and any(_near(y, found) for y in found)
    }


def _near(y: float, places: list[float]) -> bool:
    """Tell whether a second line stands where this one does."""
    return sum(abs(y - other) <= _SAME_PLACE for other in places) > 1


def _heads(lines: list[TextLine], repeated: dict[str, list[float]]) -> Iterator[TextLine]:
    """Yield the heads among *lines*, which come from the edge of a page inwards."""
    for place, line in enumerate(lines[:_DEEPEST]):
        stands_apart = (
            place + 1 == len(lines) or abs(lines[place + 1].y - line.y) > _APART * line.size
        )
        if _near(line.y, repeated.get(_key(line), [])) or (
            stands_apart and (_PAGE_NUMBER.fullmatch(line.text) or _JOB_NUMBER.fullmatch(line.text))
        ):
            yield line
        else:
            return
