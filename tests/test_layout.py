"""The walls between the rooms: which way imports point, and what every module owes its reader."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from fihris.web.cli import main

ROOT = Path(__file__).resolve().parents[1]

#: What each room may import; data flows one way.
MAY_IMPORT = {
    "index": {"index"},
    "search": {"index", "search"},
    "web": {"index", "search", "web"},
}
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py")
)


def imported_names(source: str) -> set[str]:
    """Return every module that *source* imports, wherever in it, and whatever for."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
            if node.module == "fihris":
                names.update(f"fihris.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way_and_use_the_real_name(module):
    room = module.split("/")[0]
    names = imported_names((ROOT / module).read_text(encoding="utf-8"))
    assert not {name for name in names if name.startswith(".")}, "relative imports"
    assert not {name for name in names if name.split(".")[0] in MAY_IMPORT}, "a bare room name"
    rooms = {name.split(".")[1] for name in names if name.startswith("fihris.")}
    assert rooms <= MAY_IMPORT[room]


def test_an_arrow_that_points_back_would_be_seen():
    source = "def late():\n    from fihris.search import hits\n    import fihris.web.cli\n"
    assert imported_names(source) == {"fihris.search", "fihris.web.cli"}
    assert "fihris.search" in imported_names("from fihris import search")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_begins_by_saying_what_it_does(module):
    docstring = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    assert docstring
    first = docstring.split("\n\n")[0]
    assert first.rstrip().endswith((".", "::", ":", "?")), first


@pytest.mark.parametrize("room", ["index", "search"])
def test_the_public_names_are_sorted_and_documented(room):
    package = importlib.import_module(f"fihris.{room}")
    names = getattr(package, "__all__", [])
    assert list(names) == sorted(set(names))
    undocumented = [
        name
        for name in names
        if (inspect.isclass(getattr(package, name)) or callable(getattr(package, name)))
        and not inspect.getdoc(getattr(package, name))
    ]
    assert undocumented == []


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_option_has_help_and_the_readme_shows_it(name):
    command = main.commands[name].load()
    assert command.name == name
    assert command.help
    undocumented = [
        option.opts
        for option in command.params
        if option.param_type_name == "option" and not getattr(option, "help", None)
    ]
    assert undocumented == []
    assert f"fihris {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
