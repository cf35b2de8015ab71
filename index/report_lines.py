"""What a run did, as lines for a person, as one line for a log, and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fihris.index.characters import printable
from fihris.index.report import Outcome, SyncReport, Tally

# A collection may bring thousands; JSON gives them all.
_WARNINGS_SHOWN = 20


def tallies(report: SyncReport) -> tuple[tuple[Outcome, Tally], ...]:
    """Return the tallies of *report*, the commonest outcomes first."""
    return (
        (Outcome.ADDED, report.added),
        (Outcome.UNCHANGED, report.unchanged),
        (Outcome.REPLACED, report.replaced),
        (Outcome.MOVED, report.moved),
        (Outcome.REMOVED, report.removed),
        (Outcome.CARRIED, report.carried),
    )


_ALWAYS_TOLD = (Outcome.ADDED, Outcome.UNCHANGED, Outcome.REPLACED)


def complaint_lines(report: SyncReport) -> Iterator[str]:
    """Yield refusals and warnings, a line each; file names in them command no terminal."""
    for refusal in report.refused:
        yield f"refused: {printable(str(refusal))}"
    for warning in report.warnings[:_WARNINGS_SHOWN]:
        yield f"warning: {printable(warning.address)}: {printable(warning.text)}"
    hidden = len(report.warnings) - _WARNINGS_SHOWN
    if hidden > 0:
        yield f"warning: {hidden:,} more; --json lists them all."


def change_lines(report: SyncReport) -> Iterator[str]:
    """Yield what changed, a line for each document."""
    for change in report.changes:
        former = f" (was {printable(change.former)})" if change.former else ""
        yield f"{change.outcome:<9} {printable(change.address)}{former}  {printable(change.place)}"


def summary_lines(folder: Path, report: SyncReport) -> Iterator[str]:
    """Yield how many documents came to what, and where the index is."""
    for outcome, tally in tallies(report):
        if tally.documents or outcome in _ALWAYS_TOLD:
            yield f"{outcome:<10}{counted(tally)}"
    yield f"{'refused':<10}{len(report.refused):>9,}"
    yield f"{'index':<10} {printable(str(folder))}"


def counted(tally: Tally) -> str:
    """Return *tally* in columns."""
    documents = "document " if tally.documents == 1 else "documents"
    paragraphs = "paragraph" if tally.paragraphs == 1 else "paragraphs"
    return f"{tally.documents:>9,} {documents} {tally.paragraphs:>11,} {paragraphs}"


def log_line(report: SyncReport, seconds: float) -> str:
    """Return one line with the time in UTC, what was counted, and how long it took."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    counts = " ".join(f"{outcome}={tally.documents}" for outcome, tally in tallies(report))
    return f"{now} fihris index {counts} refused={len(report.refused)} seconds={seconds:.1f}"


def report_values(folder: Path, report: SyncReport) -> dict[str, Any]:
    """Return *report* as JSON values."""
    return {
        "index": str(folder),
        **{outcome.value: tally_values(tally) for outcome, tally in tallies(report)},
        "refused": [
            {
                "path": str(refusal.path),
                "line": refusal.line,
                "member": refusal.member,
                "reason": refusal.reason,
                "remedy": refusal.remedy,
            }
            for refusal in report.refused
        ],
        "warnings": [
            {"path": str(warning.path), "address": warning.address, "text": warning.text}
            for warning in report.warnings
        ],
    }


def change_values(report: SyncReport) -> list[dict[str, str]]:
    """Return what changed, document by document, as JSON values."""
    return [
        {
            "outcome": change.outcome.value,
            "address": change.address,
            "place": change.place,
            "former": change.former,
        }
        for change in report.changes
    ]


def tally_values(tally: Tally) -> dict[str, int]:
    """Return *tally* as JSON values."""
    return {"documents": tally.documents, "paragraphs": tally.paragraphs}
