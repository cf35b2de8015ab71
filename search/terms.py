"""Terms: the words of a query as the index knows them, and what it is for a text to have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fihris.index.analysis import Analyzer, Token
from fihris.index.analysis.readings import month_reading
from fihris.index.analysis.tokens import WordForms
from fihris.search.query_tree import Strictness
from fihris.search.strict_spelling import same_spelling

#: The strictness of a search that folds all it can.
FOLDED = Strictness()


class Term(NamedTuple):
    """One word of a query, or a number, date or symbol that is written with several.

    A text has it by any of: its ``stem`` (None where nothing inflects), one of the ``spellings``
    (each a run of neighbouring exact forms), one of the ``readings`` (alias terms). Its ``family``
    counts in partial hits only. ``forms`` are those of a single word.
    """

    surface: str
    spellings: tuple[tuple[str, ...], ...]
    readings: tuple[str, ...]
    forms: WordForms | None = None

    @property
    def stem(self) -> str | None:
        """The stem of a single word that may inflect."""
        return None if self.forms is None or self.forms.stop else self.forms.stem

    @property
    def family(self) -> tuple[str, ...]:
        """The family keys of a single word."""
        return () if self.forms is None else self.forms.family

    @property
    def stop(self) -> bool:
        """Whether this is a stop word."""
        return self.forms is not None and self.forms.stop

    def spans(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
        """Yield first and last token index, end exclusive, of each place where *tokens* have it.

        The third value tells whether it stands there in the very form of the query. Of the tokens
        of a text those may be left out that nobody asks for.
        """
        single = {spelling[0] for spelling in self.spellings if len(spelling) == 1}
        longer = [spelling for spelling in self.spellings if len(spelling) > 1]
        readings = frozenset(self.readings)
        stem = self.stem
        for at, token in enumerate(tokens):
            forms = token.forms
            if forms.exact in single or (token.alias and not readings.isdisjoint(token.alias)):
                yield at, at + 1, True
            elif forms.stem == stem and not forms.stop:
                yield at, at + 1, False
            for spelling in longer:
                if _stands_at(spelling, tokens, at):
                    yield at, at + len(spelling), True


class PhraseTerm(NamedTuple):
    """Words in their very forms: next to each other and in this order, or near each other.

    ``slop`` is how many other words may stand among them, in any order; None asks for neighbours.
    ``written`` are the words as typed, and ``strictness`` tells what of their spelling counts.
    """

    surface: str
    words: tuple[str, ...]
    slop: int | None = None
    written: tuple[str, ...] = ()
    strictness: Strictness = FOLDED

    def spans(self, tokens: Sequence[Token], text: str = "") -> Iterator[tuple[int, int]]:
        """Yield the places where *tokens*, which are those of *text*, have the phrase."""
        if self.slop is not None and len(self.words) > 1:
            yield from self._near(tokens, text)
            return
        for at in range(len(tokens) - len(self.words) + 1):
            if _stands_at(self.words, tokens, at) and all(
                self._agrees(ahead, tokens[at + ahead], text) for ahead in range(len(self.words))
            ):
                yield at, at + len(self.words)

    def _agrees(self, place: int, token: Token, text: str) -> bool:
        """Tell whether *token* is spelled as the word at *place* was typed, where that counts."""
        return self.strictness == FOLDED or same_spelling(
            self.written[place], text[token.start : token.end], self.strictness
        )

    def _near(self, tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
        """Yield each word of every narrowest passage that holds all words of the phrase."""
        wanted = set(self.words)
        hits = [
            (token.position, place)
            for token in tokens
            if token.exact in wanted
            for place, word in enumerate(self.words)
            if word == token.exact and self._agrees(place, token, text)
        ]
        numbers = {token.position: at for at, token in enumerate(tokens)}
        for first, _ in near_places(hits, len(self.words), self.slop or 0):
            yield numbers[first], numbers[first] + 1


#: For each phrase that had to be looked for in texts, the keys of the units that have it.
Verified = Mapping[PhraseTerm, frozenset[int]]


class Verification(NamedTuple):
    """The keys of the units that have each phrase; ``complete`` unless time ran out."""

    keys: Verified
    complete: bool


class PatternTerm(NamedTuple):
    """Words that fit a pattern: all those of the index, or the commonest of them."""

    surface: str
    words: frozenset[str]

    def spans(self, tokens: Sequence[Token], text: str = "") -> Iterator[tuple[int, int]]:
        """Yield the places of words that fit."""
        for at, token in enumerate(tokens):
            if token.exact in self.words:
                yield at, at + 1


class FamilyTerm(NamedTuple):
    """Words that share a root, or any of several family keys."""

    surface: str
    keys: frozenset[str]

    def spans(self, tokens: Sequence[Token], text: str = "") -> Iterator[tuple[int, int]]:
        """Yield the places of words of the family."""
        for at, token in enumerate(tokens):
            if not self.keys.isdisjoint(token.family):
                yield at, at + 1


def near_places(
    hits: Sequence[tuple[int, int]], wanted: int, slop: int
) -> Iterator[tuple[int, int]]:
    """Yield the places of words that stand near each other.

    *hits* are the places in a text at which words of the phrase stand, each with the word's
    number, in order. All *wanted* words must stand, each at a place of its own, with at most
    *slop* other places among them.

    >>> list(near_places([(0, 0), (4, 1), (5, 0)], 2, 0))
    [(4, 5), (5, 6)]
    """
    found: set[int] = set()
    reach = wanted + slop
    first = 0
    for last, (at, _) in enumerate(hits):
        while hits[first][0] <= at - reach:
            first += 1
        window = hits[first : last + 1]
        if len(window) >= wanted and len({word for _, word in window}) == wanted:
            places = {place for place, _ in window}
            if len(places) >= wanted:
                found |= places
    for at in sorted(found):
        yield at, at + 1


def _stands_at(spelling: tuple[str, ...], tokens: Sequence[Token], at: int) -> bool:
    first = tokens[at]
    if first.exact != spelling[0] or at + len(spelling) > len(tokens):
        return False
    return all(
        token.exact == word and token.position == first.position + ahead
        for ahead, (word, token) in enumerate(
            zip(spelling, tokens[at : at + len(spelling)], strict=True)
        )
    )


def phrase_term(
    text: str, analyzer: Analyzer, slop: int | None = None, strictness: Strictness = FOLDED
) -> PhraseTerm | None:
    """Return the phrase that *text* is, None when there is no word in it."""
    tokens = analyzer.word_tokens(text)
    if not tokens:
        return None
    return PhraseTerm(
        text.strip(),
        tuple(token.exact for token in tokens),
        slop,
        tuple(text[token.start : token.end] for token in tokens) if strictness != FOLDED else (),
        strictness,
    )


def query_terms(text: str, analyzer: Analyzer) -> list[Term]:
    """Return the terms of words that stand together in a query, stop words among them.

    >>> [term.surface for term in query_terms("القرار 1325 (2000) بشأن المرأة", Analyzer())]
    ['القرار', '1325 (2000)', 'بشأن', 'المرأة']
    """
    return [_term(text, group) for group in _groups(text, analyzer.tokens(text))]


def _groups(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens that make one term each: mostly one, several for numbers and symbols."""
    group: list[Token] = []
    for token in tokens:
        if group and not _belong_together(text, group[-1], token):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _belong_together(text: str, before: Token, after: Token) -> bool:
    """Tell whether two neighbours are one term: by a reading that covers both, or by a number
    that nothing but punctuation joins to the other ("46/28"), or by the name of a month.
    """
    if before.alias and not set(before.alias).isdisjoint(after.alias):
        return True
    if month_reading(f"{before.exact} {after.exact}"):
        return True
    between = text[before.end : after.start]
    if between == " ":
        return False
    joined = bool(between) and not any(char.isspace() for char in between)
    return joined and (before.exact.isdigit() or after.exact.isdigit())


def _term(text: str, group: list[Token]) -> Term:
    surface = text[group[0].start : group[-1].end]
    if surface.count("(") > surface.count(")") and text[group[-1].end :].startswith(")"):
        surface += ")"
    spelling = tuple([token.exact for token in group])
    spellings = [spelling]
    readings = [reading for token in group for reading in token.alias]
    month = month_reading(" ".join(spelling))
    if month:
        readings.append(month)
    for reading in readings:
        if reading.startswith("=") and (reading[1:],) not in spellings:
            spellings.append((reading[1:],))  # "1 730" is also found as 1730
    single = group[0] if len(group) == 1 else None
    if single is not None and single.exact.isdigit():
        readings.append(f"={single.exact}")
    return Term(
        surface,
        tuple(spellings),
        tuple(dict.fromkeys(readings)),
        single.forms if single is not None else None,
    )
