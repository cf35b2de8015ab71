"""A code page gives each of its characters a byte, and refuses all others."""

import pytest

from fihris.index.code_page import UNUSED, CodePage

PAGE = CodePage("\0" + UNUSED + "حق")


def test_a_text_of_the_page_comes_back_as_it_was() -> None:
    assert PAGE.encode("حق\0") == b"\2\3\0"
    assert PAGE.decode(b"\2\3\0") == "حق\0"


def test_what_the_page_lacks_is_refused() -> None:
    for text in ("Ω", UNUSED):
        with pytest.raises(UnicodeEncodeError):
            PAGE.encode(text)
    for written in (b"\1", b"\xff"):
        with pytest.raises(UnicodeDecodeError):
            PAGE.decode(written)
