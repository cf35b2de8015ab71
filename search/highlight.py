"""Highlights: what of a text made it a hit, as spans of the author's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fihris.index.analysis import Token
from fihris.index.analysis.analyzer import WordForms
from fihris.search.hits import Had, Span, WordMatch
from fihris.search.plan import Plan, TextTerm, text_terms
from fihris.search.terms import FamilyTerm, Term


def asked_words(plan: Plan, *, partial: bool) -> Callable[[WordForms], bool]:
    """Return what tells whether a word may be marked in the hits of *plan*.

    In *partial* hits any word may be, that is of the family of one that is missing.
    """
    exact: set[str] = set()
    stems: set[str | None] = set()
    families: set[str] = set()
    for term in plan.leaves():
        if isinstance(term, Term):
            exact.update(word for spelling in term.spellings for word in spelling)
            stems.add(term.stem)
            if partial:
                families.update(term.family)
        elif isinstance(term, FamilyTerm):
            families |= term.keys
        else:
            exact.update(term.words)

    def asks(forms: WordForms) -> bool:
        if forms.exact in exact or (forms.stem in stems and not forms.stop):
            return True
        return bool(families) and not families.isdisjoint(forms.family)

    return asks


def match_plan(
    plan: Plan,
    text: str,
    tokens: Sequence[Token],
    context: Callable[[], frozenset[str]],
    *,
    partial: bool,
) -> tuple[tuple[WordMatch, ...], tuple[Span, ...]]:
    """Return how a unit has each word of the query, and the spans that show it.

    *tokens* are those of *text*, at least the ones that are asked for. *context* gives the stems
    that the unit's document and chapeau lend it; it is asked only when the unit lacks a word. Words
    of the same family count, and are marked, in partial hits only.
    """
    matches: list[WordMatch] = []
    marked: list[tuple[int, int]] = []
    for part in plan.required:
        # Of alternatives those count that the unit has; it lacks them when it has none.
        had = []
        for term in text_terms(part):
            match, places = _match(term, text, tokens, context, partial=partial)
            marked += places
            had.append(match)
        found = [match for match in had if match.had is not Had.MISSING]
        matches += found or [WordMatch(part.surface, Had.MISSING)]
    for condition in plan.conditions:
        for term in text_terms(condition):
            match, places = _match(term, text, tokens, frozenset, partial=False)
            if places:
                marked += places
                matches.append(match)
    return tuple(dict.fromkeys(matches)), merge_spans(
        (tokens[first].start, tokens[last - 1].end) for first, last in marked
    )


def _match(
    term: TextTerm,
    text: str,
    tokens: Sequence[Token],
    context: Callable[[], frozenset[str]],
    *,
    partial: bool,
) -> tuple[WordMatch, list[tuple[int, int]]]:
    """Return how a unit has one term, and where."""
    if not isinstance(term, Term):
        places = list(term.spans(tokens, text))
        had = Had.FAMILY if isinstance(term, FamilyTerm) else Had.EXACT
        return WordMatch(term.surface, had if places else Had.MISSING), places
    found = list(term.spans(tokens))
    places = [(first, last) for first, last, _ in found]
    if places:
        had = Had.EXACT if any(exact for _, _, exact in found) else Had.INFLECTED
    elif term.stem in context():
        had = Had.CONTEXT
    elif partial and (places := list(term.family_spans(tokens))):
        had = Had.FAMILY
    else:
        had = Had.MISSING
    return WordMatch(term.surface, had), places


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans* in order, those that overlap as one.

    >>> merge_spans([(5, 9), (0, 3), (8, 12)])
    ((0, 3), (5, 12))
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
