"""``fihris analyze``: the tokens of a text, their forms, and the rules that made each stem."""

from __future__ import annotations

import sys

import click

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.stemmer import Rule
from fihris.index.cli import json_option
from fihris.index.columns import column_lines

_HEADINGS = ("#", "word", "exact", "stem", "family", "alias", "rules")

_RULE_WORDS = {
    Rule.WHOLE: "left whole",
    Rule.RADICAL: "begins with letters of its own",
    Rule.ARTICLE: "article off",
    Rule.CLITIC: "clitic off",
    Rule.PRONOUN: "pronoun off",
    Rule.ENDING: "ending off",
    Rule.KEPT: "ends in letters of its own",
    Rule.TABLE: "table of forms",
}

_HELP = """Show how TEXT is read: its tokens, their forms, and the rules that made each stem.

Two words meet in a search when their exact or stem forms are the same, and in hits that lack
some word also when they share a family. TEXT - reads it from standard input.

\b
Examples:
  fihris analyze وبحقوقهم
  fihris analyze --json 'القرار ١٣٢٥ (٢٠٠٠)'
"""


@click.command("analyze", help=_HELP)
@click.argument("text", nargs=-1, required=True)
@json_option
def analyze_command(text: tuple[str, ...], as_json: bool) -> None:
    """Analyze, and print the tokens."""
    whole = sys.stdin.read() if text == ("-",) else " ".join(text)
    tokens = Analyzer().tokens(whole)
    if as_json:
        import json

        names = ("exact", "stem", "family", "alias", "stop", "rules", "position", "start", "end")
        entries = [
            {"word": whole[token.start : token.end], **{n: getattr(token, n) for n in names}}
            for token in tokens
        ]
        click.echo(json.dumps({"text": whole, "tokens": entries}, ensure_ascii=False))
        return
    click.echo("\n".join(column_lines([_HEADINGS, *(_row(whole, token) for token in tokens)])))


def rules_in_words(token: Token) -> str:
    """Return what made the stem of *token*, in words and in the order in which it applied.

    >>> [rules_in_words(token) for token in Analyzer().tokens("من القرارات")]
    ['stop word', 'article off, ending off']
    """
    if token.stop:
        return "stop word"
    return ", ".join(_RULE_WORDS[rule] for rule in token.rules) or "nothing to take off"


def _row(text: str, token: Token) -> tuple[str, ...]:
    """Return the cells of *token*; a dash stands for no form."""
    return (
        str(token.position),
        text[token.start : token.end],
        token.exact,
        token.stem,
        " ".join(token.family) or "-",
        " ".join(token.alias) or "-",
        rules_in_words(token),
    )
