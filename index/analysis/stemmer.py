"""The light stemmer: a folded word in, the word without clitics and inflection out.

It extends the light stemmers of the Larkey family ("Improving Stemming for Arabic Information
Retrieval", SIGIR 2002) where they were seen to fail. At every step the word that is left is looked
up, and a word that is known ends the work: ``kept`` lists words that end like a suffix (قانون,
إنسان, ضمان), ``nouns`` and ``verbs`` give the lemma of broken plurals and of forms of verbs, and
``radical`` lists the words that begin like a clitic or the article (وزير, برنامج, التزام). Rules
serve the words that no table knows.

The stem is a key for matching, not a word for reading: سياسة gives ``سياس``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from fihris.index.analysis.tables import TABLES, Tables

#: A word keeps at least so many letters when the article goes, a clitic, a pronoun, an ending.
_LEFT_BY_ARTICLE = 2
_LEFT_BY_CLITIC = 3
_LEFT_BY_PRONOUN = 3
_LEFT_BY_ENDING = 2

# What may be a pronoun or the sign of a case, or a letter of the word: the tables decide.
_LAST_LETTERS = frozenset("اهي")
# Endings that stand in the place of ة: دولتان, دولات.
_IN_PLACE_OF_TEH = {"تان": "ه", "تين": "ه", "ات": "ه", "ته": "ه", "اته": "اه"}
# Signs of a case or of a verb's plural stand last: they go before any other ending or not at all.
_CASE_ENDINGS = ("وا", "ا")
_PERSONS = frozenset("يتن")


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


_PRONOUN = (Rule.PRONOUN,)
_ENDING = (Rule.ENDING,)


class Stem(NamedTuple):
    """A stem and the rules that made it, in the order in which they applied."""

    text: str
    rules: tuple[Rule, ...]


#: What is left of a word after some of its endings went, and the rules that took them. Where the
#: third value is true it counts only as a known word; where the fourth is, only as one that is no
#: verb, since the table of verbs lists all persons and tenses.
_Cut = tuple[str, tuple[Rule, ...], bool, bool]


class _Ending(NamedTuple):
    """An ending, and its place among the endings in the order in which they go."""

    place: int
    letters: str


class Stemmer:
    """Stems folded words by the rules of a set of tables."""

    def __init__(self, tables: Tables = TABLES) -> None:
        self._articles = tables.articles
        self._clitics = frozenset(tables.clitics)
        self._pronouns = tables.pronouns
        self._endings = _by_last_letter(tables.endings)
        # A name is whole, and so it is in what is made of it: لبناني begins with the ل of لبنان.
        self._radical = _seatless_words(tables.radical | tables.names)
        self._radical_starts = frozenset(word[:3] for word in self._radical)
        self._radical_parts = self._radical.union(
            word[:-1] for word in self._radical if word[-1] == "ه"
        )
        self._whole = _seatless_words(tables.whole)
        self._kept = _seatless_words(tables.kept)
        self._nouns = _seatless_table(tables.nouns)
        self._verbs = _seatless_table(tables.verbs)
        # Most of what is looked up is no word, and one look tells.
        self._nominal = self._whole | self._kept | self._nouns.keys()
        self._words = self._nominal | self._verbs.keys()

    def stem(self, word: str) -> Stem:
        """Return the stem of a folded *word*.

        >>> Stemmer().stem("والحقوق").text == Stemmer().stem("حقوقهم").text
        True
        """
        word = seatless(word)
        known = self._known(word)
        if known:
            return known
        bare, rules = self._without_prefix(word)
        stem = self._without_endings(bare)
        return Stem(stem.text, rules + stem.rules)

    def knows(self, word: str) -> bool:
        """Tell whether the tables know *word*, as a lemma or as a word that ends like a suffix."""
        return word in self._words

    def prefix_length(self, word: str) -> int:
        """Return how many letters of a folded *word* are the article and what is written with it.

        >>> Stemmer().prefix_length("والحقوق"), Stemmer().prefix_length("وزير")
        (3, 0)
        """
        word = seatless(word)
        return 0 if word in self._words else len(word) - len(self._without_prefix(word)[0])

    def pieces(self, stem: str) -> set[str]:
        """Return letters of which at least some stand in every word that has *stem*.

        What is left of a word stands in it, but for a ة in the place of an ending; and what is left
        is the stem, or a form of which the tables know it. Hamzas are written alike.

        >>> sorted(Stemmer().pieces("مدرسه"))
        ['مدارس', 'مدرس']
        """
        forms = (stem, *self._forms.get(stem, ()))
        return {form[:-1] if len(form) > 2 and form[-1] == "ه" else form for form in forms}

    def inflected(self) -> Iterator[tuple[str, set[str]]]:
        """Yield the lemmas to which the tables bring other forms, with their pieces."""
        for lemma in self._forms:
            yield lemma, self.pieces(lemma)

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        # Made when words are first marked: a query needs the stems of its own words only.
        forms: dict[str, list[str]] = defaultdict(list)
        for table in (self._nouns, self._verbs):
            for form, lemma in table.items():
                if form != lemma:
                    forms[lemma].append(form)
        return forms

    def _known(self, word: str) -> Stem | None:
        """Return the stem of a word that the tables know as it stands."""
        if word not in self._words:
            return None
        return self._known_noun(word) or _stem_of_form(word, self._verbs)

    def _known_noun(self, word: str) -> Stem | None:
        """Return the stem of a word that the tables know, and not as a verb."""
        if word not in self._nominal:
            return None
        if word in self._whole:
            return Stem(word, (Rule.WHOLE,))
        return _stem_of_form(word, self._nouns) or Stem(word, (Rule.KEPT,))

    def _without_prefix(self, word: str) -> tuple[str, tuple[Rule, ...]]:
        """Return *word* without the article, conjunctions and prepositions, and what was done."""
        if self._begins_with_radical(word):
            return word, (Rule.RADICAL,)
        if word.startswith(self._articles):
            bare = self._without_article(word)
            if bare != word:
                return bare, (Rule.ARTICLE,)
        if not self._begins_with_clitic(word):
            return word, ()
        bare = word[1:]
        if (
            word[0] in "وف"
            and bare not in self._words
            and not self._begins_with_radical(bare)
            and self._begins_with_clitic(bare)
        ):
            bare = bare[1:]
        return bare, (Rule.CLITIC,)

    def _begins_with_radical(self, word: str) -> bool:
        """Tell whether the first letters of *word* belong to it, as in وزيرة and التزامات."""
        if word[:3] not in self._radical_starts and word[:2] not in self._radical:
            return False
        # A cut leaves a part of the word, perhaps with ه in the place of an ending.
        begins = self._radical_parts
        for length in range(2, len(word) + 1):
            if word[:length] in begins:
                return any(left in self._radical for left, _, _, _ in self._cuts(word))
        return False

    def _begins_with_clitic(self, word: str) -> bool:
        """Tell whether the first letter of *word*, which is none of its own, may go."""
        bare = word[1:]
        if word[0] == "س":
            return bare[:1] in _PERSONS and self._is_known_below(bare)
        if word[0] == "و":
            # Waw goes from any longer word: "and" is by far its commonest reading there.
            return len(bare) >= _LEFT_BY_CLITIC
        if word[0] in self._clitics:
            return len(self._without_endings(word).text) > _LEFT_BY_CLITIC or (
                len(bare) >= _LEFT_BY_CLITIC and self._is_known_below(bare)
            )
        return False

    def _is_known_below(self, word: str) -> bool:
        """Tell whether *word*, or what some cut leaves of it, is a known word."""
        return any(
            left in (self._nominal if nominal else self._words)
            for left, _, _, nominal in self._cuts(word)
        )

    def _without_article(self, word: str) -> str:
        """Return *word* without the article and what is written together with it."""
        for article in self._articles:
            if not word.startswith(article) or len(word) - len(article) < _LEFT_BY_ARTICLE:
                continue
            bare = word[len(article) :]
            if article.endswith("ال"):
                own = "ال" + bare  # بالتزام: the word itself begins with ال
            else:
                own = "ل" + bare  # للجنة: one of three lams is not written
                if own not in self._words and self._is_known_below(bare):
                    return bare
            if own in self._words or self._begins_with_radical(own):
                return own
            return bare
        return word

    def _without_endings(self, word: str) -> Stem:
        """Return the stem of *word*, which bears nothing in front."""
        last: tuple[str, tuple[Rule, ...]] = word, ()
        for left, rules, tentative, nominal in self._cuts(word):
            known = self._known_noun(left) if nominal else self._known(left)
            if known:
                return Stem(known.text, rules + known.rules)
            if not tentative:
                last = left, rules
        return Stem(*last)

    def _cuts(self, word: str) -> Iterator[_Cut]:
        """Yield *word* and what is left of it, ending by ending."""
        yield word, (), False, False
        if word[-1] in _LAST_LETTERS:
            yield word[:-1], _ENDING, True, not _takes_object(word)
        rules: tuple[Rule, ...] = ()
        pronoun = self._pronoun_of(word) if word.endswith(self._pronouns) else None
        if pronoun:
            word = word[: -len(pronoun)]
            rules = _PRONOUN
            yield word, rules, False, False
            if word[-1] == "ت" and len(word) > _LEFT_BY_PRONOUN:
                # A pronoun turns ة into ت: مدرستها is مدرسة + ها.
                yield word[:-1] + "ه", rules, True, True
                if word[-2] != "ا":
                    word = word[:-1]
                    yield word, rules, False, False
        next_place = 0
        while ending := self._ending_of(word, next_place):
            letters = ending.letters
            rules += _ENDING
            teh = _IN_PLACE_OF_TEH.get(letters)
            if teh:
                if letters[0] == "ت":
                    yield word[: 1 - len(letters)], rules, True, True
                yield word[: -len(letters)] + teh, rules, True, True
            word = word[: -len(letters)]
            yield word, rules, False, True
            next_place = ending.place + 1

    def _ending_of(self, word: str, first: int) -> _Ending | None:
        """Return the ending that goes from *word* next, of those from the *first* place on.

        No sign of a case goes after another ending: حماية is حماي + ة, and its alef is no ending.
        """
        for ending in self._endings.get(word[-1], ()):
            if (
                ending.place >= first
                and word.endswith(ending.letters)
                and len(word) - len(ending.letters) >= _LEFT_BY_ENDING
                and not (first and ending.letters in _CASE_ENDINGS)
            ):
                return ending
        return None

    def _pronoun_of(self, word: str) -> str | None:
        """Return the pronoun at the end of *word*, if enough is left without it."""
        for pronoun in self._pronouns:
            if word.endswith(pronoun) and len(word) - len(pronoun) >= _LEFT_BY_PRONOUN:
                return pronoun
        return None


def _by_last_letter(endings: Sequence[str]) -> dict[str, list[_Ending]]:
    """Return *endings* by their last letters, each with its place."""
    by_letter: dict[str, list[_Ending]] = defaultdict(list)
    for place, letters in enumerate(endings):
        by_letter[letters[-1]].append(_Ending(place, letters))
    return dict(by_letter)


def _takes_object(word: str) -> bool:
    """Tell whether a verb may be left when ه goes: اعتمده is a verb, إعادة and استفادة are not."""
    return word[0] == "ي" or (word[0] == "ا" and len(word) > 5 and word[-3] != "ا")


def seatless(word: str) -> str:
    """Return folded letters with every hamza written alike, whatever carries it.

    >>> seatless("مسؤول")
    'مسءول'
    """
    return word.replace("ؤ", "ء").replace("ئ", "ء")


def _seatless_words(words: frozenset[str]) -> frozenset[str]:
    """Return *words* with every hamza written alike: all at once, for every start waits for it."""
    return frozenset(seatless("\n".join(words)).split("\n")) if words else words


def _seatless_table(lemmas: dict[str, str]) -> dict[str, str]:
    """Return a table of forms and lemmas with every hamza written alike."""
    forms = seatless("\n".join(lemmas)).split("\n")
    return dict(zip(forms, seatless("\n".join(lemmas.values())).split("\n"), strict=True))


def _stem_of_form(form: str, lemmas: dict[str, str]) -> Stem | None:
    """Return the stem of a form in a table: its lemma, which no rule shortens."""
    lemma = lemmas.get(form)
    if lemma is None:
        return None
    return Stem(lemma, () if form == lemma else (Rule.TABLE,))
