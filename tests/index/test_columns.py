"""Columns that are aligned on the screen, whatever the text holds."""

from __future__ import annotations

import pytest

from fihris.index.columns import column_lines, display_width


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("قرار", 4),
        ("قَرَارٌ", 4),
        ("\u200fقرار\u200e", 4),
        ("مدة\u0640\u0640", 5),
        ("決議", 4),
    ],
)
def test_only_what_takes_room_is_counted(text: str, cells: int) -> None:
    assert display_width(text) == cells


def test_columns_are_as_wide_as_their_widest_cell_and_lines_end_in_no_blank() -> None:
    assert list(column_lines([("a", "bbb", "c"), ("aaaa", "b", "")])) == ["a     bbb  c", "aaaa  b"]


def test_no_rows_are_no_lines() -> None:
    assert list(column_lines([])) == []
