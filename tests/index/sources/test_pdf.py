"""PDF files: the order of reading, paragraphs, heads, notes, columns; and files that are none."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fihris.index import parser
from fihris.index.errors import SourceMalformed
from fihris.index.resolution import ParagraphKind, SourceKind
from fihris.index.sources.blocks import Mark, SourceText
from fihris.index.sources.files import Form
from fihris.index.sources.pdf import read_pdf
from fihris.index.sources.pdf.brackets import set_brackets_right, set_quotes_right
from fihris.index.sources.raw import RawDocument
from tests.pdf_writer import Drawn, column, line, pdf_of, visual

Raw = Callable[[bytes, Form], RawDocument]

BODY = [
    "إذ يشير إلى قراره 91/4 المؤرخ 24 آذار/مارس 2036 بشأن مياه البحيرة، ويحيط علما",
    "بما جاء فيه من توصيات تخص القرى الواقعة على ضفتها الجنوبية وما يليها من السهول",
    "إلى نهر الأرجوان،",
]


@pytest.fixture
def read(raw_document: Raw) -> Callable[[bytes], SourceText]:
    def read_content(content: bytes) -> SourceText:
        return read_pdf(raw_document(content, Form.PDF))

    return read_content


def texts(source: SourceText) -> list[str]:
    return [block.text for block in source.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "إذ يشير إلى قراره 1325 (2000) المؤرخ 31 تشرين الأول/أكتوبر 2000،",
        "1- يحيط علما بالوثيقة A/HRC/46/68/Add.1، الفصل الثاني؛",
        "(أ) تعزيز القدرات (انظر القرار 60/251)؛",
        "في الفترة 2019-2023 وفي القرار دإ-61/1؛",
        "لأن 200 41 شخص يقيمون في خيام؛",
        "٢- يقرر أن يعقد ١٢ جلسة في عام ٢٠٣٧؛",
    ],
)
def test_a_line_is_read_as_it_was_written(text: str, read: Callable[[bytes], SourceText]) -> None:
    drawn = text.replace("٢٠٣٧", "٧٣٠٢").replace("١٢", "٢١")  # as the eye sees it when turned
    assert texts(read(pdf_of([line(drawn, 80)])))[0] == text


def test_what_is_clipped_away_is_not_read(read: Callable[[bytes], SourceText]) -> None:
    seen = replace(line("إن مجلس الأمن،", 80), clipped_below=800)
    peeping = Drawn("أ", 809, clipped_below=800)  # of the next page, as Chromium draws it
    assert texts(read(pdf_of([seen, peeping]))) == ["إن مجلس الأمن،"]
    assert texts(read(pdf_of([seen, replace(peeping, clipped_below=None)])))[1:] == ["أ"]


def test_blanks_that_are_not_drawn_are_gaps(read: Callable[[bytes], SourceText]) -> None:
    written = "إذ يضع في اعتباره المادة 12 من العهد،"
    assert texts(read(pdf_of([line(written, 80, blanks=False)]))) == [written]


def test_a_page_on_its_side_is_read_upright(read: Callable[[bytes], SourceText]) -> None:
    assert texts(read(pdf_of(column(BODY), turned=True))) == [" ".join(BODY)]


def test_a_latin_line_of_an_arabic_page_keeps_its_order(
    read: Callable[[bytes], SourceText],
) -> None:
    page = [
        Drawn("S/RES/3412 (2036)", 60),
        Drawn("October 2036 14", 100),
        Drawn("Distr.: General", 140),
        *column(BODY, top=200),
    ]
    assert texts(read(pdf_of(page)))[:3] == [
        "S/RES/3412 (2036)",
        "14 October 2036",
        "Distr.: General",
    ]


def test_full_lines_go_on_and_short_ones_end_a_paragraph(
    read: Callable[[bytes], SourceText],
) -> None:
    page = column([*BODY, "وإذ يرحب بالتقرير،", "1- يؤكد ما تقدم."])
    assert texts(read(pdf_of(page))) == [" ".join(BODY), "وإذ يرحب بالتقرير،", "1- يؤكد ما تقدم."]


def test_a_paragraph_goes_on_over_the_end_of_a_page(read: Callable[[bytes], SourceText]) -> None:
    first = [line("A/RES/99/1", 40), *column(BODY[:2], top=700), line("1/2", 800)]
    second = [line("A/RES/99/1", 40), *column(BODY[2:], top=80), line("2/2", 800)]
    source = read(pdf_of(first, second))
    assert texts(source) == [" ".join(BODY)]
    assert source.running_heads == ("A/RES/99/1",)


def test_a_masthead_in_two_columns_gives_its_cells_apart(
    read: Callable[[bytes], SourceText],
) -> None:
    page = [
        line("الأمم المتحدة", 60),
        Drawn("A/HRC/RES/94/9", 60, right=170),
        *column(BODY, top=200),
    ]
    assert texts(read(pdf_of(page)))[:2] == ["الأمم المتحدة", "A/HRC/RES/94/9"]


def test_two_columns_of_text_are_read_one_after_the_other(
    read: Callable[[bytes], SourceText],
) -> None:
    words = "يطلب من الدول كافة أن تعمل".split()
    right = [
        line(f"{row}- {' '.join(words)};", 80 + 20 * row, right=540, size=10)
        for row in range(1, 13)
    ]
    left = [
        line(f"{row}- {' '.join(words)};", 80 + 20 * (row - 12), right=270, size=10)
        for row in range(13, 25)
    ]
    rows = [text for pair in zip(right, left, strict=True) for text in pair]
    numbers = [int(text.split("-")[0]) for text in texts(read(pdf_of(rows)))]
    assert numbers == list(range(1, 25))


def test_notes_at_the_foot_of_a_page_hang_on_their_marks(
    read: Callable[[bytes], SourceText],
) -> None:
    marked = line("وقد نظر في التقرير()، ويحيط علما به،", 134)
    place = visual("وقد نظر في التقرير()، ويحيط علما به،").index("()") + 1
    # The mark is drawn smaller and raised, between brackets of the line's own size.
    left = Drawn(marked.text[:place], 134, 520 - 6.0 * (len(marked.text) - place) - 4)
    right = Drawn(marked.text[place:], 134)
    mark = Drawn("1", 130, right.right - right.width - 0.5, size=7)
    page = [*column(BODY), left, mark, right]
    page += [line("1- يؤكد ما تقدم.", 170), line("(1) A/HRC/100/52، الفصل الثاني.", 760, size=9)]
    source = read(pdf_of(page))
    assert [(note.number, note.text) for note in source.notes] == [
        (1, "A/HRC/100/52، الفصل الثاني.")
    ]
    bearer = next(block for block in source.blocks if block.marks)
    assert bearer.text == "وقد نظر في التقرير، ويحيط علما به،"
    assert bearer.marks == (Mark(len("وقد نظر في التقرير"), 1),)


def test_small_type_without_a_number_is_text(read: Callable[[bytes], SourceText]) -> None:
    source = read(pdf_of([*column(BODY), line("أعيد إصدار هذه الوثيقة لأسباب فنية.", 760, size=8)]))
    assert not source.notes
    assert texts(source)[-1] == "أعيد إصدار هذه الوثيقة لأسباب فنية."


def test_a_resolution_in_a_pdf_is_parsed_as_one(raw_document: Raw) -> None:
    page = column(
        [
            "مجلس حقوق الإنسان",
            "قرار اعتمده مجلس حقوق الإنسان في 25 آذار/مارس 2039",
            "100/14 حق الإنسان في المياه",
            "إن مجلس حقوق الإنسان،",
            *BODY,
            "1- يرحب بالتقرير؛",
            "2- يقرر إبقاء المسألة قيد نظره.",
        ],
        leading=24,
    )
    source = read_pdf(raw_document(pdf_of(page), Form.PDF))
    parsed = parser.parse_source(source, fallback_address="x")
    assert (parsed.symbol, parsed.source_kind) == ("A/HRC/RES/100/14", SourceKind.PDF)
    operative = [p for p in parsed.paragraphs if p.kind is ParagraphKind.OPERATIVE]
    assert [paragraph.number for paragraph in operative] == [1, 2]


def test_quotes_are_set_right_as_the_document_has_them() -> None:
    assert set_quotes_right(["“يعرب المجلس عن قلقه.”", "قال “نعم” ثم"]) == [
        "”يعرب المجلس عن قلقه.“",
        "قال ”نعم“ ثم",
    ]


def test_brackets_open_before_what_they_enclose() -> None:
    assert set_brackets_right("]اعتمد بدون تصويت[") == "[اعتمد بدون تصويت]"
    assert set_brackets_right("(أ) نص (انظر 1325 (2000))؛") == "(أ) نص (انظر 1325 (2000))؛"


@given(st.text("()[]«» أب1،.", max_size=30))
def test_brackets_are_turned_and_nothing_else(text: str) -> None:
    plain = str.maketrans(")]»", "([«")
    assert set_brackets_right(text).translate(plain) == text.translate(plain)


def test_a_page_without_text_names_what_to_do(raw_document: Raw) -> None:
    with pytest.raises(SourceMalformed, match="picture") as refused:
        read_pdf(raw_document(pdf_of([]), Form.PDF))
    assert "ocrmypdf" in refused.value.remedy


def test_a_stamp_on_a_scanned_page_is_no_text(raw_document: Raw) -> None:
    with pytest.raises(SourceMalformed, match="3 pages are pictures"):
        read_pdf(raw_document(pdf_of([Drawn("SCAN", 40)], [], []), Form.PDF))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\0" * 4096])
def test_what_is_no_pdf_is_refused(content: bytes, raw_document: Raw) -> None:
    with pytest.raises(SourceMalformed, match="no PDF"):
        read_pdf(raw_document(content, Form.PDF))


def test_a_file_with_a_password_is_refused_and_says_so(raw_document: Raw) -> None:
    encrypted = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <%s> /U <%s> >>" % (
        b"41" * 32,
        b"42" * 32,
    )
    plain = pdf_of(column(BODY))
    content = plain.replace(b"trailer << ", b"trailer << /ID [<00> <00>] /Encrypt %s " % encrypted)
    with pytest.raises(SourceMalformed, match="password"):
        read_pdf(raw_document(content, Form.PDF))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_a_broken_file_is_read_or_refused(seed: int, raw_document: Raw) -> None:
    chance = random.Random(seed)
    content = bytearray(pdf_of([line("A/RES/99/1", 40), *column(BODY)], column(BODY[::-1])))
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    try:
        source = read_pdf(raw_document(bytes(content), Form.PDF))
    except SourceMalformed as refused:
        assert refused.reason
        assert refused.remedy
    else:
        for block in source.blocks:
            assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pieces=st.lists(
        st.tuples(
            st.text("ابتلم لا1،()٢ًAz/. -", min_size=1, max_size=20),
            st.floats(-50, 900),
            st.floats(-50, 700),
            st.sampled_from([0.5, 6.0, 9.0, 12.0, 40.0]),
        ),
        max_size=12,
    )
)
def test_glyphs_may_stand_anywhere(pieces: list, raw_document: Raw) -> None:
    page = [Drawn(text, y, right, size) for text, y, right, size in pieces]
    try:
        source = read_pdf(raw_document(pdf_of(page, page), Form.PDF))
    except SourceMalformed:
        return
    parser.parse_source(source, fallback_address="x")
