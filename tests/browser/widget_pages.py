"""Pages with ``<fihris-search>``, and what is done on all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from fihris.web.cli import main

QUERY = "المياه المأمونة"
SCRIPT = '<script type="module" src="search/fihris-search.js"></script>'
#: For a page that is opened from a disk.
DISK = '<script defer src="search/fihris-search.js"></script>'
TAG = '<fihris-search index="search" link="/r/{address}#{fragment}"></fihris-search>'
#: What WCAG 2.2 AA asks for, by axe's names.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Shown = Callable[..., Page]


def tag_with(attributes: str) -> str:
    """Return the tag with more attributes."""
    return TAG.replace("index=", f"{attributes} index=")


def page_of(folder: Path, tag: str, language: str = "ar", script: str = SCRIPT) -> str:
    """Write a page with a tag into a folder and return its name."""
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'
        f'<meta charset="utf-8"><title>page</title>{script}'
        f'<main><h1>page</h1>{tag}<button id="other" type="button">other</button></main></html>',
        encoding="utf-8",
    )
    return "page.html"


def ask(page: Page, query: str) -> None:
    """Type a query and press Enter."""
    page.locator("fihris-search input").fill(query)
    page.keyboard.press("Enter")


def fetched(page: Page) -> list[str]:
    """Return the last part of the name of each file that the page has fetched, in order."""
    names: list[str] = page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())"
    )
    return names


def packed_files(site: Path, part: str) -> list[Path]:
    """Return the files of an index in a folder of its own, their twins that are scripts aside."""
    folder = site / "search" / part
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".js")


def index_of_a_page(folder: Path) -> Path:
    """Return the index of a page with one paragraph, made below *folder*; «الطائر» finds it."""
    pages = folder / "pages"
    pages.mkdir()
    (pages / "a.html").write_text(
        '<!doctype html><html lang="ar"><title>ط</title><main><p>رأينا الطائر فوق النهر.</p>',
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["index-html", str(pages)])
    assert result.exit_code == 0, result.output
    return pages / "fihris"
