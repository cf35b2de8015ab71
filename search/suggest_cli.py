"""The command ``fihris suggest``, and what ``fihris search`` says when it found little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fihris.index.cli import index_option, json_option
from fihris.search.cli import FOUND, NOTHING_FOUND
from fihris.search.options import QueryCommand

if TYPE_CHECKING:
    from fihris.search.suggest import Suggestions

_MOST_COMPLETIONS = 100

_SUGGEST_HELP = """Complete what is being typed into a search box.

PREFIX is the beginning of a word, of a title or of a symbol. Words before the last one are heeded:
what stands right behind them comes first, then the most frequent.

\b
Examples:
  fihris suggest حقو
  fihris suggest حقوق الإ
  fihris suggest --limit 3 --json 46/

\b
Exit code: 0 when something begins so, 1 when nothing does, 2 after an error.
"""


@click.command("suggest", cls=QueryCommand, help=_SUGGEST_HELP)
@click.argument("query", metavar="PREFIX...", nargs=-1, required=True)
@index_option
@json_option
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST_COMPLETIONS),
    default=10,
    show_default=True,
    help="How many completions to print at most.",
)
def suggest_command(query: tuple[str, ...], folder: Path, as_json: bool, limit: int) -> None:
    """Complete, and print the completions."""
    from fihris.index.reader import open_index
    from fihris.search.completion import complete

    typed = " ".join(query)
    completions = complete(open_index(folder), typed, limit)
    if as_json:
        from fihris.search.jsonable import dump_json

        click.echo(dump_json({"query": typed, "completions": completions}))
    elif completions:
        from fihris.index.columns import column_lines
        from fihris.search.terminal import one_line

        rows = [
            (f"{completion.count:,}", completion.kind.value, one_line(completion.text))
            for completion in completions
        ]
        click.echo("\n".join(column_lines(rows)))
    click.get_current_context().exit(FOUND if completions else NOTHING_FOUND)


def suggestion_messages(suggestions: Suggestions, found: int) -> Iterator[str]:
    """Yield what to say to a person whose query found *found* paragraphs."""
    from fihris.search.levels import MatchLevel
    from fihris.search.terminal import count_of, one_line

    for correction in suggestions.corrections:
        if correction.total:
            much = count_of(correction.total, "paragraph")
        else:
            much = f"{count_of(correction.partial_total, 'paragraph')} with some of the words"
        yield f"Did you mean: {one_line(correction.query)} ({much})"
    how = {
        MatchLevel.WORDING: "with the words as one phrase",
        MatchLevel.EXACT: "with these very words, in any order",
        MatchLevel.INFLECTED: "with the words in any form",
        MatchLevel.FAMILY: "when words of the same family will do",
    }
    if found:
        return  # few hits are often all there is, and no reason for advice
    for level in suggestions.levels:
        if level.total > found:
            found = level.total
            yield f"Less strictly: {count_of(found, 'paragraph')} {how[level.strictness]}."
