"""Decoding knows the encodings that Arabic texts come in, and refuses to guess."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fihris.index.characters import whole_characters
from fihris.index.sources.encoding import NotText, decode

TEXT = "مجلس الواحات\nالدورة السادسة\n\n1- يحثّ جميع الدول الأعضاء على التعاون؛\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1256"), "windows-1256"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(content, encoding):
    decoded = decode(content)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_newlines(end):
    assert decode(TEXT.replace("\n", end).encode()).text == TEXT


def test_a_text_in_latin_letters_is_a_text():
    assert decode(b"Resolution 5\n").text == "Resolution 5\n"


def test_the_mark_that_ended_files_under_dos_is_dropped():
    assert decode(TEXT.encode() + b"\x1a").text == TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00>\x00" * 40,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n" + bytes(range(128, 256)) * 20,
        b"\x01\x02\x03\x04\x05" * 100,
    ],
    ids=["program", "archive", "image", "pdf", "controls"],
)
def test_a_binary_posing_as_text_is_refused(content):
    with pytest.raises(NotText):
        decode(content)


def test_damaged_utf8_is_not_taken_for_windows_1256():
    content = TEXT.encode()
    with pytest.raises(NotText, match="line 4"):
        decode(content[:-30] + b"\xff" + content[-30:])


def test_another_code_page_is_refused():
    with pytest.raises(NotText):
        decode("été à la forêt, déjà créé".encode("latin-1"))


def test_utf16_that_breaks_off_is_refused():
    with pytest.raises(NotText):
        decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1])


@given(st.binary())
def test_any_bytes_give_a_text_or_a_reason(content):
    try:
        decoded = decode(content)
    except NotText as error:
        assert str(error)
    else:
        assert "\0" not in decoded.text
        assert "\r" not in decoded.text


@given(st.text(alphabet=st.sampled_from("\ud800\udfff\ud83dاa")))
def test_whole_characters_can_always_be_written(text):
    assert whole_characters(text).encode() or not text


def test_two_halves_of_a_pair_become_one_character():
    assert whole_characters("\ud83d\ude00") == "\U0001f600"
