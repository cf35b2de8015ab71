"""The command ``fihris export-search``: the search alone as files, for a site that exists."""

from __future__ import annotations

from pathlib import Path

import click

from fihris.index.cli import NamedPath, dump, index_option, json_option

_HELP = """Write the search into the folder OUT, for a site that you have already.

It needs no server: copy OUT to your site, and put the two lines into a page that the command
prints. Run it again after indexing; files that have not changed are left alone. docs/widget.md
describes what the tag may say, docs/embedding.md tells how to put it into a site.

\b
Examples:
  fihris export-search public/search
  fihris export-search public/search --scripts
"""


@click.command("export-search", help=_HELP)
@click.argument("out", type=NamedPath())
@index_option
@click.option(
    "--scripts",
    is_flag=True,
    help="Write each file as a script as well, for pages opened from a disk (file://).",
)
@json_option
def export_search_command(out: Path, folder: Path, scripts: bool, as_json: bool) -> None:
    """Write, and say what was written."""
    from fihris.index.reader import open_index
    from fihris.web.embedding import search_place, write_widget
    from fihris.web.shards import write_shards
    from fihris.web.shards.scripts import has_scripts, write_scripts

    reader = open_index(folder)
    search_place(out)
    shards = write_shards(reader, out)
    widget = write_widget(out)
    scripts = scripts or has_scripts(out)
    twins = write_scripts(out) if scripts else (0, 0)
    files = shards.files + widget.files + twins[0]
    size = shards.size + widget.size + twins[1]
    if as_json:
        values = {"out": str(out), "documents": shards.documents, "units": shards.units}
        click.echo(dump({**values, "files": files, "bytes": size}))
        return
    click.echo(f"{'documents':<10}{shards.documents:>13,}")
    click.echo(f"{'paragraphs':<10}{shards.units:>13,}")
    for name, count, total in (
        ("index", shards.files, shards.size),
        ("widget", widget.files, widget.size),
        ("scripts", *twins),
        ("all", files, size),
    ):
        if count:
            click.echo(f"{name:<10}{total:>13,} bytes in {count:,} files")
    kind = "defer" if scripts else 'type="module"'
    click.echo("\nPut this into a page, with the address that OUT has on your site:\n")
    click.echo(f'  <script {kind} src="{out.name}/fihris-search.js"></script>')
    click.echo(f'  <fihris-search index="{out.name}"></fihris-search>')
