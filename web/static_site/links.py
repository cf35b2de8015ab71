"""The links of a static site: each names a file, and begins at the page that holds it.

So the site works under any prefix, on any host and from a disk. What only a server can do has an
empty link, and pages leave it out.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Self
from urllib.parse import quote, urlencode, urlsplit

from fihris.index.addresses import split_address
from fihris.index.frozen import frozen
from fihris.search.query import parse_query
from fihris.search.query_tree import And, Field, Node, Not, Or, Phrase, Relatives
from fihris.web.links import UNSORTED, Language
from fihris.web.questions import SearchQuestion, written_years
from fihris.web.security import CONTENT_SECURITY_POLICY
from fihris.web.static_site.slugs import slug_of

#: The folder of the search, and that of what pages need beside themselves.
SEARCH_FOLDER = "search"
ASSETS_FOLDER = "assets"

# What the engine of the browser knows beside words, phrases, patterns and choices.
_FIELDS = frozenset({"organ", "session", "year", "kind", "title", "footnote"})
_ONLY_SENT = "frame-ancestors"  # browsers take it from headers alone, and complain otherwise


@frozen
class StaticLayout:
    """What all pages of a site have in common.

    ``base`` is where the site will be, with a slash at its end, empty where nobody said. The first
    of ``languages`` has its pages at the root, each other one in a folder of its own.
    ``from_disk`` tells that pages may be opened as files.
    """

    base: str = ""
    languages: tuple[Language, ...] = (Language.ARABIC, Language.ENGLISH)
    from_disk: bool = False

    def folder(self, language: Language) -> str:
        """Return the folder of the pages in *language*, from the root: empty or with a slash."""
        return "" if language is self.languages[0] else f"{language}/"

    def links(self, language: Language) -> StaticLinks:
        """Return the links in *language* as a page at the root has them: the names of files."""
        return StaticLinks(self, language)

    @property
    def path(self) -> str:
        """The path of the base, which leads to the root from wherever a browser is."""
        return urlsplit(self.base).path


@frozen
class StaticLinks:
    """The links of a page; ``up`` leads from it to the root: ``../`` for each folder."""

    layout: StaticLayout
    language: Language
    up: str = ""

    def seen_from(self, name: str) -> StaticLinks:
        """Return the same links as the file *name* has them."""
        return replace(self, up="../" * name.count("/"))

    def in_language(self, language: Language) -> Self:
        """Return the same links in another language; all are empty where it has no pages."""
        return replace(self, language=language)

    def search(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the search page, or to the answer of *question*.

        It is empty where the engine of the browser does not know what is asked.
        """
        query = static_query(question) if question is not None else ""
        if query is None:
            return ""
        return self._page("index.html", urlencode({"q": query}) if query else "")

    def resolution(
        self, address: str, fragment: str = "", marked: SearchQuestion | None = None
    ) -> str:
        """Return the link to a document, or its paragraph; nothing is marked in a file."""
        place = f"#{quote(fragment)}" if fragment else ""
        return self._page(f"r/{slug_of(address)}.html") + place

    def unit(self, document: str, address: str, marked: SearchQuestion | None = None) -> str:
        """Return the link to the unit at *address* of a *document*, both as the index has them."""
        return self.resolution(document, address[len(document) + 1 :])

    def named(self, address: str) -> str:
        """Return the link to what *address* names: a document, or a paragraph of one."""
        return self.resolution(*split_address(address))

    def clause(self, text: str = "", order: str = "") -> str:
        """Return nothing: wordings are traced by a server."""
        return ""

    def clause_of(self, address: str, order: str = "") -> str:
        """Return nothing: wordings are traced by a server."""
        return ""

    def sessions(self) -> str:
        """Return the link to the page of all organs and their sessions."""
        return self._page("sessions.html")

    def session(self, organ: str | None, session: str | None, page: int = 1) -> str:
        """Return the link to a page of the documents of one session (or year) of an organ."""
        shelf = "/".join(slug_of(name or UNSORTED) for name in (organ, session))
        return self._page(f"sessions/{shelf}{f'.{page}' if page > 1 else ''}.html")

    def about(self) -> str:
        """Return the link to the page about the query language."""
        return self._page("about.html")

    def not_found(self) -> str:
        """Return the link to the page that hosts show where there is none."""
        return self._page("404.html")

    def asset(self, name: str) -> str:
        """Return the link to the file *name*, which all languages share."""
        return f"{self.up}{ASSETS_FOLDER}/{name}"

    def feed(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the Atom feed of the latest documents; other questions have none."""
        return "" if question is not None else self._page("feed.atom")

    def organ_feed(self, organ: str | None) -> str:
        """Return the link to the Atom feed of the latest documents of *organ*."""
        return self._page(f"feed-{slug_of(organ)}.atom") if organ else ""

    def export(self, question: SearchQuestion, form: str) -> str:
        """Return nothing: hits are exported by a server."""
        return ""

    def suggestions(self) -> str:
        """Return nothing: the search completes by itself what it can."""
        return ""

    def api(self) -> str:
        """Return nothing: there is no server."""
        return ""

    def opensearch(self) -> str:
        """Return the link to the OpenSearch description, which needs to know where the site is."""
        return self._page("opensearch.xml") if self.layout.base else ""

    def shards(self) -> str:
        """Return the link to the folder of the search."""
        return f"{self.up}{SEARCH_FOLDER}/"

    def documents(self) -> str:
        """Return the link to the folder of the documents."""
        return self._page("r/")

    @property
    def from_disk(self) -> bool:
        """Whether pages may be opened as files."""
        return self.layout.from_disk

    @property
    def policy(self) -> str:
        """What a browser may load: files of the site, and nothing else."""
        parts = CONTENT_SECURITY_POLICY.split("; ")
        return "; ".join(part for part in parts if not part.startswith(_ONLY_SENT))

    def absolute(self, link: str) -> str:
        """Return *link* with scheme and host, or as it is where nobody said where the site is."""
        if not link or not self.layout.base:
            return link
        return self.layout.base + link.removeprefix(self.up)

    def _page(self, name: str, query: str = "") -> str:
        if self.language not in self.layout.languages:
            return ""
        folder = self.layout.folder(self.language)
        return f"{self.up}{folder}{name}" + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def static_query(question: SearchQuestion) -> str | None:
    """Return the query that asks *question* of the browser's engine; None where it knows none.

    Filters become fields.

    >>> static_query(SearchQuestion(q="المياه", organ=("HRC",), year=(2036, 2037)))
    'المياه organ:HRC year:2036..2037'
    >>> static_query(SearchQuestion(q="جذر:علم")) is None
    True
    """
    asked: dict[str, tuple[str, ...]] = {
        "organ": question.organ,
        "session": question.session,
        "kind": question.kind,
        "year": (written_years(*question.year),) if question.year else (),
    }
    same = SearchQuestion().changed(
        q=question.q, **{name: getattr(question, name) for name in asked}
    )
    several = any(len(values) > 1 for values in asked.values())
    if several or question != same or not _is_known(parse_query(question.q).tree):
        return None
    fields = [f"{name}:{value}" for name, values in asked.items() for value in values]
    return " ".join(filter(None, (question.q, *fields)))


def _is_known(node: Node) -> bool:
    """Tell whether the engine of the browser reads *node* as the server does."""
    match node:
        case And(parts=parts) | Or(nodes=parts):
            return all(map(_is_known, parts))
        case Not(node=inner):
            return _is_known(inner)
        case Field(name=name):
            return name in _FIELDS
        case Phrase(typed=typed):
            return not typed
        case Relatives():
            return False
    return True
