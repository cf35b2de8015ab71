"""The query tree: what a query was read as, before any index is asked.

The nodes are tuples, so a tree costs little to make and never changes. :mod:`fihris.search.query`
reads a text into it, :mod:`fihris.search.plan` turns it into the terms of an index.
"""

from __future__ import annotations

from typing import NamedTuple, Union


class Strictness(NamedTuple):
    """Which differences of spelling count, that folding otherwise hides.

    ``marks``: vowel marks, where the query bears some; ``hamza``: أ إ آ are not ا; ``teh``: ة is
    not ه; ``yeh``: ى is not ي. A word that is compared so is looked for in the very form that was
    typed, for no rule tells how an inflected form would be spelled.
    """

    marks: bool = False
    hamza: bool = False
    teh: bool = False
    yeh: bool = False


#: Every letter as typed, and every vowel mark that was typed.
AS_TYPED = Strictness(marks=True, hamza=True, teh=True, yeh=True)


class Words(NamedTuple):
    """Words that stand together; a date or a number such as ``1325 (2000)`` takes several."""

    text: str


class Phrase(NamedTuple):
    """Words in their very forms.

    Without ``slop`` they are neighbours in this order. With it they may stand in any order, with
    at most so many other words among them. ``typed`` asks for the spelling as it was typed.
    """

    text: str
    slop: int | None = None
    typed: bool = False


class Pattern(NamedTuple):
    """A word in which each ``*`` stands for any letters, or none."""

    text: str


class Relatives(NamedTuple):
    """Words of one root, or with ``family`` also those that share a word's consonants."""

    text: str
    family: bool = False


class Field(NamedTuple):
    """A restriction by what is known of a unit or its document.

    ``name`` is the English one, ``written`` is the whole as typed. A ``quoted`` value is one
    phrase where the field holds words.
    """

    name: str
    value: str
    written: str
    quoted: bool = False


class Not(NamedTuple):
    """What must not be."""

    node: Node


class Or(NamedTuple):
    """Alternatives, any of which will do."""

    nodes: tuple[Node, ...]


class And(NamedTuple):
    """Parts that must all hold; without parts it asks for nothing."""

    parts: tuple[Node, ...]


# A string would not do: the classes above need the name at run time only in annotations.
Node = Union[Words, Phrase, Pattern, Relatives, Field, Not, Or, And]  # noqa: UP007
