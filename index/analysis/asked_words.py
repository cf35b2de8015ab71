"""Asked words: finding in a text what a query asks for, without analysing the rest of it.

A hit is shown with a few of its words marked, and nearly all the others could be told from these by
their letters: whatever the stemmer leaves of a word stands in it (:meth:`Stemmer.pieces`). So the
text is searched for those letters, and only words that have them are stemmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fihris.index.analysis.normalizer import Folded, fold
from fihris.index.analysis.plain_text import PlainText, piece, read_plain
from fihris.index.analysis.stemmer import Stemmer, seatless
from fihris.index.analysis.tokens import Token, WordForms, find_words
from fihris.index.stored_text import from_page

if TYPE_CHECKING:
    from fihris.index.analysis.analyzer import Analyzer


class AskedWords:
    """Words that a query asks for: by their *exact* forms, their *stems*, or keys of *families*.

    A stop word is asked for by its exact form only. One object serves any number of texts.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        stemmer: Stemmer,
        exact: frozenset[str],
        stems: frozenset[str],
        families: frozenset[str],
    ) -> None:
        self._analyzer = analyzer
        self._exact = exact
        self._stems = stems
        self._families = families
        wanted = {seatless(word) for word in exact}
        wanted.update(seatless(letters) for stem in stems for letters in stemmer.pieces(stem))
        self._letters = _shortest(wanted)
        self._pieces = list(filter(None, map(piece, self._letters)))
        # Words that hold a piece, in the code page, with their forms if they are asked for.
        self._told: dict[bytes, WordForms | None] = {}

    def tokens(self, text: str) -> list[Token]:
        """Return those of :meth:`Analyzer.word_tokens` that are asked for.

        Their ``position`` tells which are neighbours in *text*.
        """
        plain = read_plain(text)
        return list(self._in_any(fold(text)) if plain is None else self._in_plain(plain))

    def _in_plain(self, plain: PlainText) -> Iterator[Token]:
        pieces = self._pieces
        if self._families:
            # No letters tell what is of a family: the lexicon has roots that no word shows.
            relatives = self._analyzer.relatives(set(plain.words()), self._families)
            pieces = [*pieces, *filter(None, map(piece, relatives))]
        told, folded = self._told, plain.folded
        found: list[WordForms] = []
        places: list[tuple[int, int]] = []
        for start, end in plain.holding(pieces):
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
        return self._analyzer.word_forms(word) if self._asks(word) else None

    def _asks(self, word: str) -> bool:
        if word in self._exact:
            return True
        if self._families:
            forms = self._analyzer.word_forms(word)
            if not self._families.isdisjoint(forms.family):
                return True
        bare = seatless(word)
        if not any(letters in bare for letters in self._letters):
            return False
        forms = self._analyzer.word_forms(word)
        return not forms.stop and forms.stem in self._stems


def _shortest(pieces: set[str]) -> list[str]:
    """Return *pieces* but for those that hold another one."""
    return [one for one in pieces if not any(other != one and other in one for other in pieces)]
