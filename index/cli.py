"""The commands ``fihris info`` and ``fihris remove``, and the options that commands share.

What a command needs is imported when it runs: a person waits for imports more than for anything.
Errors pass through to the root command, which prints them and gives the exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fihris.index.places import INDEX_VARIABLE, default_index_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fihris.index.reader import IndexInfo


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


def wait_option(command: _Command) -> _Command:
    """Give *command* the option ``--wait``; its argument is in seconds, 0 without the option."""
    return click.option(
        "--wait",
        type=click.FloatRange(min=0),
        is_flag=False,
        flag_value="inf",
        default=0.0,
        metavar="[SECONDS]",
        help="Wait while another process writes to the index; without SECONDS for ever.",
    )(command)


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
        click.echo(dump(_info_values(info) | ({"gaps": gap_values(numbers)} if gaps else {})))
        return
    for name, value in _info_lines(info):
        click.echo(f"{name:<11} {value}")
    for place, line in enumerate(gap_lines(numbers)):
        click.echo(f"{'' if place else 'Numbers':<11} {line}")


@click.command("remove")
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@index_option
@wait_option
@json_option
def remove_command(addresses: tuple[str, ...], folder: Path, wait: float, as_json: bool) -> None:
    """Take whole documents out of the index, by their addresses.

    Either all of them go or none. Their sources stay where they are; indexing those again brings
    the documents back.
    """
    from fihris.index.removal import remove
    from fihris.index.report_lines import counted, tally_values

    report = remove(folder, addresses, wait=wait)
    if as_json:
        values = {"index": str(folder), "removed": report.removed, **tally_values(report.tally)}
        click.echo(dump(values))
    else:
        click.echo(f"removed   {counted(report.tally)}")


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


def dump(values: dict[str, Any]) -> str:
    """Return *values* as JSON, Arabic in its own letters."""
    import json

    return json.dumps(values, ensure_ascii=False, indent=2)
