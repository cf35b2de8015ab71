"""What stands round every page, and how a page becomes HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from fihris.index.frozen import frozen
from fihris.web.links import Language, Links
from fihris.web.texts import Texts, isolate, texts_in

if TYPE_CHECKING:
    from fihris.web.questions import SearchQuestion

_FOLDER = Path(__file__).parents[1] / "templates"

#: Makes the link to one page from the links of either language.
Here = Callable[[Links], str]


@frozen
class Frame:
    """What the head, the menu and the foot of a page say.

    ``here`` is the link that names the page, ``twin`` the same page in the other language, both
    absolute where the site knows its own address; ``twin`` is empty where there is none.
    ``section`` is the entry of the menu that the page belongs to. ``indexed`` tells whether search
    engines should list it. ``scripts`` are the modules that make it handier. ``feed`` is what can
    be followed from here, with its name.
    """

    links: Links
    texts: Texts
    title: str
    description: str
    here: str
    twin: str
    section: str
    indexed: bool
    scripts: tuple[str, ...]
    feed: str
    feed_title: str

    @property
    def stands_alone(self) -> bool:
        """Whether ``here`` and ``twin`` lead to the page from anywhere."""
        return "://" in self.here

    @property
    def language(self) -> str:
        """The language of the interface."""
        return self.links.language.value

    @property
    def direction(self) -> str:
        """The direction of its script."""
        return "rtl" if self.links.language is Language.ARABIC else "ltr"

    @property
    def other(self) -> Links:
        """The links of the site in the other language."""
        return self.links.in_language(other_language(self.links.language))

    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Return every language that the page has, with its link; Arabic is what strangers get."""
        links = {self.language: self.here}
        if self.twin:
            links[self.other.language.value] = self.twin
        strangers = links.get(Language.ARABIC.value, self.here)
        return (*sorted(links.items()), ("x-default", strangers))


def make_frame(
    links: Links,
    *,
    title: str,
    here: Here,
    section: str,
    description: str = "",
    indexed: bool = True,
    scripts: tuple[str, ...] = (),
    followed: SearchQuestion | None = None,
) -> Frame:
    """Return the frame of the page that *here* leads to; *followed* is what its feed tells of."""
    texts = texts_in(links.language)
    twin = links.in_language(other_language(links.language))
    return Frame(
        links=links,
        texts=texts,
        title=title,
        description=description or texts.say("site.description"),
        here=links.absolute(here(links)),
        twin=links.absolute(here(twin)),
        section=section,
        indexed=indexed,
        scripts=("shortcuts.js", *(("completion.js",) if links.suggestions() else ()), *scripts),
        feed=links.feed(followed),
        feed_title=texts.say("search.feed" if followed else "site.feed"),
    )


def other_language(language: Language) -> Language:
    """Return the language that *language* is not."""
    return Language.ENGLISH if language is Language.ARABIC else Language.ARABIC


def render(template: str, frame: Frame, view: object) -> str:
    """Return the HTML of the page *view* inside *frame*.

    Everything is escaped that is not :class:`~markupsafe.Markup` already.
    """
    return _template(f"{template}.html").render(
        frame=frame, texts=frame.texts, links=frame.links, view=view
    )


@lru_cache(maxsize=64)
def _template(name: str) -> Template:
    """Return a template, compiled once; there are fewer than the cache has room for."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,  # a name that is not there is a mistake, not an empty word
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolate"] = isolate
    return environment
