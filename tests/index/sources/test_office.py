"""LibreOffice as a converter: found, started, watched, and kept from doing harm."""

import os
import socket
import stat
import threading
import time
from pathlib import Path

import pytest

from fihris.index.errors import SourceError, SourceMalformed, SourceUnreadable
from fihris.index.sources.files import Form, SourceFile
from fihris.index.sources.office import Office, convert_files, convert_to_docx, find_office
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.word import read_docx

needs_office = pytest.mark.skipif(
    find_office() is None and not os.environ.get("CI"),
    reason="LibreOffice is not installed; on a test machine (CI) it must be",
)
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a shell script")

RTF = r"{\rtf1\ansi\ansicpg1256\deff0 {\fonttbl{\f0 Arial;}}\f0\rtlch \'e4\'d5\par %s}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: Stands in for LibreOffice: it takes some files, hangs at one, and comes down at another.
STAND_IN = """#!/bin/sh
echo start >> "$(dirname "$0")/starts"
while [ "$1" != --outdir ]; do shift; done
out="$2"; shift 2
for file in "$@"; do
  case "$(cat "$file")" in
    *hang*) sleep 600 & wait ;;
    *crash*) kill -SEGV $$ ;;
    *refuse*) ;;
    *) name=$(basename "$file"); cp "$file" "$out/${name%.*}.docx" ;;
  esac
done
"""


def raw(content: bytes, form: Form = Form.RTF) -> RawDocument:
    file = SourceFile(Path(f"/a{form.value}"), "a", form, len(content), 0)
    return RawDocument(file, form, content, "", "a", len(content))


def rtf(words: str = "") -> RawDocument:
    return raw((RTF % words).encode())


@pytest.fixture
def stand_in(tmp_path, monkeypatch) -> Path:
    program = tmp_path / "soffice"
    program.write_text(STAND_IN)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("FIHRIS_SOFFICE", str(program))
    return program


def starts(program: Path) -> int:
    return len((program.parent / "starts").read_text().splitlines())


def outcomes(*raws: RawDocument) -> list[str]:
    return [
        "refused" if isinstance(made, SourceError) else "made"
        for _, made in convert_to_docx(raws, patience=1.5)
    ]


def test_the_variable_goes_before_the_search_path(tmp_path, monkeypatch):
    named = tmp_path / "somewhere" / "soffice"
    monkeypatch.setenv("FIHRIS_SOFFICE", str(named))
    assert find_office() is None
    named.parent.mkdir()
    named.touch(mode=0o755)
    assert find_office() == named


def test_without_libreoffice_the_remedy_is_told(monkeypatch):
    monkeypatch.setenv("FIHRIS_SOFFICE", "/nowhere/soffice")
    [(_, refused)] = convert_to_docx([rtf()])
    assert isinstance(refused, SourceUnreadable)
    assert "Install LibreOffice, or save the file as .docx" in refused.remedy


@posix
def test_what_no_word_processor_wrote_never_reaches_libreoffice(stand_in):
    [(_, refused)] = convert_to_docx([raw(b"<html>", Form.DOC)])
    assert isinstance(refused, SourceMalformed)
    assert not (stand_in.parent / "starts").exists()


@posix
def test_all_files_go_in_one_start_and_come_back_in_order(stand_in):
    raws = [rtf(f"{number}") for number in range(5)]
    made = list(convert_to_docx(raws))
    assert [each for each, _ in made] == raws
    assert [content for _, content in made] == [each.content for each in raws]
    assert starts(stand_in) == 1


@posix
def test_a_file_that_cannot_be_opened_costs_no_second_start(stand_in):
    assert outcomes(rtf("a"), rtf("refuse"), rtf("b")) == ["made", "refused", "made"]
    assert starts(stand_in) == 1


@posix
@pytest.mark.parametrize("harm", ["hang", "crash"])
def test_what_stops_the_program_is_found_out_and_the_others_are_made(stand_in, harm):
    started = time.monotonic()
    assert outcomes(rtf("a"), rtf(harm), rtf("b"), rtf("c")) == ["made", "refused", "made", "made"]
    assert starts(stand_in) == 3
    assert time.monotonic() - started < 20


@posix
def test_a_program_that_converts_nothing_is_found_out_at_once(stand_in):
    stand_in.write_text('#!/bin/sh\necho start >> "$(dirname "$0")/starts"\nexit 77\n')
    made = [outcome for _, outcome in convert_to_docx([rtf(str(number)) for number in range(50)])]
    assert all(isinstance(outcome, SourceUnreadable) for outcome in made)
    assert "converts nothing at all" in str(made[0])
    assert starts(stand_in) == 2


@posix
def test_nothing_is_started_for_somebody_who_has_gone(stand_in):
    [(_, refused)] = convert_to_docx([rtf()], stopped=lambda: True)
    assert isinstance(refused, SourceMalformed)
    assert not (stand_in.parent / "starts").exists()


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started(stand_in, tmp_path):
    file = tmp_path / "a.rtf"
    file.write_text("hang")
    assert not Office(stand_in, patience=0.5).convert([file], "docx", tmp_path / "out")
    running = Path("/proc")
    if running.is_dir():
        commands = [process.joinpath("cmdline") for process in running.glob("[0-9]*")]
        lines = [read_if_there(command) for command in commands]
        assert not [line for line in lines if str(stand_in).encode() in line]


def read_if_there(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@needs_office
def test_a_damaged_file_does_not_take_the_others_with_it():
    made = [content for _, content in convert_to_docx([rtf("one"), raw(OLE * 99), rtf("two")])]
    assert isinstance(made[1], SourceMalformed)
    for content, word in ((made[0], "one"), (made[2], "two")):
        assert isinstance(content, bytes)
        read = read_docx(raw(content, Form.DOCX))
        assert " ".join(block.text for block in read.blocks) == f"نص {word}"


#: An OpenDocument text as one file: a picture from the network, a section from another file.
FLAT_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:body><office:text>
  <text:p>visible <draw:frame draw:name="a"><draw:image xlink:href="http://127.0.0.1:{port}/a.png"/>
  </draw:frame></text:p>
  <text:section text:name="s"><text:section-source xlink:href="{secret}"/><text:p>old</text:p>
  </text:section>
 </office:text></office:body></office:document>"""


@needs_office
def test_a_file_reaches_neither_the_network_nor_other_files(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", encoding="utf-8")
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=listen, args=(server, asked), daemon=True).start()
        document = tmp_path / "a.fodt"
        document.write_text(FLAT_DOCUMENT.format(port=port, secret=secret.as_uri()))
        program = find_office()
        assert program is not None
        made = convert_files([document], "docx", tmp_path / "out", Office(program))
    content = made[document].read_bytes()
    text = " ".join(block.text for block in read_docx(raw(content, Form.DOCX)).blocks)
    assert "visible" in text
    assert "swordfish" not in text
    assert asked == []


def listen(server: socket.socket, asked: list[bytes]) -> None:
    """Take one connection, and note what it says."""
    try:
        connection, _ = server.accept()
    except OSError:
        return
    with connection:
        asked.append(connection.recv(1000))
