"""Precedence: which of two sources of one document the index keeps.

People hold the same resolution as a Word file, a PDF and a web page, and a folder may hold all
three. They bear one symbol, so only one can stand in the index; the better one does, whatever the
order in which they arrive.
"""

from __future__ import annotations

from typing import NamedTuple

from fihris.index.resolution import ChangeKind, Resolution, SourceKind

# From the form that keeps most of a document to the one that keeps least.
_BY_FIDELITY: tuple[frozenset[SourceKind], ...] = (
    frozenset({SourceKind.DOCX}),
    frozenset({SourceKind.DOC, SourceKind.ODT, SourceKind.RTF}),
    frozenset({SourceKind.AKN}),
    frozenset({SourceKind.TEI}),
    frozenset({SourceKind.HTML}),
    frozenset({SourceKind.TMX}),
    frozenset({SourceKind.TIKA}),
    frozenset({SourceKind.TEXT}),
    frozenset({SourceKind.PDF}),
    frozenset({SourceKind.JSONL}),
)
_FIDELITY = {kind: place for place, kinds in enumerate(_BY_FIDELITY) for kind in kinds}


class SourceRank(NamedTuple):
    """The rank of a source among those of one document; ranks are compared, the smallest wins.

    Its entries, in the order in which they decide:

    ``first_issue``: 0 less the number of the reissue, for a reissue was made to replace what was
    wrong with the issue before it. ``loss``: how much the form loses. ``warnings``: how many
    oddities the parser met, damage included. ``sha256``: says nothing of quality; it makes the
    outcome the same whichever source came first.
    """

    first_issue: int
    loss: int
    warnings: int
    sha256: str


def source_rank(document: Resolution, sha256: str) -> SourceRank:
    """Return the rank of *document* whose source has the checksum *sha256*.

    The forms, from most to least faithful: ``docx``, the document as its authors keep it, with
    automatic numbers, notes and insertions; ``doc``, ``odt`` and ``rtf``, the same by way of a
    conversion; ``akn``, which states the structure but was made from one of these; ``tei``, whole
    and aligned, without notes; ``html``, whose lists and notes have to be rebuilt; ``tmx``, cut
    into segments; ``tika``, text without styles but with its notes in place; ``text``, in which
    notes and numbers are guessed; ``pdf``, in which the very order of letters is; ``jsonl``, whose
    provisions tell nothing of preamble, numbers or notes.

    Only what the index stores with a document is looked at, so that a newcomer can be compared
    with what is there already.
    """
    change = document.change
    reissue = change.number if change and change.kind is ChangeKind.REISSUE else 0
    return SourceRank(-reissue, _FIDELITY[document.source_kind], len(document.warnings), sha256)
