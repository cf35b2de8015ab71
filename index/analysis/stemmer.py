"""The light stemmer: a folded word in, the word without clitics and inflection out.

It extends the light stemmers of the Larkey family ("Improving Stemming for Arabic Information
Retrieval", SIGIR 2002) where they were seen to fail. A letter is taken away only when the tables do
not say that it belongs to the word: ``radical`` lists the stems that begin like a clitic or the
article (وزير, برنامج, التزام), ``kept`` those that end like a suffix (قانون, إنسان, ضمان). What
rules cannot know stands in the tables as well: broken plurals and the forms of verbs.

The stem is a key for matching, not a word for reading: حماية gives ``حماي``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fihris.index.analysis.tables import TABLES, Tables

#: A stem keeps at least so many letters when the article goes, a clitic, an ending.
_LEFT_BY_ARTICLE = 2
_LEFT_BY_CLITIC = 3
_LEFT_BY_WAW = 3
_LEFT_BY_PRONOUN = 3
_LEFT_BY_ENDING = 2

_SEATS = str.maketrans("ؤئ", "ءء")


class Rule(StrEnum):
    """What made a stem, for people who ask why two words meet."""

    WHOLE = "whole"
    RADICAL = "radical"
    ARTICLE = "article"
    CLITIC = "clitic"
    PRONOUN = "pronoun"
    ENDING = "ending"
    KEPT = "kept"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem and the rules that made it, in the order in which they applied."""

    text: str
    rules: tuple[Rule, ...]


class Stemmer:
    """Stems folded words by the rules of a set of tables."""

    def __init__(self, tables: Tables = TABLES) -> None:
        self._articles = tables.articles
        self._clitics = frozenset(tables.clitics)
        self._may_be_prefixed = frozenset(tables.clitics) | {a[0] for a in tables.articles}
        self._pronouns = tables.pronouns
        self._endings = tables.endings
        self._kept = tables.kept
        self._whole = tables.whole
        self._radical = frozenset(self._without_endings(word)[0] for word in tables.radical)
        self._table: dict[str, str] = {}
        for lemma, forms in tables.lemmas:
            target = self._strip(lemma)[0]
            for form in forms:
                self._table.setdefault(self._strip(form)[0], target)
        # A lemma that is itself another lemma's form would make the outcome depend on the order.
        for form, lemma in list(self._table.items()):
            self._table[form] = self._table.get(lemma, lemma)

    def stem(self, word: str) -> Stem:
        """Return the stem of a folded *word*.

        >>> Stemmer().stem("والحقوق").text == Stemmer().stem("حقوقهم").text
        True
        """
        stripped, rules = self._strip(word)
        found = self._table.get(stripped)
        if found is not None and found != stripped:
            return Stem(found.translate(_SEATS), (*rules, Rule.TABLE))
        return Stem(stripped.translate(_SEATS), rules)

    def _strip(self, word: str) -> tuple[str, tuple[Rule, ...]]:
        """Return *word* without its clitics and endings, before the tables of forms."""
        if len(word) <= 2 or word in self._whole:
            return word, (Rule.WHOLE,)
        if word[0] not in self._may_be_prefixed:
            return self._without_endings(word)
        stem, rules = self._without_endings(word)
        if stem in self._radical:
            return stem, (Rule.RADICAL, *rules)
        bare = self._without_article(word)
        if bare != word:
            prefix: tuple[Rule, ...] = (Rule.ARTICLE,)
        elif word[0] == "و" and len(word) > _LEFT_BY_WAW:
            # Waw goes from any longer word: "and" is by far its commonest reading there.
            bare = word[1:]
            prefix = (Rule.CLITIC,)
            if bare not in self._whole and bare[0] in self._clitics and self._begins_with_clitic(bare):
                bare = bare[1:]
        elif word[0] in self._clitics and len(stem) > _LEFT_BY_CLITIC:
            bare = word[1:]
            prefix = (Rule.CLITIC,)
        else:
            return stem, rules
        if bare in self._whole:
            return bare, (*prefix, Rule.WHOLE)
        stem, rules = self._without_endings(bare)
        return stem, prefix + rules

    def _without_article(self, word: str) -> str:
        """Return *word* without the article and what is written together with it."""
        if not word.startswith(self._articles):
            return word
        for article in self._articles:
            if not word.startswith(article) or len(word) - len(article) < _LEFT_BY_ARTICLE:
                continue
            bare = word[len(article) :]
            if article.endswith("ال") and self._begins_with_article_letters("ال" + bare):
                return "ال" + bare  # بالتزام: the word itself begins with ال
            return bare
        return word

    def _begins_with_article_letters(self, word: str) -> bool:
        """Tell whether the ال at the start of *word* belongs to it, as in التزام and ألمانيا."""
        return word in self._whole or self._without_endings(word)[0] in self._radical

    def _begins_with_clitic(self, word: str) -> bool:
        """Tell whether the first letter of *word*, one of the clitics, is not its own."""
        stem = self._without_endings(word)[0]
        return len(stem) > _LEFT_BY_CLITIC and stem not in self._radical

    def _without_endings(self, word: str) -> tuple[str, tuple[Rule, ...]]:
        """Return *word* without an attached pronoun and without the endings of its form."""
        kept = self._kept
        rules: tuple[Rule, ...] = ()
        if word in kept:
            return word, (Rule.KEPT,)
        if word.endswith(self._pronouns):
            shorter = self._without_pronoun(word)
            if shorter != word:
                word = shorter
                rules = (Rule.PRONOUN,)
                if word in kept:
                    return word, (Rule.PRONOUN, Rule.KEPT)
        if not word.endswith(self._endings):
            return word, rules
        for ending in self._endings:
            if word.endswith(ending) and len(word) - len(ending) >= _LEFT_BY_ENDING:
                left = len(word) - len(ending)
                if ending[0] == "ي" and word[: left + 1] in kept:
                    left += 1  # دولية is دولي + ة; دولي is a word of its own
                word = word[:left]
                rules += (Rule.ENDING,)
                if word in kept:
                    return word, (*rules, Rule.KEPT)
        return word, rules

    def _without_pronoun(self, word: str) -> str:
        """Return *word* without the first of the pronouns that leaves enough of it."""
        for pronoun in self._pronouns:
            if word.endswith(pronoun) and len(word) - len(pronoun) >= _LEFT_BY_PRONOUN:
                word = word[: -len(pronoun)]
                # A pronoun turns ة into ت: مدرستها is مدرسة + ها.
                if (
                    len(word) > _LEFT_BY_PRONOUN
                    and word.endswith("ت")
                    and not word.endswith("ات")
                    and word not in self._kept
                ):
                    return word[:-1]
                return word
        return word
