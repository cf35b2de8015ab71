"""``docs/serving.md``: its examples answer as shown, and every option and parameter is there."""

import json
import re
from pathlib import Path

import pytest

from fihris.web.api.routes import RESOURCES
from fihris.web.questions import SearchQuestion
from fihris.web.serve_cli import serve_command
from fihris.web.settings import Limits

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "serving.md").read_text("utf-8")
EXAMPLES = re.findall(r"```http\nGET ([^\n]+)\n```\n\n```json\n(.*?)```", DOCUMENT, re.S)


def shown_in(shown, answer):
    """Tell whether *answer* has all that is shown of it; the first entries of a list will do."""
    if isinstance(shown, dict):
        return all(name in answer and shown_in(shown[name], answer[name]) for name in shown)
    if isinstance(shown, list):
        return len(shown) <= len(answer) and all(map(shown_in, shown, answer))
    return shown == answer


@pytest.mark.parametrize(("path", "shown"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_every_example_answers_as_shown(client, path, shown):
    answer = client.get(path).json()
    assert shown_in(json.loads(shown), answer), answer


def test_every_resource_has_an_example():
    for resource in RESOURCES:
        beginning = f"/api/v1{resource.path.split('{')[0]}"
        assert any(path.startswith(beginning) for path, _ in EXAMPLES), resource.path


def test_every_option_and_every_parameter_is_described():
    options = {option.opts[0] for option in serve_command.params}
    named = {*options, *SearchQuestion.model_fields}
    assert {name for name in named if f"`{name}" not in DOCUMENT} == set()


def test_the_limits_are_those_of_the_program():
    limits = Limits()
    numbers = (limits.address_bytes, limits.body_bytes, limits.connections, limits.burst)
    for number in numbers:
        assert f"{number:,}" in DOCUMENT
    times = (limits.seconds, limits.export_seconds, limits.idle_seconds)
    assert all(f"{time:g}" in DOCUMENT for time in times)
