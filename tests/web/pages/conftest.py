"""Sites to look at: the specimens, and documents that try to break out of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from fihris.index import sync
from fihris.index.resolution import (
    Adoption,
    Citation,
    Confidence,
    Date,
    DocumentKind,
    NoteMark,
    Organ,
    Paragraph,
    ParagraphKind,
    Resolution,
    Session,
    SourceKind,
)
from fihris.index.specimens import specimens_folder
from fihris.web.app import create_app
from fihris.web.settings import Limits, ServeSettings
from tests.direct_index import write_index

#: What a browser would run if any of it reached a page as it is.
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)> </title>"
#: A word that leads to all of it.
BAIT = "منارة"

HOSTILE = Resolution(
    address=f"A/HRC/RES/91/9{EVIL}",
    kind=DocumentKind.RESOLUTION,
    title=f"{BAIT} {EVIL}",
    source_kind=SourceKind.TEXT,
    symbol=f"A/HRC/RES/91/9{EVIL}",
    organ=Organ.HRC,
    number=f"91/9{EVIL}",
    session=Session(91),
    agenda_items=(f"3{EVIL}",),
    agenda_title=EVIL,
    adopted_on=Date(2036, 3, 21),
    adoption=Adoption("recorded vote", 1, 1, 0, (EVIL,), (EVIL,)),
    paragraphs=(
        Paragraph("", ParagraphKind.TITLE, f"{BAIT} {EVIL}"),
        Paragraph("", ParagraphKind.META, EVIL),
        Paragraph(
            f"OP1{EVIL}",
            ParagraphKind.OPERATIVE,
            f"يحث على ترميم {BAIT} {EVIL} وفقاً للقرار 91/9",
            label=f"1-{EVIL}",
            number=1,
            verb=f"يحث{EVIL}",
            notes=(NoteMark(3, f"FN1{EVIL}"),),
            citations=(Citation("A/RES/91/4", 0, 6, "يحث", Confidence.SYMBOL, part=EVIL),),
        ),
        Paragraph(
            f"FN1{EVIL}", ParagraphKind.FOOTNOTE, EVIL, label=f"(1){EVIL}", chapeau=f"OP1{EVIL}"
        ),
    ),
)

Page = Callable[[str], Any]


def client_of(folder: Path) -> TestClient:
    """Return a client of the site of the index in *folder*."""
    settings = ServeSettings(index=folder, limits=Limits(per_second=0))
    return TestClient(create_app(settings), base_url="http://localhost")


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of the site of the specimens."""
    folder = tmp_path_factory.mktemp("pages") / "index"
    assert not sync(folder, [specimens_folder()]).refused
    with client_of(folder) as client:
        yield client


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a site whose one document is hostile in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    write_index(folder, (HOSTILE,))
    with client_of(folder) as client:
        yield client


@pytest.fixture
def page(client: TestClient) -> Page:
    """Return a function that gets a page, which must be there, as a tree."""

    def get(address: str) -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return html.document_fromstring(answer.text)

    return get
