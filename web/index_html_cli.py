"""The command ``fihris index-html``: a search for a folder of HTML pages, written into it."""

from __future__ import annotations

from dataclasses import replace
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
themselves are only read. To show the search, put a script and a tag into them:
docs/embedding.md tells how, for each generator.

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
@click.option(
    "--scripts",
    is_flag=True,
    help="Write each file as a script as well, for pages opened from a disk (file://).",
)
@json_option
@click.pass_context
def index_html_command(
    context: click.Context,
    site: Path,
    name: str,
    excluded: tuple[str, ...],
    languages: tuple[str, ...],
    scripts: bool,
    as_json: bool,
) -> None:
    """Index the pages and tell what became of them."""
    from fihris.index.characters import printable
    from fihris.web.html_site import Selection, index_site
    from fihris.web.shards.scripts import has_scripts, write_scripts

    report = index_site(site, name, Selection(excluded, languages))
    scripts = scripts or has_scripts(report.folder)
    files, size = write_scripts(report.folder) if scripts else (0, 0)
    report = replace(report, files=report.files + files, size=report.size + size)
    for refusal in report.refused:
        click.echo(f"refused: {printable(str(refusal))}", err=True)
    if as_json:
        click.echo(dump(_values(report)))
    else:
        for heading, count in (
            ("pages", report.pages),
            ("passages", report.passages),
            ("no text", len(report.silent)),
            ("left out", len(report.left_out)),
            ("refused", len(report.refused)),
        ):
            click.echo(f"{heading:<10}{count:>9,}")
        megabytes = f"{report.size / 1_000_000:,.1f} MB"
        click.echo(f"{'search':<10} {printable(str(report.folder))}, {megabytes}")
    context.exit(1 if report.refused else 0)


def _values(report: PagesReport) -> dict[str, Any]:
    """Return *report* as JSON has it."""
    return {
        "search": str(report.folder),
        "pages": report.pages,
        "passages": report.passages,
        "files": report.files,
        "size": report.size,
        "without_text": list(report.silent),
        "left_out": list(report.left_out),
        "refused": [
            {"path": str(refusal.path), "reason": refusal.reason, "remedy": refusal.remedy}
            for refusal in report.refused
        ],
    }
