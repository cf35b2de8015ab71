"""The command ``fihris compact``."""

from __future__ import annotations

from pathlib import Path

import click

from fihris.index.cli import dump, index_option, json_option, wait_option


@click.command("compact")
@index_option
@wait_option
@json_option
def compact_command(folder: Path, wait: float, as_json: bool) -> None:
    """Write the index anew without what was replaced or removed.

    Until then removed documents still count a little in the order of hits. The sources are not
    needed, searching goes on meanwhile, and an interruption leaves the index as it was. It takes
    about as long as indexing everything again, and as much free space as the index has.
    """
    from fihris.index.compaction import compact

    report = compact(folder, wait=wait)
    before, after = report.before, report.after
    if as_json:
        from dataclasses import asdict

        values = {"index": str(folder), "before": asdict(before), "after": asdict(after)}
        click.echo(dump(values))
    else:
        for name in ("segments", "deleted", "units"):
            click.echo(f"{name:<10}{getattr(before, name):>11,} → {getattr(after, name):,}")
