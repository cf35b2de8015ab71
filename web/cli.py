"""The root of the command line: it finds the commands, and it alone catches the project's errors.

A command's module is imported when the command is run, and not for ``fihris --help`` or another
command: what a person waits for at a terminal is mostly imports.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from types import FrameType
from typing import Any

import click

#: As a shell reports a process that SIGINT (2), SIGPIPE (13) or SIGTERM (15) has ended: 128 + the
#: signal.
INTERRUPTED = 130
PIPE_CLOSED = 141
TERMINATED = 143

_LAST_STREAM = 2  # standard error

HELP = """Search Arabic resolutions, paragraph by paragraph.

\b
Examples:
  fihris index ~/resolutions            read a folder into the index
  fihris search "حقوق الإنسان"           every paragraph that has both words
  fihris search '"إذ يشير إلى"'          the exact phrase
  fihris search 46/28                   a resolution, and what cites it
  fihris show A/HRC/RES/46/28#OP12      one paragraph with its footnotes
"""

#: Every command: where it is defined, and what ``fihris --help`` says of it.
COMMANDS = {
    "index": ("fihris.index.sync_cli:index_command", "Read files or folders into the index."),
    "doctor": ("fihris.index.doctor_cli:doctor_command", "Examine files without indexing them."),
    "search": ("fihris.search.cli:search_command", "Find paragraphs by words, phrase or symbol."),
    "clause": ("fihris.search.clause_cli:clause_command", "Find a clause, or the nearest to it."),
    "show": ("fihris.search.cli:show_command", "Print a resolution, or one of its paragraphs."),
    "suggest": ("fihris.search.suggest_cli:suggest_command", "Complete what is being typed."),
    "analyze": ("fihris.index.analysis.cli:analyze_command", "Show how a text is read."),
    "serve": ("fihris.web.serve_cli:serve_command", "Serve the search page and the API."),
    "export-site": (
        "fihris.web.export_site_cli:export_site_command",
        "Write the index as a whole site.",
    ),
    "index-html": ("fihris.web.index_html_cli:index_html_command", "Put a search into a site."),
    "export-search": (
        "fihris.web.export_cli:export_search_command",
        "Write the search alone, for another site.",
    ),
    "info": ("fihris.index.cli:info_command", "Tell what the index holds."),
    "remove": ("fihris.index.cli:remove_command", "Take documents out of the index."),
    "compact": ("fihris.index.compaction_cli:compact_command", "Write the index anew, smaller."),
    "backup": ("fihris.index.backup_cli:backup_command", "Copy the index to another folder."),
    "restore": ("fihris.index.backup_cli:restore_command", "Bring an index back from a backup."),
    "verify": ("fihris.index.verify_cli:verify_command", "Check that the index is undamaged."),
}


class DeferredCommand(click.Command):
    """A command that is known by its name and short help, and imported when it is run.

    ``target`` is ``module:attribute``; the attribute is a :class:`click.Command`.
    """

    def __init__(self, name: str, target: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self.target = target

    def load(self) -> click.Command:
        """Import the command itself and return it."""
        module, _, attribute = self.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Let the real command parse its arguments; the context is its own from here on."""
        return self.load().make_context(info_name, args, parent, **extra)


class Terminated(KeyboardInterrupt):
    """The system, or a service manager, asked the program to end."""


class RootGroup(click.Group):
    """The boundary: what goes wrong inside a command leaves here as one line and an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program on streams that can carry Arabic, whatever the locale."""
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # A pipe on Windows, or a bare locale, would otherwise fail at the first letter;
                # a person who chose an encoding for Python keeps it.
                encoding = None if os.environ.get("PYTHONIOENCODING") else "utf-8"
                stream.reconfigure(encoding=encoding, errors="backslashreplace")
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a day's work, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command.

        Exit codes: that of the error's class; 2 for what the system refuses; 130 after Ctrl-C;
        141 when the reader of the output has gone; 143 when the system asked to end.
        """
        if os.environ.get("NO_COLOR"):  # https://no-color.org
            ctx.color = False
        try:
            try:
                with _ended_in_order():
                    return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # a closed pipe is met here, and not after the last handler
        except Terminated:
            ctx.exit(TERMINATED)
        except (KeyboardInterrupt, click.Abort):
            click.echo("fihris: interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Python flushes once more while it shuts down; let that go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except Exception as error:
            message, exit_code = describe_failure(error)
            if message is None:
                raise
            click.echo(f"fihris: {message}", err=True)
            ctx.exit(exit_code)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end be met as Ctrl-C is: with what is at work ended, and nothing left over.

    Who handles that signal already goes on doing so.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL or not _is_main_thread():
        yield
        return
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _open_closed_streams() -> None:
    """Let what is written to a stream that was closed for this program go nowhere.

    Else the next file that is opened, of an index perhaps, would get the number of that stream,
    and what other processes print would end in it.
    """
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
            os.set_inheritable(number, True)
        os.close(number)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")


def describe_failure(error: Exception) -> tuple[str | None, int]:
    """Return one line for a person and the exit code; no line when *error* is a bug or click's."""
    from fihris.index.characters import printable
    from fihris.index.errors import FihrisError

    if isinstance(error, FihrisError):
        return printable(" ".join(str(error).split())), error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return printable(f"{where}{error.strerror or error}."), 2
    return None, 1


def print_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    """Print the version of the installed distribution and end."""
    if not asked or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version  # slow: only when asked

    try:
        click.echo(f"fihris {version('fihris')}")
    except PackageNotFoundError:
        click.echo("fihris, run from a clone that is not installed")
    ctx.exit()


@click.group(
    cls=RootGroup,
    name="fihris",
    help=HELP,
    commands={name: DeferredCommand(name, *entry) for name, entry in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    help="Print the version and exit.",
)
def main() -> None:
    """Run ``fihris``."""
