"""docs/widget.md names every attribute, variable, part and event of the widget, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "widget.md").read_text("utf-8")
SOURCES = {
    path.name: path.read_text("utf-8")
    for path in sorted((ROOT / "web" / "static" / "widget").glob("*.js"))
}
EVERYTHING = "\n".join(SOURCES.values())


def section(title: str) -> str:
    """Return what stands under a heading."""
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_column(text: str) -> set[str]:
    """Return what the first column of the tables in a text has in backticks."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_attribute_is_described():
    read = set(re.findall(r'getAttribute\("([\w-]+)"\)', EVERYTHING)) - {"lang"}
    fields = re.search(r"of /\*\* @type \{const\} \*/ \(\[(.*?)\]\)", SOURCES["options.js"])
    assert fields is not None
    read |= set(re.findall(r'"(\w+)"', fields[1])) | {"year"}
    assert read == first_column(section("Attributes"))


def test_every_variable_is_described_with_its_default():
    read = dict(re.findall(r"var\((--fihris-[\w-]+),([^)]+)\)", SOURCES["styles.js"]))
    described = dict(re.findall(r"^  (--fihris-[\w-]+): ([^;]+);", section("Looks"), re.MULTILINE))
    assert described == read | {"--fihris-accent": "inherit"}


def test_every_part_is_described():
    made = {
        part
        for parts in re.findall(r'element\(\s*"\w+",\s*"([\w -]*)"', EVERYTHING)
        + re.findall(r'(?:this\.)?button\("([\w -]+)"', EVERYTHING)
        + re.findall(r'"part", [^;]*?"([\w -]+)" : "([\w -]+)"', EVERYTHING)
        + re.findall(r'\? "([\w -]+)" : "hit"', EVERYTHING)
        for part in (parts.split() if isinstance(parts, str) else " ".join(parts).split())
    }
    assert made == first_column(section("Looks"))


def test_every_event_and_every_code_is_described():
    sent = set(re.findall(r'dispatch\("([\w-]+)"', EVERYTHING))
    store = (ROOT / "web" / "static" / "engine" / "store.js").read_text("utf-8")
    codes = set(re.findall(r'StoreError\("(\w+)"', store + EVERYTHING))
    codes |= set(re.findall(r'LoadError\((?:\w+ \? )?"(\w+)"', EVERYTHING))
    assert sent | codes | {"code", "unknown"} == first_column(section("Events"))


@pytest.mark.parametrize("key", ["Enter", "Escape", "Tab", "Alt"])
def test_the_keys_are_described(key):
    assert key in section("Keys and readers of screens")
