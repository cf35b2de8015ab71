"""The commands of the index room: ``fihris index``, ``fihris info`` and ``fihris remove``.

What a command needs is imported when it runs: a person waits for imports more than for anything.
Errors pass through to the root command, which prints them and gives the exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fihris.index.places import INDEX_VARIABLE, default_index_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fihris.index.reader import IndexInfo
    from fihris.index.report import Progress, SourceWarning, SyncReport, Tally

# Exit codes of `fihris index`.
_ALL_TAKEN, _SOME_REFUSED, _NOTHING_TAKEN = 0, 1, 2

# A collection may bring thousands; --json gives them all.
_WARNINGS_SHOWN = 20

_BAR_STEPS = 200


class NamedPath(click.Path):
    """A path that must be named: an empty one, as an unset variable gives, is not this folder."""

    def __init__(self) -> None:
        # What may not be read is told as any other fault of a source or an index is.
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return *value* as a path."""
        if value == "":
            self.fail("the path is empty; write . for the folder you are in.", param, ctx)
        return super().convert(value, param, ctx)


_Command = TypeVar("_Command", bound=Callable[..., Any])


def _index_folder(context: click.Context, parameter: click.Parameter, folder: Path | None) -> Path:
    return default_index_folder() if folder is None else folder


def index_option(command: _Command) -> _Command:
    """Give *command* the option ``--index``; its argument is called ``folder``."""
    option = click.option(
        "--index",
        "folder",
        envvar=INDEX_VARIABLE,
        metavar="DIR",
        type=NamedPath(),
        callback=_index_folder,
        help=f"Folder of the index. Default: ${INDEX_VARIABLE}, else the platform's data folder.",
    )
    return option(command)


def json_option(command: _Command) -> _Command:
    """Give *command* the option ``--json``; its argument is called ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


@click.command("index")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath())
@index_option
@json_option
def index_command(paths: tuple[Path, ...], folder: Path, as_json: bool) -> None:
    """Read files or folders into the index.

    Reads .txt (one document each) and .jsonl (one document on each line), also packed as .xz or
    .gz. Only what has changed since the last time is indexed again.

    Exits with 0 when all was taken in, 1 when some was refused, 2 when nothing could be taken in.
    """
    from fihris.index.synchronize import sync

    with _progress_bar() as show:
        report = sync(folder, paths, progress=show)
    if as_json:
        click.echo(_dump(_report_values(folder, report)))
    else:
        _print_complaints(report)
        if report.documents:
            _print_summary(folder, report)
    exit_code = _ALL_TAKEN
    if report.refused:
        exit_code = _SOME_REFUSED if report.documents else _NOTHING_TAKEN
    click.get_current_context().exit(exit_code)


@click.command("info")
@index_option
@json_option
@click.option("--gaps", is_flag=True, help="Tell which numbers are missing in each session, too.")
def info_command(folder: Path, as_json: bool, gaps: bool) -> None:
    """Tell what the index holds."""
    from fihris.index.gaps import find_gaps, gap_lines, gap_values
    from fihris.index.reader import open_index

    reader = open_index(folder)
    info = reader.info()
    numbers = find_gaps(record.document for record in reader.records()) if gaps else ()
    if as_json:
        click.echo(_dump(_info_values(info) | ({"gaps": gap_values(numbers)} if gaps else {})))
        return
    for name, value in _info_lines(info):
        click.echo(f"{name:<11} {value}")
    for place, line in enumerate(gap_lines(numbers)):
        click.echo(f"{'' if place else 'Numbers':<11} {line}")


@click.command("remove")
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@index_option
@json_option
def remove_command(addresses: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Take whole documents out of the index, by their addresses.

    Either all of them go or none. Their sources stay where they are; indexing those again brings
    the documents back.
    """
    from fihris.index.removal import remove

    report = remove(folder, addresses)
    if as_json:
        values = {"index": str(folder), "removed": report.removed, **_tally(report.tally)}
        click.echo(_dump(values))
    else:
        click.echo(f"removed   {_counted(report.tally)}")


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
            if steps * _BAR_STEPS >= progress.total or progress.done == progress.total:
                bar.length = max(progress.total, 1)
                bar.update(steps, progress)

        yield show


def _seen(progress: Progress | None) -> str | None:
    return None if progress is None else f"documents: {progress.documents:,}"


def _print_complaints(report: SyncReport) -> None:
    """Print refusals and warnings to the error stream, a line each."""
    for refusal in report.refused:
        click.echo(f"refused: {' '.join(str(refusal).split())}", err=True)
    for warning in report.warnings[:_WARNINGS_SHOWN]:
        click.echo(f"warning: {warning.address}: {warning.text}", err=True)
    hidden = len(report.warnings) - _WARNINGS_SHOWN
    if hidden > 0:
        click.echo(f"warning: {hidden:,} more; --json lists them all.", err=True)


def _print_summary(folder: Path, report: SyncReport) -> None:
    for name, tally in _tallies(report):
        click.echo(f"{name:<10}{_counted(tally)}")
    click.echo(f"{'refused':<10}{len(report.refused):>9,}")
    click.echo(f"{'index':<10} {folder}")


def _tallies(report: SyncReport) -> tuple[tuple[str, Tally], ...]:
    return (
        ("added", report.added),
        ("unchanged", report.unchanged),
        ("replaced", report.replaced),
    )


def _counted(tally: Tally) -> str:
    documents = "document " if tally.documents == 1 else "documents"
    paragraphs = "paragraph" if tally.paragraphs == 1 else "paragraphs"
    return f"{tally.documents:>9,} {documents} {tally.paragraphs:>11,} {paragraphs}"


def _report_values(folder: Path, report: SyncReport) -> dict[str, Any]:
    return {
        "index": str(folder),
        **{name: _tally(tally) for name, tally in _tallies(report)},
        "refused": [
            {
                "path": str(refusal.path),
                "line": refusal.line,
                "reason": refusal.reason,
                "remedy": refusal.remedy,
            }
            for refusal in report.refused
        ],
        "warnings": _warnings(report.warnings),
    }


def _warnings(warnings: Sequence[SourceWarning]) -> list[dict[str, str]]:
    return [
        {"path": str(warning.path), "address": warning.address, "text": warning.text}
        for warning in warnings
    ]


def _tally(tally: Tally) -> dict[str, int]:
    return {"documents": tally.documents, "paragraphs": tally.paragraphs}


def _info_values(info: IndexInfo) -> dict[str, Any]:
    return {
        "index": str(info.folder),
        "documents": info.documents,
        "paragraphs": info.paragraphs,
        "units": info.units,
        "sessions": dict(info.sessions),
        "size": info.size,
        "versions": info.versions,
        "changed": info.changed.isoformat(timespec="seconds"),
    }


def _info_lines(info: IndexInfo) -> Iterator[tuple[str, str]]:
    yield "Index", str(info.folder)
    yield "Documents", f"{info.documents:,}"
    yield "Paragraphs", f"{info.paragraphs:,}"
    for number, (organ, labels) in enumerate(info.sessions.items()):
        yield "" if number else "Sessions", f"{organ or '(no organ)'}: {', '.join(labels)}"
    megabytes, kilobytes = info.size / 1_000_000, info.size / 1_000
    yield "Size", f"{megabytes:,.1f} MB" if megabytes >= 1 else f"{kilobytes:,.0f} kB"
    yield "Versions", info.versions
    yield "Changed", f"{info.changed.astimezone():%Y-%m-%d %H:%M:%S}"


def _dump(values: dict[str, Any]) -> str:
    import json

    return json.dumps(values, ensure_ascii=False, indent=2)
