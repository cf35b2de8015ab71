"""Citations by number, in every form of the format specification's fourth section."""

import time

import pytest

from fihris.index.analysis import fold
from fihris.index.parser import find_citations
from fihris.index.resolution import Citation, Confidence, Organ


def cited(text: str, organ: Organ | None = None) -> list[Citation]:
    return find_citations(fold(text), organ)


def symbols(text: str, organ: Organ | None = None) -> list[str]:
    return [citation.symbol for citation in cited(text, organ)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قرار الجمعية العامة 60/251", "A/RES/60/251"),
        ("قرار الجمعية العامة ٦٠/٢٥١", "A/RES/60/251"),
        ("قرار الجمعية 60/251", "A/RES/60/251"),
        ("قرار الجمعية العامة 52 / 31", "A/RES/52/31"),
        ("بقرار الجمعية العامة رقم 60/251", "A/RES/60/251"),
        ("القرار 60/251 الصادر عن الجمعية العامة", "A/RES/60/251"),
        ("القرار 60/251 الذي اتخذته الجمعية العامة", "A/RES/60/251"),
        ("القرار 60/251 للجمعية العامة", "A/RES/60/251"),
        ("قرار مجلس حقوق الإنسان 5/1", "A/HRC/RES/5/1"),
        ("مقرر مجلس حقوق الإنسان 2/102", "A/HRC/DEC/2/102"),
        ("مقرر الجمعية العامة 50/411", "A/DEC/50/411"),
        ("قرار المجلس الاقتصادي والاجتماعي 2006/2", "E/RES/2006/2"),
        ("مقرر المجلس الاقتصادي والاجتماعي 2006/201", "E/DEC/2006/201"),
        ("قرار لجنة حقوق الإنسان 2004/10", "E/CN.4/RES/2004/10"),
        ("قرار مجلس الأمن 1325 (2000)", "S/RES/1325(2000)"),
        ("قرار مجلس الأمن 1325(2000)", "S/RES/1325(2000)"),
        ("قرار مجلس الأمن ١٣٢٥ (٢٠٠٠)", "S/RES/1325(2000)"),
        ("قرار مجلس الأمن 1325)2000(", "S/RES/1325(2000)"),
        ("قرار مجلس الأمن )2000(1325", "S/RES/1325(2000)"),
        ("قرار الجمعية العامة 217 ألف (د - 3)", "A/RES/217(III)"),
        ("قرار الجمعية العامة 102 (د - 1)", "A/RES/102(I)"),
        ("قرار الجمعية العامة 377 ألف د-5", "A/RES/377(V)"),
        ("قرار الجمعية العامة 2099 (د-20)", "A/RES/2099(XX)"),
        ("قرار الجمعية العامة 194 (الدورة 3)", "A/RES/194(III)"),
        ("قرار الجمعية العامة 3201 (دإ-6)", "A/RES/3201(S-VI)"),
        ("قرار مجلس حقوق الإنسان دإ-30/1", "A/HRC/RES/S-30/1"),
        ("قرار مجلس حقوق الإنسان د إ - 30/1", "A/HRC/RES/S-30/1"),
        ("قرار مجلس حقوق الإنسان دإ -1/30-", "A/HRC/RES/S-30/1"),
        ("قرار الجمعية العامة دإ-26/2", "A/RES/S-26/2"),
        ("قرار الجمعية العامة دإط-10/15", "A/RES/ES-10/15"),
        ("قرار مجلس الأمن رقم 381 بتاريخ 30 تشرين الثاني (نوفمبر) 1975", "S/RES/381(1975)"),
        ("قرار مجلس الأمن 242 لعام 1967", "S/RES/242(1967)"),
    ],
)
def test_an_organ_s_number_gives_its_symbol(text: str, expected: str):
    assert symbols(text) == [expected]
    assert cited(text)[0].confidence in (Confidence.ORGAN,)


def test_every_number_after_the_trigger_is_cited():
    text = "وإذ يشير إلى قراراته 20/17 المؤرخ 6 تموز/يوليه 2012 بشأن المرافئ، و22/18 و 25/36،"
    assert symbols(text, Organ.HRC) == ["A/HRC/RES/20/17", "A/HRC/RES/22/18", "A/HRC/RES/25/36"]


def test_a_chain_ends_at_a_semicolon_a_stop_a_since_and_a_line_end():
    for end in ("؛ ثم 5/6", ". ثم 5/6", "، وإذ يضع 5/6 في اعتباره", "\n5/6"):
        assert symbols(f"قرار مجلس حقوق الإنسان 5/1{end}") == ["A/HRC/RES/5/1"]


def test_the_organ_may_change_within_a_chain():
    assert symbols("قراري الجمعية العامة 60/251 ومجلس الأمن 1325 (2000)") == [
        "A/RES/60/251",
        "S/RES/1325(2000)",
    ]
    assert symbols("القرارين 61/1 و 61/2 الصادرين عن الجمعية العامة") == [
        "A/RES/61/1",
        "A/RES/61/2",
    ]


@pytest.mark.parametrize("form", ["قراره", "قراريه", "قراراته", "بقراره", "لقراره", "وقراراته"])
def test_a_possessive_of_the_organ_s_gender_is_its_own(form: str):
    (citation,) = cited(f"{form} 5/1", Organ.HRC)
    assert (citation.symbol, citation.confidence) == ("A/HRC/RES/5/1", Confidence.SELF)
    feminine = form.replace("راته", "راتها").replace("ريه", "ريها").replace("اره", "ارها")
    (citation,) = cited(f"{feminine} 45/1", Organ.GA)
    assert (citation.symbol, citation.confidence) == ("A/RES/45/1", Confidence.SELF)


def test_a_possessive_of_the_other_gender_is_the_organ_named_before():
    text = "قرار الجمعية العامة 60/251، وإلى قرارها 41/1"
    assert [(c.symbol, c.confidence) for c in cited(text, Organ.HRC)] == [
        ("A/RES/60/251", Confidence.ORGAN),
        ("A/RES/41/1", Confidence.ORGAN),
    ]


def test_the_council_alone_is_the_document_s_own_or_the_one_named_last():
    assert symbols("قرار المجلس 5/1", Organ.HRC) == ["A/HRC/RES/5/1"]
    assert symbols("أحاط مجلس حقوق الإنسان علما بقرار المجلس 35/1", Organ.GA) == ["A/HRC/RES/35/1"]


def test_a_bare_number_is_guessed_and_marked():
    for number, expected in (("55/2", "A/RES/55/2"), ("5/1", "A/HRC/RES/5/1")):
        (citation,) = cited(f"انظر القرار {number}")
        assert (citation.symbol, citation.confidence) == (expected, Confidence.BARE)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("القرار 40 / 152 سين", "O"),
        ("القرار 41 / 86 فاء", "Q"),
        ("القرار 42 / 42 واو", "F"),
        ("القرار 43 / 81 باء", "B"),
        ("القرار 43/81 B", "B"),
        ("القرار 217 ألف (د - 3)", "A"),
        ("القرار 217 (د - 3) ألف", "A"),
        ("القرار 43/81 بشأن", None),
    ],
)
def test_the_part_of_a_resolution_is_told_by_its_latin_letter(text: str, part: str | None):
    (citation,) = cited(text)
    assert citation.part == part


def test_a_place_inside_the_document_is_a_pinpoint():
    (before,) = cited("الفقرة 1 (أ) من القرار 60/251")
    assert before.pinpoint == "الفقرة 1 (أ)"
    (after,) = cited("انظر A/CONF.206/6، الفصل الأول، القرار 1.")
    assert after.pinpoint == "الفصل الأول، القرار 1"
    (annex,) = cited("S/2020/999، المرفق.")
    assert (annex.symbol, annex.pinpoint) == ("S/2020/999", "المرفق")


def test_symbols_are_cited_once_even_after_a_trigger():
    assert symbols("القرار A/RES/60/251") == ["A/RES/60/251"]


@pytest.mark.parametrize(
    "text",
    [
        "المقرر الخاص المعني بالمرافئ 46/28",
        "القرار الرقم 6/43-اق",
        "(ق 1509/ دع 30/ ج 6 - 17/10/1958)",
        "نسبة 3/4 من الأعضاء",
        "القرار المؤرخ 17/10/1958",
        "قرار بلا أرقام",
        "استقرار 46/28",
        "المرجع نفسه، القرار 2",
    ],
)
def test_what_is_no_citation_is_not_cited(text: str):
    assert symbols(text, Organ.HRC) == []


def test_offsets_slice_back_to_the_surface_as_printed():
    text = "قَرار الجمعية العامّة ٦٠ / ٢٥١ و1325(2000)"
    for citation in cited(text):
        assert text[citation.start : citation.end] == citation.surface
    assert [citation.surface for citation in cited(text)] == ["٦٠ / ٢٥١", "1325(2000)"]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("قرار مجلس الأمن 242", ["S/RES/242(1967)"]),
        ("قراري مجلس الأمن 242 و338", ["S/RES/242(1967)", "S/RES/338(1973)"]),
        ("قرارات مجلس الأمن ذات الأرقام 242، 338 و425 ذات الصلة", ["S/RES/242(1967)"]),
        ("قرار مجلس الأمن رقم 1559 بشأن لبنان", ["S/RES/1559(2004)"]),
        ("قرار مجلس الأمن 242 و1325 (2000)", ["S/RES/242(1967)", "S/RES/1325(2000)"]),
        ("قرار مجلس الأمن 15 آذار/مارس 2020", []),
        ("قرار مجلس الأمن 9999", []),
    ],
)
def test_a_resolution_of_the_security_council_without_its_year_is_told_by_its_number(text, symbols):
    found = [citation.symbol for citation in find_citations(fold(text))]
    assert found[: len(symbols)] == symbols
    assert bool(found) == bool(symbols)


def test_a_range_of_resolutions_cites_all_of_them():
    text = "وإذ يشير إلى قراراته من 31/1 إلى 31/4 وإلى قراره 32/1 إلى جانب 32/5"
    found = find_citations(fold(text), Organ.HRC)
    assert [citation.symbol.removeprefix("A/HRC/RES/") for citation in found] == [
        "31/1",
        "31/2",
        "31/3",
        "31/4",
        "32/1",
        "32/5",
    ]
    assert found[1].surface == "31/1 إلى 31/4"
    assert all(text[each.start : each.end] == each.surface for each in found)


@pytest.mark.parametrize("text", ["القرارات من 31/1 إلى 31/999", "القرارات من 31/9 إلى 31/1"])
def test_a_range_that_cannot_be_one_cites_what_is_printed(text):
    assert len(find_citations(fold(text))) == 2


def test_several_parts_of_a_resolution_are_cited_each():
    found = find_citations(fold("قرار الجمعية العامة 31/6 ألف وباء، ودال، وقرارها 31/7 باء"))
    assert [(citation.symbol, citation.part) for citation in found] == [
        ("A/RES/31/6", "A"),
        ("A/RES/31/6", "B"),
        ("A/RES/31/6", "D"),
        ("A/RES/31/7", "B"),
    ]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("الوثيقة 28/46/RES/HRC/A", "A/HRC/RES/46/28"),
        ("الوثيقة 251/60/RES/A", "A/RES/60/251"),
        ("الوثيقة 1/30-S/RES/HRC/A", "A/HRC/RES/S-30/1"),
        ("الوثيقة 2/2006/E", "E/2006/2"),
        ("قرار مجلس حقوق الإنسان دإ-1/30", "A/HRC/RES/S-30/1"),
    ],
)
def test_symbols_typed_from_right_to_left_are_read(text, symbol):
    (found,) = find_citations(fold(text))
    assert found.symbol == symbol
    assert text[found.start : found.end] == found.surface


def test_the_letter_waw_is_a_part_and_the_word_and():
    found = find_citations(fold("قرار الجمعية العامة 31/6 هاء، واو وزاي"))
    assert [citation.part for citation in found] == ["E", "F", "G"]


@pytest.mark.parametrize(
    "text",
    [
        "قرار مجلس الأمن" + " " * 50_000 + "x",
        "قرار مجلس الأمن 242" + " " * 50_000 + "x",
        "قرار مجلس الأمن " + "242 و " * 20_000,
        "القرار 31/6 ألف" + " " * 50_000 + "،" + " " * 50_000,
        "القرارات من 31/1" + " " * 50_000 + "إلى" + " " * 50_000,
        "القرارات " + "31/1 - 31/60 - " * 3_000,
        "1/" * 50_000 + "RES/A",
    ],
    ids=lambda text: text[:20],
)
def test_a_hostile_row_of_numbers_takes_little_time(text):
    began = time.process_time()
    find_citations(fold(text))
    assert time.process_time() - began < 5
