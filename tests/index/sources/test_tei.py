"""Documents of the parallel corpus: sentences become paragraphs, the header gives the symbol."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index.errors import SourceMalformed
from fihris.index.parser import parse_source
from fihris.index.resolution import SourceKind
from fihris.index.sources.blocks import Mark
from fihris.index.sources.files import Form
from fihris.index.sources.tei import read_tei

CORPUS = """<?xml version="1.0" encoding="UTF-8"?>
<TEI.2><teiHeader><fileDesc><titleStmt><title>قرار</title></titleStmt>
<publicationStmt><idno>A/RES/95/31</idno><date>20401209</date></publicationStmt></fileDesc></teiHeader>
<text><body>
<p id="1"><s id="1:1" lang="ar">صون بحيرة السرو</s></p>
<p id="2"><s id="2:1">إن الجمعية العامة،</s></p>
<p id="3"><s id="3:1">1 - تحث الدول على صون البحيرة.</s>
<s id="3:2">وتهيب بها أن تتعاون؛</s></p>
<p id="4"><s id="4:1">2 - تقرر إبقاء المسألة قيد النظر.</s><s lang="en">English.</s></p>
</body></text></TEI.2>"""


@pytest.fixture
def read(raw_document):
    return lambda content: read_tei(raw_document(content, Form.TEI))


def texts(source):
    return [block.text for block in source.blocks]


def test_a_document_of_the_corpus_is_put_together_from_its_sentences(read):
    source = read(CORPUS)
    assert texts(source) == [
        "صون بحيرة السرو",
        "إن الجمعية العامة،",
        "1 - تحث الدول على صون البحيرة. وتهيب بها أن تتعاون؛",
        "2 - تقرر إبقاء المسألة قيد النظر.",
    ]
    assert source.kind is SourceKind.TEI
    assert "A/RES/95/31" in source.running_heads


def test_the_symbol_comes_from_the_header(read):
    document = parse_source(read(CORPUS), fallback_address="x")
    assert document.symbol == "A/RES/95/31"
    assert not document.symbol_derived


def test_notes_and_headings_of_other_tei_are_read(read):
    source = read(
        """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="en"><body><div>
        <head>عنوان</head><p>نص<note n="3">حاشية.</note> آخر<lb/>سطر</p>
        <p xml:lang="fr">Bonjour</p></div></body></text></TEI>"""
    )
    assert texts(source) == ["عنوان", "نص آخر", "سطر"]
    assert source.blocks[1].marks == (Mark(2, 3),)
    assert [(note.number, note.text) for note in source.notes] == [(3, "حاشية.")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "نص",
        "<a/>",
        "<TEI.2><text><body/></text></TEI.2>",
        "<TEI.2><text><body><p lang='en'>English</p></body></text></TEI.2>",
        "<TEI.2>" + "<p>" * 100_000,
        "<!DOCTYPE TEI.2 [<!ENTITY a 'نص'>]><TEI.2><p>&a;</p></TEI.2>",
        '<!DOCTYPE T [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI.2><p>&a;</p></TEI.2>',
        b"\xff\xfe\x00",
        "<!DOCTYPE T [<!ENTITY a 'x'>]><TEI.2><p>&a;</p></TEI.2>".encode("utf-16"),
    ],
    ids=lambda content: str(content[:24]),
)
def test_what_is_no_document_of_the_corpus_is_refused_with_a_remedy(read, content):
    began = time.process_time()
    with pytest.raises(SourceMalformed) as refused:
        read(content)
    assert refused.value.remedy
    assert time.process_time() - began < 5


def test_a_document_type_from_outside_is_not_fetched(read):
    outside = '<!DOCTYPE TEI.2 SYSTEM "http://example.invalid/tei2.dtd">'
    assert texts(read(f"{outside}<TEI.2><text><p>نص&nbsp;آخر</p></text></TEI.2>")) == [
        "نص\u00a0آخر"
    ]


_fragments = st.sampled_from(
    "<p>|</p>|<s>|</s>|<note n='٣'>|<note>|</note>|<lb/>|<head>|</head>|نص|(|)|&#x85;|\n|\t|<div>|"
    "</div>|<teiHeader><idno>A/1</idno></teiHeader>".split("|")
)


@given(st.lists(_fragments, max_size=30).map("".join) | st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_tei_gives_blocks_without_line_breaks_or_is_refused(read, inner):
    try:
        source = read(f"<TEI>{inner}</TEI>".encode("utf-8", "replace"))
    except SourceMalformed as error:
        assert error.remedy
        return
    for block in source.blocks:
        assert len(block.text.splitlines()) <= 1
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
