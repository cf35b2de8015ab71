"""PDF files that a browser printed; those of LibreOffice are compared with all other forms."""

import html
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fihris.index import parser
from fihris.index.analysis import fold
from fihris.index.resolution import UNSEARCHED_KINDS, Resolution
from fihris.index.sources.encoding import decode
from fihris.index.sources.files import Form
from fihris.index.sources.pdf import read_pdf
from fihris.index.sources.raw import RawDocument
from fihris.index.specimens import specimens_folder

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

#: Texts of different forms; those with the debris of extraction make no honest page.
STEMS = ("A_RES_91_112", "A_RES_91_203", "S_RES_3412_2036", "A_RES_94_77", "A_HRC_RES_92_6")

LEAST_WORDS = 0.98


def page_of(text: str) -> str:
    rows = (row.strip() for row in text.split("\n") if row.strip())
    paragraphs = "".join(f"<p>{html.escape(row).replace(chr(9), '&emsp;')}</p>" for row in rows)
    style = "body { font: 14pt sans-serif; text-align: justify } p { margin: 0 0 6pt }"
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><style>{style}</style>'
        f"{paragraphs}</html>"
    )


def words(document: Resolution) -> Counter[str]:
    return Counter(
        word
        for unit in document.paragraphs
        if unit.kind not in UNSEARCHED_KINDS
        for word in fold(unit.text).text.split()
    )


def outline(document: Resolution) -> list[str]:
    return [unit.fragment for unit in document.paragraphs if unit.kind not in UNSEARCHED_KINDS]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("stem", STEMS)
def test_what_a_browser_printed_has_the_same_paragraphs(
    stem: str, tmp_path: Path, raw_document: Callable[..., RawDocument]
) -> None:
    text = decode((specimens_folder() / f"{stem}.txt").read_bytes()).text
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(page_of(text), "utf-8")
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
        str(page),
    ]
    run = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if not printed.exists():
        pytest.skip(f"the browser printed nothing: {run.stderr[-200:]!r}")
    wanted = parser.parse(text, fallback_address=stem)
    source = read_pdf(raw_document(printed.read_bytes(), Form.PDF))
    found = parser.parse_source(source, fallback_address=stem)
    assert (found.symbol, found.adopted_on) == (wanted.symbol, wanted.adopted_on)
    assert outline(found) == outline(wanted)
    arrived = (words(wanted) & words(found)).total()
    assert arrived >= LEAST_WORDS * words(wanted).total()
