"""Titles for reading, whatever the letters that a source wrote them in."""

import pytest

from fihris.index.titles import readable_title


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("حماية المرافئ \ufc32 سندار", "حماية المرافئ في سندار"),
        ("اﻷمـــم", "الأمم"),
        ("صون\u200f الواحات\u00ad", "صون الواحات"),
        ("صون\n  الواحات ", "صون الواحات"),
        ("حقّ\ufe7c", "حقّ\u0651"),
        ("", ""),
    ],
)
def test_a_title_is_read_on_one_line_in_plain_letters(written: str, readable: str):
    assert readable_title(written) == readable
    assert readable_title(readable) == readable
