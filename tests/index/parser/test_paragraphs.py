"""The body: which line is what, and its address."""

import pytest

from fihris.index.parser import parse
from fihris.index.resolution import Paragraph, ParagraphKind, Resolution

HEAD = "46/300 حماية المرافئ\nإن مجلس حقوق الإنسان،\nإذ يسترشد بالميثاق،\n"


def read(body: str, head: str = HEAD) -> Resolution:
    return parse(head + body, fallback_address="x")


def units(resolution: Resolution) -> dict[str, str]:
    """Return fragment and text of the searched paragraphs after the title and preamble."""
    skipped = {ParagraphKind.TITLE, ParagraphKind.ENACTING, ParagraphKind.META}
    return {
        p.fragment: p.text
        for p in resolution.paragraphs
        if p.kind not in skipped and p.fragment != "PP1"
    }


def unit(resolution: Resolution, fragment: str) -> Paragraph:
    return next(p for p in resolution.paragraphs if p.fragment == fragment)


def test_paragraphs_are_preambular_until_the_first_number():
    resolution = read("وإذ يدرك كذا، ويرحب بكذا،\nواقتناعا منه بكذا،\n1- يقرر كذا؛\n2- يحث كذا.\n")
    assert list(units(resolution)) == ["PP2", "PP3", "OP1", "OP2"]
    assert unit(resolution, "OP2").kind is ParagraphKind.OPERATIVE
    assert (unit(resolution, "OP2").label, unit(resolution, "OP2").number) == ("2-", 2)
    assert unit(resolution, "OP2").verb == "يحث"
    assert unit(resolution, "PP2").line == 4
    assert resolution.warnings == ()


def test_a_single_operative_paragraph_needs_no_number():
    resolution = read("يقرر كذا.\n")
    assert units(resolution) == {"OP1": "يقرر كذا."}
    assert resolution.warnings == ()


def test_sub_paragraphs_have_the_address_of_their_letters_and_a_chapeau():
    resolution = read(
        "1- يطلب ما يلي:\n(أ) الأول:\n'1' كذا؛\n'2' كذا؛\n(ب) الثاني:\n‘1’ كذا؛\n"
        "2- يقرر:\n)أ( كذا.\n"
    )
    assert list(units(resolution)) == [
        "OP1",
        "OP1.a",
        "OP1.a.1",
        "OP1.a.2",
        "OP1.b",
        "OP1.b.1",
        "OP2",
        "OP2.a",
    ]
    assert unit(resolution, "OP1.a").kind is ParagraphKind.SUB
    assert unit(resolution, "OP1.a").label == "(أ)"
    assert unit(resolution, "OP1.a").chapeau == "OP1"
    assert unit(resolution, "OP1.a.2").chapeau == "OP1.a"
    assert unit(resolution, "OP2.a").chapeau == "OP2"


def test_a_preambular_paragraph_may_have_sub_paragraphs():
    resolution = read("وإذ يشير إلى:\n(أ) الأول؛\n(ب) الثاني،\n1- يقرر كذا.\n")
    assert list(units(resolution)) == ["PP2", "PP2.a", "PP2.b", "OP1"]


def test_a_numbered_list_inside_a_paragraph_takes_no_operative_numbers():
    resolution = read(
        "1- يقرر كذا؛\n2- يعتمد المبادئ التالية:\n1- النزاهة؛\n2- الكفاءة؛\n3- يحث كذا.\n"
    )
    assert list(units(resolution)) == ["OP1", "OP2", "OP2.1", "OP2.2", "OP3"]


def test_parts_count_anew_and_bear_their_letter():
    resolution = read(
        "1- يقرر كذا؛\n2- يحث كذا.\nباء\nعنوان الجزء\nإن مجلس حقوق الإنسان،\nإذ يدرك كذا،\n"
        "1- يقرر؛\n2- يحث؛\n3- يطلب.\n",
        head="46/300 المرافئ\nألف\nإن مجلس حقوق الإنسان،\nإذ يسترشد بالميثاق،\n",
    )
    assert [p.fragment for p in resolution.paragraphs if p.kind is ParagraphKind.OPERATIVE] == [
        "A.OP1",
        "A.OP2",
        "B.OP1",
        "B.OP2",
        "B.OP3",
    ]
    assert unit(resolution, "B.PP1").text == "إذ يدرك كذا،"
    assert resolution.title == "المرافئ"
    assert resolution.warnings == ()


def test_a_section_whose_numbers_begin_again_has_its_roman_number_in_the_address():
    resolution = read("أولا - عام\n1- يقرر كذا؛\nثانيا - خاص\n1- يحث كذا.\n")
    assert list(units(resolution)) == ["H1", "OP1", "H2", "II.OP1"]
    running = read("أولا - عام\n1- يقرر كذا؛\nثانيا - خاص\n2- يحث كذا.\n")
    assert list(units(running)) == ["H1", "OP1", "H2", "OP2"]


def test_a_letter_with_a_title_is_a_section_where_no_formula_follows():
    resolution = read("أولا\n1- يقرر كذا؛\nألف - التدريب\n2- يحث كذا؛\nثانيا\n3- يطلب كذا.\n")
    assert list(units(resolution)) == ["H1", "OP1", "H2", "OP2", "H3", "OP3"]
    assert resolution.warnings == ()


def test_headings_are_units():
    resolution = read("حماية الموانئ\nوإذ يدرك كذا،\nالمتابعة والتنفيذ\n1- يقرر كذا.\n")
    assert units(resolution) == {
        "H1": "حماية الموانئ",
        "PP2": "وإذ يدرك كذا،",
        "H2": "المتابعة والتنفيذ",
        "OP1": "يقرر كذا.",
    }


def test_annexes_have_their_own_numbers():
    resolution = read(
        "1- يعتمد المبادئ.\nالجلسة 9\nالمرفق الأول\nالمبادئ\n1- يفتح المرفأ:\n"
        "(أ) ليلا؛\n(ب) نهارا.\n"
        "نص بين الفقرات.\n2- يغلق المرفأ.\nالمرفق الثاني\nنص بلا رقم.\nونص ثان.\n"
    )
    assert list(units(resolution)) == [
        "OP1",
        "AN1",
        "AN1.H1",
        "AN1.P1",
        "AN1.P1.a",
        "AN1.P1.b",
        "AN1.U1",
        "AN1.P2",
        "AN2",
        "AN2.P1",
        "AN2.P2",
    ]
    assert unit(resolution, "AN1.P2").kind is ParagraphKind.ANNEX
    assert unit(resolution, "AN1.P1.a").chapeau == "AN1.P1"
    assert resolution.meeting == 9


def test_a_repeated_address_is_made_unique_with_a_warning():
    resolution = read("1- يقرر كذا؛\n2- يحث كذا؛\n2- يطلب كذا.\n")
    assert list(units(resolution)) == ["OP1", "OP2", "OP2~2"]
    assert any("OP2~2" in warning for warning in resolution.warnings)


def test_a_gap_in_the_numbers_is_reported():
    resolution = read("1- يقرر كذا؛\n3- يحث كذا.\n")
    assert list(units(resolution)) == ["OP1", "OP3"]
    assert len(resolution.warnings) == 1


def test_a_lost_number_is_restored_and_reported():
    resolution = read("1- يقرر كذا؛\nيحث كذا؛\n3- يطلب كذا.\n")
    assert list(units(resolution)) == ["OP1", "OP2", "OP3"]
    assert len(resolution.warnings) == 1


def test_a_number_printed_backwards_is_read_where_it_stands():
    body = "".join(f"{n}- يقرر كذا؛\n" for n in range(1, 12)) + "21- يحث كذا.\n"
    resolution = read(body)
    assert list(units(resolution))[-1] == "OP12"
    assert len(resolution.warnings) == 1


def test_a_wrapped_line_stays_with_its_paragraph():
    resolution = read("وإذ يشير إلى الميثاق\nوالعهدين،\n1- يرحب بالتقرير\nالختامي؛\n2- يقرر كذا.\n")
    assert units(resolution) == {
        "PP2": "وإذ يشير إلى الميثاق\nوالعهدين،",
        "OP1": "يرحب بالتقرير\nالختامي؛",
        "OP2": "يقرر كذا.",
    }


def test_a_chain_of_citations_runs_on_over_a_wrapped_line():
    resolution = read("وإذ يشير إلى قراراته 20/17 و22 /\n18 المؤرخ 3\nتموز/يوليه 2030 و25/36،\n")
    paragraph = unit(resolution, "PP2")
    assert [c.symbol for c in paragraph.citations] == [
        "A/HRC/RES/20/17",
        "A/HRC/RES/22/18",
        "A/HRC/RES/25/36",
    ]
    for mention in (*paragraph.citations, *paragraph.dates):
        assert paragraph.text[mention.start : mention.end] == mention.surface


def test_text_on_the_line_of_the_enacting_formula_is_its_first_paragraph():
    resolution = parse(
        "46/300 المرافئ\nإن مجلس حقوق الإنسان، إذ يشير إلى الميثاق،\n1- يقرر كذا.\n",
        fallback_address="x",
    )
    assert unit(resolution, "PP1").text == "إذ يشير إلى الميثاق،"
    assert unit(resolution, "E1").text == "إن مجلس حقوق الإنسان،"


def test_page_furniture_breaks_no_paragraph():
    resolution = read("1- يقرر كذا\nA/HRC/RES/46/300\n2/5\nوكذا؛\n2- يحث كذا.\n")
    assert units(resolution)["OP1"] == "يقرر كذا\nوكذا؛"


def test_the_vote_is_kept_for_display_with_its_lists():
    resolution = read(
        "1- يقرر كذا.\nالجلسة 9\n[اعتُمد بتصويت مسجل بأغلبية صوتين مقابل صوت واحد\nالمؤيدون:\n"
        "سندار، مرجان\nالمعارضون:\nظفران]\n"
    )
    votes = [p for p in resolution.paragraphs if p.kind is ParagraphKind.VOTE]
    assert [p.fragment for p in votes] == ["V1", "V2", "V3", "V4", "V5"]
    assert resolution.adoption is not None
    assert resolution.adoption.states_in_favour == ("سندار", "مرجان")


def test_a_vote_whose_bracket_never_closes_ends_where_the_meeting_is_named():
    resolution = read("1- يقرر كذا.\n[اعتُمد بتصويت مسجل بأغلبية صوتين:\nالمؤيدون:\nالجلسة 9\n")
    votes = [p.text for p in resolution.paragraphs if p.kind is ParagraphKind.VOTE]
    assert votes[-1] == "المؤيدون:"
    assert resolution.meeting == 9


def test_text_after_the_end_is_kept_and_reported():
    resolution = read("1- يقرر كذا.\nالجلسة 9\n[اعتُمد بدون تصويت]\nملاحظة من الناسخ\n")
    assert units(resolution)["p1"] == "ملاحظة من الناسخ"
    assert len(resolution.warnings) == 1


@pytest.mark.parametrize("number", ["١ - ", "١ ـ ", "1. ", "-1 ", "1-\t"])
def test_the_label_is_kept_as_printed_and_the_text_is_without_it(number: str):
    paragraph = unit(read(f"{number}يقرر كذا.\n"), "OP1")
    assert (paragraph.label, paragraph.text) == (number.strip(), "يقرر كذا.")


def test_thousands_in_display_order_and_vowel_marks_stay_in_the_text():
    paragraph = unit(read("1- يُقرّر منح ل\u00a0730 1 عضواً كذا.\n"), "OP1")
    assert paragraph.text == "يُقرّر منح ل\u00a0730 1 عضواً كذا."
