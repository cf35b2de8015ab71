"""Documents are read ahead, in order, and whoever stops asking leaves nothing running."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fihris.index import look_ahead
from fihris.index.documents import ReadDocument, read_documents
from fihris.index.errors import SourceError, SourceMalformed
from fihris.index.parser import parse
from fihris.index.resolution import SourceKind
from fihris.index.sources import Form, RawDocument, Refusal, office
from scripts.word_writer import write_docx

PAGE = "<html><body><p>الصفحة {}</p><p>نص</p></body></html>"
TEXT = "عنوان\nنص أول\nنص ثان"


@pytest.fixture
def found(raw_document):
    """Make documents by their names; what is called "bad" cannot be converted."""
    contents = {".html": PAGE, ".rtf": r"{{\rtf1 {}", ".odt": "PK{}", ".txt": TEXT}

    def make(*documents: str) -> list[RawDocument]:
        return [
            raw_document(contents[suffix].format(name), Form(suffix), name)
            for name in documents
            for suffix in [Path(name).suffix]
        ]

    return make


@pytest.fixture
def conversions(monkeypatch) -> list[list[str]]:
    """Convert every old document to the same Word file, and tell in which batches."""
    batches: list[list[str]] = []
    word_file = write_docx(parse(TEXT, fallback_address="x"))

    def convert(raws, stopped) -> Iterator[tuple[RawDocument, bytes | SourceError]]:
        batches.append([raw.file.name for raw in raws])
        for raw in raws:
            if "bad" in raw.file.name:
                yield raw, SourceMalformed(raw.file.path, "is bad.", "Mend it.")
            else:
                yield raw, word_file

    monkeypatch.setattr(office, "convert_to_docx", convert)
    return batches


def names(read: list[ReadDocument | Refusal]) -> list[str]:
    return [one.path.name if isinstance(one, Refusal) else one.raw.file.name for one in read]


@pytest.mark.usefixtures("conversions")
def test_results_come_in_the_order_of_finding(found):
    wanted = [f"{n}{suffix}" for n in range(9) for suffix in (".html", ".rtf", ".txt", ".odt")]
    documents: list[RawDocument | Refusal] = [*found(*wanted)]
    documents.insert(5, Refusal(Path("gone.html"), None, "is gone.", "Fetch it."))
    read = list(read_documents(documents))
    assert names(read) == [*wanted[:5], "gone.html", *wanted[5:]]
    assert sum(isinstance(one, Refusal) for one in read) == 1


def test_old_documents_are_converted_together_form_by_form(found, conversions):
    wanted = [f"{n}{suffix}" for n in range(40) for suffix in (".rtf", ".odt")]
    list(read_documents(found(*wanted)))
    assert sorted(len(batch) for batch in conversions) == [8, 8, 32, 32]
    assert all(len({Path(name).suffix for name in batch}) == 1 for batch in conversions)


def test_a_converted_document_keeps_its_bytes_and_tells_where_it_came_from(found, conversions):
    (raw,) = found("a.rtf")
    (read,) = read_documents([raw])
    assert isinstance(read, ReadDocument)
    assert read.raw == raw
    assert read.document.source_kind is SourceKind.RTF
    assert [unit.text for unit in read.document.paragraphs[1:]] == ["نص أول", "نص ثان"]


@pytest.mark.usefixtures("conversions")
def test_one_that_cannot_be_converted_costs_the_others_nothing(found):
    read = list(read_documents(found("a.rtf", "bad.rtf", "c.rtf")))
    assert [isinstance(one, Refusal) for one in read] == [False, True, False]


def test_only_so_much_is_found_ahead(found):
    asked = 0

    def finding() -> Iterator[RawDocument]:
        nonlocal asked
        for raw in found(*(f"{number}.html" for number in range(600))):
            asked += 1
            yield raw

    documents = read_documents(finding())
    next(documents)
    assert asked <= 256
    documents.close()  # type: ignore[attr-defined]


def test_only_so_many_bytes_are_held(found, monkeypatch):
    monkeypatch.setattr(look_ahead, "_MOST_BYTES", 400)
    asked = 0

    def finding() -> Iterator[RawDocument]:
        nonlocal asked
        for raw in found("slow.html", *(f"{number}.txt" for number in range(100))):
            asked += 1
            yield raw

    documents = read_documents(finding())
    next(documents)
    assert asked < 20
    documents.close()  # type: ignore[attr-defined]


def test_an_error_while_finding_ends_the_process(found):
    def finding() -> Iterator[RawDocument]:
        yield from found("a.html", "b.html")
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk"):
        list(read_documents(finding()))


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a shell script")
def test_who_stops_asking_does_not_wait_for_a_conversion(found, tmp_path, monkeypatch):
    program, started = tmp_path / "soffice", tmp_path / "started"
    tell = f"echo $$ > {started}.new; mv {started}.new {started}"
    program.write_text(f"#!/bin/sh\n{tell}\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv(office.PROGRAM_VARIABLE, str(program))

    def finding() -> Iterator[RawDocument]:
        yield from found("a.html", *(f"{number}.rtf" for number in range(32)))
        deadline = time.monotonic() + 20
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(read_documents(finding()))
    assert time.monotonic() - begun < 30
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)
