"""The command ``fihris clause``: pasted wording in, the same or the nearest wordings out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fihris.index.cli import NamedPath, index_option, json_option
from fihris.search.cli import FOUND, NOTHING_FOUND
from fihris.search.options import QueryCommand, filter_options

if TYPE_CHECKING:
    from fihris.search.clause import ClauseAnswer
    from fihris.search.query import Filters

_MOST_WORDINGS = 100
_MOST_PLACES = 10_000

_CLAUSE_HELP = """Find who has said this before, in these words or nearly so.

TEXT is a clause of any length, or a whole draft: each of its paragraphs is looked up in turn.
First come the paragraphs with the same wording, then the nearest ones, each with what differs,
word by word. TEXT - reads it from standard input.

\b
Examples:
  fihris clause 'يقرر أن يبقي المسألة قيد نظره'
  fihris clause --file draft.txt --limit 3
  fihris clause --oldest-first --organ HRC - < paragraph.txt

\b
Exit code: 0 when some wording was found, 1 when none was, 2 after an error.
"""


@click.command("clause", cls=QueryCommand, help=_CLAUSE_HELP)
@click.argument("query", metavar="[TEXT]...", nargs=-1)
@click.option("--file", "path", type=NamedPath(), metavar="FILE", help="Read the text from FILE.")
@click.option(
    "--whole", is_flag=True, help="Take the text as one clause, whatever paragraphs it has."
)
@index_option
@json_option
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST_WORDINGS),
    default=5,
    show_default=True,
    help="How many wordings to print at most for each clause.",
)
@click.option(
    "--min-similarity",
    type=click.FloatRange(0, 1),
    default=0.4,
    show_default=True,
    help="How similar a wording must be, from 0 to 1.",
)
@click.option(
    "--places",
    type=click.IntRange(1, _MOST_PLACES),
    default=5,
    show_default=True,
    help="How many places of each wording to print at most.",
)
@click.option(
    "--oldest-first", is_flag=True, help="Print the wordings in the order of their dates."
)
def clause_command(
    query: tuple[str, ...],
    path: Path | None,
    whole: bool,
    folder: Path,
    as_json: bool,
    limit: int,
    min_similarity: float,
    places: int,
    oldest_first: bool,
    filters: Filters,
) -> None:
    """Look the clauses up, and print what was found."""
    text = _pasted_text(query, path)
    from fihris.index.reader import open_index
    from fihris.search.clause import ClauseOptions, find_clause, find_clauses

    options = ClauseOptions(limit, min_similarity, filters, oldest_first, places)
    reader = open_index(folder)
    # The paragraphs of a draft are told apart by a line above each; a clause needs none.
    draft = not whole and "\n" in text.strip()
    answers = find_clauses(reader, text, options) if draft else [find_clause(reader, text, options)]
    found = _print_json(answers) if as_json else _print_lines(answers, headed=draft)
    click.get_current_context().exit(FOUND if found else NOTHING_FOUND)


def _pasted_text(words: tuple[str, ...], path: Path | None) -> str:
    """Return the text that was typed, read from a file, or from standard input for a lone dash."""
    if (path is None) == (not words):
        raise click.UsageError("Give the text of a clause, or - for standard input, or --file.")
    if path is not None:
        return _file_text(path)
    return sys.stdin.read() if words == ("-",) else " ".join(words)


def _file_text(path: Path) -> str:
    from fihris.index.errors import SourceMalformed
    from fihris.index.sources import NotText, decode

    try:
        return decode(path.read_bytes()).text
    except NotText as error:
        raise SourceMalformed(path, f"{error}.", "Save it as plain text in UTF-8.") from error


def _print_json(answers: Iterable[ClauseAnswer]) -> bool:
    """Print all answers as one object; tell whether anything was found."""
    from fihris.search.jsonable import dump_json

    told = list(answers)
    click.echo(dump_json({"clauses": told}))
    return any(answer.wordings for answer in told)


def _print_lines(answers: Iterable[ClauseAnswer], *, headed: bool) -> bool:
    """Print each answer as soon as it is there; tell whether anything was found."""
    from fihris.search.clause_lines import answer_lines, clause_heading, legend

    colour = sys.stdout.isatty() and click.get_current_context().color is not False
    found = differs = False
    for answer in answers:
        if headed:
            click.echo("\n".join(clause_heading(answer)))
        click.echo("\n".join(answer_lines(answer, colour=colour)))
        if headed:
            click.echo()
        for notice in answer.notices:
            click.echo(f"fihris: {notice}", err=True)
        found = found or bool(answer.wordings)
        differs = differs or any(wording.changed for wording in answer.wordings)
    if differs:
        click.echo(f"fihris: {legend(colour=colour)}", err=True)
    return found
