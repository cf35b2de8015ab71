"""The command ``fihris verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fihris.index.cli import dump, index_option, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fihris.index.verify import VerifyReport

# Exit codes; what cannot even be opened ends with that of its error.
_SOUND, _DAMAGED = 0, 1

# A damaged segment may touch thousands of documents; --json gives them all.
_SHOWN = 20

_REMEDY = (
    "Put it right by `fihris index --rebuild PATH…` with the folders it was made from, "
    "or by `fihris restore BACKUP`."
)


@click.command("verify")
@index_option
@json_option
def verify_command(folder: Path, as_json: bool) -> None:
    """Check that the index is what was written.

    Compares every file with its checksum, and the units of every document with its record: none
    may be lost, doubled or half there. Changes nothing, and may run while others search or write.

    Exits with 0 when all is sound, 1 when something is damaged, 2 when there is no index to check.
    """
    from fihris.index.verify import verify

    report = verify(folder)
    if as_json:
        click.echo(dump(_values(report)))
    else:
        for line in _lines(report):
            click.echo(line)
    if not report.sound:
        click.echo(f"fihris: {folder}: is damaged. {_REMEDY}", err=True)
    click.get_current_context().exit(_SOUND if report.sound else _DAMAGED)


def _lines(report: VerifyReport) -> Iterator[str]:
    yield f"{'Files':<11} {report.files:,}, {report.size / 1_000_000:,.1f} MB"
    if report.documents is not None:
        yield f"{'Documents':<11} {report.documents:,} with {report.units:,} units"
    for name, files in (("Left over", report.leftovers), ("Foreign", report.foreign)):
        yield from _listed(name, files)
    yield from _listed("Damage", [str(fault) for fault in report.faults])
    if report.touched is None:
        yield f"{'Touched':<11} any document may be"
    else:
        yield from _listed("Touched", report.touched)
    if report.sound:
        yield f"{'Damage':<11} none"


def _listed(name: str, entries: Sequence[str]) -> Iterator[str]:
    """Yield the first of *entries*, one a line, and how many more there are."""
    for number, entry in enumerate(entries[:_SHOWN]):
        yield f"{'' if number else name:<11} {' '.join(entry.split())}"
    if len(entries) > _SHOWN:
        yield f"{'':<11} and {len(entries) - _SHOWN:,} more; --json lists them all"


def _values(report: VerifyReport) -> dict[str, Any]:
    return {
        "index": str(report.folder),
        "sound": report.sound,
        "files": report.files,
        "size": report.size,
        "segments": report.segments,
        "documents": report.documents,
        "units": report.units,
        "faults": [
            {"kind": fault.kind, "where": fault.where, "fact": fault.fact}
            for fault in report.faults
        ],
        "touched": report.touched,
        "leftovers": report.leftovers,
        "foreign": report.foreign,
    }
