"""A document becomes units: what a search can find, with what it is found by."""

from fihris.index.addresses import symbol_key
from fihris.index.analysis import Analyzer
from fihris.index.record import SourceStamp, record_from_json
from fihris.index.resolution import (
    Citation,
    Confidence,
    Date,
    DocumentKind,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SourceKind,
)
from fihris.index.units import analyze_units, count_paragraphs, document_units

CITATION = Citation("A/RES/60/251", 0, 4, "قرار", Confidence.ORGAN)
DOCUMENT = Resolution(
    address="A/HRC/RES/90/1",
    kind=DocumentKind.RESOLUTION,
    title="صون الواحات",
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, "صون الواحات"),
        Paragraph("EN", ParagraphKind.ENACTING, "إن مجلس الواحات،"),
        Paragraph("OP1", ParagraphKind.OPERATIVE, "يطلب إلى الدول:", citations=(CITATION,) * 2),
        Paragraph("OP1.a", ParagraphKind.SUB, "حماية الآبار؛", chapeau="OP1"),
        Paragraph("OP1.a.1", ParagraphKind.SUB, "ليلاً؛", chapeau="OP1.a"),
        Paragraph("OP2", ParagraphKind.OPERATIVE, "صون الواحات"),
    ),
    source_kind=SourceKind.TEXT,
    symbol="A/HRC/RES/90/1",
    number="90/1",
    organ=Organ.HRC,
    session=Session(90),
    agenda_items=("3", "76 (ب)", "3"),
    adopted_on=Date(2021, 3, 24),
)
STAMP = SourceStamp("/a.txt", "0", 1, 2)
ANALYZER = Analyzer()


def units(document: Resolution = DOCUMENT) -> dict[str, dict[str, object]]:
    units = document_units(document, 4, STAMP, analyze_units(document, ANALYZER))
    return {str(unit["fragment"]): unit for unit in units}


def stems(text: str) -> list[str]:
    return ANALYZER.analyze(text, SourceKind.TEXT).stem.split()


def test_what_no_search_finds_is_no_unit_and_stands_in_the_record():
    found = units()
    assert list(found) == ["", "OP1", "OP1.a", "OP1.a.1", "OP2"]
    record = record_from_json(found[""]["record"])
    assert [(place, unit.text) for place, unit in record.unsearched] == [(1, "إن مجلس الواحات،")]
    assert [unit["place"] for unit in found.values()] == [0, 2, 3, 4, 5]


def test_every_unit_bears_what_is_counted_and_ordered_by():
    for unit in units().values():
        assert (unit["organ"], unit["session"]) == ("HRC", "90")
        assert unit["agenda"] == ["3", "76 (ب)"]
        assert unit["rank"] == symbol_key(DOCUMENT)


def test_the_title_counts_as_no_paragraph_and_neither_does_what_is_not_searched():
    assert count_paragraphs(DOCUMENT) == 4


def test_every_unit_can_be_filtered_by_what_its_document_is():
    for unit in units().values():
        assert (unit["organ"], unit["session"], unit["year"]) == ("HRC", "90", 2021)


def test_a_document_without_date_organ_or_session_has_no_such_fields():
    bare = Resolution("d", DocumentKind.DOCUMENT, "أ", DOCUMENT.paragraphs, SourceKind.TEXT)
    for unit in units(bare).values():
        assert not {"organ", "session", "year"} & unit.keys()


def test_the_context_of_a_unit_is_the_title_and_the_paragraphs_it_completes():
    found = units()
    title, chapeau = stems("صون الواحات"), stems("يطلب إلى الدول:")
    assert "context" not in found[""]
    assert str(found["OP1"]["context"]).split() == title
    assert str(found["OP1.a"]["context"]).split() == title + chapeau
    assert str(found["OP1.a.1"]["context"]).split() == title + stems("حماية الآبار؛") + chapeau


def test_chapeaux_that_point_at_each_other_end():
    circle = Resolution(
        "d",
        DocumentKind.DOCUMENT,
        "أ",
        (
            Paragraph("", ParagraphKind.TITLE, "أ"),
            Paragraph("a", ParagraphKind.SUB, "ب", chapeau="b"),
            Paragraph("b", ParagraphKind.SUB, "ج", chapeau="a"),
        ),
        SourceKind.TEXT,
    )
    assert len(units(circle)) == 3


def test_equal_wordings_share_a_key_whatever_their_kind():
    found = units()
    assert found[""]["wording"] == found["OP2"]["wording"]
    assert found["OP1"]["wording"] != found["OP2"]["wording"]
    assert all(0 <= int(str(unit["wording"])) < 2**63 for unit in found.values())


def test_a_unit_cites_a_document_once():
    assert units()["OP1"]["cites"] == ["A/RES/60/251"]


def test_only_the_title_unit_bears_symbol_source_and_record():
    title, *others = units().values()
    assert title["source"] == "/a.txt"
    assert "90/1" in list(title["symbol"])
    for unit in others:
        assert not {"symbol", "source", "record"} & unit.keys()
