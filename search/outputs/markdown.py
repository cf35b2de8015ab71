"""Hits as Markdown: a heading for each, its wording as a quotation, the matched words strong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fihris.search.hits import Hit
from fihris.search.outputs.citation import cite
from fihris.search.terminal import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
# What makes a list or a heading, at the beginning of a line only.
_AT_START = re.compile(r"^(\d+)([.)])|^([-+=])")


def escape_markdown(text: str) -> str:
    r"""Return *text* on one line, with what Markdown would read as markup escaped.

    >>> escape_markdown("1. *a* <b>")
    '1\\. \\*a\\* \\<b\\>'
    """
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _AT_START.sub(lambda at: f"{at[1]}\\{at[2]}" if at[1] else f"\\{at[3]}", escaped)


def markdown_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield the lines of a Markdown document with all *hits*, each whole."""
    for hit in hits:
        yield f"### {escape_markdown(hit.address)}"
        yield ""
        if hit.document.title:
            yield escape_markdown(hit.document.title)
            yield ""
        yield f"> {_marked(hit)}"
        yield ""
        yield f"{escape_markdown(cite(hit)[1])}"
        yield ""


def _marked(hit: Hit) -> str:
    pieces = []
    done = 0
    for start, end in hit.spans:
        pieces.append(escape_markdown(hit.text[done:start]))
        pieces.append(f"**{escape_markdown(hit.text[start:end])}**")
        done = end
    pieces.append(escape_markdown(hit.text[done:]))
    return "".join(pieces).strip()
