"""Help when little is found: what a query may have been meant to be, and what less would find.

Nothing is proposed that the index does not answer: each correction is asked before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.frozen import frozen
from fihris.search.keyboard import arabic_meant, latin_meant
from fihris.search.levels import Level, levels
from fihris.search.misspelling import Candidate, candidates
from fihris.search.query import NO_FILTERS, Filters
from fihris.search.searcher import search, shared_analyzer
from fihris.search.typed import LONGEST_QUERY, FreeWord, Span, TypedQuery
from fihris.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from fihris.index.reader import IndexReader


#: A word that stands in no more units than this may be the misspelling of a frequent one,
_RARE = 2
#: if that one is so many times as frequent, and so near.
_MUCH_MORE_FREQUENT = 50
_NEAR = 0.7

#: Words of one query that are compared with those of the index, which takes some milliseconds.
_MOST_DOUBTED_WORDS = 4
_OPTIONS_PER_WORD = 3
_MOST_TRIALS = 6
_KEYS_AMONG_LETTERS = re.compile(r"[A-Za-z][\[\];'`,./]|[\[\];'`,./][A-Za-z]")
# Shorter words, and what is no word, turn up by chance where Arabic was misspelled.
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}(?:['-][A-Za-z]+)*")


class Cause(StrEnum):
    """What went wrong: a word was misspelled, or the keyboard was switched to the other layout."""

    SPELLING = "spelling"
    KEYBOARD = "keyboard"


@frozen
class Correction:
    """A query that may have been meant, and how many units it finds.

    ``total`` units have every word of it; ``partial_total`` have some, where that was looked for.
    """

    query: str
    total: int
    partial_total: int
    cause: Cause


@frozen
class Suggestions:
    """Corrections of a query, likeliest first, and what it finds when it is taken less strictly."""

    query: str
    corrections: tuple[Correction, ...]
    levels: tuple[Level, ...]


def suggest(
    reader: IndexReader, query: str, *, filters: Filters = NO_FILTERS, limit: int = 3
) -> Suggestions:
    """Return what may help when *query* finds too little; at most *limit* corrections.

    A word is corrected when the index has it in no form, or hardly ever and a very similar one all
    the time. Fields, operators, numbers and words that are left out stay as they are. A text of
    more than 400 characters gets no suggestions.
    """
    if len(query) > LONGEST_QUERY:
        return Suggestions(query, (), ())
    corrections = _Corrections(reader, query, filters).best(limit)
    return Suggestions(query, corrections, levels(reader, query, filters=filters))


class _Answer(NamedTuple):
    """How many units a query finds; compared in this order."""

    total: int
    partial_total: int


class _Corrections:
    """The corrections of one query to one state of the index."""

    def __init__(self, reader: IndexReader, query: str, filters: Filters) -> None:
        self._reader = reader
        self._filters = filters
        self._analyzer = shared_analyzer()
        self._searcher = reader.searcher()
        self._vocabulary = Vocabulary(reader, self._searcher, self._analyzer)
        self._typed = TypedQuery(query)

    def best(self, limit: int) -> tuple[Correction, ...]:
        """Return those that find more than the query itself."""
        before = self._answer(self._typed.text)
        found: dict[str, Correction] = {}
        for text, cause in self._proposals():
            if len(found) >= limit:
                break
            if text == self._typed.text or text in found:
                continue
            answer = self._answer(text)
            if answer > before:
                found[text] = Correction(text, *answer, cause)
        # One that finds a unit with all its words makes those pointless that find some of them.
        whole = [correction for correction in found.values() if correction.total]
        return tuple(whole or found.values())

    def _answer(self, text: str) -> _Answer:
        page = search(self._reader, text, limit=0, filters=self._filters)
        return _Answer(page.total or len(page.documents), page.partial_total or 0)

    def _proposals(self) -> Iterator[tuple[str, Cause]]:
        symbol = self._symbol_in_other_layout()
        if symbol is not None:
            yield symbol, Cause.KEYBOARD
        typed = self._typed
        other_layout = dict(self._in_other_layout())
        if other_layout:
            typed = TypedQuery(typed.with_replaced(other_layout))
            yield typed.text, Cause.KEYBOARD
        for text in self._respelled(typed):
            yield text, Cause.SPELLING

    def _symbol_in_other_layout(self) -> str | None:
        """Return the symbol that the whole query is in Latin letters, if the index knows it."""
        from fihris.index.parser import canonical_symbol

        for reading in latin_meant(self._typed.text.strip()):
            symbol = canonical_symbol(reading)
            if symbol is not None and any(
                self._searcher.doc_freq(field, symbol) for field in ("symbol", "cites")
            ):
                return symbol
        return None

    def _in_other_layout(self) -> Iterator[tuple[Span, str]]:
        """Yield the pieces that make no sense as they are and do in the other layout."""
        for piece in self._typed.pieces:
            # Keys of Arabic letters that write punctuation make words of single letters: l,h]
            if self._vocabulary.holds(piece.text) and not _KEYS_AMONG_LETTERS.search(piece.text):
                continue
            readings = [word for word in latin_meant(piece.text) if _LATIN_WORD.fullmatch(word)]
            for reading in [*arabic_meant(piece.text), *readings]:
                if self._vocabulary.holds(reading):
                    yield (piece.start, piece.end), self._as_written(reading)
                    break

    def _as_written(self, typed: str) -> str:
        """Return a word as the texts write it; several, or a form they lack, stay as typed."""
        tokens = self._analyzer.tokens(typed)
        if len(tokens) == 1 and self._vocabulary.frequency(tokens[0].exact):
            return self._vocabulary.as_written(tokens[0].exact)
        return typed

    def _respelled(self, typed: TypedQuery) -> Iterator[str]:
        """Yield *typed* with its suspicious words corrected, likeliest first."""
        slots = dict(self._options(list(typed.free_words(self._analyzer))))
        if not slots:
            return
        best = {span: options[0] for span, options in slots.items()}
        yield typed.with_replaced(best)
        trials = [
            (rank, span, option)
            for span, options in slots.items()
            for rank, option in enumerate(options[1:])
        ]
        for _, span, option in sorted(trials)[:_MOST_TRIALS]:
            yield typed.with_replaced(best | {span: option})

    def _options(self, words: list[FreeWord]) -> Iterator[tuple[Span, list[str]]]:
        """Yield each suspicious word, or two that are one, with what may be written there."""
        doubted = 0
        at = 0
        while at < len(words) and doubted < _MOST_DOUBTED_WORDS:
            word, after = words[at], words[at + 1] if at + 1 < len(words) else None
            at += 1
            reach = self._vocabulary.reach(word.exact)
            if after is not None and self._one_word(word, after):
                joined = self._vocabulary.as_written(word.exact + after.exact)
                yield (word.start, after.end), [joined]
                at += 1
                continue
            if word.stop or reach > _RARE:
                continue
            doubted += 1
            found = candidates(word.exact, self._vocabulary, _OPTIONS_PER_WORD)
            if reach:
                found = [
                    other
                    for other in found
                    if other.cost <= _NEAR and other.frequency >= _MUCH_MORE_FREQUENT * reach
                ]
            if found:
                yield (word.start, word.end), [self._written(other) for other in found]

    def _one_word(self, word: FreeWord, after: FreeWord) -> bool:
        """Tell whether two words are one that a space was typed into."""
        blank = self._typed.text[word.end : after.start]
        known = self._vocabulary.reach(word.exact) and self._vocabulary.reach(after.exact)
        return (
            not known
            and (not blank or blank.isspace())
            and bool(self._vocabulary.frequency(word.exact + after.exact))
        )

    def _written(self, candidate: Candidate) -> str:
        words = candidate.word.split(" ")
        return candidate.prefix + " ".join(map(self._vocabulary.as_written, words))
