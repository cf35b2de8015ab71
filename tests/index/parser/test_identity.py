"""What a document is called and what it changes, from whatever tells it."""

import pytest

from fihris.index.parser import parse_source
from fihris.index.resolution import Change, ChangeKind, DocumentKind, Organ, SourceKind
from fihris.index.sources.blocks import Block, NoteBody, SourceText

BODY = "إن مجلس حقوق الإنسان،", "1- يحث الدول؛", "2- يقرر إبقاء المسألة قيد النظر."
SYMBOL = "A/HRC/RES/94/9"


@pytest.fixture
def document():
    def parse(*lines, heads=(), notes=(), name="ملف.docx", body=BODY):
        blocks = tuple(Block(line, at) for at, line in enumerate((*lines, *body), 1))
        bodies = tuple(NoteBody(1, note, 1) for note in notes)
        source = SourceText(blocks, SourceKind.DOCX, bodies, tuple(heads))
        return parse_source(source, fallback_address=name)

    return parse


def test_the_page_head_gives_the_symbol_that_the_body_lacks(document):
    found = document("صون البحيرة", heads=["GE.37-01234", "A/HRC/RES/94/9\tالصفحة 2"])
    assert (found.symbol, found.symbol_derived, found.address) == (SYMBOL, False, SYMBOL)
    assert (found.number, found.organ) == ("94/9", Organ.HRC)
    assert found.session is not None and found.session.label == "94"


def test_the_page_head_of_a_part_names_the_part(document):
    found = document("صون البحيرة", heads=["A/RES/92/140B"])
    assert (found.symbol, found.part, found.address) == ("A/RES/92/140", "B", "A/RES/92/140B")


def test_the_number_of_the_text_comes_before_a_page_head_that_contradicts_it(document):
    found = document("94/8 صون البحيرة", heads=[SYMBOL])
    assert (found.symbol, found.symbol_derived) == ("A/HRC/RES/94/8", True)


def test_a_symbol_in_the_masthead_comes_before_the_page_heads(document):
    assert document(SYMBOL, "94/9 صون", heads=["A/HRC/RES/94/8"]).symbol == SYMBOL


def test_the_title_of_a_page_about_a_resolution_is_not_its_symbol(document):
    about = document("خبر", heads=["تقرير عن القرار A/HRC/RES/94/9"], body=("نص الخبر.",))
    assert about.kind is DocumentKind.DOCUMENT
    assert about.symbol is None
    assert document("صون", heads=["A/HRC/RES/94/9 - الموقع"]).symbol == SYMBOL


def test_the_name_of_the_file_is_asked_when_nothing_else_tells(document):
    named = document("صون البحيرة", name="مجلد/A_HRC_RES_94_9.docx")
    assert (named.symbol, named.symbol_derived) == (SYMBOL, True)
    assert any("file's name" in warning for warning in named.warnings)
    numbered = document("94/8 صون البحيرة", name="A_HRC_RES_94_9.docx")
    assert numbered.symbol == "A/HRC/RES/94/8"
    plain = document("خبر", name="A_HRC_RES_94_9.docx", body=("نص الخبر.",))
    assert plain.symbol is None


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("A_RES_60_251.pdf", "A/RES/60/251"),
        ("a-hrc-res-s-61-1.docx", "A/HRC/RES/S-61/1"),
        ("S_RES_3412_(2036).txt", "S/RES/3412(2036)"),
        ("S_PRST_2038_7-AR.docx", "S/PRST/2038/7"),
        ("N2036541.pdf", None),
        ("A_RES.txt", None),
        ("46-28.txt", None),
    ],
)
def test_files_are_named_after_symbols_in_many_ways(document, name, symbol):
    assert document("صون البحيرة", name=name).symbol == symbol


@pytest.mark.parametrize(
    ("printed", "change"),
    [
        ("A/HRC/RES/94/9/Corr.2", Change(ChangeKind.CORRIGENDUM, SYMBOL, 2)),
        ("A/HRC/94/L.5/Rev.1", Change(ChangeKind.REVISION, "A/HRC/94/L.5", 1)),
        ("A/HRC/RES/94/9/Add.1", Change(ChangeKind.ADDENDUM, SYMBOL, 1)),
        ("A/HRC/RES/94/9*", Change(ChangeKind.REISSUE, SYMBOL, 1)),
        ("A/HRC/RES/94/9**", Change(ChangeKind.REISSUE, SYMBOL, 2)),
        ("A/HRC/RES/94/9", None),
    ],
)
def test_the_symbol_tells_what_a_document_changes(document, printed, change):
    assert document("الأمم المتحدة", printed).change == change


def test_a_corrigendum_never_takes_the_place_of_what_it_corrects(document):
    found = document(SYMBOL, "تصويب", "1- في الفقرة 3، يستعاض عن الكلمة بغيرها.", body=())
    assert found.address == "A/HRC/RES/94/9/Corr.1"
    assert found.change == Change(ChangeKind.CORRIGENDUM, SYMBOL, 1)
    assert found.organ is Organ.HRC


@pytest.mark.parametrize(
    "notice",
    ["* أعيد إصدارها لأسباب فنية في 5 نيسان/أبريل 2037.", "* أُعيد إصدار هذه الوثيقة."],
)
def test_a_notice_tells_a_reissue_wherever_it_stands(document, notice):
    reissue = Change(ChangeKind.REISSUE, SYMBOL, 1)
    assert document(SYMBOL, notice).change == reissue
    assert document(SYMBOL, notes=[notice]).change == reissue
    assert document(SYMBOL, body=(*BODY, notice)).change == reissue


def test_kinds_are_told_by_the_symbol_when_nothing_else_tells(document):
    assert document("صون", heads=["A/HRC/DEC/94/101"]).kind is DocumentKind.DECISION
    assert document("صون", heads=["S/PRST/2038/7"]).kind is DocumentKind.STATEMENT


def test_a_report_is_called_by_the_symbol_in_its_masthead(document):
    report = ("تقرير المقررة الخاصة", "أولا - مقدمة طويلة بعض الشيء عن المياه.")
    found = document("الأمم المتحدة\tA/HRC/94/30/Rev.1", "Distr.: General", body=report)
    assert (found.kind, found.address) == (DocumentKind.DOCUMENT, "A/HRC/94/30/Rev.1")
    assert found.change == Change(ChangeKind.REVISION, "A/HRC/94/30", 1)
    assert document(heads=["A/HRC/94/30"], body=report).symbol == "A/HRC/94/30"


def test_a_list_of_documents_is_called_by_none_of_them(document):
    listed = document("وثائق الدورة", body=("A/HRC/94/30", "A/HRC/94/31"))
    assert (listed.symbol, listed.address) == (None, "ملف.docx")


@pytest.mark.parametrize(
    "line", ["يعاد إصدار الترخيص كل سنة.", "أعيد إصدارات قديمة.", "1- أعيد إصدار الكتيب."]
)
def test_a_sentence_about_issuing_is_no_notice(document, line):
    assert document(SYMBOL, line).change is None


def test_what_has_no_symbol_replaces_nothing(document):
    notice = "* أعيد إصدارها لأسباب فنية."
    assert document("قانون المياه", notice, body=("المادة 1: نص.",)).change is None
