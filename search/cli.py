"""The commands of the search room: ``fihris search`` and ``fihris show``.

Nothing is imported here that ``--help`` or a mistyped option would not need; opening an index and
asking it is imported when it is done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fihris.index.cli import index_option, json_option
from fihris.search.hits import Sort
from fihris.search.options import QueryCommand, filter_options

if TYPE_CHECKING:
    from fihris.index.reader import IndexReader
    from fihris.search.query import Filters

#: Exit codes as grep has them; 2, for errors, is given by the root command.
FOUND = 0
NOTHING_FOUND = 1

_STRICT_NAMES = ("marks", "hamza", "teh", "yeh")
_LARGEST_PAGE = 10_000
_LAST_OFFSET = 10_000_000

_SEARCH_HELP = """Find paragraphs, best first.

All words of QUERY are required, in any inflection and any usual spelling; words between
quotation marks are a phrase; a word after a dash must not occur; OR (أو) joins two words of which
one will do; a symbol finds the resolution that bears it and the paragraphs that cite it.
docs/query-language.md has the rest: proximity, patterns, roots, fields, strict spelling.
QUERY - reads it from standard input.

\b
Examples:
  fihris search حقوق الإنسان
  fihris search '"حقوق الإنسان"' -الطفل --organ HRC
  fihris search 46/28
  fihris search --session 46 --kind operative --json المساعدة التقنية

\b
Exit code: 0 when something was found, 1 when nothing was, 2 after an error.
"""

_SHOW_HELP = """Print a document, or one paragraph with its footnotes.

ADDRESS is what a search prints, in any usual spelling. The organ may be left out when only one
document of the index bears the number. With --cited-by, it may be the symbol of a document that is
not in the index.

\b
Examples:
  fihris show A/HRC/RES/46/28
  fihris show 'A/HRC/RES/46/28#OP12'
  fihris show '٤٦/٢٨#١٢'
  fihris show 46/28 --cited-by
  fihris show 46/28 --akn > 46-28.akn

\b
Exit code: 0 when it was found, 1 when not, 2 after an error or when several are meant.
"""


def strictness_option(
    ctx: click.Context, option: click.Parameter, written: str | None
) -> dict[str, bool]:
    """Return which differences of spelling count, by the names that were written."""
    names = [name.strip() for name in (written or "").lower().split(",") if name.strip()]
    unknown = [name for name in names if name not in (*_STRICT_NAMES, "all")]
    if unknown:
        raise click.BadParameter(
            f"{unknown[0]!r} is none of {', '.join(_STRICT_NAMES)}, all.", ctx, option
        )
    return {name: name in names or "all" in names for name in _STRICT_NAMES}


@click.command("search", cls=QueryCommand, help=_SEARCH_HELP)
@click.argument("query", nargs=-1, required=True)
@index_option
@json_option
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(1, _LARGEST_PAGE),
    default=10,
    show_default=True,
    help="How many hits to print at most.",
)
@click.option(
    "--offset",
    type=click.IntRange(0, _LAST_OFFSET),
    default=0,
    help="How many hits to pass over first.",
)
@click.option(
    "--strict",
    callback=strictness_option,
    metavar="NAMES",
    help="Let spelling count: marks, hamza, teh (ة/ه), yeh (ى/ي), several with commas, or all.",
)
@click.option(
    "--all-wordings", is_flag=True, help="Print every paragraph, also where wording is identical."
)
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="The order: best, oldest (date) or latest (-date) first, or by symbol.",
)
@click.option("--group", is_flag=True, help="Print one hit for each document.")
@click.option("--facets", is_flag=True, help="Count the hits by organ, session, year and more.")
@click.option("--explain", is_flag=True, help="Say what each score is made of.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Write one JSON object per hit.")
@click.option("--csv", "form", flag_value="csv", help="Write comma-separated values.")
@click.option("--markdown", "form", flag_value="markdown", help="Write Markdown.")
@click.option("--kwic", "form", flag_value="kwic", help="Write a concordance.")
@click.option("--bibtex", "form", flag_value="bibtex", help="Write the documents for BibTeX.")
@click.option("--ris", "form", flag_value="ris", help="Write the documents as RIS.")
@click.option("--cite", "form", flag_value="cite", help="Write citations, English and Arabic.")
@click.option(
    "--kwic-sort",
    type=click.Choice(["before", "after"]),
    help="Order the concordance by what stands before or after.",
)
def search_command(
    query: tuple[str, ...],
    folder: Path,
    as_json: bool,
    filters: Filters,
    limit: int,
    offset: int,
    all_wordings: bool,
    strict: dict[str, bool],
    sort: str,
    group: bool,
    facets: bool,
    explain: bool,
    form: str | None,
    kwic_sort: str | None,
) -> None:
    """Search, and print the hits."""
    from fihris.index.reader import open_index
    from fihris.search import Strictness, search
    from fihris.search.facets import FACETS
    from fihris.search.searcher import ENOUGH_STRICT_HITS

    reader = open_index(folder)
    text = _query_text(query)
    if form is not None or kwic_sort is not None:
        if as_json or facets or explain:
            raise click.UsageError("--json, --facets and --explain go with no other format.")
        if kwic_sort is not None and form not in (None, "kwic"):
            raise click.UsageError("--kwic-sort goes with --kwic only.")
        from fihris.search.outputs.writing import Format, written_lines
        from fihris.search.searcher import stream_hits

        stream = stream_hits(
            reader,
            text,
            limit=limit,
            offset=offset,
            filters=filters,
            collapse=not all_wordings,
            group=group,
            sort=Sort(sort),
            strictness=Strictness(**strict),
        )
        _print_messages(stream.notices)
        for line in written_lines(Format(form or "kwic"), stream, kwic_sort):
            click.echo(line)
        answered = stream.total or stream.documents
        click.get_current_context().exit(FOUND if answered else NOTHING_FOUND)
    page = search(
        reader,
        text,
        limit=limit,
        offset=offset,
        filters=filters,
        collapse=not all_wordings,
        group=group,
        sort=Sort(sort),
        facets=FACETS if facets else (),
        explain=explain,
        strictness=Strictness(**strict),
    )
    _print_messages(page.notices)
    suggestions = None
    if page.total < ENOUGH_STRICT_HITS and not page.documents and not offset:
        from fihris.search.suggest import suggest
        from fihris.search.suggest_cli import suggestion_messages

        suggestions = suggest(reader, text, filters=filters)
        _print_messages(suggestion_messages(suggestions, page.total))
    if as_json:
        from fihris.search.jsonable import dump_json, jsonable

        click.echo(dump_json({**jsonable(page), "suggestions": suggestions}))
    else:
        from fihris.search.terminal import page_lines

        _print_lines(page_lines(page))
        if len(page.hits) == limit and offset + limit < page.total + (page.partial_total or 0):
            _print_messages([f"There may be more: --offset {offset + limit}"])
    found = page.total or page.partial_total or page.documents
    click.get_current_context().exit(FOUND if found else NOTHING_FOUND)


@click.command("show", help=_SHOW_HELP)
@click.argument("address", nargs=-1, required=True)
@index_option
@json_option
@click.option("--cites", is_flag=True, help="Print what it cites instead, and where.")
@click.option("--cited-by", is_flag=True, help="Print what in the index cites it instead.")
@click.option("--akn", is_flag=True, help="Print the whole document as Akoma Ntoso XML instead.")
def show_command(
    address: tuple[str, ...], folder: Path, as_json: bool, cites: bool, cited_by: bool, akn: bool
) -> None:
    """Look an address up, and print what bears it, or its citations."""
    from fihris.index.reader import open_index
    from fihris.search.lookup import find_passage

    if akn and (as_json or cites or cited_by):
        raise click.UsageError("--akn prints XML; leave --json, --cites and --cited-by out.")
    reader = open_index(folder)
    if cites or cited_by:
        _print_citations(reader, " ".join(address), cites=cites, cited_by=cited_by, as_json=as_json)
        return
    passage = find_passage(reader, " ".join(address))
    if akn:
        from fihris.index.akn import akn_of

        click.echo(akn_of(passage.document))
    elif as_json:
        from fihris.search.jsonable import dump_json
        from fihris.search.show import passage_values

        click.echo(dump_json(passage_values(passage)))
    else:
        from fihris.search.show import passage_lines

        _print_lines(passage_lines(passage))
    _print_messages(passage.document.warnings)


def _print_citations(
    reader: IndexReader, address: str, *, cites: bool, cited_by: bool, as_json: bool
) -> None:
    """Print the citations of *address*; nothing found, as a search has it, is exit code 1."""
    from fihris.search.citations import Direction, citations_of

    directions = [
        direction
        for direction, asked in ((Direction.CITES, cites), (Direction.CITED_BY, cited_by))
        if asked
    ]
    citations = citations_of(reader, address, directions)
    if as_json:
        from fihris.search.jsonable import dump_json

        click.echo(dump_json(citations))
    else:
        from fihris.search.citation_lines import citation_lines

        _print_lines(citation_lines(citations))
    found = citations.cites or citations.cited_by
    click.get_current_context().exit(FOUND if found else NOTHING_FOUND)


def _query_text(words: tuple[str, ...]) -> str:
    """Return the query that was typed, or read from standard input when it is a lone dash."""
    if words == ("-",):
        return " ".join(sys.stdin.read().split())
    return " ".join(words)


def _print_lines(lines: Iterable[str]) -> None:
    """Print results in one piece; click takes the colours out where no terminal shows them."""
    click.echo("\n".join(lines))


def _print_messages(messages: Iterable[str]) -> None:
    """Print what is said to the person, and not part of the results."""
    for message in messages:
        click.echo(f"fihris: {' '.join(message.split())}", err=True)
