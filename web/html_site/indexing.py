"""Indexing a site: from the pages in a folder to the files that a browser searches."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from fihris.index.analysis import Analyzer
from fihris.index.errors import SourceError, SourceMalformed
from fihris.index.frozen import frozen
from fihris.index.resolution import (
    DocumentKind,
    Paragraph,
    ParagraphKind,
    Resolution,
    SourceKind,
)
from fihris.index.sources.files import Form, SourceFile, unreadable
from fihris.index.sources.html.decoding import MAX_HTML_BYTES, decoded_html
from fihris.index.sources.html.tree import parse_page
from fihris.index.sources.raw import RawDocument
from fihris.index.sources.refusal import Refusal
from fihris.index.units import wording_key
from fihris.web.embedding import write_widget
from fihris.web.html_site.pages import SitePage, find_pages
from fihris.web.html_site.passages import PageText, Passage, read_page
from fihris.web.html_site.place import DEFAULT_NAME, index_place
from fihris.web.shards import write_documents
from fihris.web.shards.units import ShardDocument, ShardUnit


class Selection(NamedTuple):
    """Which pages are to be found.

    ``excluded`` are patterns for the path of a page under the site, as a shell has them; ``*`` also
    stands for ``/``. ``languages`` are BCP 47 tags, of which ``ar`` includes ``ar-EG``; none for
    all.
    """

    excluded: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def has_path(self, path: str) -> bool:
        """Tell whether the page at *path* is among them, as far as the path tells."""
        return not any(fnmatchcase(path, pattern) for pattern in self.excluded)

    def has_language(self, language: str) -> bool:
        """Tell whether a page in *language* is among them."""
        found = language.lower()
        return not self.languages or any(
            found == wanted or found.startswith(f"{wanted}-")
            for wanted in map(str.lower, self.languages)
        )


@frozen
class PagesReport:
    """What became of the pages of a site.

    ``silent`` are the addresses of pages without a text to be found, ``left_out`` those that a
    choice keeps out: a pattern, a language, or another page's marks. In ``folder`` are so many
    ``files``, of ``size`` bytes, with the ``pages`` and ``passages`` that can be found.
    """

    folder: Path
    silent: tuple[str, ...]
    left_out: tuple[str, ...]
    refused: tuple[Refusal, ...]
    pages: int
    passages: int
    files: int
    size: int


EVERYTHING = Selection()


def index_site(
    site: Path, name: str = DEFAULT_NAME, selection: Selection = EVERYTHING
) -> PagesReport:
    """Index the pages in the folder *site*, and write the files into its folder *name*.

    Where a page bears the mark ``data-fihris-body``, pages without it are left out, as Pagefind
    does. A page that cannot be read stops no other.

    Raises SourceMissing when *site* is no folder, PlaceTaken when nothing may be written there, and
    SourceMalformed when no page has a text to be found; then nothing is written.
    """
    folder = index_place(site, name)
    survey = _Survey()
    for page in find_pages(site, folder):
        if isinstance(page, Refusal):
            survey.refused.append(page)
        elif not selection.has_path(page.path.relative_to(site).as_posix()):
            survey.left_out.append(page.address)
        else:
            survey.take(page, selection)
    found = survey.found()
    if not found:
        fact = "holds no page with a text that can be found."
        raise SourceMalformed(site, fact, "Name the folder into which the site was built.")
    shards = write_documents(_documents(found), folder, pages="../" * len(Path(name).parts))
    widget = write_widget(folder)
    return PagesReport(
        folder=folder,
        silent=tuple(survey.silent),
        left_out=tuple(survey.left_out),
        refused=tuple(survey.refused),
        pages=shards.documents,
        passages=shards.units,
        files=shards.files + widget.files,
        size=shards.size + widget.size,
    )


class _Survey:
    """Reads pages, and sorts them by what becomes of them."""

    def __init__(self) -> None:
        self.silent: list[str] = []
        self.left_out: list[str] = []
        self.refused: list[Refusal] = []
        self._read: list[tuple[str, PageText]] = []

    def take(self, page: SitePage, selection: Selection) -> None:
        """Read *page*."""
        try:
            text = read_page(_tree_of(page.path))
        except SourceError as error:
            self.refused.append(Refusal.of(error))
            return
        if text.moves_on or not (text.passages or text.has_heading):
            self.silent.append(page.address)
        elif not selection.has_language(text.language):
            self.left_out.append(page.address)
        else:
            self._read.append((page.address, text))

    def found(self) -> list[tuple[str, PageText]]:
        """Return the pages to be found; those without marks are left out where others have them."""
        if any(text.is_marked for _, text in self._read):
            self.left_out += [address for address, text in self._read if not text.is_marked]
            return [(address, text) for address, text in self._read if text.is_marked]
        return self._read


def _tree_of(path: Path) -> etree._Element:
    """Return the root of the page at *path*; raises SourceError."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_HTML_BYTES + 1)  # one more, to be told from a page that fits
    except OSError as error:
        raise unreadable(path, error) from error
    file = SourceFile(path, path.name, Form.HTML, len(content), 0)
    raw = RawDocument(file, Form.HTML, content, "", path.name, 0)
    return parse_page(raw, decoded_html(raw))


def _documents(pages: Sequence[tuple[str, PageText]]) -> list[ShardDocument]:
    """Return *pages* as documents, each with a title and its passages as units."""
    analyzer = Analyzer()
    documents: list[ShardDocument] = []
    first = 0
    for address, text in pages:
        title = text.title or PurePosixPath(unquote(address)).stem
        paragraphs = [
            Paragraph("", ParagraphKind.TITLE, title),
            *(_paragraph(passage) for passage in text.passages),
        ]
        units = tuple(
            ShardUnit(one, wording_key(analyzer.analyze(one.text, SourceKind.HTML).exact))
            for one in paragraphs
        )
        record = Resolution(address, DocumentKind.DOCUMENT, title, (), SourceKind.HTML)
        documents.append(ShardDocument(record, first, units, (), text.language))
        first += len(units)
    return documents


def _paragraph(passage: Passage) -> Paragraph:
    kind = ParagraphKind.HEADING if passage.is_heading else ParagraphKind.PROVISION
    return Paragraph(passage.fragment, kind, passage.text, chapeau=passage.under)
