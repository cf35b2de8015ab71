"""The family of a word: the keys by which words of one root find each other.

A family has two keys, because each sees what the other misses. The *root* is the lexicon's, or
else what the shape of the word suggests (:mod:`fihris.index.analysis.roots`). The *consonant
skeleton* is the stem without its weak letters and without what derivation adds; it joins broken
plurals with their singulars without a dictionary: مدارس and مدرسة are both ``مدرس``. In the index
a root is written with ``r`` before it and a skeleton with ``k``, so that neither is taken for the
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from fihris.index.analysis.stemmer import Stemmer, seatless
from fihris.index.analysis.tables import TABLES, Tables

_WEAK = frozenset("اويىءؤئ")


def skeleton(stem: str) -> str:
    """Return the consonant skeleton of a stem, empty when fewer than two letters remain.

    What derivation adds goes first: ة, the است or ا of a verbal noun and the يست or ي of a verb,
    the ت of تفعيل and تفاعل, the ت infixed in افتعال. The م of places and participles stays: what
    is left without it meets too much.

    >>> skeleton("مدارس"), skeleton("استعمال"), skeleton("اتفاق"), skeleton("تقرير")
    ('مدرس', 'عمل', 'فق', 'قر')
    """
    if len(stem) >= 4 and stem[-1] == "ه":
        stem = stem[:-1]
    if len(stem) >= 6 and stem.startswith(("است", "يست")):
        stem = stem[3:]
    elif len(stem) >= 4 and stem[0] in "اي":
        stem = stem[1:]
        if len(stem) >= 4 and stem[1] == "ت":
            stem = stem[0] + stem[2:]
    if len(stem) >= 4 and stem[0] == "ت":
        stem = stem[1:]
    kept = ""
    for letter in stem:
        if letter not in _WEAK and not kept.endswith(letter):
            kept += letter
    return kept if len(kept) >= 2 else ""


class Families:
    """Gives words their family keys; the lexicon of roots comes before what a shape suggests."""

    def __init__(self, stemmer: Stemmer, tables: Tables = TABLES) -> None:
        self._stemmer = stemmer
        self._by_word = tables.roots

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        # Made when a family is first asked for: a search that finds what it wants never does.
        by_stem: dict[str, str] = {}
        for word, root_of_word in self._by_word.items():
            by_stem.setdefault(self._stemmer.stem(word).text, root_of_word)
        return by_stem

    @cached_property
    def _root_of(self) -> Callable[[str], str]:
        # Its patterns take longer to compile than most searches take to run.
        from fihris.index.analysis.roots import root

        return root

    def letters(self, key: str) -> str:
        """Return the letters that stand in every word whose family has *key*, hamzas written alike.

        They are those of the key, but for what :meth:`irregular` tells: a root and a skeleton are
        what is left of a word, and only ه may stand there in the place of an ending.
        """
        return seatless(key[1:]).replace("ه", "")

    def irregular(self, key: str) -> list[str]:
        """Return pieces of which one stands in each word that lacks a letter of its *key*.

        Those are words whose root the lexicon knows, and forms in the tables of the stemmer.
        """
        return self._irregular.get(key, [])

    @cached_property
    def _irregular(self) -> dict[str, list[str]]:
        # Made, as what follows, when a family is first asked for.
        irregular: dict[str, list[str]] = defaultdict(list)

        def add(key: str, pieces: Iterable[str]) -> None:
            letters = self.letters(key)
            irregular[key] += [piece for piece in pieces if letters.strip(piece)]

        for word, root_of_word in self._by_word.items():
            add("r" + root_of_word, (seatless(word),))
        for stem, root_of_stem in self._by_stem.items():
            add("r" + root_of_stem, self._stemmer.pieces(stem))
        for lemma, pieces in self._stemmer.inflected():
            add("r" + self._root_of(lemma), pieces)
            add("k" + skeleton(lemma), pieces)
        return irregular

    def keys(self, word: str, stem: str) -> tuple[str, ...]:
        """Return the family keys of a folded *word* whose stem is *stem*.

        >>> Families(Stemmer()).keys("مدارس", "مدرس")
        ('rدرس', 'kمدرس')
        """
        found = self._by_word.get(word) or self._by_stem.get(stem)
        if not found:
            # A lemma shows more of its root than a plural or a word with clitics does.
            found = self._root_of(stem if self._stemmer.knows(stem) else word)
        keys = ["r" + found]
        consonants = skeleton(stem)
        if consonants:
            keys.append("k" + consonants)
        return tuple(keys)
