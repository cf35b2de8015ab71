"""The analyzer: a text in, its tokens with all their forms out.

A text is split at white space into chunks. What indexing asks for, whole columns of forms, is put
together by :mod:`fihris.index.analysis.columns`; what questions and marks ask for, tokens with
their places, is found here. What spans several chunks (``730 1``, ``1325 (2000)``) only ever *adds*
readings, so what is remembered of a chunk stays valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from fihris.index.analysis.asked_words import AskedWords
from fihris.index.analysis.families import Families
from fihris.index.analysis.memo import MEMO_SIZE, Memo
from fihris.index.analysis.normalizer import fold, fold_text
from fihris.index.analysis.plain_text import read_plain
from fihris.index.analysis.readings import MONTH_WORDS, Reading, find_readings
from fihris.index.analysis.stemmer import Rule, Stem, Stemmer
from fihris.index.analysis.tables import TABLES, Tables
from fihris.index.analysis.tokens import (
    ATTACHED_CLITICS,
    PARTLY_STOP_CODES,
    STOP_CODES,
    AnalyzedText,
    ChunkFields,
    Token,
    WordForms,
    find_words,
)
from fihris.index.resolution import SourceKind

if TYPE_CHECKING:
    from fihris.index.analysis.columns import Columns

#: Raised by one whenever the same text may give other terms than before.
ANALYZER_VERSION = 1

_CHUNK = re.compile(r"\S+")
_DIGIT = re.compile(r"\d")
_MAY_JOIN = re.compile(r"[0-9]|^[-/()]+$")
_PLAIN_WORD = re.compile("[ء-ي]+")
# Words that may belong to a construct of several chunks: months, and the letters of special
# sessions. A conjunction or preposition may be attached to them.
_JOINING_WORDS = frozenset(
    clitic + word
    for clitic in ("", *ATTACHED_CLITICS)
    for word in MONTH_WORDS | {"د", "دا", "داط", "ا", "ط", "اط"}
)
# Windows of neighbouring chunks that find_readings is asked about, by the codes of the chunks.
_WINDOW = re.compile("[12]{2,}|2")
_NO_WORDS: frozenset[str] = frozenset()


class Analyzer:
    """Turns texts into tokens.

    One analyzer serves any number of texts and threads; it holds no more than a bounded memo.
    """

    def __init__(self, tables: Tables = TABLES) -> None:
        self._stop_words = tables.stop_words
        self._stemmer = Stemmer(tables)
        self._families = Families(self._stemmer, tables)
        self._word_forms = lru_cache(maxsize=MEMO_SIZE)(self._analyze_word)
        self._stem_of = Memo(self._find_stem, MEMO_SIZE).__getitem__
        self._chunk_tokens = lru_cache(maxsize=MEMO_SIZE >> 3)(self._find_chunk_tokens)
        self._chunk_joins = lru_cache(maxsize=MEMO_SIZE >> 3)(self._find_chunk_joins)
        self._readings = lru_cache(maxsize=MEMO_SIZE >> 2)(find_readings)

    @cached_property
    def _columns(self) -> Columns:
        from fihris.index.analysis.columns import Columns  # questions have no columns

        return Columns(self._analyze_chunk)

    def analyze(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> AnalyzedText:
        """Return the forms of *text* as the index stores them."""
        return self._columns.analyze(text, source_kind)

    def tokens(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> list[Token]:
        """Return the tokens of *text* in order, with their places in it.

        They are the very tokens that :meth:`analyze` writes to the index.

        >>> [(t.exact, t.stem) for t in Analyzer().tokens("حقوق الإنسان")]
        [('حقوق', 'حق'), ('الانسان', 'انسان')]
        """
        if _DIGIT.search(text) is None:
            return self.word_tokens(text)  # every second reading has a digit
        tokens: list[Token] = []
        base = 0
        for line in text.split("\n"):
            tokens.extend(self._line_tokens(line, base, len(tokens), source_kind))
            base += len(line) + 1
        return tokens

    def word_tokens(self, text: str) -> list[Token]:
        """Return the tokens of *text* without second readings, which most queries do not ask for.

        They cost far less: a word that was not met before is not even stemmed.
        """
        forms = self._word_forms
        words, places = self.placed_words(text)
        return [
            Token(forms(word), (), position, start, end)
            for position, (word, (start, end)) in enumerate(zip(words, places, strict=True))
        ]

    def placed_words(self, text: str) -> tuple[list[str], list[tuple[int, int]]]:
        """Return the folded words of *text* and, in a list as long, their places in it."""
        plain = read_plain(text)
        if plain is not None:
            found = find_words(plain.letters())
            places = list(plain.spans([match.span() for match in found]))
        else:
            folded = fold(text)
            found = find_words(folded.text)
            places = [folded.span(*match.span()) for match in found]
        return [match[0] for match in found], places

    def asked_words(
        self, exact: frozenset[str], stems: frozenset[str], families: frozenset[str] = _NO_WORDS
    ) -> AskedWords:
        """Return what finds in texts the words that are asked for, by any of their forms."""
        return AskedWords(self._word_forms, self._stemmer, self._families, exact, stems, families)

    def words(self, text: str) -> list[str]:
        """Return the folded words of *text*: its tokens' exact forms, many times faster."""
        plain = read_plain(text)
        return plain.words() if plain is not None else _words(fold_text(text))

    def word_forms(self, word: str) -> WordForms:
        """Return the forms of one word that is folded already."""
        return self._word_forms(word)

    def stems(self, words: Iterable[str]) -> list[str]:
        """Return the stems of folded *words*."""
        return list(map(self._stem_of, words))

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
            for match in find_words(folded.text)
        ]

    def _find_chunk_joins(self, chunk: str) -> str:
        """Return how a chunk joins its neighbours."""
        folded = fold_text(chunk)
        return _joins(chunk, folded, _words(folded))

    def _analyze_word(self, word: str) -> WordForms:
        if word in self._stop_words:
            return WordForms(word, _whole, stop=True)
        if not "ء" <= word[0] <= "ي":
            return WordForms(word, _whole)
        return WordForms(word, self._stemmer.stem, families=self._families)

    def _find_stem(self, word: str) -> str:
        return self._word_forms(word).stem

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


def _whole(word: str) -> Stem:
    return Stem(word, (Rule.WHOLE,))


def _field(terms: list[str]) -> str:
    """Return *terms* with a space behind each."""
    return " ".join(terms) + " " if terms else ""


def _words(folded: str) -> list[str]:
    """Return the words of a folded text, which are the exact forms of its tokens."""
    return [match[0] for match in find_words(folded)]


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
