"""The words of an index: how often each stands in it, and how its texts write it.

The index keeps folded words only. A word that is offered to a person is looked up in a few of the
texts that have it, and shown in the spelling of most of them, without vowel marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fihris.index.analysis import Analyzer, fold, fold_characters
from fihris.index.analysis.normalizer import fold_text
from fihris.index.analysis.tables import TABLES
from fihris.index.folder import damage_named

if TYPE_CHECKING:
    import tantivy

    from fihris.index.reader import IndexReader

#: Texts that are read to learn the spelling of a word.
_SAMPLE = 5

#: What may be written together with the word behind it: article and clitics, also two at once.
PREFIXES = (*TABLES.articles, "وب", "ول", "فب", "فل", "و", *TABLES.clitics)

_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words of one state of an index. Words are folded, unless they are said to be typed."""

    def __init__(self, reader: IndexReader, searcher: tantivy.Searcher, analyzer: Analyzer) -> None:
        self._reader = reader
        self._searcher = searcher
        self._analyzer = analyzer

    def frequency(self, word: str) -> int:
        """Return in how many units *word* stands in this very form.

        Units that were deleted count until the index is merged.
        """
        return self._searcher.doc_freq("exact", word)

    def reach(self, word: str) -> int:
        """Return in how many units *word* stands in any inflection."""
        forms = self._analyzer.word_forms(word)
        if forms.stop:
            return self.frequency(word)
        return max(self.frequency(word), self._searcher.doc_freq("stem", forms.stem))

    def holds(self, typed: str) -> bool:
        """Tell whether there is a word in *typed*, and each stands in the index."""
        tokens = self._analyzer.tokens(typed)
        return bool(tokens) and all(token.stop or self.reach(token.exact) for token in tokens)

    def beginning_with(
        self, prefix: str, limit: int, within: tantivy.Query | None = None
    ) -> list[tuple[str, int]]:
        """Return the words that begin with *prefix* and their frequencies, the most frequent first.

        With *within*, only units that answer it are counted.
        """
        with damage_named(self._reader.folder):
            return self._searcher.terms_with_prefix("exact", prefix, within, limit)

    def similar_to(self, word: str, distance: int, texts: int) -> set[str]:
        """Return words of up to *texts* units that hold a word *distance* edits from *word*.

        They are the words of these units that are about as long as *word* and made of about the
        same letters; which of them are near enough is for the caller to see.
        """
        import tantivy

        near = tantivy.Query.fuzzy_term_query(self._reader.schema, "exact", word, distance)
        with damage_named(self._reader.folder):
            places = [place for _, place in self._searcher.search(near, texts, count=False).hits]
        letters = set(word)
        found: set[str] = set()
        for place in places:
            text = self._reader.unit(self._searcher, place).paragraph.text
            found.update(_WORD.findall(fold_text(text)))
        return {
            other
            for other in found
            if abs(len(other) - len(word)) <= distance
            and len(letters.difference(other)) <= distance
            and len(set(other) - letters) <= distance
        }

    def as_written(self, word: str) -> str:
        """Return *word* as most of a few texts write it, without vowel marks and tatweel."""
        import tantivy

        bearing = tantivy.Query.term_query(self._reader.schema, "exact", word)
        with damage_named(self._reader.folder):
            places = [
                place for _, place in self._searcher.search(bearing, _SAMPLE, count=False).hits
            ]
        texts = (self._reader.unit(self._searcher, place).paragraph.text for place in places)
        spellings = Counter(_spellings(word, texts))
        return spellings.most_common(1)[0][0] if spellings else word


def _spellings(word: str, texts: Iterable[str]) -> Iterable[str]:
    """Yield how each of *texts* first writes *word*."""
    standing = re.compile(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])")
    for text in texts:
        folded = fold(text)
        found = standing.search(folded.text)
        if found:
            start, end = folded.span(*found.span())
            yield fold_characters(text[start:end]).text
