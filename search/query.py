"""The query language: from what a person typed to a tree. docs/query-language.md describes it.

Reading a query never fails. What cannot be used is read as plain words where that makes sense, and
is otherwise left out with a notice. Words that stand side by side must all be had; ``OR`` (``أو``)
joins its direct neighbours before that; ``-`` and ``NOT`` belong to what follows them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fihris.index.frozen import frozen
from fihris.search.query_tree import And, Words

#: Code points of a query that are read; a long paragraph has some two thousand.
MAX_QUERY_LENGTH = 10_000
#: Words, phrases and fields of a query that are read. Each costs the index a few milliseconds at
#: worst, and an answer has to come within about a second.
MAX_PARTS = 300

# What most people type: Arabic letters and digits, in words with single spaces among them.
_PLAIN = frozenset(map(chr, (*range(0x30, 0x3A), *range(0x621, 0x63B), *range(0x641, 0x64B))))
_OR_WORDS = frozenset(("او", "أو", "إو", "آو"))
_YEARS = r"(?P<only>\d{1,4})|(?P<first>\d{1,4})?\s*\.\.\s*(?P<last>\d{1,4})?"


@frozen
class Filters:
    """What hits are restricted to; an empty filter restricts nothing.

    Within one filter any value will do; all filters must hold. ``year`` is an inclusive range.
    ``cites`` are canonical symbols, of which a unit cites one; ``verb`` and ``agenda`` are values
    of these fields as the index has them.
    """

    organ: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[int, int] | None = None
    cites: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


#: What restricts nothing.
NO_FILTERS = Filters()


class Query(NamedTuple):
    """A query as typed, the tree it was read as, and what a person should know about that."""

    text: str
    tree: And
    notices: tuple[str, ...] = ()

    @property
    def only_words(self) -> bool:
        """Whether the query is plain words, as a symbol typed alone is."""
        parts = self.tree.parts
        return len(parts) == 1 and parts[0] == Words(" ".join(self.text.split()))


def read_years(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of ``2021``, ``2019..2021``, ``2019..`` or ``..2021``.

    The order in which two years are written is no matter, and neither is the set of digits. None
    when *text* is no year.

    >>> read_years("٢٠١٩..2021"), read_years("2019.."), read_years("now")
    ((2019, 2021), (2019, 9999), None)
    """
    years = re.fullmatch(_YEARS, text.strip())
    if years is None or not any(years.groups()):
        return None
    if years["only"]:
        return int(years["only"]), int(years["only"])
    first, last = int(years["first"] or 0), int(years["last"] or 9999)
    return min(first, last), max(first, last)


def _is_plain(text: str) -> bool:
    """Tell whether *text* holds nothing but words: no sign, no operator, and not too many."""
    words = text.split(" ")
    return (
        len(text) < 2 * MAX_PARTS
        and all(words)
        and _PLAIN.issuperset("".join(words))
        and _OR_WORDS.isdisjoint(words)
    )


def parse_query(text: str) -> Query:
    """Read *text* as a query.

    >>> parse_query('حقوق المرأة أو الطفل').tree.parts
    (Words(text='حقوق'), Or(nodes=(Words(text='المرأة'), Words(text='الطفل'))))
    >>> parse_query('- من هو "').tree.parts
    (Words(text='- من هو "'),)
    """
    if _is_plain(text):
        return Query(text, And((Words(text),)))
    from fihris.search.query_parser import parse_tree  # few people type what needs it

    return Query(text, *parse_tree(text))
