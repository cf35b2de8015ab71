"""The command ``fihris serve``: the site and its API on this machine, until it is told to stop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from fihris.index.cli import index_option

if TYPE_CHECKING:
    from fihris.web.settings import ServeSettings

_SERVE_HELP = """Serve the search page and the API.

Only this machine can reach it unless --host says otherwise. It looks for new commits by itself, so
the index may be written, or replaced, while it runs. Ctrl-C or SIGTERM ends it when the answers
under way are sent.

\b
Examples:
  fihris serve
  fihris serve --port 9000 --index ~/my-index
  fihris serve --workers 2 --public-url https://example.org/fihris --trust-proxy 127.0.0.1
"""

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")


def prefix_option(ctx: click.Context, option: click.Parameter, written: str) -> str:
    """Return the path under which the site is shown, without a slash at its end."""
    prefix = written.rstrip("/")
    if prefix and not _PREFIX.fullmatch(prefix):
        raise click.BadParameter(f"{written!r} is no path; write /fihris.", ctx, option)
    return prefix


def public_option(ctx: click.Context, option: click.Parameter, written: str | None) -> str | None:
    """Return the address of the site, without a slash at its end."""
    if not written:
        return None
    address = urlsplit(written)
    path = address.path.rstrip("/")
    if (
        address.scheme not in ("http", "https")
        or not re.fullmatch(r"[\w.-]+(?::\d+)?", address.netloc, re.ASCII)
        or (path and not _PREFIX.fullmatch(path))
        or address.query
        or address.fragment
    ):
        raise click.BadParameter(
            f"{written!r} is no address of a site; write https://example.org/fihris.", ctx, option
        )
    return f"{address.scheme}://{address.netloc}{path}"


def origins_option(
    ctx: click.Context, option: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the origins whose scripts may read the API."""
    for origin in written:
        if origin != "*" and not re.fullmatch(r"https?://[\w.-]+(:\d+)?", origin, re.ASCII):
            raise click.BadParameter(
                f"{origin!r} is no origin; write https://example.org, or * for all.", ctx, option
            )
    return written


@click.command("serve", help=_SERVE_HELP)
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer; one for each core is a good number.",
)
@click.option(
    "--prefix",
    default="",
    callback=prefix_option,
    metavar="PATH",
    help="The path under which a proxy shows the site. Default: that of --public-url.",
)
@click.option(
    "--public-url",
    callback=public_option,
    metavar="URL",
    help="The address people know the site by; it is used in feeds and canonical links.",
)
@click.option(
    "--trust-proxy",
    "trusted_proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Believe this proxy whom it speaks for (X-Forwarded-For, -Proto); repeatable.",
)
@click.option(
    "--cors",
    "cors_origins",
    multiple=True,
    callback=origins_option,
    metavar="ORIGIN",
    help="Let scripts of this origin read the API; repeatable, * for all.",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0),
    default=20,
    show_default=True,
    help="Requests a second of each client and worker, beyond 100 at once; 0 for no limit.",
)
@click.option(
    "--cache",
    type=click.IntRange(min=0),
    default=32,
    show_default=True,
    metavar="MB",
    help="Megabytes of answers that each worker keeps until the next commit; 0 for none.",
)
def serve_command(
    folder: Path,
    host: str,
    port: int,
    workers: int,
    prefix: str,
    public_url: str | None,
    trusted_proxies: tuple[str, ...],
    cors_origins: tuple[str, ...],
    rate: float,
    cache: int,
) -> None:
    """Listen, say where, and serve."""
    from fihris.web.settings import Limits, ServeSettings

    settings = ServeSettings(
        index=folder.absolute(),
        host=host,
        port=port,
        workers=workers,
        prefix=prefix or urlsplit(public_url or "").path,
        public_url=public_url,
        cors_origins=cors_origins,
        trusted_proxies=trusted_proxies,
        cache_bytes=cache * 1_000_000,
        limits=Limits(per_second=rate),
    )
    _check_index(settings)
    from fihris.web.server import listen, run

    with listen(settings) as listening:
        run(settings, listening, lambda address: click.echo(f"Serving {folder} at {address}"))


def _check_index(settings: ServeSettings) -> None:
    """Raise what stands in the way of the index; a server that can only say so helps nobody."""
    from fihris.web.live_index import LiveIndex

    LiveIndex(settings.index).state()
