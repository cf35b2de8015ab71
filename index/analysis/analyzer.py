"""The analyzer: a text in, its tokens with all their forms out.

A text is split at white space into chunks, and the hot path is one bounded memo from a raw chunk
to its finished forms: running text repeats itself so much that nearly every chunk is a hit. What
spans several chunks (``730 1``, ``1325 (2000)``, ``24 مارس 2021``) only ever *adds* readings to the
``alias`` field, so the memo stays valid, and a window of neighbouring chunks is looked at only
where one of them bears a digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from sys import intern
from typing import NamedTuple

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
from fihris.index.analysis.stop_pairs import stop_pairs
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
# How a chunk joins its neighbours: not at all ("0"), perhaps ("1"), or it has readings by itself
# ("2"). The codes of a chunk without any word, or whose only word is a stop word, are "a", "b", "c"
# in their stead, and "x", "y", "z" where a stop word is one of several.
_STOP_CODES = str.maketrans("012", "abc")
_PARTLY_STOP_CODES = str.maketrans("012", "xyz")
# What find_readings is asked about, and where two stop words may be neighbours.
_WINDOW = re.compile("[12bcyz]{2,}|[2cz]")
_STOP_WINDOW = re.compile("[abcxyz]{2,}|[xyz]")


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


class AnalyzedText(NamedTuple):
    """The forms of a text's tokens, each joined by spaces, ready for the fields of their names.

    ``exact`` holds every token. ``stem`` and ``family`` leave stop words out, which makes lengths
    comparable and words that only a preposition parts neighbours. ``pairs`` holds each two
    neighbouring stop words (:func:`~fihris.index.analysis.stop_pairs.stop_pairs`).
    """

    exact: str
    stem: str
    family: str
    alias: str
    pairs: str


# What a chunk gives to the fields exact, stem and family, each term with a space behind it, and
# how the chunk joins its neighbours. Plain tuples: the garbage collector stops visiting them.
_ChunkFields = tuple[str, str, str, str]


class _Memo(dict[str, _ChunkFields]):
    """A bounded memo of a function: twice as fast as ``lru_cache`` over a large vocabulary.

    When half of what it may hold is new, the older half goes, but for what was met meanwhile.
    """

    def __init__(self, function: Callable[[str], _ChunkFields]) -> None:
        super().__init__()
        self._function = function
        self._older: dict[str, _ChunkFields | None] = {}

    def __missing__(self, chunk: str) -> _ChunkFields:
        if len(self) >= _MEMO_SIZE >> 1:
            self._older = dict(self)
            self.clear()
        made = self[chunk] = self._older.pop(chunk, None) or self._function(chunk)
        return made


_NOTHING = AnalyzedText("", "", "", "", "")


class Analyzer:
    """Turns texts into tokens.

    One analyzer serves any number of texts and threads; it holds no more than a bounded memo.
    """

    def __init__(self, tables: Tables = TABLES) -> None:
        self._stop_words = tables.stop_words
        self._stemmer = Stemmer(tables)
        self._families = Families(self._stemmer, tables)
        self._word_forms = lru_cache(maxsize=_MEMO_SIZE)(self._analyze_word)
        self._fields_of = _Memo(self._analyze_chunk).__getitem__
        self._chunk_tokens = lru_cache(maxsize=_MEMO_SIZE >> 3)(self._find_chunk_tokens)
        self._chunk_joins = lru_cache(maxsize=_MEMO_SIZE >> 3)(self._find_chunk_joins)
        self._readings = lru_cache(maxsize=_MEMO_SIZE >> 2)(find_readings)

    def analyze(self, text: str, source_kind: SourceKind = SourceKind.TEXT) -> AnalyzedText:
        """Return the forms of *text* as the index stores them."""
        chunks = text.split()
        if not chunks:
            return _NOTHING
        # One pass over the memo, and whole columns after it: whatever is done per chunk in Python
        # shows in the cost of indexing.
        exact, stem, family, joins = zip(*map(self._fields_of, chunks), strict=True)
        codes = "".join(joins)
        alias = ""
        if _WINDOW.search(codes):
            alias = " ".join(self._alias_terms(text, chunks, codes, source_kind))
        pairs = [
            pair
            for window in _STOP_WINDOW.finditer(codes)
            for pair in stop_pairs("".join(exact[slice(*window.span())]).split())
        ]
        return AnalyzedText(
            "".join(exact)[:-1],
            "".join(stem)[:-1],
            "".join(family)[:-1],
            alias,
            " ".join(pairs),
        )

    def _alias_terms(
        self, text: str, chunks: list[str], codes: str, source_kind: SourceKind
    ) -> Iterator[str]:
        """Yield the second readings in *text*; none runs over the end of a line."""
        at = 0
        for line in text.split("\n"):
            end = at + len(line.split())
            for window in _WINDOW.finditer(codes, at, end):
                for reading in self._readings(" ".join(chunks[slice(*window.span())]), source_kind):
                    yield from reading.terms
            at = end

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

    def _analyze_chunk(self, chunk: str) -> _ChunkFields:
        folded = fold_text(chunk)
        if _PLAIN_WORD.fullmatch(folded):
            words = [folded]
            joins = "1" if folded in _JOINING_WORDS else "0"
        else:
            words = _words(folded)
            joins = _joins(chunk, folded, words)
        content = [forms for forms in map(self._word_forms, words) if not forms.stop]
        if len(content) < len(words) or not words:
            joins = joins.translate(_STOP_CODES if len(words) < 2 else _PARTLY_STOP_CODES)
        return (
            _field(words),
            _field([forms.stem for forms in content]),
            _field([term for forms in content for term in forms.family]),
            joins,
        )


def _field(terms: list[str]) -> str:
    """Return *terms* with a space behind each.

    Equal fields of different chunks are one string, which spares memory and the processor's cache.
    """
    return intern(" ".join(terms) + " ") if terms else ""


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
