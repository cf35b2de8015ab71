"""The doors of the parser, and what stays shut until it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from fihris.index import parser

ROOT = Path(__file__).parents[3]


def test_every_public_name_can_be_had():
    assert sorted(parser.__all__) == [
        "canonical_symbol",
        "find_citations",
        "find_dates",
        "find_symbols",
        "parse",
        "parse_source",
        "parse_symbol",
    ]
    assert all(callable(getattr(parser, name)) for name in parser.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = parser.no_such_name


def test_reading_a_symbol_does_not_load_the_whole_parser():
    script = (
        "import sys; from fihris.index.parser import parse_symbol; parse_symbol('46/28');"
        "sys.exit(any(name.endswith(('.assembly', '.paragraphs', '.dates')) for name in sys.modules"
        " if name.startswith('fihris.index.parser')))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == 0
