"""The analyzer: a text in, its tokens with all their forms out.

A text is split at white space into chunks. What indexing asks for, whole columns of forms, is put
together by :mod:`fihris.index.analysis.columns`; what questions and marks ask for, tokens with
their places, is found here. What spans several chunks (``730 1``, ``1325 (2000)``) only ever *adds*
readings, so what is remembered of a chunk stays valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from fihris.index.analysis.columns import (
    PARTLY_STOP_CODES,
    STOP_CODES,
    AnalyzedText,
    ChunkFields,
    Columns,
)
from fihris.index.analysis.families import Families
from fihris.index.analysis.normalizer import (
    VowelMarks,
    fold,
    fold_letters,
    fold_text,
    is_plain,
    without_vowel_marks,
)
from fihris.index.analysis.readings import MONTH_WORDS, Reading, find_readings
from fihris.index.analysis.stemmer import Rule, Stemmer
from fihris.index.analysis.tables import TABLES, Tables
from fihris.index.resolution import SourceKind

#: Raised by one whenever the same text may give other terms than before.
ANALYZER_VERSION = 1

# Chunks, or words, that are remembered at most.
_MEMO_SIZE = 1 << 18
_CHUNK = re.compile(r"\S+")
# A word is a run of letters or a run of digits: "1971م" is two, so that 1971 finds it.
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
# "و5/2": a conjunction or preposition that is written together with a number is no token.
_ATTACHED_CLITICS = frozenset("وفبلك")
_MAY_JOIN = re.compile(r"[0-9]|^[-/()]+$")
_PLAIN_WORD = re.compile("[ء-ي]+")
# Words that may belong to a construct of several chunks: months, and the letters of special
# sessions. A conjunction or preposition may be attached to them.
_JOINING_WORDS = frozenset(
    clitic + word
    for clitic in ("", *_ATTACHED_CLITICS)
    for word in MONTH_WORDS | {"د", "دا", "داط", "ا", "ط", "اط"}
)
# Windows of neighbouring chunks that find_readings is asked about, by the codes of the chunks.
_WINDOW = re.compile("[12]{2,}|2")


class WordForms:
    """What the analyzer knows of one folded word.

    The family is worked out when it is first asked for: marking the words of a query in a page of
    hits needs the stem of every word, and the family of hardly any.
    """

    __slots__ = ("_families", "_family", "exact", "rules", "stem", "stop")

    def __init__(
        self,
        exact: str,
        stem: str,
        rules: tuple[Rule, ...],
        *,
        stop: bool = False,
        families: Families | None = None,
    ) -> None:
        self.exact = exact
        self.stem = stem
        self.rules = rules
        self.stop = stop
        self._families = families
        self._family: tuple[str, ...] | None = None

    @property
    def family(self) -> tuple[str, ...]:
        """The keys of the word's family; a stop word, a number or a Latin word has none."""
        if self._family is None:
            families = self._families
            self._family = () if families is None else families.keys(self.exact, self.stem)
        return self._family


class Token(NamedTuple):
    """A word, a number or a part of a symbol, with the forms that it can be found by.

    ``start`` and ``end`` are code points into the original text, end exclusive. ``family`` and
    ``alias`` may be empty. ``rules`` tell what made the stem.
    """

    forms: WordForms
    alias: tuple[str, ...]
    position: int
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The folded spelling."""
        return self.forms.exact

    @property
    def stem(self) -> str:
        """The word without clitics and inflection."""
        return self.forms.stem

    @property
    def family(self) -> tuple[str, ...]:
        """The keys of the word's family."""
        return self.forms.family

    @property
    def stop(self) -> bool:
        """Whether this is a stop word."""
        return self.forms.stop

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that made the stem, in the order in which they applied."""
        return self.forms.rules


class Analyzer:
    """Turns texts into tokens.

    One analyzer serves any number of texts and threads; it holds no more than a bounded memo.
    """

    def __init__(self, tables: Tables = TABLES) -> None:
        self._stop_words = tables.stop_words
        self._stemmer = Stemmer(tables)
        self._families = Families(self._stemmer, tables)
        self._word_forms = lru_cache(maxsize=_MEMO_SIZE)(self._analyze_word)
        self._columns = Columns(self._analyze_chunk)
        self._chunk_tokens = lru_cache(maxsize=_MEMO_SIZE >> 3)(self._find_chunk_tokens)
        self._chunk_joins = lru_cache(maxsize=_MEMO_SIZE >> 3)(self._find_chunk_joins)
        self._readings = lru_cache(maxsize=_MEMO_SIZE >> 2)(find_readings)

    def analyze(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> AnalyzedText:
        """Return the forms of *text* as the index stores them."""
        return self._columns.analyze(text, source_kind)

    def tokens(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> list[Token]:
        """Return the tokens of *text* in order, with their places in it.

        They are the very tokens that :meth:`analyze` writes to the index.

        >>> [(t.exact, t.stem) for t in Analyzer().tokens("حقوق الإنسان")]
        [('حقوق', 'حق'), ('الانسان', 'انسان')]
        """
        tokens: list[Token] = []
        base = 0
        for line in text.split("\n"):
            tokens.extend(self._line_tokens(line, base, len(tokens), source_kind))
            base += len(line) + 1
        return tokens

    def word_tokens(self, text: str) -> list[Token]:
        """Return the tokens of *text* without second readings, which most queries do not ask for.

        A process that answers one question need not compile the patterns of readings for it.
        """
        tokens: list[Token] = []
        for match in _CHUNK.finditer(text):
            at = match.start()
            for forms, start, end in self._chunk_tokens(match[0]):
                tokens.append(Token(forms, (), len(tokens), at + start, at + end))
        return tokens

    def tokens_asked(self, text: str, asks: Callable[[WordForms], bool]) -> list[Token]:
        """Return those of :meth:`word_tokens` whose forms are *asked* for.

        A hit is shown with a few of its words marked. Each of the others is looked at once, and
        where it stands is never worked out; ``position`` tells which tokens are neighbours.
        """
        bare = without_vowel_marks(text)
        if not is_plain(bare):
            return list(self._chunk_tokens_asked(text, asks))
        folded = fold_letters(bare)
        span = VowelMarks(text).span
        known = map(self._word_forms, set(_WORD.findall(folded)))
        asked = {forms.exact: forms for forms in known if asks(forms)}
        tokens: list[Token] = []
        attached = 0
        for position, match in enumerate(_WORD.finditer(folded)):
            word = match[0]
            if word in _ATTACHED_CLITICS and _is_attached_clitic(folded, match):
                attached += 1
            elif word in asked:
                tokens.append(Token(asked[word], (), position - attached, *span(*match.span())))
        return tokens

    def _chunk_tokens_asked(self, text: str, asks: Callable[[WordForms], bool]) -> Iterator[Token]:
        """Yield the tokens that are asked for of a text whose places folding may move."""
        told: dict[WordForms, bool] = {}
        position = 0
        for match in _CHUNK.finditer(text):
            for forms, start, end in self._chunk_tokens(match[0]):
                asked = told.get(forms)
                if asked is None:
                    asked = told[forms] = asks(forms)
                if asked:
                    at = match.start()
                    yield Token(forms, (), position, at + start, at + end)
                position += 1

    def words(self, text: str) -> list[str]:
        """Return the folded words of *text*: its tokens' exact forms, several times faster."""
        return _words(fold_text(text))

    def word_forms(self, word: str) -> WordForms:
        """Return the forms of one word that is folded already."""
        return self._word_forms(word)

    def prefix_length(self, word: str) -> int:
        """Return how many letters of a folded *word* are the article and its like."""
        return 0 if word in TABLES.stop_words else self._stemmer.prefix_length(word)

    def _line_tokens(
        self, line: str, base: int, position: int, source_kind: SourceKind
    ) -> Iterator[Token]:
        matches = list(_CHUNK.finditer(line))
        joins = "".join([self._chunk_joins(match[0]) for match in matches])
        aliases: dict[int, list[tuple[int, int, tuple[str, ...]]]] = {}
        for window in _WINDOW.finditer(joins):
            chunks = matches[slice(*window.span())]
            for reading in self._readings(" ".join(match[0] for match in chunks), source_kind):
                for chunk, start, end in _spread(reading, chunks):
                    aliases.setdefault(chunk, []).append((start, end, reading.terms))
        for match in matches:
            marked = aliases.get(match.start(), ())
            at = base + match.start()
            for forms, start, end in self._chunk_tokens(match[0]):
                terms = tuple(
                    term
                    for first, last, terms in marked
                    if first <= start and end <= last
                    for term in terms
                )
                yield Token(forms, terms, position, at + start, at + end)
                position += 1

    def _find_chunk_tokens(self, chunk: str) -> list[tuple[WordForms, int, int]]:
        """Return the tokens of a chunk with their places in it."""
        folded = fold(chunk)
        return [
            (self._word_forms(match[0]), *folded.span(*match.span()))
            for match in _WORD.finditer(folded.text)
            if not _is_attached_clitic(folded.text, match)
        ]

    def _find_chunk_joins(self, chunk: str) -> str:
        """Return how a chunk joins its neighbours."""
        folded = fold_text(chunk)
        return _joins(chunk, folded, _words(folded))

    def _analyze_word(self, word: str) -> WordForms:
        if word in self._stop_words:
            return WordForms(word, word, (Rule.WHOLE,), stop=True)
        if not "ء" <= word[0] <= "ي":
            return WordForms(word, word, (Rule.WHOLE,))
        stem = self._stemmer.stem(word)
        return WordForms(word, stem.text, stem.rules, families=self._families)

    def _analyze_chunk(self, chunk: str) -> ChunkFields:
        folded = fold_text(chunk)
        if _PLAIN_WORD.fullmatch(folded):
            words = [folded]
            joins = "1" if folded in _JOINING_WORDS else "0"
        else:
            words = _words(folded)
            joins = _joins(chunk, folded, words)
        content = [forms for forms in map(self._word_forms, words) if not forms.stop]
        if len(content) < len(words) or not words:
            joins = joins.translate(STOP_CODES if len(words) < 2 else PARTLY_STOP_CODES)
        return ChunkFields(
            _field(words),
            _field([forms.stem for forms in content]),
            _field([term for forms in content for term in forms.family]),
            joins,
        )


def _field(terms: list[str]) -> str:
    """Return *terms* with a space behind each."""
    return " ".join(terms) + " " if terms else ""


def _words(folded: str) -> list[str]:
    """Return the words of a folded chunk, which is the hot half of finding its tokens."""
    return [match[0] for match in _WORD.finditer(folded) if not _is_attached_clitic(folded, match)]


def _is_attached_clitic(folded: str, match: re.Match[str]) -> bool:
    """Tell whether a match is the conjunction or preposition of a number ("و5/2")."""
    return (
        match[0] in _ATTACHED_CLITICS
        and folded[match.end() : match.end() + 1].isdigit()
        and not folded[: match.start()][-1:].isalnum()
    )


def _joins(chunk: str, folded: str, words: list[str]) -> str:
    """Return the code by which windows of chunks are found; see ``_WINDOW``."""
    if _MAY_JOIN.search(folded):
        return "2" if find_readings(chunk) else "1"
    return "0" if _JOINING_WORDS.isdisjoint(words) else "1"


def _spread(reading: Reading, chunks: list[re.Match[str]]) -> Iterator[tuple[int, int, int]]:
    """Yield, for each chunk of a window that a reading covers, its start and the part covered.

    The window was the chunks joined by single spaces.
    """
    at = 0
    for chunk in chunks:
        length = len(chunk[0])
        start, end = max(reading.start - at, 0), min(reading.end - at, length)
        if start < end:
            yield chunk.start(), start, end
        at += length + 1
