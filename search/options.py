"""What commands share that take wording: the query among the options, and the filters.

Filters are read into one :class:`~fihris.search.query.Filters`, so that every command restricts
its answer by the same options in the same spellings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from fihris.index.characters import whole_characters
from fihris.index.resolution import UNSEARCHED_KINDS, Organ, ParagraphKind

_SEARCHED_KINDS = [kind.value for kind in ParagraphKind if kind not in UNSEARCHED_KINDS]
_LATIN_OPTION = re.compile(r"(?!-[A-Za-z]+:)--?[A-Za-z]")  # "-organ:GA" excludes a field


class QueryCommand(click.Command):
    """A command whose arguments are a query, in which ``-كلمة`` leaves a word out.

    What begins with a dash is an option only when a Latin letter follows: nobody mistypes
    ``--organ`` in Arabic. After ``--`` everything belongs to the query, as usual.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse *args*, and refuse what looks like an option and is none."""
        options = args[: args.index("--")] if "--" in args else list(args)
        rest = super().parse_args(ctx, args)
        for word in ctx.params.get("query") or ():
            if word in options and _LATIN_OPTION.match(word) and not ctx.resilient_parsing:
                raise click.NoSuchOption(
                    word,
                    f"No such option: {word}. A query with such a word goes after --.",
                    possibilities=self._options_like(word),
                    ctx=ctx,
                )
        return rest

    def _options_like(self, word: str) -> list[str]:
        """Return the options that *word* may have been meant for."""
        from difflib import get_close_matches

        known = [name for parameter in self.params for name in parameter.opts if name[:2] == "--"]
        return get_close_matches(word, known, cutoff=0.75)


def years_option(
    ctx: click.Context, option: click.Parameter, written: str | None
) -> tuple[int, int] | None:
    """Return the first and the last of the years that were written."""
    if written is None:
        return None
    from fihris.search.query import read_years

    years = read_years(written)
    if years is None:
        raise click.BadParameter(
            f"{written!r} is no year; write 2021, 2019..2021, 2019.. or ..2021.", ctx, option
        )
    return years


def read_symbols(
    ctx: click.Context, option: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the canonical symbols of what is *written* in any usual way.

    A number without an organ stands for the texts of every organ that numbers so.
    """
    if not written:
        return ()
    from fihris.index.parser import parse_symbol

    symbols: list[str] = []
    for text in written:
        meant = parse_symbol(whole_characters(text))
        if not meant:
            raise click.BadParameter(
                f"{text!r} is no symbol; write A/HRC/RES/46/28 or 46/28.", ctx, option
            )
        symbols += meant
    return tuple(dict.fromkeys(symbols))


def read_sessions(
    ctx: click.Context, option: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the labels of sessions as the index has them, whatever their digits and case."""
    if not written:
        return ()
    from fihris.index.analysis import fold_characters

    return tuple(fold_characters(label).text.strip().upper() for label in written)


_FILTER_OPTIONS = (
    click.option(
        "--organ",
        multiple=True,
        type=click.Choice([organ.value for organ in Organ], case_sensitive=False),
        metavar="|".join(Organ),
        help="Only what this organ adopted (repeatable).",
    ),
    click.option(
        "--session",
        multiple=True,
        callback=read_sessions,
        metavar="LABEL",
        help="Only this session: 46, S-30, ES-10 (repeatable).",
    ),
    click.option(
        "--kind",
        multiple=True,
        type=click.Choice(_SEARCHED_KINDS, case_sensitive=False),
        help="Only paragraphs of this kind (repeatable).",
    ),
    click.option(
        "--year",
        callback=years_option,
        metavar="YEAR[..YEAR]",
        help="Only what was adopted in these years: 2021, 2019..2021, 2019..",
    ),
    click.option(
        "--cites",
        multiple=True,
        callback=read_symbols,
        metavar="SYMBOL",
        help="Only paragraphs that cite this document, in any usual spelling (repeatable).",
    ),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options that restrict what is found; its argument is ``filters``."""

    @wraps(command)
    def filtered(
        *,
        organ: tuple[str, ...],
        session: tuple[str, ...],
        kind: tuple[str, ...],
        year: tuple[int, int] | None,
        cites: tuple[str, ...],
        **given: Any,
    ) -> Any:
        from fihris.search.query import Filters

        return command(filters=Filters(organ, session, kind, year, cites), **given)

    # A decorator that is applied last stands first in the help.
    for option in reversed(_FILTER_OPTIONS):
        option(filtered)
    return filtered
