"""The plan of a query: its tree in the terms of one index, ready to be compiled and to be marked.

Plain words, and alternatives of plain words, are *required*: when few units have them all, units
that lack some follow as partial hits. Everything else is a *condition* and holds for every hit:
phrases, patterns, families, fields, exclusions, words whose spelling counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, Union

from fihris.index.analysis import Analyzer, fold
from fihris.search.fields import Restriction, read_field
from fihris.search.query import MAX_PARTS, Query
from fihris.search.query_tree import (
    AS_TYPED,
    And,
    Field,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Relatives,
    Strictness,
    Words,
)
from fihris.search.terms import (
    FOLDED,
    FamilyTerm,
    PatternTerm,
    PhraseTerm,
    Term,
    phrase_term,
    query_terms,
)

#: Fields of a query that are looked up in titles.
MAX_TITLES = 5
#: Documents that a restriction by title or symbol may stand for.
MAX_DOCUMENTS = 2000


class Expansion(NamedTuple):
    """The words of an index that fit a pattern; ``complete`` unless there were too many."""

    words: frozenset[str]
    complete: bool


class IndexTerms(Protocol):
    """What a plan asks of the index."""

    def fitting(self, pattern: str) -> Expansion:
        """Return the words that fit *pattern*."""

    def bearing(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Return the addresses of the documents that bear any of *symbols*."""

    def titled(self, parts: Sequence[Part], limit: int) -> tuple[str, ...]:
        """Return at most *limit* addresses of documents whose titles have all *parts*."""

    def lends(self, stem: str) -> bool:
        """Tell whether any title or chapeau has *stem*, and lends it to the units below."""


class AllOf(NamedTuple):
    """Parts that must all hold."""

    all_parts: tuple[Part, ...]


class AnyOf(NamedTuple):
    """Parts of which one must hold; ``surface`` is how they were typed, for a person to read."""

    any_parts: tuple[Part, ...]
    surface: str


class NoneOf(NamedTuple):
    """A part that must not hold."""

    excluded: Part


TextTerm = Union[Term, PhraseTerm, PatternTerm, FamilyTerm]  # noqa: UP007
Part = Union[TextTerm, Restriction, AllOf, AnyOf, NoneOf]  # noqa: UP007


class Plan(NamedTuple):
    """What a query asks; ``notices`` tell a person what of it was read in a particular way.

    ``neighbours`` are the stems of words that stand next to each other in the query. ``lent`` are
    the stems of required words that a title or chapeau has: a unit may have those by its context.
    Unless it is ``complete``, something was cut short, and there may be more hits than it finds.
    """

    required: tuple[Term | AnyOf, ...] = ()
    conditions: tuple[Part, ...] = ()
    notices: tuple[str, ...] = ()
    neighbours: tuple[tuple[str, str], ...] = ()
    complete: bool = True
    lent: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The plain words, those in alternatives and conditions among them; none excluded."""
        return tuple(leaf for leaf in self.leaves() if isinstance(leaf, Term))

    @property
    def phrases(self) -> tuple[PhraseTerm, ...]:
        """The phrases, none excluded."""
        return tuple(leaf for leaf in self.leaves() if isinstance(leaf, PhraseTerm))

    @property
    def scores(self) -> bool:
        """Whether anything in the plan ranks one hit above another."""
        return any(True for _ in self.leaves())

    def leaves(self) -> Iterator[TextTerm]:
        """Yield what the text of a hit may have: every term and phrase that is not excluded."""
        for part in (*self.required, *self.conditions):
            yield from text_terms(part)


def text_terms(part: Part) -> Iterator[TextTerm]:
    """Yield the terms and phrases of *part* that are not excluded."""
    if isinstance(part, AllOf):
        for inner in part.all_parts:
            yield from text_terms(inner)
    elif isinstance(part, AnyOf):
        for inner in part.any_parts:
            yield from text_terms(inner)
    elif not isinstance(part, (Restriction, NoneOf)):
        yield part


def plan_query(
    query: Query, analyzer: Analyzer, index: IndexTerms, strictness: Strictness = FOLDED
) -> Plan:
    """Return what *query* asks of *index*, with *strictness* for every word of it."""
    planner = _Planner(analyzer, index, strictness)
    required: list[Term | AnyOf] = []
    stop_words: list[Term] = []
    conditions: list[Part] = []
    for node in query.tree.parts:
        part = None
        if isinstance(node, Words) and strictness == FOLDED:
            found = planner.words(node)
            required += [term for term in found if not term.stop]
            stop_words += [term for term in found if term.stop]
            continue
        part = planner.part(node)
        if isinstance(part, AnyOf) and _may_be_relaxed(part):
            required.append(part)
        elif part is not None:
            conditions.append(part)
    if not required and not any(text_terms_of(conditions)):
        required += stop_words  # nothing but stop words: then they are what is asked for
    asked = _each_once(required)
    stems: set[str | None] = set()
    if len(asked) + len(conditions) > 1:  # what is asked for alone must be the unit's own
        stems.update(term.stem for term in text_terms_of(asked) if isinstance(term, Term))
    return Plan(
        asked,
        tuple(dict.fromkeys(conditions)),
        (*query.notices, *dict.fromkeys(planner.notices)),
        tuple(dict.fromkeys(planner.neighbours)),
        planner.complete,
        frozenset(stem for stem in stems if stem is not None and index.lends(stem)),
    )


def text_terms_of(parts: Sequence[Part]) -> Iterator[TextTerm]:
    """Yield the terms and phrases of all *parts* that are not excluded."""
    for part in parts:
        yield from text_terms(part)


def _each_once(required: Sequence[Term | AnyOf]) -> tuple[Term | AnyOf, ...]:
    """Return *required* without words that are there already, whatever marks they bear."""
    firsts: dict[object, Term | AnyOf] = {}
    for part in required:
        same = part.spellings if isinstance(part, Term) else part._replace(surface="")
        firsts.setdefault(same, part)
    return tuple(firsts.values())


def _may_be_relaxed(part: Part) -> bool:
    """Tell whether *part* is plain words, their relatives, and alternatives of them.

    Relatives alone are no plain words: they are asked for where inflection is too narrow.
    """
    return _is_of_words(part) and any(isinstance(leaf, Term) for leaf in text_terms(part))


def _is_of_words(part: Part) -> bool:
    if isinstance(part, AnyOf):
        return all(map(_is_of_words, part.any_parts))
    if isinstance(part, AllOf):
        return all(map(_is_of_words, part.all_parts))
    return isinstance(part, (Term, FamilyTerm))


class _Planner:
    """Turns nodes into parts, and keeps what is to be said about it."""

    def __init__(self, analyzer: Analyzer, index: IndexTerms, strictness: Strictness) -> None:
        self._analyzer = analyzer
        self._index = index
        self._strictness = strictness
        self.notices: list[str] = []
        self.neighbours: list[tuple[str, str]] = []
        self.complete = True
        self._titles = 0
        self._room = MAX_PARTS

    def _fitting(self, found: list[Term]) -> list[Term]:
        """Return those of the terms *found* for which there is room: one part may hold many."""
        kept = found[: self._room]
        self._room -= len(kept)
        if len(kept) < len(found):
            self.notices.append(f"Used only the first {MAX_PARTS} words of the query.")
        return kept

    def words(self, node: Words) -> list[Term]:
        """Return the terms of plain words that stand together."""
        found = self._fitting(query_terms(node.text, self._analyzer))
        content = [term.stem for term in found if not term.stop]
        self.neighbours += [
            (before, after)
            for before, after in pairwise(content)
            if before is not None and after is not None and before != after
        ]
        return found

    def part(self, node: Node) -> Part | None:
        """Return what *node* asks, None when that is nothing."""
        if isinstance(node, Words):
            return self._all(self._word_parts(node.text))
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, Pattern):
            return self._pattern(node)
        if isinstance(node, Relatives):
            return self._relatives(node)
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Not):
            part = self.part(node.node)
            return None if part is None else NoneOf(part)
        parts = [part for part in map(self.part, _inner(node)) if part is not None]
        if isinstance(node, Or):
            if len(parts) < 2:
                return parts[0] if parts else None
            return AnyOf(tuple(parts), " OR ".join(_surface(part) for part in parts))
        return self._all(parts)

    def _word_parts(self, text: str) -> list[Part]:
        """Return the terms of *text*; where spelling counts, each word in its very form."""
        found = self._fitting(query_terms(text, self._analyzer))
        if self._strictness == FOLDED:
            return [term for term in found if not term.stop] or list(found)
        return [self._typed(term.surface) if _is_single_word(term) else term for term in found]

    def _typed(self, surface: str) -> Part:
        phrase = phrase_term(surface, self._analyzer, strictness=self._strictness)
        assert phrase is not None  # the surface is that of a token
        return phrase

    @staticmethod
    def _all(parts: Sequence[Part]) -> Part | None:
        if len(parts) < 2:
            return parts[0] if parts else None
        return AllOf(tuple(parts))

    def _phrase(self, node: Phrase) -> Part | None:
        strictness = AS_TYPED if node.typed else self._strictness
        phrase = phrase_term(node.text, self._analyzer, node.slop, strictness)
        if phrase is None:
            self.notices.append(f'Ignored "{node.text}": there is no word in it.')
        return phrase

    def _pattern(self, node: Pattern) -> Part:
        expansion = self._index.fitting(node.text)
        if not expansion.complete:
            self.complete = False
            self.notices.append(
                f"More words than {len(expansion.words)} fit {node.text}; only the commonest "
                "are looked for, so there are at least as many hits as counted."
            )
        return PatternTerm(node.text, expansion.words)

    def _relatives(self, node: Relatives) -> Part | None:
        tokens = [token for token in self._analyzer.tokens(node.text) if token.family]
        if not tokens:
            self.notices.append(f"Ignored {node.text}: it has no root.")
            return None
        keys: set[str] = set()
        for token in tokens:
            if node.family:
                keys.update(token.family)
            elif len(token.exact) <= _LONGEST_ROOT:
                keys.add(f"r{token.exact}")
            else:
                keys.update(key for key in token.family if key.startswith("r"))
        return FamilyTerm(node.text, frozenset(keys))

    def _field(self, node: Field) -> Part | None:
        if node.name in ("title", "footnote"):
            return self._text_field(node)
        read = read_field(node.name, node.value)
        if read is None:
            self.notices.append(f"Ignored {node.written}: that is no {node.name}.")
            return None
        if read.field == "symbol":
            documents = self._index.bearing([str(value) for value in read.values])
            return Restriction("doc", documents, read.surface)
        return read

    def _text_field(self, node: Field) -> Part | None:
        """Return what a field of words asks: documents by their titles, or footnotes."""
        parts: list[Part]
        if node.quoted:
            phrase = phrase_term(node.value, self._analyzer)
            parts = [phrase] if phrase is not None else []
        else:
            found = self._fitting(query_terms(node.value, self._analyzer))
            parts = [term for term in found if not term.stop] or list(found)
        if not parts:
            self.notices.append(f"Ignored {node.written}: there is no word in it.")
            return None
        if node.name == "footnote":
            return AllOf((Restriction("kind", ("footnote",), node.written), *parts))
        self._titles += 1
        if self._titles > MAX_TITLES:
            self.notices.append(f"Ignored {node.written}: {MAX_TITLES} titles are the most.")
            return None
        documents = self._index.titled(parts, MAX_DOCUMENTS + 1)
        if len(documents) > MAX_DOCUMENTS:
            self.complete = False
            self.notices.append(
                f"More than {MAX_DOCUMENTS} documents answer {node.written}; only as many are "
                "searched, so there are at least as many hits as counted."
            )
        return Restriction("doc", documents[:MAX_DOCUMENTS], node.written)


#: Roots have three or four letters; a longer word stands for its root.
_LONGEST_ROOT = 4


def _inner(node: Or | And) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, Or) else node.parts


def _is_single_word(term: Term) -> bool:
    """Tell whether *term* is one word of letters, whose spelling can count."""
    return term.forms is not None and not fold(term.surface).text.isdigit()


def _surface(part: Part) -> str:
    """Return *part* as a person would write it."""
    if isinstance(part, AllOf):
        return f"({' '.join(_surface(inner) for inner in part.all_parts)})"
    if isinstance(part, NoneOf):
        return f"-{_surface(part.excluded)}"
    return part.surface
