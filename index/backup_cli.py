"""The commands ``fihris backup`` and ``fihris restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fihris.index.cli import NamedPath, dump, index_option, json_option

if TYPE_CHECKING:
    from fihris.index.backup import BackupReport


@click.command("backup")
@click.argument("target", metavar="DEST", type=NamedPath())
@index_option
@json_option
def backup_command(target: Path, folder: Path, as_json: bool) -> None:
    """Copy the index to the new folder DEST, while others search and write.

    DEST appears when the copy is whole and compared with its checksums, and never before. It must
    not exist yet, or be an empty folder.
    """
    from fihris.index.backup import back_up

    _print(back_up(folder, target), "backed up", as_json)


@click.command("restore")
@click.argument("backup", metavar="BACKUP", type=NamedPath())
@index_option
@json_option
def restore_command(backup: Path, folder: Path, as_json: bool) -> None:
    """Make the index anew from BACKUP, a folder that `fihris backup` has made.

    Every file is compared with its checksum first. An index that is there already is never
    written over: move it away, or restore to another folder with --index.
    """
    from fihris.index.backup import restore

    _print(restore(backup, folder), "restored", as_json)


def _print(report: BackupReport, done: str, as_json: bool) -> None:
    if as_json:
        values = {
            "from": str(report.source),
            "to": str(report.target),
            "files": report.files,
            "size": report.size,
            "units": report.units,
        }
        click.echo(dump(values))
    else:
        size = f"{report.size / 1_000_000:,.1f} MB"
        click.echo(f"{done}  {report.files:,} files, {size}, {report.units:,} units")
        click.echo(f"to  {report.target}")
