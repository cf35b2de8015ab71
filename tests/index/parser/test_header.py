"""Headers of every organ, and what they say of the document."""

import pytest

from fihris.index.parser import parse
from fihris.index.resolution import (
    Adoption,
    Date,
    DocumentKind,
    Organ,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
)

COUNCIL = "إن مجلس حقوق الإنسان،\nإذ يسترشد بالميثاق،\n1- يقرر المتابعة.\n"
ASSEMBLY = "إن الجمعية العامة،\nإذ تسترشد بالميثاق،\n1 - تقرر المتابعة.\n"


def read(text: str) -> Resolution:
    return parse(text, fallback_address="folder/file.txt")


def test_the_header_of_the_human_rights_council_without_masthead():
    resolution = read(
        " مجلس حقوق الإنسان\nالدورة السادسة والخمسون\n"
        "18 حزيران/يونيه - 12 تموز/يوليه 2034\nالبند 10 من جدول الأعمال\nالمساعدة والقدرات\n"
        "\t\tقرار اعتمده مجلس حقوق الإنسان في 11 تموز/يوليه 2034\n"
        f"\t56/40\tحماية المرافئ \ufc32 سندار\n\t{COUNCIL}الجلسة 37\n11 تموز/يوليه 2034\n"
        "[اعتُمد بدون تصويت]"
    )
    assert (resolution.symbol, resolution.symbol_derived) == ("A/HRC/RES/56/40", True)
    assert resolution.address == "A/HRC/RES/56/40"
    assert resolution.organ is Organ.HRC
    assert resolution.kind is DocumentKind.RESOLUTION
    assert resolution.number == "56/40"
    assert resolution.session == Session(56)
    assert resolution.session_dates == (Date(2034, 6, 18), Date(2034, 7, 12))
    assert resolution.agenda_items == ("10",)
    assert resolution.agenda_title == "المساعدة والقدرات"
    assert resolution.adopted_on == Date(2034, 7, 11)
    assert resolution.meeting == 37
    assert resolution.adoption == Adoption("without a vote")
    assert resolution.title == "حماية المرافئ في سندار"
    assert resolution.paragraphs[0].text == "حماية المرافئ \ufc32 سندار"
    assert resolution.paragraphs[0].label == "56/40"
    assert resolution.warnings == ()


def test_a_masthead_gives_the_symbol_itself():
    resolution = read(
        "الأمم المتحدة\nA/HRC/RES/52/95\nالجمعية العامة\nDistr.: General\n5 April 2033\nArabic\n"
        "Original: English\nمجلس حقوق الإنسان\nالدورة الثانية والخمسون\n"
        f"قرار اعتمده مجلس حقوق الإنسان في 3 نيسان/أبريل 2033\n52/95 ولاية الخبير\n{COUNCIL}"
    )
    assert (resolution.symbol, resolution.symbol_derived) == ("A/HRC/RES/52/95", False)
    assert (resolution.organ, resolution.title) == (Organ.HRC, "ولاية الخبير")
    assert resolution.adopted_on == Date(2033, 4, 3)


def test_a_masthead_in_columns_gives_the_symbol_too():
    resolution = read(f"الأمــم المتحـدة\tA/RES/71/900\n71/900 - البحار\n{ASSEMBLY}")
    assert (resolution.symbol, resolution.symbol_derived) == ("A/RES/71/900", False)


@pytest.mark.parametrize("number", ["دإ-40/1", "د-40/1", "S-40/1", "دإ - 40/1"])
def test_a_special_session(number: str):
    resolution = read(
        f"مجلس حقوق الإنسان\nالدورة الاستثنائية الأربعون\n{number}\tحالة الصيادين\n{COUNCIL}"
    )
    assert resolution.symbol == "A/HRC/RES/S-40/1"
    assert resolution.session == Session(40, SessionType.SPECIAL)
    assert resolution.title == "حالة الصيادين"


def test_an_emergency_special_session():
    resolution = read(
        f"الدورة الاستثنائية الطارئة الثانية عشرة\nدإط-12/4 - حماية المدنيين\n{ASSEMBLY}"
    )
    assert resolution.symbol == "A/RES/ES-12/4"
    assert resolution.session == Session(12, SessionType.EMERGENCY)


def test_the_header_of_the_general_assembly():
    resolution = read(
        "الدورة الستون\nالبندان 46 و120 (أ) من جدول الأعمال\n"
        "قرار اتخذته الجمعية العامة في 15 آذار/مارس 2006\n"
        "[دون الإحالة إلى لجنة رئيسية (A/60/L.999)]\n60/951 -  مجلس الموانئ\n"
        f"{ASSEMBLY}الجلسة العامة التاسعة والسبعون\n15 آذار/مارس 2006\n"
    )
    assert resolution.symbol == "A/RES/60/951"
    assert resolution.agenda_items == ("46", "120 (أ)")
    assert resolution.meeting == 79
    assert resolution.title == "مجلس الموانئ"
    assert resolution.agenda_title is None


def test_the_old_pages_of_the_general_assembly_put_blanks_round_the_slash():
    resolution = read(f"52 / 931   التحقق من المرافئ\n{ASSEMBLY}")
    assert (resolution.symbol, resolution.title) == ("A/RES/52/931", "التحقق من المرافئ")


def test_the_note_of_a_yearly_volume():
    resolution = read(
        "القرار 61/953 اتخذ في الجلسة العامة 67، المعقودة في 6 كانون الأول/ديسمبر 2006، دون تصويت،"
        " بناء على توصية اللجنة (A/61/900، الفقرة 9)\nسندار، مرجان، ظفران، نجدان، غيرها\n"
        f"61/953 - الصيد\n{ASSEMBLY}"
    )
    assert (resolution.symbol, resolution.title) == ("A/RES/61/953", "الصيد")
    assert (resolution.meeting, resolution.adopted_on) == (67, Date(2006, 12, 6))
    assert resolution.adoption == Adoption("without a vote")


def test_the_security_council_gives_no_title_and_one_is_composed():
    resolution = read(
        "القرار 2991 (2031)\nالذي اتخذه مجلس الأمن في جلسته 9901، المعقودة في 3 نيسان/أبريل 2031\n"
        "إن مجلس الأمن،\nإذ يشير إلى قراره 2980 (2030)،\n1 - يقرر التمديد.\n"
    )
    assert (resolution.symbol, resolution.title) == ("S/RES/2991(2031)", "القرار 2991 (2031)")
    assert (resolution.organ, resolution.number) == (Organ.SC, "2991 (2031)")
    assert (resolution.meeting, resolution.adopted_on) == (9901, Date(2031, 4, 3))
    assert resolution.paragraphs[0].citations == ()


def test_the_economic_and_social_council_and_its_decisions():
    body = "إن المجلس الاقتصادي والاجتماعي،\n1- يقرر المتابعة.\n"
    assert read(f"2026/2 - الأسرة\n{body}").symbol == "E/RES/2026/2"
    decision = read(
        f"مقرر اعتمده المجلس الاقتصادي والاجتماعي في 3 تموز/يوليه 2026\n2026/201 الأسرة\n{body}"
    )
    assert (decision.symbol, decision.kind) == ("E/DEC/2026/201", DocumentKind.DECISION)


def test_a_decision_without_enacting_formula():
    decision = read(
        "مقرر اعتمده مجلس حقوق الإنسان في 4 تموز/يوليه 2033\n53/101 تأجيل النظر\n"
        "في جلسته 20، المعقودة في 4 تموز/يوليه 2033، قرر مجلس حقوق الإنسان تأجيل النظر.\n"
    )
    assert (decision.symbol, decision.title) == ("A/HRC/DEC/53/101", "تأجيل النظر")
    (operative,) = [p for p in decision.paragraphs if p.kind is ParagraphKind.OPERATIVE]
    assert operative.fragment == "OP1"


def test_an_old_resolution_with_a_roman_session_and_a_part():
    resolution = read(f"القرار 2950 ألف (د - 24)\n{ASSEMBLY}")
    assert (resolution.symbol, resolution.part) == ("A/RES/2950(XXIV)", "A")
    assert resolution.address == "A/RES/2950(XXIV)A"


def test_a_draft_keeps_its_own_symbol_and_finds_its_title():
    resolution = read(
        "A/74/L.999*\nالبندان 13 و 115 من جدول الأعمال\nالتنفيذ والمتابعة\n"
        "سندار، مرجان، ظفران، نجدان: مشروع قرار\nحماية الشعاب\n"
        "إن الجمعية العامة،\nإذ تشير إلى قرارها 73/999،\nتقرر إعلان السنة سنة للشعاب.\n"
    )
    assert (resolution.symbol, resolution.symbol_derived) == ("A/74/L.999", False)
    assert resolution.kind is DocumentKind.DRAFT
    assert (resolution.title, resolution.agenda_title) == ("حماية الشعاب", "التنفيذ والمتابعة")
    assert resolution.agenda_items == ("13", "115")


def test_a_presidential_statement():
    statement = read(
        "S/PRST/2031/95\nبيان من رئيس مجلس الأمن\n"
        "في الجلسة 9315 لمجلس الأمن، المعقودة في 25 تموز/يوليه 2031، أدلى رئيس مجلس الأمن، باسم"
        " المجلس، بالبيان التالي:\n”يرحب مجلس الأمن بالاتفاق.\n”ويحث المجلس الأطراف.“\n"
    )
    assert (statement.kind, statement.symbol) == (DocumentKind.STATEMENT, "S/PRST/2031/95")
    assert (statement.meeting, statement.adopted_on) == (9315, Date(2031, 7, 25))
    assert [p.fragment for p in statement.paragraphs if p.kind is ParagraphKind.OPERATIVE] == [
        "OP1",
        "OP2",
    ]
    assert "S/PRST/2031/95" in statement.title


def test_a_title_of_two_lines_is_one_line():
    resolution = read(f"56/41 حماية المرافئ\nفي أوقات الأزمات\n{COUNCIL}")
    assert resolution.title == "حماية المرافئ في أوقات الأزمات"


def test_header_lines_are_kept_for_display():
    resolution = read(f"مجلس حقوق الإنسان\nسطر غير معروف\n56/41 المرافئ\n{COUNCIL}")
    shown = [p.text for p in resolution.paragraphs if p.kind is ParagraphKind.META]
    assert shown == ["مجلس حقوق الإنسان", "سطر غير معروف"]


def test_a_text_of_another_body_keeps_the_fallback_address():
    resolution = read(
        "القرار الثالث\nإن مجلس المرافئ والموانئ،\nإذ يشير إلى ميثاقه،\n1- يقرر كذا.\n"
    )
    assert resolution.address == "folder/file.txt"
    assert (resolution.organ, resolution.symbol) == (None, None)
    assert [p.fragment for p in resolution.paragraphs][-2:] == ["PP1", "OP1"]
