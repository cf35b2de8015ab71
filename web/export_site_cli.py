"""The command ``fihris export-site``: an index as a whole site that needs no server."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from fihris.index.cli import NamedPath, dump, index_option, json_option

if TYPE_CHECKING:
    from fihris.web.static_site.export import Progress, SiteReport

_BAR_STEPS = 100
_HELP = """Write a whole site of the index into the folder OUT, for any host of files.

It has a search page that searches in the browser, a page for each document with its paragraphs
and citations, pages to browse, and feeds, in Arabic and English. No server is needed, nothing is
loaded from elsewhere, and it works under any prefix.

Run it again after indexing: files that have not changed are left alone, and pages of documents
that are gone are removed. Files that it did not write are never touched.

\b
Examples:
  fihris export-site public
  fihris export-site public --base https://example.org/resolutions/
  fihris export-site /media/stick/resolutions --scripts --language ar
"""


def _base(context: click.Context, parameter: click.Parameter, base: str) -> str:
    """Return *base*, if links can begin with it."""
    if base and not _leads_to_a_folder(base):
        raise click.BadParameter(f"{base} is not like https://example.org/prefix/.")
    if not base.isascii():
        raise click.BadParameter(f"{base} has letters to be written as xn-- or with percent signs.")
    if "@" in urlsplit(base).netloc:
        raise click.BadParameter("It names a user, and would stand in every page. Leave that out.")
    if set(base) & set(" \"'<>\\"):
        raise click.BadParameter(f"{base} holds what no address may hold.")
    return base


def _leads_to_a_folder(base: str) -> bool:
    """Tell whether *base* is the address of a host, perhaps with a port and a path."""
    try:
        parts = urlsplit(base)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket that is open, a port that is no number
        return False
    is_plain = not (parts.query or parts.fragment) and base.isprintable()
    return parts.scheme in ("http", "https") and has_host and is_plain


@click.command("export-site", help=_HELP)
@click.argument("out", metavar="OUT", type=NamedPath())
@index_option
@click.option(
    "--base",
    default="",
    metavar="URL",
    callback=_base,
    help="Where OUT will be on the web. With it there are canonical links, a sitemap and an "
    "OpenSearch description, and feeds have absolute links.",
)
@click.option(
    "--language",
    "languages",
    type=click.Choice(["ar", "en"]),
    multiple=True,
    help="The language of the pages, ar or en; both unless said. The first one is at the root.",
)
@click.option(
    "--scripts",
    is_flag=True,
    help="Write each file of the search as a script as well, for a site opened from a disk.",
)
@json_option
def export_site_command(
    out: Path, folder: Path, base: str, languages: tuple[str, ...], scripts: bool, as_json: bool
) -> None:
    """Write, and say what was written."""
    from fihris.index.characters import printable
    from fihris.web.links import Language
    from fihris.web.static_site.export import ALL_LANGUAGES, export_site

    chosen = tuple(dict.fromkeys(map(Language, languages))) or ALL_LANGUAGES
    with _progress_bar() as show:
        report = export_site(
            folder, out, base=base, languages=chosen, scripts=scripts, progress=show
        )
    if as_json:
        click.echo(dump(_values(out, report)))
        return
    click.echo(f"{'documents':<10}{report.documents:>13,}")
    click.echo(f"{'pages':<10}{report.pages:>13,}")
    for name, size, files in (
        ("site", report.size, report.files),
        ("search", report.search_size, report.search_files),
    ):
        click.echo(f"{name:<10}{size:>13,} bytes in {files:,} files")
    changes = f"{report.written:,} written, {report.unchanged:,} left alone, "
    click.echo(f"{'files':<10}{changes:>13}{report.removed:,} removed")
    if not base:
        click.echo("Without --base there are no sitemap and no canonical links.", err=True)
    click.echo(f"\nTo look at it: python3 -m http.server --directory {printable(str(out))}")


def _values(out: Path, report: SiteReport) -> dict[str, Any]:
    """Return *report* as JSON has it."""
    return {
        "out": str(out),
        "documents": report.documents,
        "pages": report.pages,
        "files": report.files + report.search_files,
        "bytes": report.size + report.search_size,
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
    }


@contextmanager
def _progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Give what draws a bar on a terminal, on the error stream; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Writing", file=sys.stderr) as bar:

        def show(progress: Progress) -> None:
            bar.length = progress.total
            steps = progress.done - bar.pos
            if steps * _BAR_STEPS >= progress.total or progress.done == progress.total:
                bar.update(steps)

        yield show
