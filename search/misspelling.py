"""Misspelled words: which words of the index one may have been meant to be, likeliest first.

The first pass tries every word that is one edit away, for a look-up in the index takes about a
microsecond. Only when that finds nothing, words two edits away are looked for. Edits are weighed by
what happens to people who write Arabic: a dot too many or too few (ب ت ث ن ي, ج ح خ …), letters
that sound alike (ض ظ, ق ك …), neighbours on the keyboard, two letters in the wrong order.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from typing import NamedTuple

from fihris.search.keyboard import KEY_NEIGHBOURS
from fihris.search.vocabulary import PREFIXES, Vocabulary

#: Letters that are written or heard for each other.
_CONFUSED = (
    *("بتث", "بن", "تن", "ثن", "بي", "تي", "ثي", "ني"),  # dots
    *("جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق"),
    *("ءئؤ", "اء", "ائ", "اؤ", "يئ", "وؤ", "اي"),  # seats of hamza, and alef for alef maksura
    *("ضظ", "دض", "تط", "ذظ", "ذز", "زظ", "سص", "سث", "قك", "حه"),  # sounds
)
_CONFUSIONS = frozenset(
    one + other for group in _CONFUSED for one in group for other in group if one != other
)
#: The letters of long vowels, which are dropped and put in most easily.
_WEAK = frozenset("اوي")

_ARABIC = "ءئؤابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"

_CONFUSION = 0.4
_DOUBLED = 0.4
_TRANSPOSITION = 0.5
_NEIGHBOUR = 0.7
_WEAK_LETTER = 0.7
_FORGOTTEN_SPACE = 0.7
_OTHER = 1.0
#: What an edit of the first letter costs more: people seldom miss it.
_FIRST_LETTER = 0.2
#: What a tenfold frequency is worth, in the same coin.
_FREQUENCY = 0.25
#: An edit that costs no more than this may be one of two.
_CHEAP = 0.7

SHORTEST = 3
LONGEST = 24
#: Below this many letters a word two edits away is another word.
_SHORTEST_FOR_TWO = 5
_TEXTS_READ = 10


class Candidate(NamedTuple):
    """A word of the index that may have been meant: folded, with its cost and frequency.

    ``word`` may be two words with a space between, where the space was forgotten. ``prefix`` is
    what of the typed word stands before it: an article or clitics.
    """

    word: str
    cost: float
    frequency: int
    prefix: str = ""

    @property
    def rank(self) -> float:
        """The likelier, the smaller."""
        return self.cost - _FREQUENCY * log10(self.frequency)


def candidates(word: str, vocabulary: Vocabulary, limit: int) -> list[Candidate]:
    """Return up to *limit* words of the index that *word*, folded, may have been meant to be.

    Words that are shorter or longer than can be judged have none.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    found = [*_one_edit_away(word, vocabulary), *_two_words(word, vocabulary)]
    if not found:
        found = [
            candidate._replace(prefix=prefix)
            for prefix, core in _without_clitics(word)
            for candidate in _one_edit_away(core, vocabulary)
        ]
    if not found and len(word) >= _SHORTEST_FOR_TWO:
        found = list(_two_edits_away(word, vocabulary))
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda one: (one.rank, one.word)):
        best.setdefault(candidate.prefix + candidate.word, candidate)
    return list(best.values())[:limit]


def _one_edit_away(word: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for other, cost in edits(word).items():
        frequency = vocabulary.frequency(other)
        if frequency:
            yield Candidate(other, cost, frequency)


def _two_words(word: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the best way of putting a space into *word* that leaves two words of the index."""
    ways = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    frequencies = {way: min(map(vocabulary.frequency, way)) for way in ways}
    best = max(ways, key=lambda way: frequencies[way], default=None)
    if best is not None and frequencies[best]:
        yield Candidate(" ".join(best), _FORGOTTEN_SPACE, frequencies[best])


def _without_clitics(word: str) -> Iterator[tuple[str, str]]:
    """Yield what may be article and clitics of *word*, with the rest."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST:
            yield prefix, word[len(prefix) :]


def _two_edits_away(word: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield words two edits away: two likely slips, and what a few texts of the index hold."""
    likely = [(other, cost) for other, cost in edits(word).items() if cost <= _CHEAP]
    reached: dict[str, float] = {}
    for slipped, first in likely:
        for other, second in _slips(slipped):
            reached[other] = min(first + second, reached.get(other, first + second))
    for other in vocabulary.similar_to(word, 2, _TEXTS_READ):
        cost = edit_cost(word, other)
        if cost <= 2 * _OTHER + _FIRST_LETTER:
            reached[other] = min(cost, reached.get(other, cost))
    for other, cost in reached.items():
        frequency = vocabulary.frequency(other)
        if frequency and other != word:
            yield Candidate(other, cost, frequency)


def edits(word: str) -> dict[str, float]:
    """Return every spelling one edit away from *word*, with what the edit costs.

    >>> nearest = edits("الحقوك")
    >>> nearest["الحقوق"], nearest["الحقوظ"], nearest["الحقو"], "الحق" in nearest
    (0.4, 1.0, 1.0, False)
    """
    found: dict[str, float] = {}
    for other, cost in _all_edits(word):
        if other != word and cost < found.get(other, 9):
            found[other] = cost
    return found


def _all_edits(word: str) -> Iterator[tuple[str, float]]:
    yield from _slips(word)
    alphabet = _ARABIC if "ء" <= word[0] <= "ي" else _LATIN
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        dearer = 0.0 if at else _FIRST_LETTER
        if after:
            yield before + after[1:], _OTHER + dearer
        for letter in alphabet:
            yield before + letter + after, _OTHER + dearer
            if after:
                yield before + letter + after[1:], _replacement(after[0], letter) + dearer


def _slips(word: str) -> Iterator[tuple[str, float]]:
    """Yield the spellings that one of the likely slips away from *word* gives, with its cost."""
    alphabet = _ARABIC if word and "ء" <= word[0] <= "ي" else _LATIN
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        dearer = 0.0 if at else _FIRST_LETTER
        if after:
            yield before + after[0] + letter + after[1:], _TRANSPOSITION + dearer
        if after[:1] == letter:
            yield before + after, _DOUBLED
        elif letter in _WEAK:
            yield before + after, _WEAK_LETTER + dearer
        yield before + letter + word[at:], _DOUBLED
        for weak in _WEAK if alphabet is _ARABIC else ():
            yield before + letter + weak + after, _WEAK_LETTER
        for other in alphabet:
            if letter + other in _CONFUSIONS:
                yield before + other + after, _CONFUSION + dearer


def _replacement(typed: str, meant: str) -> float:
    pair = typed + meant
    if pair in _CONFUSIONS:
        return _CONFUSION
    return _NEIGHBOUR if pair in KEY_NEIGHBOURS else _OTHER


def edit_cost(typed: str, meant: str) -> float:
    """Return what it costs to make *meant* of *typed*: the cheapest way, by single letters.

    The distance of Damerau and Levenshtein (optimal string alignment), weighted.

    >>> edit_cost("قرراات", "قرارات"), edit_cost("مشوول", "مسيول")
    (0.5, 1.4)
    """
    rows = [[float(at) for at in range(len(meant) + 1)]]
    for row, letter in enumerate(typed, 1):
        rows.append([float(row)])
        for column, other in enumerate(meant, 1):
            dearer = _FIRST_LETTER if row == 1 and column == 1 else 0.0
            same = letter == other
            costs = [
                rows[row - 1][column - 1] + (0.0 if same else _replacement(letter, other) + dearer),
                rows[row - 1][column] + (_WEAK_LETTER if letter in _WEAK else _OTHER),
                rows[row][column - 1] + (_WEAK_LETTER if other in _WEAK else _OTHER),
            ]
            swapped = row > 1 and column > 1 and typed[row - 2] == other
            if swapped and letter == meant[column - 2] and not same:
                costs.append(rows[row - 2][column - 2] + _TRANSPOSITION)
            rows[row].append(min(costs))
    return rows[-1][-1]
