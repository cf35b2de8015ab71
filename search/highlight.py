"""Highlights: what of a text made it a hit, as spans of the author's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.asked_words import AskedWords, read_folded
from fihris.index.analysis.normalizer import Folded
from fihris.index.analysis.plain_text import PlainText
from fihris.index.resolution import SourceKind
from fihris.search.hits import Had, Span, WordMatch
from fihris.search.plan import Plan, TextTerm, text_terms, text_terms_of
from fihris.search.terms import FamilyTerm, Term

#: Titles and chapeaux that are remembered while hits are marked.
_TEXTS = 256


class Marker:
    """Tells how texts have each word of a plan, and the spans that show it.

    One serves all hits of a list: what they have in common is worked out once. Words of the same
    family count, and are marked, in *partial* hits only.
    """

    def __init__(self, plan: Plan, analyzer: Analyzer, *, partial: bool) -> None:
        self._analyzer = analyzer
        self._partial = partial
        # Of alternatives those count that a unit has; it lacks them when it has none.
        self._required = [(part.surface, tuple(text_terms(part))) for part in plan.required]
        self._conditions = tuple(text_terms_of(plan.conditions))
        # Second readings take in several words, so they are told from all the tokens of a text.
        self._reads = any(term.readings for term in plan.terms)
        self._asked = _asked_words(plan, analyzer)
        self._relatives: dict[Term, AskedWords] = {}
        # The hits of one document share its title.
        self._lent = lru_cache(_TEXTS)(self._stems_of)

    def match(
        self, text: str, source_kind: SourceKind, context: Callable[[], Sequence[str]]
    ) -> tuple[tuple[WordMatch, ...], tuple[Span, ...]]:
        """Return how a unit has each word of the query, and the spans that show it.

        *context* gives the texts that lend the unit their words, its title and chapeaux; it is
        asked only when the unit lacks a word.
        """
        folded = read_folded(text)
        if self._reads:
            tokens = self._analyzer.tokens(text, source_kind)
        else:
            tokens = self._asked.tokens(folded)
        matches: dict[WordMatch, None] = {}  # each once, in order
        marked: list[Span] = []
        for surface, terms in self._required:
            lacks_all = True
            for term in terms:
                had, spans = self._had(term, folded, tokens, context)
                marked += spans
                if had is not Had.MISSING:
                    matches[WordMatch(term.surface, had)] = None
                    lacks_all = False
            if lacks_all:
                matches[WordMatch(surface, Had.MISSING)] = None
        for term in self._conditions:
            had, spans = _own(term, text, tokens)
            if spans:
                marked += spans
                matches[WordMatch(term.surface, had)] = None
        return tuple(matches), merge_spans(marked)

    def _had(
        self,
        term: TextTerm,
        folded: PlainText | Folded,
        tokens: Sequence[Token],
        context: Callable[[], Sequence[str]],
    ) -> tuple[Had, list[Span]]:
        """Return how a unit has one term, and where."""
        had, spans = _own(term, folded.original, tokens)
        if spans or not isinstance(term, Term):
            return had, spans
        if term.stem is not None and any(term.stem in self._lent(above) for above in context()):
            return Had.CONTEXT, []
        spans = self._of_family(term, folded) if self._partial and term.family else []
        return Had.FAMILY if spans else Had.MISSING, spans

    def _stems_of(self, text: str) -> frozenset[str]:
        """Return the stems of *text* that the plan asks for."""
        return frozenset(
            token.stem for token in self._asked.tokens(read_folded(text)) if not token.stop
        )

    def _of_family(self, term: Term, text: PlainText | Folded) -> list[Span]:
        """Return where *text* has words of the same family."""
        relatives = self._relatives.get(term)
        if relatives is None:
            families = frozenset(term.family)
            relatives = self._analyzer.asked_words(frozenset(), frozenset(), families)
            self._relatives[term] = relatives
        return [(token.start, token.end) for token in relatives.tokens(text)]


def _asked_words(plan: Plan, analyzer: Analyzer) -> AskedWords:
    """Return what finds the words that may be marked in the hits of *plan*."""
    exact: set[str] = set()
    stems: set[str] = set()
    families: set[str] = set()
    for term in plan.leaves():
        if isinstance(term, Term):
            exact.update(word for spelling in term.spellings for word in spelling)
            if term.stem is not None:
                stems.add(term.stem)
        elif isinstance(term, FamilyTerm):
            families |= term.keys
        else:
            exact.update(term.words)
    return analyzer.asked_words(frozenset(exact), frozenset(stems), frozenset(families))


def _own(term: TextTerm, text: str, tokens: Sequence[Token]) -> tuple[Had, list[Span]]:
    """Return how a text itself has one term, by inflection at most, and where."""
    had = Had.FAMILY if isinstance(term, FamilyTerm) else Had.EXACT
    if isinstance(term, Term):
        found = list(term.spans(tokens))
        places = [(first, last) for first, last, _ in found]
        if not any(exact for _, _, exact in found):
            had = Had.INFLECTED
    else:
        places = list(term.spans(tokens, text))
    if not places:
        return Had.MISSING, []
    return had, [(tokens[first].start, tokens[last - 1].end) for first, last in places]


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
