"""The command ``fihris index-html``: a search for a folder of HTML pages, written into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fihris.index.cli import NamedPath, dump, json_option

if TYPE_CHECKING:
    from fihris.web.html_site import PagesReport

_HELP = """Index the HTML pages in the folder SITE, and write a search for them into SITE/fihris.

The pages may be of any generator, and in any language. Each paragraph, heading, item of a list and
row of a table is found by itself. What surrounds the text is left out: navigation, the head and
foot of the site, scripts, what is hidden, and what bears data-fihris-ignore. When a page bears
data-fihris-body, only what bears it is found, on all pages.

Run it after each build of the site; files that have not changed keep their bytes. The pages
themselves are only read. To show the search, put the two lines into them that the command prints;
docs/embedding.md has the whole story.

\b
Examples:
  fihris index-html site
  fihris index-html _build/html --exclude genindex.html --exclude search.html
  fihris index-html public --language ar
"""


@click.command("index-html", help=_HELP)
@click.argument("site", metavar="SITE", type=NamedPath())
@click.option(
    "--output",
    "name",
    default="fihris",
    show_default=True,
    metavar="NAME",
    help="The folder inside SITE for the search.",
)
@click.option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar="PATTERN",
    help="Leave out pages whose path under SITE is like this, as drafts/*; repeatable.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Only pages in this language, as ar; repeatable.",
)
@json_option
@click.pass_context
def index_html_command(
    context: click.Context,
    site: Path,
    name: str,
    excluded: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
) -> None:
    """Index the pages and tell what became of them."""
    from fihris.index.characters import printable
    from fihris.web.html_site import Selection, index_site

    report = index_site(site, name, Selection(excluded, languages))
    for refusal in report.refused:
        click.echo(f"refused: {printable(str(refusal))}", err=True)
    if as_json:
        click.echo(dump(_values(report)))
    else:
        shards = report.shards
        click.echo(f"{'pages':<10}{shards.documents:>9,}")
        click.echo(f"{'passages':<10}{shards.units:>9,}")
        click.echo(f"{'no text':<10}{len(report.silent):>9,}")
        click.echo(f"{'left out':<10}{len(report.left_out):>9,}")
        click.echo(f"{'refused':<10}{len(report.refused):>9,}")
        megabytes = shards.size / 1_000_000
        click.echo(f"{'search':<10} {printable(str(report.folder))}, {megabytes:,.1f} MB")
    context.exit(1 if report.refused else 0)


def _values(report: PagesReport) -> dict[str, Any]:
    """Return *report* as JSON has it."""
    return {
        "search": str(report.folder),
        "pages": report.shards.documents,
        "passages": report.shards.units,
        "files": report.shards.files,
        "size": report.shards.size,
        "without_text": list(report.silent),
        "left_out": list(report.left_out),
        "refused": [
            {"path": str(refusal.path), "reason": refusal.reason, "remedy": refusal.remedy}
            for refusal in report.refused
        ],
    }
