"""Akoma Ntoso by other hands: numbers become labels, and notes stay notes."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.parser import parse_source
from fihris.index.resolution import SourceKind
from fihris.index.sources.akn import read_akn
from fihris.index.sources.blocks import Mark
from fihris.index.sources.files import Form

STATEMENT = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution"><meta><identification source="#un"><FRBRWork>
<FRBRalias name="symbol" value="A/RES/95/31"/></FRBRWork></identification></meta>
<preface><p><docNumber>95/31</docNumber> <docTitle>صون بحيرة السرو</docTitle></p></preface>
<preamble><formula name="enactingAuthority"><p>إن الجمعية
   العامة،</p></formula>
<container name="recalling"><p>إذ تشير إلى العهد<authorialNote marker="2"><p>القرار 217.</p>
</authorialNote>،</p></container></preamble>
<mainBody><paragraph eId="p1"><num>1.</num><content><p>تحث <i>الدول</i>؛</p></content></paragraph>
<paragraph><num>2.</num><intro><p>تقرر:</p></intro><subparagraph><num>(أ)</num><content><p>أن
تنظر؛</p></content></subparagraph></paragraph>
<section><num>ثانيا</num><heading>أحكام</heading><paragraph><num>3</num><subparagraph><num>(أ)</num>
<content><p>نص.</p></content></subparagraph></paragraph></section></mainBody>
<conclusions><p>الجلسة العامة 64<br/>
<docDate date="2040-12-09">9 كانون الأول/ديسمبر 2040</docDate></p>
</conclusions></statement></akomaNtoso>"""


@pytest.fixture
def read(raw_document):
    return lambda content: read_akn(raw_document(content, Form.AKN))


def test_a_document_is_read_as_the_numbered_lines_that_it_stands_for(read):
    source = read(STATEMENT)
    assert [block.text for block in source.blocks] == [
        "95/31 صون بحيرة السرو",
        "إن الجمعية العامة،",
        "إذ تشير إلى العهد،",
        "1.\tتحث الدول؛",
        "2.\tتقرر:",
        "(أ)\tأن تنظر؛",
        "ثانيا\tأحكام",
        "3",
        "(أ)\tنص.",
        "الجلسة العامة 64",
        "9 كانون الأول/ديسمبر 2040",
    ]
    assert source.blocks[2].marks == (Mark(len("إذ تشير إلى العهد"), 2),)
    assert [(note.number, note.text) for note in source.notes] == [(2, "القرار 217.")]
    assert source.kind is SourceKind.AKN
    assert source.running_heads == ("A/RES/95/31",)


def test_a_document_is_parsed_like_any_other(read):
    document = parse_source(read(STATEMENT), fallback_address="x")
    assert document.symbol == "A/RES/95/31"
    assert document.meeting == 64
    fragments = [paragraph.fragment for paragraph in document.paragraphs]
    assert {"PP1", "OP1", "OP2", "OP2.a"} <= set(fragments)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "نص",
        "<html/>",
        "<akomaNtoso/>",
        "<akomaNtoso>" + "<list>" * 100_000,
        "<!DOCTYPE a [<!ENTITY a 'نص'>]><akomaNtoso><p>&a;</p></akomaNtoso>",
        b"\x00\x01",
    ],
    ids=lambda content: str(content[:24]),
)
def test_what_is_no_akoma_ntoso_is_refused_with_a_remedy(read, content):
    began = time.process_time()
    with pytest.raises(SourceMalformed) as refused:
        read(content)
    assert refused.value.remedy
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "inner", [" " * 1_000_000, "\t \n" * 300_000, "<num>" + "1 " * 300_000 + "</num>"]
)
def test_long_runs_of_blanks_take_little_time(read, inner):
    began = time.process_time()
    assert len(read(f"<akomaNtoso><p>نص{inner}نص</p></akomaNtoso>").blocks) <= 2
    assert time.process_time() - began < 5


_fragments = st.sampled_from(
    "<p>|</p>|<num>|</num>|<num>1-</num>|<paragraph>|</paragraph>|<content>|</content>|<list>|"
    "</list>|<authorialNote marker='x'>|</authorialNote>|<noteRef href='#a'/>|<eol/>|"
    "<note eId='a'>|</note>|<meta>|</meta>|نص|(|)|&#x2029;|\n".split("|")
)


@given(st.lists(_fragments, max_size=30).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_akoma_ntoso_gives_blocks_without_line_breaks_or_is_refused(read, inner):
    try:
        source = read(f"<akomaNtoso>{inner}</akomaNtoso>")
    except SourceMalformed as error:
        assert error.remedy
        return
    for block in source.blocks:
        assert len(block.text.splitlines()) <= 1
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
