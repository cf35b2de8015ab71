"""An index of invented documents, made of the model's own dataclasses: no parser is involved."""

from __future__ import annotations

from pathlib import Path

import pytest

from fihris.index.reader import IndexReader, open_index
from fihris.index.resolution import (
    Adoption,
    Date,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SessionType,
    SourceKind,
)
from fihris.index.specimens import specimens_folder
from fihris.index.synchronize import sync
from tests.direct_index import write_index

LIGHTHOUSES = Resolution(
    address="A/HRC/RES/91/4",
    kind=DocumentKind.RESOLUTION,
    title="صون المنارات في أرخبيل سندار",
    source_kind=SourceKind.TEXT,
    symbol="A/HRC/RES/91/4",
    symbol_derived=True,
    organ=Organ.HRC,
    number="91/4",
    session=Session(91),
    session_dates=(Date(2036, 2, 25), Date(2036, 3, 22)),
    agenda_items=("10",),
    agenda_title="المساعدة التقنية",
    adopted_on=Date(2036, 3, 21),
    meeting=51,
    adoption=Adoption("recorded vote", 26, 15, 6),
    warnings=("Paragraph 3 has no number.",),
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, "صون المنارات في أرخبيل سندار"),
        Paragraph("", ParagraphKind.ENACTING, "إن مجلس حقوق الإنسان،"),
        Paragraph("PP1", ParagraphKind.PREAMBULAR, "إذ يساوره القلق إزاء انطفاء المنارات،"),
        Paragraph(
            "OP1",
            ParagraphKind.OPERATIVE,
            "يحُثّ حكومة سندار على:",
            label="1-",
            number=1,
        ),
        Paragraph(
            "OP1.a",
            ParagraphKind.SUB,
            "إصلاح المنارات المعطلة، ؛",
            label="(أ)",
            chapeau="OP1",
            notes=(NoteMark(23, "FN1"),),
        ),
        Paragraph("FN1", ParagraphKind.FOOTNOTE, "A/HRC/90/12.", label="(1)", chapeau="OP1.a"),
        Paragraph("OP1.b", ParagraphKind.SUB, "تدريب الحراس؛", label="(ب)", chapeau="OP1"),
        Paragraph(
            "OP2", ParagraphKind.OPERATIVE, "يقرر إبقاء المسألة قيد نظره.", label="2-", number=2
        ),
        Paragraph("", ParagraphKind.VOTE, "[اعتُمد بتصويت مسجل]"),
    ),
)
WELLS = Resolution(
    address="A/RES/91/4",
    kind=DocumentKind.RESOLUTION,
    title="آبار واحة تيرا",
    source_kind=SourceKind.TEXT,
    symbol="A/RES/91/4",
    organ=Organ.GA,
    number="91/4",
    session=Session(91),
    adopted_on=Date(2036, 12, 3),
    adoption=Adoption("without a vote"),
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, "آبار واحة تيرا"),
        Paragraph("OP1", ParagraphKind.OPERATIVE, "تدعو إلى ترميم الآبار.", label="1-", number=1),
    ),
)
SPECIAL = Resolution(
    address="A/HRC/RES/S-61/1",
    kind=DocumentKind.RESOLUTION,
    title="العاصفة في خليج مرو",
    source_kind=SourceKind.TEXT,
    symbol="A/HRC/RES/S-61/1",
    organ=Organ.HRC,
    number="S-61/1",
    session=Session(61, SessionType.SPECIAL),
    adopted_on=Date(2036, 7, 1),
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, "العاصفة في خليج مرو"),
        Paragraph("OP1", ParagraphKind.OPERATIVE, "يأسف لغرق المراكب؛", label="1-", number=1),
        Paragraph(
            "OP2", ParagraphKind.OPERATIVE, "يقرّر إبقاء المسألة قيد نظره.", label="2-", number=2
        ),
    ),
)
LAW = Resolution(
    address="law#5",
    kind=DocumentKind.DOCUMENT,
    title="قانون الموانئ",
    source_kind=SourceKind.JSONL,
    adopted_on=Date(1993),
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, "قانون الموانئ"),
        Paragraph("المادة 1", ParagraphKind.PROVISION, "تسري أحكام هذا القانون على الموانئ."),
        Paragraph("art2.1", ParagraphKind.PROVISION, "الجزء الأول من مادة طويلة.", "art2.1"),
        Paragraph("art2.2", ParagraphKind.PROVISION, "الجزء الثاني منها."),
    ),
)


@pytest.fixture(scope="session")
def invented_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of four documents, two of which are called 91/4."""
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, (LIGHTHOUSES, WELLS, SPECIAL, LAW))
    return folder


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """Return an index of the specimens that ship with the product."""
    folder = tmp_path_factory.mktemp("specimens")
    report = sync(folder / "index", [specimens_folder()])
    assert not report.refused
    return open_index(folder / "index")
