"""Formats for other programs and for papers: complete, escaped, and in the order of reading."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from fihris.index.reader import IndexReader
from fihris.index.resolution import Date, DocumentKind, Organ, ParagraphKind
from fihris.search.hits import DocumentSummary, Hit
from fihris.search.outputs.bibliography import bibtex_lines, documents_of, ris_lines
from fihris.search.outputs.citation import cite
from fihris.search.outputs.kwic import kwic_lines, occurrences, sort_occurrences
from fihris.search.outputs.markdown import markdown_lines
from fihris.search.outputs.rows import HIT_COLUMNS, csv_lines, hit_row
from fihris.web.cli import main

DOCUMENT = DocumentSummary(
    "A/HRC/RES/91/4",
    "صون {المنارات} 100 %",
    "A/HRC/RES/91/4",
    Organ.HRC,
    "91",
    Date(2036, 3, 24),
    DocumentKind.RESOLUTION,
    "91/4",
)
TEXT = "=1+1، يحث *الدول* على صون المنارة، والمنارة نور"
WORD = TEXT.index("المنارة")


def a_hit(fragment: str, document: DocumentSummary = DOCUMENT) -> Hit:
    spans = ((WORD, WORD + 7), (TEXT.index("والمنارة"), TEXT.index("والمنارة") + 8))
    address = f"{document.address}#{fragment}" if fragment else document.address
    return Hit(
        address, document, ParagraphKind.OPERATIVE, TEXT, spans, ((0, 9),), 1.0, False, (), "1-"
    )


def test_csv_gives_back_every_cell_and_runs_none() -> None:
    header, row = csv.reader(csv_lines(HIT_COLUMNS, [hit_row(a_hit("OP1"))]))
    cells = dict(zip(header, row, strict=True))
    assert cells["address"] == "A/HRC/RES/91/4#OP1"
    assert cells["title"] == DOCUMENT.title
    assert cells["text"] == "'" + TEXT


def test_markdown_escapes_the_text_and_marks_the_match() -> None:
    lines = list(markdown_lines([a_hit("OP1")]))
    assert "> \\=1+1، يحث \\*الدول\\* على صون **المنارة**، **والمنارة** نور" in lines


def test_a_concordance_aligns_the_match_and_sorts_by_either_side() -> None:
    found = list(occurrences([a_hit("OP1")]))
    assert [one.match for one in found] == ["المنارة", "والمنارة"]
    assert found[0].before.endswith("على صون")
    places = {line.index(one.match) for line, one in zip(kwic_lines(found), found, strict=True)}
    assert len(places) == 1
    by_before = sort_occurrences(found, "before")
    assert [one.match for one in by_before] == ["والمنارة", "المنارة"]
    assert [one.match for one in sort_occurrences(found, "after")] == ["المنارة", "والمنارة"]


def test_a_document_is_in_a_bibliography_once_and_escaped() -> None:
    documents = list(documents_of([DOCUMENT], [a_hit("OP1"), a_hit("OP2")]))
    assert documents == [DOCUMENT]
    assert "  title = {{صون \\{المنارات\\} 100 \\%}}," in list(bibtex_lines(documents))
    lines = list(ris_lines(documents))
    assert lines[0] == "TY  - GOVDOC"
    assert "DA  - 2036/03/24/" in lines
    assert lines[-1] == "ER  - "


@pytest.mark.parametrize(
    ("fragment", "english", "arabic"),
    [
        ("", "", ""),
        ("OP12", ", para. 12", "، الفقرة 12"),
        ("PP3", ", preambular para. 3", "، الفقرة 3 من الديباجة"),
        ("OP8.c.2", ", para. 8 (c) (ii)", "، الفقرة 8 (ج) ‘2’"),
        ("B.OP3", ", sect. B, para. 3", "، الجزء ب، الفقرة 3"),
        ("AN1.P4", ", annex 1, para. 4", "، المرفق 1، الفقرة 4"),
        ("FN2", ", footnote 2", "، الحاشية 2"),
    ],
)
def test_a_place_is_cited_in_english_and_in_arabic(
    fragment: str, english: str, arabic: str
) -> None:
    assert cite(a_hit(fragment)) == (
        f"Human Rights Council resolution 91/4 of 24 March 2036{english}",
        f"قرار مجلس حقوق الإنسان 91/4 المؤرخ 24 آذار/مارس 2036{arabic}",
    )


@pytest.mark.parametrize(
    "form", ["--jsonl", "--csv", "--markdown", "--kwic", "--bibtex", "--ris", "--cite"]
)
def test_every_format_ends_as_grep_does(specimens: IndexReader, form: str) -> None:
    def run(*words: str) -> tuple[int, str]:
        arguments = ["search", *words, form, "--index", str(specimens.folder)]
        result = CliRunner().invoke(main, arguments)
        return result.exit_code, result.stdout

    code, written = run("المياه")
    assert (code, bool(written.strip())) == (0, True)
    assert run("زرافة")[0] == 1
    if form == "--jsonl":
        assert all(json.loads(line)["address"] for line in written.splitlines())


@pytest.mark.parametrize(
    ("words", "word", "offered"),
    [
        ("fihris sea", "sea", "search"),
        ("fihris search --kw", "--kw", "--kwic"),
        ("fihris search --organ HR", "HR", "HRC"),
        ("fihris search --kind oper", "oper", "operative"),
    ],
)
def test_a_shell_completes_commands_options_and_values(words: str, word: str, offered: str) -> None:
    environment = {
        "_FIHRIS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    result = CliRunner().invoke(main, [], env=environment, prog_name="fihris")
    # A value may come in small letters, which the option takes as well.
    assert offered.lower() in {line.split(",")[-1].lower() for line in result.stdout.splitlines()}


def search_lines(specimens: IndexReader, *words: str) -> list[str]:
    arguments = ["search", *words, "--index", str(specimens.folder)]
    return CliRunner().invoke(main, arguments).stdout.splitlines()


def test_the_terminal_counts_facets_and_explains_scores(specimens: IndexReader) -> None:
    lines = search_lines(specimens, "المياه المأمونة", "--facets", "--explain", "--limit", "1")
    assert any(line.startswith("organ: HRC (") for line in lines)
    assert any(line.startswith("score ") for line in lines)
    assert sum("stem" in line.split() for line in lines) == 3


def test_the_terminal_sorts_and_groups(specimens: IndexReader) -> None:
    lines = search_lines(specimens, "المياه", "--sort", "-date", "--group", "--limit", "50")
    heads = [line for line in lines if "  session " in line or "  operative" in line]
    documents = [line.split("#")[0].split("  ")[0] for line in heads]
    assert len(documents) > 3
    assert len(documents) == len(set(documents))
    dates = [line.rsplit(" ", 1)[-1] for line in heads]
    assert dates == sorted(dates, reverse=True)


def test_options_that_contradict_each_other_are_refused(specimens: IndexReader) -> None:
    for options in (["--csv", "--facets"], ["--json", "--ris"], ["--csv", "--kwic-sort", "after"]):
        arguments = ["search", "المياه", *options, "--index", str(specimens.folder)]
        assert CliRunner().invoke(main, arguments).exit_code == 2
