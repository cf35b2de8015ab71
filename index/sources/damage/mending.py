"""Mending: every detector over a document, one after the other, and what they found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fihris.index.frozen import frozen
from fihris.index.sources.blocks import Mark, SourceText
from fihris.index.sources.damage.kashida import find_kashida
from fihris.index.sources.damage.ligatures import mend_ligatures
from fihris.index.sources.damage.lookalikes import mend_lookalikes
from fihris.index.sources.damage.persian import mend_persian_letters
from fihris.index.sources.damage.presentation_forms import mend_presentation_forms
from fihris.index.sources.damage.repair import Repair
from fihris.index.sources.damage.reversal import mend_reversal
from fihris.index.sources.finding import Finding, Outcome

_Detector = Callable[[list[str], str], Repair]

# Shapes become letters before letters are looked at, and the direction is settled before pairs of
# letters are; what is beyond repair ends the work.
_DETECTORS: tuple[_Detector, ...] = (
    mend_presentation_forms,
    find_kashida,
    mend_reversal,
    mend_ligatures,
    mend_persian_letters,
    mend_lookalikes,
)


def _refusal(findings: tuple[Finding, ...]) -> Finding | None:
    return next((each for each in findings if each.outcome is Outcome.REFUSED), None)


@frozen
class Mended:
    """A document after repairs, and what was found; unchanged where there was nothing to repair."""

    source: SourceText
    findings: tuple[Finding, ...] = ()

    @property
    def refusal(self) -> Finding | None:
        """The damage for which the document cannot be indexed honestly, None without any."""
        return _refusal(self.findings)


@frozen
class MendedText:
    """A plain text after repairs, and what was found; it has as many lines as before."""

    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def refusal(self) -> Finding | None:
        """The damage for which the text cannot be indexed honestly, None without any."""
        return _refusal(self.findings)


def mend(source: SourceText) -> Mended:
    """Return *source* with its damage repaired where that is safe, and all that was found.

    Blocks, notes and page heads are looked at together; note marks move with their words.
    """
    passages = [
        *(block.text for block in source.blocks),
        *(note.text for note in source.notes),
        *source.running_heads,
    ]
    mended, moves, findings = _mend_passages(passages)
    if not findings or mended == passages:
        return Mended(source, findings)
    blocks = tuple(
        replace(
            block,
            text=text,
            marks=tuple(Mark(_moved(mark.offset, steps), mark.number) for mark in block.marks),
        )
        for block, text, steps in zip(source.blocks, mended, moves, strict=False)
    )
    first_note, first_head = len(blocks), len(blocks) + len(source.notes)
    notes = tuple(
        replace(note, text=text)
        for note, text in zip(source.notes, mended[first_note:], strict=False)
    )
    heads = tuple(mended[first_head:])
    return Mended(replace(source, blocks=blocks, notes=notes, running_heads=heads), findings)


def mend_text(text: str) -> MendedText:
    """Return a plain text with its damage repaired where that is safe, and all that was found."""
    mended, _, findings = _mend_passages(text.split("\n"))
    return MendedText("\n".join(mended) if findings else text, findings)


_Moves = list[Callable[[int], int]]


def _mend_passages(passages: list[str]) -> tuple[list[str], list[_Moves], tuple[Finding, ...]]:
    """Return passages after all detectors, how places moved in each, and the findings."""
    moves: list[_Moves] = [[] for _ in passages]
    findings: list[Finding] = []
    text = "\n".join(passages)
    for detect in _DETECTORS:
        repair = detect(passages, text)
        if not repair.findings:
            continue
        findings += repair.findings
        if _refusal(repair.findings):
            break
        passages = repair.passages
        text = "\n".join(passages)
        for steps, move in zip(moves, repair.moved or (), strict=False):
            if move is not None:
                steps.append(move)
    return passages, moves, tuple(findings)


def _moved(offset: int, steps: _Moves) -> int:
    for step in steps:
        offset = step(offset)
    return offset
