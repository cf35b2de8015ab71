"""The command ``fihris doctor``: examine files without indexing them.

What is well in a collection of many documents is counted and not listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fihris.index.cli import NamedPath, json_option

if TYPE_CHECKING:
    from fihris.index.doctor import Diagnosis
    from fihris.index.sources.finding import Finding

# Exit codes, those of `fihris index`.
_ALL_READ, _SOME_REFUSED, _NOTHING_READ = 0, 1, 2

_LABEL_WIDTH = 10
# Escape sequences and the like, which would command a terminal, and bidi controls.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@click.command("doctor")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath())
@json_option
def doctor_command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Examine files without indexing them.

    Tells of each what it is read as, which document stands in it, what damage its text has and
    what was mended, and of files that cannot be read why, and what to do.

    Exits with 0 when all could be indexed, 1 when some could not, 2 when nothing could.
    """
    from fihris.index.doctor import diagnose

    tally = _Tally()
    if as_json:
        documents = [_values(diagnosis) for diagnosis in tally.counted(diagnose(paths))]
        values = {"documents": documents, **tally.values()}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        for diagnosis in tally.counted(diagnose(paths)):
            if diagnosis.in_collection and not (diagnosis.findings or diagnosis.warnings):
                continue
            for line in _lines(diagnosis):
                click.echo(line)
        click.echo(tally.line())
    exit_code = _ALL_READ
    if tally.refused:
        exit_code = _SOME_REFUSED if tally.readable else _NOTHING_READ
    click.get_current_context().exit(exit_code)


class _Tally:
    """Counts documents as they pass."""

    def __init__(self) -> None:
        self.readable = self.refused = self.damaged = self.odd = 0

    def counted(self, diagnoses: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
        """Yield *diagnoses*, counting them."""
        for diagnosis in diagnoses:
            self.refused += diagnosis.refusal is not None
            self.readable += diagnosis.refusal is None
            self.damaged += diagnosis.is_damaged
            self.odd += bool(diagnosis.warnings)
            yield diagnosis

    def values(self) -> dict[str, int]:
        """Return the counts by what they count."""
        return {
            "readable": self.readable,
            "refused": self.refused,
            "damaged": self.damaged,
            "with_warnings": self.odd,
        }

    def line(self) -> str:
        """Return the counts as a line."""
        noun = "document" if self.readable == 1 else "documents"
        return (
            f"{self.readable:,} {noun} can be indexed, {self.refused:,} refused; "
            f"{self.damaged:,} damaged, {self.odd:,} with warnings"
        )


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield what is known of a document: its place, then a line for each fact, then a blank one."""
    from fihris.index.sources.refusal import place_in

    yield _plain(place_in(diagnosis.path, diagnosis.member, diagnosis.line))
    for label, text in _facts(diagnosis):
        yield f"  {label:<{_LABEL_WIDTH}}{_plain(text)}"
    yield ""


def _facts(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    from fihris.index.sources.damage import sentence

    refusal = diagnosis.refusal
    if refusal is not None:
        yield "refused", refusal.reason
        if refusal.remedy:
            yield "remedy", refusal.remedy
        return
    encoding = f", {diagnosis.encoding}" if diagnosis.encoding else ""
    yield "form", f"{diagnosis.form}{encoding}"
    yield "document", _summary(diagnosis)
    if diagnosis.title:
        yield "title", diagnosis.title
    told = [sentence(finding) for finding in diagnosis.findings]
    for finding, said in zip(diagnosis.findings, told, strict=True):
        yield finding.outcome.value, said
        if finding.remedy:
            yield "remedy", finding.remedy
    for warning in diagnosis.warnings:
        if warning not in told:
            yield "warning", warning


def _summary(diagnosis: Diagnosis) -> str:
    """Return what kind of document it is, with its address, date and length."""
    noun = "paragraph" if diagnosis.paragraphs == 1 else "paragraphs"
    facts = [
        f"{diagnosis.kind} {diagnosis.address}",
        diagnosis.date.isoformat() if diagnosis.date else "no date",
        f"{diagnosis.paragraphs:,} {noun}",
    ]
    return ", ".join(facts)


def _plain(text: str) -> str:
    """Return *text* on one line, without what would command a terminal."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _values(diagnosis: Diagnosis) -> dict[str, Any]:
    refusal = diagnosis.refusal
    return {
        "path": str(diagnosis.path),
        "member": diagnosis.member or None,
        "line": diagnosis.line,
        "form": diagnosis.form,
        "encoding": diagnosis.encoding,
        "kind": diagnosis.kind,
        "address": diagnosis.address,
        "symbol": diagnosis.symbol,
        "organ": diagnosis.organ,
        "date": diagnosis.date.isoformat() if diagnosis.date else None,
        "title": diagnosis.title,
        "paragraphs": diagnosis.paragraphs,
        "findings": [_finding_values(finding) for finding in diagnosis.findings],
        "warnings": list(diagnosis.warnings),
        "refused": {"reason": refusal.reason, "remedy": refusal.remedy} if refusal else None,
    }


def _finding_values(finding: Finding) -> dict[str, Any]:
    return {
        "damage": finding.damage,
        "outcome": finding.outcome,
        "count": finding.count,
        "sample": finding.sample,
        "remedy": finding.remedy,
    }
