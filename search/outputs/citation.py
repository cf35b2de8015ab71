"""Citations in the style of United Nations documents, in English and in Arabic, to be copied."""

from __future__ import annotations

import re

from fihris.index.addresses import split_address
from fihris.index.resolution import Date, DocumentKind, Organ
from fihris.search.hits import DocumentSummary, Hit

ORGANS_ENGLISH = {
    Organ.GA: "General Assembly",
    Organ.SC: "Security Council",
    Organ.HRC: "Human Rights Council",
    Organ.ECOSOC: "Economic and Social Council",
    Organ.CHR: "Commission on Human Rights",
    Organ.TC: "Trusteeship Council",
}
ORGANS_ARABIC = {
    Organ.GA: "الجمعية العامة",
    Organ.SC: "مجلس الأمن",
    Organ.HRC: "مجلس حقوق الإنسان",
    Organ.ECOSOC: "المجلس الاقتصادي والاجتماعي",
    Organ.CHR: "لجنة حقوق الإنسان",
    Organ.TC: "مجلس الوصاية",
}
_KINDS = {
    DocumentKind.RESOLUTION: ("resolution", "قرار"),
    DocumentKind.DECISION: ("decision", "مقرر"),
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTHS_ARABIC = (
    "كانون الثاني/يناير|شباط/فبراير|آذار/مارس|نيسان/أبريل|أيار/مايو|حزيران/يونيه|"
    "تموز/يوليه|آب/أغسطس|أيلول/سبتمبر|تشرين الأول/أكتوبر|تشرين الثاني/نوفمبر|كانون الأول/ديسمبر"
).split("|")
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "أبجدهوزحطيكلمنسعفصقرشتثخذض", strict=True))
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_PLACE = re.compile(
    r"(?:(?P<part>[A-Z])\.)?(?:AN(?P<annex>\d+)\.)?(?P<kind>PP|OP|P|FN)(?P<number>\d+)"
    r"(?:\.(?P<letter>[a-z]))?(?:\.(?P<roman>\d+))?(?:~\d+)?"
)


def cite(hit: Hit) -> tuple[str, str]:
    """Return the citation of *hit* in English and in Arabic."""
    fragment = split_address(hit.address)[1]
    if hit.address == hit.document.address:
        fragment = ""
    english, arabic = cite_place(fragment)
    document_english, document_arabic = cite_document(hit.document)
    return (
        ", ".join(filter(None, (document_english, english))),
        "، ".join(filter(None, (document_arabic, arabic))),
    )


def cite_document(document: DocumentSummary) -> tuple[str, str]:
    """Return the citation of *document* in English and in Arabic.

    What is no resolution or decision of an organ is cited by its symbol or its title.

    >>> cite_document(DocumentSummary("A/HRC/RES/91/4", "", organ=Organ.HRC, number="91/4",
    ...     kind=DocumentKind.RESOLUTION, date=Date(2036, 3, 24)))[0]
    'Human Rights Council resolution 91/4 of 24 March 2036'
    """
    english_date, arabic_date = written_date(document.date)
    if document.organ is None or document.number is None or document.kind not in _KINDS:
        name = document.symbol or document.title or document.address
        return (
            f"{name} ({english_date})" if english_date else name,
            f"{name} ({arabic_date})" if arabic_date else name,
        )
    noun, noun_arabic = _KINDS[document.kind]
    english = f"{ORGANS_ENGLISH[document.organ]} {noun} {document.number}"
    arabic = f"{noun_arabic} {ORGANS_ARABIC[document.organ]} {document.number}"
    if english_date and document.organ is not Organ.SC:  # its number bears the year
        english, arabic = f"{english} of {english_date}", f"{arabic} المؤرخ {arabic_date}"
    return english, arabic


def written_date(date: Date | None) -> tuple[str, str]:
    """Return *date* in words, in English and in Arabic; what is not known is empty.

    >>> written_date(Date(2036, 3))
    ('March 2036', 'آذار/مارس 2036')
    """
    if date is None:
        return "", ""
    english, arabic = [str(date.year)], [str(date.year)]
    if date.month is not None:
        english.insert(0, _MONTHS[date.month - 1])
        arabic.insert(0, _MONTHS_ARABIC[date.month - 1])
        if date.day is not None:
            english.insert(0, str(date.day))
            arabic.insert(0, str(date.day))
    return " ".join(english), " ".join(arabic)


def cite_place(fragment: str) -> tuple[str, str]:
    """Return how the place *fragment* of a document is cited; what is not known, as it stands."""
    found = _PLACE.fullmatch(fragment)
    if found is None:
        return fragment, fragment
    number = found["number"]
    english, arabic = {
        "PP": (f"preambular para. {number}", f"الفقرة {number} من الديباجة"),
        "FN": (f"footnote {number}", f"الحاشية {number}"),
    }.get(found["kind"], (f"para. {number}", f"الفقرة {number}"))
    if found["letter"]:
        english += f" ({found['letter']})"
        arabic += f" ({_LETTERS[found['letter']]})"
    if found["roman"]:
        at = int(found["roman"])
        english += f" ({_ROMAN[at - 1] if 0 < at <= len(_ROMAN) else at})"
        arabic += f" ‘{at}’"
    if found["annex"]:
        english, arabic = f"annex {found['annex']}, {english}", f"المرفق {found['annex']}، {arabic}"
    if found["part"]:
        letter = _LETTERS[found["part"].lower()]
        english, arabic = f"sect. {found['part']}, {english}", f"الجزء {letter}، {arabic}"
    return english, arabic
