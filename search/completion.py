"""Completion of what is being typed into a search box: words, titles and symbols of the index.

A word is completed in whatever form its texts have it: ``حقو`` also finds what only stands there as
الحقوق or بحقوق. Words that already stand before it are heeded: only texts that have them count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from fihris.index.analysis import fold, fold_characters
from fihris.index.analysis.stemmer import Rule
from fihris.index.analysis.tables import TABLES
from fihris.index.characters import whole_characters
from fihris.index.folder import damage_named
from fihris.index.frozen import frozen
from fihris.index.resolution import ParagraphKind
from fihris.search.ranking import count
from fihris.search.searcher import shared_analyzer
from fihris.search.terms import Term, query_terms
from fihris.search.typed import LONGEST_QUERY, TypedQuery
from fihris.search.vocabulary import PREFIXES, Vocabulary

if TYPE_CHECKING:
    import tantivy

    from fihris.index.reader import IndexReader

#: From so many letters on, a word is also looked for behind an article and clitics.
_SHORTEST_CORE = 2
#: Longer beginnings are of no word.
_LONGEST_WORD = 40
#: How many words are looked at for each that is shown: stop words fall out, forms fall together.
_ASKED_PER_SHOWN = 6
#: With fewer letters no title is looked for: too many begin so.
_SHORTEST_TITLE = 3
_TITLES_READ = 60
_MOST_TITLES = 3

# What opens a quotation or a group, or leaves a word out, is no part of the word.
_LAST_WORD = re.compile(r"(?:(?<=\s)|^)[-\"'«“(]*(?P<word>\S+)$")
_ATTACHED = frozenset({Rule.ARTICLE, Rule.CLITIC})


class CompletionKind(StrEnum):
    """What was completed: the last word, or all of the text to a title or a symbol."""

    WORD = "word"
    TITLE = "title"
    SYMBOL = "symbol"


@frozen
class Completion:
    """A text that what was typed may become, and in how many units that stands.

    ``count`` of a word is that of its forms with and without article and clitics together, among
    the units that have the words before it; a unit with two forms counts twice. That of a title or
    a symbol is the number of documents called so.
    """

    text: str
    kind: CompletionKind
    count: int


def complete(reader: IndexReader, text: str, limit: int = 10) -> tuple[Completion, ...]:
    """Return what *text* may become: symbols, then words, then a few titles.

    At most *limit*. Nothing is completed where nothing was typed, in a text of more than 400
    characters, or after a blank, except to a title. A word is shown as most of its texts spell it,
    without vowel marks; stop words are left out.
    """
    if len(text) > LONGEST_QUERY or not text.strip():
        return ()
    completer = _Completer(reader, whole_characters(text).lstrip(), limit)
    titles = completer.titles()[: min(_MOST_TITLES, limit)]
    found = completer.symbols() or completer.words()
    shown = [*found[: limit - len(titles)], *titles]
    return tuple({completion.text: completion for completion in shown}.values())


class _Completer:
    """One text that is being typed, and one state of the index."""

    def __init__(self, reader: IndexReader, text: str, limit: int) -> None:
        self._reader = reader
        self._searcher = reader.searcher()
        self._analyzer = shared_analyzer()
        self._vocabulary = Vocabulary(reader, self._searcher, self._analyzer)
        self._text = text
        self._limit = limit

    def words(self) -> list[Completion]:
        """Return the completions of the last word, the most frequent first."""
        typed = _LAST_WORD.search(self._text)
        if typed is None:
            return []
        before, begun = self._text[: typed.start("word")], fold(typed["word"]).text
        if len(begun) > _LONGEST_WORD or not begun.isalpha():
            return []
        earlier = query_terms(TypedQuery(before).plain, self._analyzer)
        forms = self._forms(begun, self._having(earlier)) or self._forms(begun, None)
        if not forms:  # the texts may have it only without the article that was typed
            begun = _without_article(begun)
            forms = self._forms(begun, None)
        words = [
            (_most_frequent(begun + ending, known), sum(known.values()))
            for ending, known in forms.items()
        ]
        behind = self._behind(earlier)
        words.sort(key=lambda one: (-behind(one[0]), -one[1], one[0]))
        return [
            Completion(before + self._vocabulary.as_written(word), CompletionKind.WORD, count)
            for word, count in words[: self._limit]
        ]

    def _having(self, terms: Sequence[Term]) -> tantivy.Query | None:
        """Return the query for units that have *terms* in any form; None without terms."""
        from tantivy import Occur, Query

        stems = dict.fromkeys(term.stem for term in terms if term.stem is not None)
        having = [Query.term_query(self._reader.schema, "stem", stem) for stem in stems]
        return Query.boolean_query([(Occur.Must, query) for query in having]) if having else None

    def _behind(self, terms: Sequence[Term]) -> Callable[[str], int]:
        """Return what tells in how many units a word stands right behind the last of *terms*."""
        if not terms:
            return lambda word: 0
        from tantivy import Query

        last = terms[-1].spellings[0][-1]

        def units(word: str) -> int:
            phrase = Query.phrase_query(self._reader.schema, "exact", [last, word])
            return count(self._searcher, phrase)

        return units

    def _forms(self, begun: str, within: tantivy.Query | None) -> dict[str, dict[str, int]]:
        """Return what may follow *begun*, and for each such ending the words that end in it.

        A word begins with *begun*, or has it behind an article or clitics. Each comes with its
        frequency.
        """
        asked = _ASKED_PER_SHOWN * self._limit
        forms: dict[str, dict[str, int]] = {}
        prefixes: tuple[str, ...] = ()
        if len(begun) >= _SHORTEST_CORE:
            # Behind an article there is no other; clitics may stand before both.
            articles = TABLES.articles if begun.startswith("ال") else ()
            prefixes = tuple(prefix for prefix in PREFIXES if prefix not in articles)
        for prefix in ("", *prefixes):
            beginning = prefix + begun
            for word, frequency in self._vocabulary.beginning_with(beginning, asked, within):
                known = self._analyzer.word_forms(word)
                if known.stop or (prefix and _ATTACHED.isdisjoint(known.rules)):
                    continue  # in وقف the first letter is no conjunction
                forms.setdefault(word[len(beginning) :], {})[word] = frequency
        return forms

    def symbols(self) -> list[Completion]:
        """Return the symbols that begin as the whole text does, in the order of their numbers."""
        key = "".join(fold_characters(self._text).text.split())
        if not any(char.isdigit() or char == "/" for char in key):
            return []
        asked = _ASKED_PER_SHOWN * self._limit
        with damage_named(self._reader.folder):
            found = {
                symbol: count
                for spelling in dict.fromkeys((key, key.upper()))
                for symbol, count in self._searcher.terms_with_prefix(
                    "symbol", spelling, None, asked
                )
            }
        ordered = sorted(found, key=lambda symbol: (len(symbol), symbol))
        return [
            Completion(symbol, CompletionKind.SYMBOL, found[symbol])
            for symbol in ordered[: self._limit]
        ]

    def titles(self) -> list[Completion]:
        """Return titles that begin as the whole text does, those with fewest words first."""
        begun = [token.exact for token in self._analyzer.tokens(self._text)]
        if len("".join(begun)) < _SHORTEST_TITLE:
            return []
        bearing = self._titles_with(begun)
        if bearing is None:
            return []
        with damage_named(self._reader.folder):
            hits = self._searcher.search(bearing, _TITLES_READ, count=False).hits
        read = [self._reader.unit(self._searcher, place).paragraph.text for _, place in hits]
        counts = Counter(" ".join(title.split()) for title in read if self._begins(title, begun))
        return [Completion(title, CompletionKind.TITLE, counts[title]) for title in counts]

    def _titles_with(self, begun: list[str]) -> tantivy.Query | None:
        """Return the query for titles that have the words *begun* anywhere; None when none has."""
        from tantivy import Occur, Query

        schema = self._reader.schema
        title = Query.term_query(schema, "kind", ParagraphKind.TITLE.value)
        *before, last = begun
        known = self._vocabulary.beginning_with(last, self._limit, title)
        if not known:
            return None
        bearing = [
            Query.phrase_query(schema, "exact", [*before, word])
            if before
            else Query.term_query(schema, "exact", word)
            for word, _ in known
        ]
        words = Query.boolean_query([(Occur.Should, query) for query in bearing])
        return Query.boolean_query(
            [(Occur.Must, Query.const_score_query(title, 0.0)), (Occur.Must, words)]
        )

    def _begins(self, title: str, begun: list[str]) -> bool:
        words = [token.exact for token in self._analyzer.tokens(title)][: len(begun)]
        return (
            len(words) == len(begun)
            and words[:-1] == begun[:-1]
            and words[-1].startswith(begun[-1])
        )


def _without_article(word: str) -> str:
    """Return *word* without what may be an article and the clitics before it."""
    for article in TABLES.articles:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_CORE:
            return word[len(article) :]
    return word


def _most_frequent(word: str, frequencies: Mapping[str, int]) -> str:
    """Return *word* if it is one of the forms, else the one that is met most."""
    if word in frequencies:
        return word
    return max(frequencies, key=lambda form: (frequencies[form], form))
