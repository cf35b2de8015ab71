"""A question as an address has it: one reading of the parameters for pages, API, feeds and exports.

What the parameters are called and may hold stands here and in :mod:`fihris.web.filters`, and
nowhere else; the OpenAPI document is made from the same fields.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Self
from urllib.parse import quote_plus

from pydantic import BeforeValidator, Field

from fihris.search.hits import Grouping, Sort
from fihris.search.query import MAX_QUERY_LENGTH, NO_FILTERS
from fihris.search.query_tree import Strictness
from fihris.web.filters import FilterParameters, Spellings
from fihris.web.parameters import read_digits, read_lower, read_text

#: Hits on a page, and the last one that a page can reach.
LARGEST_PAGE = 100
LAST_HIT = 10_000

PageNumber = Annotated[
    int,
    Field(ge=1, le=LAST_HIT, description="The page, from 1 on."),
    BeforeValidator(read_digits),
]
PageSize = Annotated[
    int,
    Field(ge=1, le=LARGEST_PAGE, description="How many entries a page has at most."),
    BeforeValidator(read_digits),
]


class Level(StrEnum):
    """How a paragraph must have the words of a query.

    ``exact``: each in this very form; ``inflections``: in any form of it; ``roots``: or any word
    of the same root. What stands between quotation marks is exact at every level.
    """

    EXACT = "exact"
    INFLECTIONS = "inflections"
    ROOTS = "roots"


class SearchQuestion(FilterParameters):
    """Everything that is asked of a search, as it stands in an address."""

    q: Annotated[
        str,
        Field(max_length=MAX_QUERY_LENGTH, description="The query, in the query language."),
        BeforeValidator(read_text),
    ] = ""
    level: Annotated[
        Level,
        BeforeValidator(read_lower),
        Field(description="How a paragraph must have the words of the query."),
    ] = Level.INFLECTIONS
    strict: Spellings = ()
    sort: Annotated[
        Sort, BeforeValidator(read_lower), Field(description="The order of the hits.")
    ] = Sort.RELEVANCE
    group: Annotated[
        Grouping,
        BeforeValidator(read_lower),
        Field(description="What is shown once: nothing, an identical wording, or a document."),
    ] = Grouping.WORDING
    page: PageNumber = 1
    per_page: PageSize = 10

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to look for: a query, or a filter alone."""
        return bool(self.q) or self.filters() != NO_FILTERS

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.per_page

    def strictness(self) -> Strictness:
        """Return which differences of spelling count."""
        return Strictness(**dict.fromkeys(self.strict, True))

    def changed(self, **values: Any) -> Self:
        """Return the same question with other *values*; unless one is a page, from page 1 on."""
        return self.model_copy(update={"page": 1, **values})

    def first_page(self) -> Self:
        """Return the question without what only cuts its answer into pages."""
        return self.changed(per_page=type(self).model_fields["per_page"].default)

    def wording(self) -> SearchQuestion:
        """Return only what a paragraph must say: query, level and spelling."""
        return SearchQuestion().changed(q=self.q, level=self.level, strict=self.strict)

    def parameters(self) -> list[tuple[str, str]]:
        """Return names and values of what differs from the defaults, always in the same order."""
        pairs: list[tuple[str, str]] = []
        for name in _ORDER:
            value = getattr(self, name)
            if value == _DEFAULTS[name]:
                continue
            if name == "year":
                pairs.append((name, written_years(*value)))
            elif isinstance(value, tuple):
                pairs += [(name, str(one)) for one in value]
            else:
                pairs.append((name, str(value)))
        return pairs

    def url_query(self) -> str:
        """Return the query string of an address that asks this; reading it gives it back."""
        return "&".join(f"{name}={_quoted(value)}" for name, value in self.parameters())


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """Return *value* as a query string has it; the links of one page repeat what they hold."""
    return quote_plus(value)


# People read addresses: what was typed comes first, the page last. A page has some forty links, so
# what they leave out is looked up once.
_ORDER = "q level strict organ session year kind verb agenda cites sort group per_page page".split()

_DEFAULTS = {name: SearchQuestion.model_fields[name].default for name in _ORDER}


def written_years(first: int, last: int) -> str:
    """Return a range of years as it is written in an address.

    >>> written_years(2021, 2021), written_years(2019, 9999), written_years(0, 2021)
    ('2021', '2019..', '..2021')
    """
    if first == last:
        return str(first)
    return f"{first or ''}..{last if last != 9999 else ''}"
