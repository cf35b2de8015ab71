"""The command ``fihris index``: bring an index in step, foresee it, rebuild it, or go on watching.

What a command needs is imported when it runs: a person waits for imports more than for anything.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fihris.index.characters import printable
from fihris.index.cli import NamedPath, dump, index_option, json_option, wait_option

if TYPE_CHECKING:
    from fihris.index.pruning import Prune
    from fihris.index.report import Progress, SyncReport

# Exit codes of `fihris index`.
_ALL_TAKEN, _SOME_REFUSED, _NOTHING_TAKEN = 0, 1, 2

_BAR_STEPS = 200
# Characters. A line longer than the terminal's would break the bar.
_SLOW_SHOWN = 48

# Seconds until a watcher that could not write tries again.
_PATIENCE = 5.0


@click.command("index")
@click.argument("paths", metavar="PATH...", nargs=-1, type=NamedPath())
@index_option
@click.option("--prune", is_flag=True, help="Take out what is gone from the folders named here.")
@click.option("--force", is_flag=True, help="Prune even an empty folder, or most of one.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing at all.")
@click.option("--rebuild", is_flag=True, help="Make the index anew, from all it was made from.")
@click.option("--watch", is_flag=True, help="Go on, and follow every change of the sources.")
@wait_option
@click.option("--log", is_flag=True, help="Print one line for a log instead of the summary.")
@json_option
@click.pass_context
def index_command(
    context: click.Context,
    paths: tuple[Path, ...],
    folder: Path,
    prune: bool,
    force: bool,
    dry_run: bool,
    rebuild: bool,
    watch: bool,
    wait: float,
    log: bool,
    as_json: bool,
) -> None:
    """Read files or folders into the index.

    Only what has changed since the last time is indexed again: an unchanged file costs a look at
    its size and time. Files that were renamed or moved are recognised.

    Exits with 0 when all was taken in, 1 when some was refused, 2 when nothing could be taken in.
    """
    _check_options(context)
    begun = time.monotonic()
    policy = _policy(prune, force)
    if watch:
        _watch(folder, paths, policy, wait)
        return
    with _progress_bar() as show:
        report = _run(folder, paths, policy, wait, show, dry_run=dry_run, rebuild=rebuild)
    _tell(folder, report, as_json=as_json, as_changes=dry_run, as_log=log)
    if log:
        from fihris.index.report_lines import log_line

        click.echo(log_line(report, time.monotonic() - begun), err=True)
    context.exit(_exit_code(report))


def _check_options(context: click.Context) -> None:
    """Refuse options that contradict each other."""
    given = context.params
    if not given["paths"] and not given["rebuild"]:
        raise click.UsageError("Missing argument 'PATH...'.")
    if given["force"] and not given["prune"]:
        raise click.UsageError("--force is about --prune, which is missing.")
    for one, others in (
        ("rebuild", ("prune", "dry_run", "watch")),
        ("watch", ("dry_run", "as_json", "log")),
    ):
        for other in others:
            if given[one] and given[other]:
                name = other.removeprefix("as_").replace("_", "-")
                raise click.UsageError(f"--{one} and --{name} do not go together.")


def _policy(prune: bool, force: bool) -> Prune:
    from fihris.index.pruning import Prune

    if not prune:
        return Prune.NEVER
    return Prune.BY_FORCE if force else Prune.CAREFULLY


def _run(
    folder: Path,
    paths: tuple[Path, ...],
    prune: Prune,
    wait: float,
    show: Callable[[Progress], None] | None,
    *,
    dry_run: bool,
    rebuild: bool,
) -> SyncReport:
    if rebuild:
        from fihris.index.rebuild import rebuild as rebuild_index

        return rebuild_index(folder, paths, wait=wait, progress=show)
    from fihris.index.synchronize import foresee, sync

    if dry_run:
        return foresee(folder, paths, prune=prune, progress=show)
    return sync(folder, paths, prune=prune, wait=wait, progress=show)


def _tell(
    folder: Path, report: SyncReport, *, as_json: bool, as_changes: bool, as_log: bool
) -> None:
    from fihris.index import report_lines

    if as_json:
        values = report_lines.report_values(folder, report)
        if as_changes:
            values |= {"dry_run": True, "changes": report_lines.change_values(report)}
        click.echo(dump(values))
        return
    for line in report_lines.complaint_lines(report):
        click.echo(line, err=True)
    if as_changes:
        for line in report_lines.change_lines(report):
            click.echo(line)
    if not as_log and (report.documents or report.removed.documents):
        for line in report_lines.summary_lines(folder, report):
            click.echo(line)
    if as_changes:
        click.echo("Nothing was written: this is what would be done.", err=True)


def _exit_code(report: SyncReport) -> int:
    if not report.refused:
        return _ALL_TAKEN
    return _SOME_REFUSED if report.documents or report.removed.documents else _NOTHING_TAKEN


def _watch(folder: Path, paths: tuple[Path, ...], prune: Prune, wait: float) -> None:
    """Bring the index in step whenever the sources change, with a log line each time."""
    from fihris.index.report_lines import complaint_lines, log_line
    from fihris.index.watch import follow

    complaints: list[str] = []
    try:
        for number, _ in enumerate(follow(paths, folder)):
            begun = time.monotonic()
            report = _sync_patiently(folder, paths, prune, wait)
            new = list(complaint_lines(report))
            for line in new:
                if line not in complaints:
                    click.echo(line, err=True)
            if number == 0 or report.changes or new != complaints:
                click.echo(log_line(report, time.monotonic() - begun), err=True)
            complaints = new
    except KeyboardInterrupt:
        click.echo("fihris: stopped watching.", err=True)


def _sync_patiently(folder: Path, paths: tuple[Path, ...], prune: Prune, wait: float) -> SyncReport:
    """Bring the index in step; what passes by itself, as a full disk does, is waited for."""
    from fihris.index.errors import IndexLocked, IndexReadOnly
    from fihris.index.synchronize import sync

    while True:
        try:
            return sync(folder, paths, prune=prune, wait=wait)
        except (IndexLocked, IndexReadOnly) as error:
            click.echo(f"fihris: {printable(str(error))} Trying again.", err=True)
            time.sleep(_PATIENCE)


@contextmanager
def _progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Give what draws a bar on a terminal, on the error stream; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(
        length=1, label="Indexing", file=sys.stderr, item_show_func=_seen
    ) as bar:

        def show(progress: Progress) -> None:
            # A terminal is slow: one step for each line of a collection would cost seconds.
            steps = progress.done - bar.pos
            far = steps * _BAR_STEPS >= progress.total or progress.done == progress.total
            if far or progress.slow:
                bar.length = max(progress.total, 1)
                bar.update(steps, progress)
                bar.render_progress()  # of itself it shows no news without a step

        yield show


def _seen(progress: Progress | None) -> str | None:
    if progress is None:
        return None
    documents = f"documents: {progress.documents:,}"
    if not progress.slow:
        return documents
    slow = printable(progress.slow)
    if len(slow) > _SLOW_SHOWN:  # the end tells more: the name, and the seconds
        slow = f"…{slow[-_SLOW_SHOWN:]}"
    return f"{documents}  reading {slow}"
