"""``docs/cli.md`` has an example of every command, and names every option and field."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest

from fihris.index.analysis.cli import analyze_command
from fihris.search.cli import search_command, show_command
from fihris.search.hits import DocumentSummary, Had, Hit, Page
from fihris.search.suggest_cli import suggest_command

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n\$ fihris ([^\n]*)\n(.*?)^```", DOCUMENT, re.M | re.S)


@pytest.mark.parametrize(
    "command", [search_command, show_command, suggest_command, analyze_command]
)
def test_every_command_has_its_section_an_example_and_its_options(command: click.Command) -> None:
    assert f"## `fihris {command.name} " in DOCUMENT
    assert any(arguments.startswith(f"{command.name} ") for arguments, _ in EXAMPLES)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in DOCUMENT


def test_every_field_of_the_json_is_described() -> None:
    names = {
        field.name for model in (Page, Hit, DocumentSummary) for field in dataclasses.fields(model)
    }
    assert {name for name in names if f"`{name}`" not in DOCUMENT} == set()
    assert {had for had in Had if f"`{had}`" not in DOCUMENT} == set()
