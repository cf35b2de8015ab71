"""The words that repairs are checked against: those of the specimens and of the analysis' tables.

They are few, some thousands, so a word also counts as known when its stem is that of a known one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fihris.index.analysis import fold_characters, fold_letters
from fihris.index.analysis.stemmer import Stemmer
from fihris.index.analysis.tables import TABLES
from fihris.index.sources.encoding import decode
from fihris.index.specimens import specimens_folder

#: A run of Arabic letters with the marks on them.
WORD = re.compile("[\u0621-\u064a\u064b-\u0652\u0670]+")

_MARKS = re.compile("[\u064b-\u0652\u0670]")
# Longest first does not matter here: any that leaves a known word will do.
_PREFIXES = (*TABLES.articles, *"وفبلك", "ول", "وب")
_WITH_ARTICLE = 6  # letters; the article of a shorter word may be its own letters
_LEAST_STEM = 3  # letters; shorter stems belong to too many words


class Vocabulary:
    """Tells known words from unknown ones, in any of their spellings."""

    def __init__(self, words: frozenset[str], spellings: frozenset[str] = frozenset()) -> None:
        self._stemmer = Stemmer()
        self._words = words
        self._spellings = spellings
        self._stems = frozenset(self._stemmer.stem(word).text for word in words)

    def has(self, word: str) -> bool:
        """Tell whether *word* is known, the article and what is written before it aside."""
        return self._has(_folded(word))

    def _has(self, folded: str) -> bool:
        if folded in self._words:
            return True
        rests = (folded.removeprefix(start) for start in _PREFIXES if folded.startswith(start))
        return any(len(rest) >= _LEAST_STEM and rest in self._words for rest in rests)

    def has_spelling(self, word: str) -> bool:
        """Tell whether the specimens write *word* in just these letters, marks not counted."""
        return _MARKS.sub("", word) in self._spellings

    def knows(self, word: str) -> bool:
        """Tell whether *word*, or another form of it, is known."""
        folded = _folded(word)
        if self._has(folded):
            return True
        stem = self._stemmer.stem(folded).text
        return len(stem) >= _LEAST_STEM and stem in self._stems


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary; it is read when the first damage is met."""
    spellings: set[str] = set()
    for path in specimens_folder().glob("*.txt"):
        spellings.update(WORD.findall(fold_characters(decode(path.read_bytes()).text).text))
    words = set(map(fold_letters, spellings))
    words.update(word.removeprefix("ال") for word in tuple(words) if len(word) >= _WITH_ARTICLE)
    for table in (TABLES.radical, TABLES.kept, TABLES.whole, TABLES.names, TABLES.stop_words):
        words.update(table)
    for lemmas in (TABLES.nouns, TABLES.verbs, TABLES.roots):
        words.update(lemmas)
    words.update(lemma for lemmas in (TABLES.nouns, TABLES.verbs) for lemma in lemmas.values())
    words.update(
        part for names in TABLES.months.values() for name in names for part in name.split()
    )
    return Vocabulary(frozenset(words), frozenset(spellings))


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold_letters(fold_characters(word).text)
