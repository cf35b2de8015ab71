"""Where everything on the site is: one object makes all links, and nothing else knows the paths.

Pages ask :class:`Links`; the server answers with :class:`ServerLinks`, whose links begin with a
slash and hold the prefix, a static site with links of its own. :meth:`Links.absolute` makes a link
one that stands on its own. What a site does not have has an empty link, and pages leave it out.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import quote, urlencode

from fihris.index.frozen import frozen

if TYPE_CHECKING:
    from fihris.web.assets import Assets
    from fihris.web.questions import SearchQuestion


class Language(StrEnum):
    """A language of the pages."""

    ARABIC = "ar"
    ENGLISH = "en"


#: A document that no organ or session holds stands under this name among the sessions.
UNSORTED = "-"

# Of these, none has a meaning inside a path; Arabic letters are percent-encoded.
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


class Links(Protocol):
    """Makes the links of a site in one language; a static site has its own kind."""

    @property
    def policy(self) -> str:
        """What a browser may load for a page, where no server says so; empty where one does."""

    @property
    def language(self) -> Language:
        """The language of the pages that are linked."""

    def in_language(self, language: Language) -> Self:
        """Return the same links in another language."""

    def search(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the search page, or to the answer of *question*."""

    def resolution(
        self, address: str, fragment: str = "", marked: SearchQuestion | None = None
    ) -> str:
        """Return the link to a document, or its paragraph, with what *marked* asks for marked."""

    def unit(self, document: str, address: str, marked: SearchQuestion | None = None) -> str:
        """Return the link to the unit at *address* of a *document*, both as the index has them."""

    def named(self, address: str) -> str:
        """Return the link to what *address* names: a document, or a paragraph of one."""

    def clause(self, text: str = "", order: str = "") -> str:
        """Return the link to the clause page, or to what it has of *text*."""

    def clause_of(self, address: str, order: str = "") -> str:
        """Return the link to the wordings that are like that of the paragraph at *address*."""

    def sessions(self) -> str:
        """Return the link to the page of all organs and their sessions."""

    def session(self, organ: str | None, session: str | None, page: int = 1) -> str:
        """Return the link to a page of the documents of one session (or year) of an organ."""

    def about(self) -> str:
        """Return the link to the page about the query language."""

    def asset(self, name: str) -> str:
        """Return the link to the file *name* that pages need (style, script, icon)."""

    def feed(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the Atom feed of *question*, or of the latest documents."""

    def organ_feed(self, organ: str | None) -> str:
        """Return the link to the feed of *organ*; empty where any question has a feed."""

    def export(self, question: SearchQuestion, form: str) -> str:
        """Return the link to the hits of *question* as ``csv``, ``jsonl`` or ``json``."""

    def suggestions(self) -> str:
        """Return the link that completes what is typed, for scripts."""

    def api(self) -> str:
        """Return the link to the description of the API."""

    def opensearch(self) -> str:
        """Return the link to the OpenSearch description."""

    def shards(self) -> str:
        """Return the link to the index that browsers search; empty where a server does."""

    def documents(self) -> str:
        """Return the link to the folder of the documents, for the hits that a browser finds."""

    @property
    def from_disk(self) -> bool:
        """Whether pages may be opened from a disk, where browsers load no modules."""

    def absolute(self, link: str) -> str:
        """Return *link* with scheme and host."""


@frozen
class ServerLinks:
    """The links of a running server.

    ``base`` is scheme and host (``https://example.org``), ``prefix`` the path of the site.
    """

    assets: Assets
    base: str = ""
    prefix: str = ""
    language: Language = Language.ARABIC

    def in_language(self, language: Language) -> Self:
        """Return the same links in another language."""
        return replace(self, language=language)

    def search(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the search page, or to the answer of *question*."""
        return self._page("/", question.url_query() if question else "")

    def resolution(
        self, address: str, fragment: str = "", marked: SearchQuestion | None = None
    ) -> str:
        """Return the link to a document, or its paragraph, with what *marked* asks for marked."""
        asked = _marking(marked) if marked else ""
        path = f"/r/{quote(address, safe=_SAFE_IN_PATH)}"
        if _changes_in_a_path(address):
            path, asked = "/r/", "&".join(filter(None, (urlencode({"address": address}), asked)))
        return self._page(path, asked) + (f"#{quote(fragment)}" if fragment else "")

    def unit(self, document: str, address: str, marked: SearchQuestion | None = None) -> str:
        """Return the link to the unit at *address* of a *document*, both as the index has them."""
        return self.resolution(document, address[len(document) + 1 :], marked)

    def named(self, address: str) -> str:
        """Return the link to what *address* names; whose ``#`` is whose, the page finds out."""
        if "#" not in address:
            return self.resolution(address)
        return self._page("/r/", urlencode({"address": address}))

    def clause(self, text: str = "", order: str = "") -> str:
        """Return the link to the clause page, or to what it has of *text*."""
        return self._page("/clause", _filled(text=text, order=order))

    def clause_of(self, address: str, order: str = "") -> str:
        """Return the link to the wordings that are like that of the paragraph at *address*."""
        return self._page("/clause", _filled(like=address, order=order))

    def sessions(self) -> str:
        """Return the link to the page of all organs and their sessions."""
        return self._page("/sessions")

    def session(self, organ: str | None, session: str | None, page: int = 1) -> str:
        """Return the link to a page of the documents of one session (or year) of an organ."""
        names = (quote(name or UNSORTED, safe="") for name in (organ, session))
        return self._page(f"/sessions/{'/'.join(names)}", f"page={page}" if page > 1 else "")

    def about(self) -> str:
        """Return the link to the page about the query language."""
        return self._page("/about")

    def asset(self, name: str) -> str:
        """Return the link to the file *name*; it changes when the file does."""
        return f"{self.prefix}/static/{quote(name)}?v={self.assets.version(name)}"

    def feed(self, question: SearchQuestion | None = None) -> str:
        """Return the link to the Atom feed of *question*, or of the latest documents."""
        return self._page("/feed.atom", question.first_page().url_query() if question else "")

    def organ_feed(self, organ: str | None) -> str:
        """Return nothing: a search for what an organ adopted has its feed."""
        return ""

    def export(self, question: SearchQuestion, form: str) -> str:
        """Return the link to the hits of *question* as ``csv``, ``jsonl`` or ``json``."""
        asked = question.parameters()
        if form != "json":
            asked = [*question.first_page().parameters(), ("format", form)]
        if form == "csv":
            asked.append(("byte_order_mark", "true"))  # who follows a link opens it in Excel
        return f"{self.prefix}/api/v1/search?{urlencode(asked)}"

    def suggestions(self) -> str:
        """Return the link that completes what is typed, for scripts."""
        return f"{self.prefix}/api/v1/suggest"

    def api(self) -> str:
        """Return the link to the description of the API."""
        return f"{self.prefix}/api/v1/openapi.json"

    def opensearch(self) -> str:
        """Return the link to the OpenSearch description."""
        return self._page("/opensearch.xml")

    def shards(self) -> str:
        """Return nothing: the server searches."""
        return ""

    def documents(self) -> str:
        """Return nothing: the server links its hits."""
        return ""

    @property
    def policy(self) -> str:
        """Nothing: the headers of every answer say it."""
        return ""

    @property
    def from_disk(self) -> bool:
        """No: pages come from the server."""
        return False

    def absolute(self, link: str) -> str:
        """Return *link* with scheme and host."""
        return f"{self.base}{link}"

    def _page(self, path: str, query: str = "") -> str:
        language = "" if self.language is Language.ARABIC else f"/{self.language}"
        return f"{self.prefix}{language}{path}" + (f"?{query}" if query else "")


def _filled(**parameters: str) -> str:
    """Return the query string of the parameters that hold something."""
    return urlencode({name: value for name, value in parameters.items() if value})


@lru_cache(maxsize=64)
def _marking(question: SearchQuestion) -> str:
    """Return the query string that has the words of *question* marked; a page asks it ten times."""
    return question.wording().url_query()


def _changes_in_a_path(address: str) -> bool:
    """Tell whether a browser or a proxy would shorten *address* on its way through a path."""
    segments = address.split("/")
    return any(segment in ("", ".", "..") for segment in segments) or "\\" in address
