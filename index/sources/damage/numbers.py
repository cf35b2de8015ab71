"""Missing numbers: operative paragraphs that lost theirs on the way into the file.

Automatic numbers of Word are not in the text, and tools that extract it leave them out.
"""

from __future__ import annotations

from fihris.index.resolution import DocumentKind, ParagraphKind, Resolution
from fihris.index.sources.finding import Damage, Finding, Outcome

_LEAST = 2  # a single operative paragraph bears no number
_NUMBERED_KINDS = frozenset({DocumentKind.RESOLUTION, DocumentKind.DECISION, DocumentKind.DRAFT})
_SAMPLE = 60
_REMEDY = (
    "Paragraphs were counted as they stand; check against the original before citing one by its "
    "number, or index the .docx of the document, which has the numbers."
)


def missing_numbers(document: Resolution) -> Finding | None:
    """Return what tells of operative paragraphs without a number, None where all have theirs."""
    if document.kind not in _NUMBERED_KINDS:
        return None
    operative = [unit for unit in document.paragraphs if unit.kind is ParagraphKind.OPERATIVE]
    bare = [unit for unit in operative if not unit.label]
    if len(operative) < _LEAST or not bare:
        return None
    sample = bare[0].text.split("\n")[0]
    if len(sample) > _SAMPLE:
        sample = f"{sample[:_SAMPLE].rsplit(None, 1)[0]}…"
    return Finding(Damage.MISSING_NUMBERS, Outcome.REPORTED, len(bare), sample, _REMEDY)
