"""Which units lend their words, and to which: titles to all, a chapeau to what completes it."""

from __future__ import annotations

from fihris.index.addresses import order_key
from fihris.index.resolution import DocumentKind, Paragraph, ParagraphKind, Resolution, SourceKind
from fihris.web.shards.units import ShardDocument, ShardUnit, dependents, read_documents


def document(*paragraphs: Paragraph, first: int = 0) -> ShardDocument:
    title = Paragraph("", ParagraphKind.TITLE, "آبار واحة تيرا")
    kind, source_kind = DocumentKind.RESOLUTION, SourceKind.TEXT
    record = Resolution("A/RES/91/4", kind, title.text, (), source_kind)
    units = tuple(ShardUnit(one, at) for at, one in enumerate((title, *paragraphs)))
    return ShardDocument(record, first, units, ())


def paragraph(fragment: str, chapeau: str | None = None) -> Paragraph:
    return Paragraph(fragment, ParagraphKind.OPERATIVE, "نص", chapeau=chapeau)


def test_a_title_lends_its_words_to_every_unit():
    assert dependents(document(paragraph("OP1"), paragraph("OP2"), first=7)) == {7: [8, 9]}


def test_a_chapeau_lends_its_words_to_what_completes_it_however_deep():
    nested = document(paragraph("OP1"), paragraph("OP1.a", "OP1"), paragraph("OP1.a.1", "OP1.a"))
    assert dependents(nested) == {0: [1, 2, 3], 1: [2, 3], 2: [3]}


def test_a_chapeau_that_is_not_there_or_names_itself_does_no_harm():
    odd = document(paragraph("OP1", "OP9"), paragraph("OP2", "OP2"))
    assert dependents(odd) == {0: [1, 2]}


def test_a_document_of_a_title_alone_lends_nothing():
    assert dependents(document()) == {}


def test_documents_whose_keys_of_order_are_equal_stay_apart(index_of):
    names = ("غضطشر", "قدجلش")
    assert len({order_key(name, None) for name in names}) == 1
    read = list(read_documents(index_of(**{name: ["أول", "ثان"] for name in names})))
    assert [one.record.address for one in read] == sorted(names)
    assert [one.first for one in read] == [0, 3]
    assert [[unit.paragraph.text for unit in one.units] for one in read] == [
        [f"قانون {name}", "أول", "ثان"] for name in sorted(names)
    ]
