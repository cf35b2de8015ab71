"""Properties: no text makes the parser raise, and what it returns is sound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fihris.index.analysis import fold
from fihris.index.parser import (
    canonical_symbol,
    find_citations,
    find_dates,
    find_symbols,
    parse,
    parse_symbol,
)
from fihris.index.resolution import Organ, ParagraphKind, Resolution, SourceKind

RESOLUTION = """مجلس حقوق الإنسان
الدورة السادسة والخمسون
18 حزيران/يونيه - 12 تموز/يوليه 2034
البند 10 من جدول الأعمال
المساعدة والقدرات
قرار اعتمده مجلس حقوق الإنسان في 11 تموز/يوليه 2034
56/40\tحماية المرافئ \ufc32 سندار
إن مجلس حقوق الإنسان،
إذ يُشير إلى قرار الجمعية العامة 60/251 وقراريه 5/1 و5/2(1)،
واقتناعاً منه بأهمية المرافئ ([footnoteRef:2])، [2: ()\tS/2033/12، المرفق.] \n
أولا - عام
1- يطلب إلى الدول ما يلي:
(أ) أن تفتح المرافئ:
'1' ليلا؛
)ب( أن تغلقها؛
٢ ـ يقرر، وفقا للقرار ١٣٢٥ (٢٠٠٠)، كذا.
باء
إن مجلس حقوق الإنسان، إذ يدرك كذا،
-1 يحث الجميع.
الجلسة 37
11 تموز/يوليه 2034
[اعتُمد بتصويت مسجل بأغلبية 26 صوتا مقابل صوتين، وامتناع عضو واحد عن التصويت:
المؤيدون: سندار، بلاد الواحات (جمهورية - الاتحادية)
المعارضون: لا أحد]
المرفق
المبادئ
1. تفتح المرافئ.
(1) A/61/229 و Corr.1.
"""
LINES = RESOLUTION.split("\n")
ALPHABET = (
    "اأإبدهويىةتثقرم،؛.:-()[]/'\"0123456789٠١٢ \t\n\r"
    "\u00a0\u0640\u0651\u064b\u200f\ufc32\ufdfaASERC"
)

pieces = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(
        [
            "\n",
            " ",
            "(1)",
            "[1: ",
            "[footnoteRef:1]",
            "(أ) ",
            "١ - ",
            "قرار ",
            "د-",
            "S/RES/1 (2000)",
        ]
    ),
    st.text(alphabet=ALPHABET, max_size=12),
    st.text(max_size=6),
)
glued = st.lists(pieces, max_size=25).map("".join)
reordered = st.lists(st.sampled_from(LINES), max_size=40).map("\n".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a slice of the resolution with characters put in and taken out."""
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(RESOLUTION))] * 2)))
    chars = list(RESOLUTION[start:end])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(chars)))
        if draw(st.booleans()):
            chars.insert(at, draw(st.sampled_from(ALPHABET)))
        else:
            del chars[at : at + draw(st.integers(1, 30))]
    return "".join(chars)


def check(resolution: Resolution):
    """Assert what holds of every parsed text."""
    title, *_ = resolution.paragraphs
    assert (title.fragment, title.kind) == ("", ParagraphKind.TITLE)
    fragments = [p.fragment for p in resolution.paragraphs]
    assert len(set(fragments)) == len(fragments)
    for paragraph in resolution.paragraphs:
        for mention in (*paragraph.citations, *paragraph.dates):
            assert mention.surface
            assert paragraph.text[mention.start : mention.end] == mention.surface
        for mark in paragraph.notes:
            assert 0 <= mark.offset <= len(paragraph.text)
            assert mark.fragment in fragments
        assert paragraph.chapeau is None or paragraph.chapeau in fragments
        assert paragraph.text == paragraph.text.strip()
    assert "#" not in resolution.address


@settings(max_examples=150, deadline=None)
@given(st.one_of(glued, reordered, mutated(), st.text(max_size=200)))
def test_any_text_is_parsed_and_what_comes_out_is_sound(text: str):
    check(parse(text, fallback_address="x"))


@settings(max_examples=40, deadline=None)
@given(mutated(), st.sampled_from(list(SourceKind)))
def test_any_text_is_parsed_as_any_kind_of_source(text: str, source_kind: SourceKind):
    resolution = parse(text, fallback_address="x", source_kind=source_kind)
    assert resolution.source_kind is source_kind
    check(resolution)


@settings(max_examples=100, deadline=None)
@given(st.one_of(glued, st.text(max_size=60)), st.sampled_from([None, *Organ]))
def test_the_readers_take_any_text_and_their_spans_slice_back(text: str, organ: Organ | None):
    folded = fold(text)
    for mention in (*find_citations(folded, organ), *find_symbols(folded), *find_dates(folded)):
        assert text[mention.start : mention.end] == mention.surface
    canonical = canonical_symbol(text)
    if canonical is not None:
        assert canonical_symbol(canonical) == canonical
    for symbol in parse_symbol(text):
        assert canonical_symbol(symbol) == symbol


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "قرار " * 10_000,
        "1/2 " * 10_000,
        "[1: " * 10_000,
        "A/" * 20_000,
        "قرار المجلس 1/2 " * 3_000,
        "إن مجلس الأمن،\n1- يقرر\n" + "كلمة أخرى\n" * 3_000,
    ],
    ids=["brackets", "triggers", "numbers", "notes", "symbols", "councils", "lines"],
)
def test_a_hostile_text_takes_no_more_than_its_length_deserves(text: str):
    check(parse(text, fallback_address="x"))
