"""Asked words: finding in a text what a query asks for, without analysing the rest of it.

A hit is shown with a few of its words marked, and nearly all the others can be told from these by
their letters: whatever the stemmer leaves of a word stands in it (:meth:`Stemmer.pieces`), and so
do the letters of a root (:meth:`Families.letters`). So the text is searched for these, and only
words that have them are analysed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fihris.index.analysis.families import Families
from fihris.index.analysis.normalizer import Folded, fold
from fihris.index.analysis.plain_text import PlainText, piece, read_plain
from fihris.index.analysis.stemmer import Stemmer, seatless
from fihris.index.analysis.tokens import Token, WordForms, find_words
from fihris.index.stored_text import from_page

# The letters of Arabic texts, the commonest first.
_COMMONEST = "اليونمتهربعفدسكقحجشطصخضزذثغظء"


class AskedWords:
    """Words that a query asks for: by their *exact* forms, their *stems*, or keys of *families*.

    A stop word is asked for by its exact form only. One object serves any number of texts; it holds
    no more than the words that it had to look at.
    """

    def __init__(
        self,
        word_forms: Callable[[str], WordForms],
        stemmer: Stemmer,
        known_families: Families,
        exact: frozenset[str],
        stems: frozenset[str],
        families: frozenset[str],
    ) -> None:
        self._word_forms = word_forms
        self._exact = exact
        self._stems = stems
        self._families = families
        pieces = {seatless(word) for word in exact}
        pieces.update(seatless(letters) for stem in stems for letters in stemmer.pieces(stem))
        self._pieces = _shortest(pieces)
        self._pieces += [one for key in families for one in known_families.irregular(key)]
        self._roots = [_rarest_first(known_families.letters(key)) for key in families]
        # What a plain text has where a word that is asked for may stand.
        self._packed = list(filter(None, map(piece, self._pieces)))
        self._packed_roots = list(filter(None, map(piece, self._roots)))
        # A root of nothing but ه tells no word from others: each has to be looked at.
        self._any_word = not all(self._roots)
        # Words that were looked at, in the code page, with their forms if they are asked for.
        self._told: dict[bytes, WordForms | None] = {}

    def tokens(self, text: PlainText | Folded) -> list[Token]:
        """Return those of :meth:`Analyzer.word_tokens` that are asked for.

        *text* is what :func:`read_folded` made of it, once for all that is asked of it. Their
        ``position`` tells which are neighbours in it.
        """
        if isinstance(text, Folded):
            return list(self._in_any(text))
        return list(self._in_any(fold(text.original)) if self._any_word else self._in_plain(text))

    def _in_plain(self, plain: PlainText) -> Iterator[Token]:
        told, folded = self._told, plain.folded
        found: list[WordForms] = []
        places: list[tuple[int, int]] = []
        for start, end in plain.holding(self._packed, self._packed_roots):
            written = folded[start:end]
            if written not in told:
                told[written] = self._asked_forms(from_page(written))
            forms = told[written]
            if forms is not None:
                found.append(forms)
                places.append((start, end))
        for forms, position, (start, end) in zip(
            found, plain.positions(places), plain.spans(places), strict=True
        ):
            yield Token(forms, (), position, start, end)

    def _in_any(self, folded: Folded) -> Iterator[Token]:
        for position, match in enumerate(find_words(folded.text)):
            forms = self._asked_forms(match[0])
            if forms is not None:
                yield Token(forms, (), position, *folded.span(*match.span()))

    def _asked_forms(self, word: str) -> WordForms | None:
        """Return the forms of a folded *word* if it is asked for."""
        bare = seatless(word)
        if not (
            any(letters in bare for letters in self._pieces)
            or any(not root.strip(bare) for root in self._roots)
        ):
            return None
        forms = self._word_forms(word)
        if word in self._exact or (not forms.stop and forms.stem in self._stems):
            return forms
        if self._families and not self._families.isdisjoint(forms.family):
            return forms
        return None


def read_folded(text: str) -> PlainText | Folded:
    """Return a folded copy of *text* with the way back: the quick one where it is plain."""
    plain = read_plain(text)
    return fold(text) if plain is None else plain


def _rarest_first(letters: str) -> str:
    """Return *letters*, the rarest first."""
    return "".join(sorted(letters, key=_COMMONEST.find, reverse=True))


def _shortest(pieces: set[str]) -> list[str]:
    """Return *pieces* but for those that hold another one."""
    return [one for one in pieces if not any(other != one and other in one for other in pieces)]
