"""Words as Tantivy finds them: by all their forms, lent by a title or not, the nearest first.

Whatever is asked can be put to Tantivy in many ways that find and score the same units. It reads
every unit that answers, however few are wanted, so what counts is how long the lists are that it
reads, and whether it reads or only looks something up in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from fihris.search.building import Builder
from fihris.search.frequencies import Frequencies
from fihris.search.ranking import Foreseen
from fihris.search.terms import Term

if TYPE_CHECKING:
    import tantivy

# Words that contexts lend may be had in two ways each; the choices of so many are few.
_MOST_CHOSEN = 3
# So long must the lists of lent words be for each choice: making it takes time as well.
_WORTH_A_CHOICE = 4000
# A shorter list is read as soon as anything is worked out about it.
_LONG = 10_000
# Looking a unit up in a list takes so many times as long as reading it there.
_LOOKED_UP = 3
# Other words that narrow down where two words are looked for side by side.
_NARROWING = 2
# A word so many times as frequent as the rarer of the two narrows little.
_MUCH_MORE_FREQUENT = 4


class Weights(NamedTuple):
    """How much each kind of evidence counts beside the stem, which counts 1.

    Measured on two collections of questions with ``scripts/evaluate.py``; docs/benchmarks.md has
    what each is worth.
    """

    exact: float = 0.4
    adjacency: float = 0.5
    root: float = 1.5
    skeleton: float = 0.6
    context: float = 0.3


class _MadeWord(NamedTuple):
    """A word with what is asked for it: its own ways, its very form, the context that lends it.

    So many ``units`` have the stem themselves, and so many are lent it.
    """

    stem: str | None
    own: tantivy.Query
    exact: tantivy.Query | None
    context: tantivy.Query | None
    units: int
    units_lent: int


class WordQueries:
    """Builds the queries for words, as the frequencies of one state of the index advise."""

    def __init__(self, build: Builder, weights: Weights | None, frequencies: Frequencies) -> None:
        self._build = build
        self._weights = weights
        self._frequencies = frequencies

    def all_of(
        self,
        words: Sequence[Term],
        lent: Sequence[Term],
        neighbours: Sequence[tuple[str, str]],
        *,
        all_may_be_lent: bool,
    ) -> tantivy.Query:
        """Return the query for units that have all *words*, their own or *lent* ones.

        Unless *all_may_be_lent*, a unit must have some word itself. Units rank higher that have
        the very forms of words, and those next to each other that are *neighbours* in the query.
        """
        if len(words) == 1 and not all_may_be_lent:
            return self.any_of(words)
        made = [self._made(word, is_lent=word in lent) for word in words]
        bonuses = self.adjacency_bonuses(neighbours)
        if self._is_long_choice([word for word in made if word.context is not None]):
            return self._all_had(made, bonuses, all_may_be_lent=all_may_be_lent)
        # Every choice of what is lent is a query of its own, and no unit answers two of them:
        # single lists are passed over far faster than the two of one word taken together.
        build = self._build
        places = [at for at, word in enumerate(made) if word.context is not None]
        choices = []
        for number in range(len(places) + 1):
            for missing in combinations(places, number):
                own = [word for at, word in enumerate(made) if at not in missing]
                if own or all_may_be_lent:
                    choices.append(self._choice(own, [made[at] for at in missing], bonuses))
        return build.any_of(choices)

    def any_of(self, words: Sequence[Term], others: Sequence[tantivy.Query] = ()) -> tantivy.Query:
        """Return the query for units that have any of *words* themselves or answer any *others*.

        Who has the very form of a word has its stem as well: all lists together find nothing else
        than the stems, and Tantivy adds lists up faster than it looks one up for every entry of
        another. A word that is among *words* twice counts twice, but for its very form.
        """
        ways = [way for word in words for way in ways_to_have(self._build, word)]
        return self._build.any_of([*ways, *others, *self.exact_bonuses(dict.fromkeys(words))])

    def foreseen(self, words: Sequence[Term]) -> Foreseen:
        """Return what is known beforehand of the units that have any of *words*, and ask no more.

        A unit that has the very form of a word, in a short text, ranks above all that have not. So
        where that form is much rarer than the stem, it is enough to rank those that have it, as
        long as the first of them score more than the stem alone can give.
        """
        lists = [one for one in map(only_list, words) if one is not None]
        postings = sum(self._frequencies.of(*listed) for listed in lists)
        if len(words) != 1 or not lists or not self._frequencies.are_exact:
            return Foreseen(postings=postings)
        forms = self._frequencies.of("exact", words[0].spellings[0][0])
        if postings < _LONG or _LOOKED_UP * forms > postings:
            return Foreseen(total=postings, postings=postings)
        best = self._build.all_of([*self.exact_bonuses(words), self._build.term(*lists[0])])
        return Foreseen(postings, postings, best, self._frequencies.most(*lists[0]))

    def _is_long_choice(self, lent: Sequence[_MadeWord]) -> bool:
        """Tell whether making a query for every choice of what is *lent* is not worth it."""
        postings = sum(word.units + word.units_lent for word in lent)
        return len(lent) > _MOST_CHOSEN or (lent != [] and postings < _WORTH_A_CHOICE << len(lent))

    def _all_had(
        self,
        words: Sequence[_MadeWord],
        bonuses: Mapping[tuple[str, str], tantivy.Query],
        *,
        all_may_be_lent: bool,
    ) -> tantivy.Query:
        """Return the query for units that have all *words*, each in either way.

        Which units these are is found without scores, which takes half the time.
        """
        build = self._build
        own = [word.own for word in words]
        having = [
            word.own if word.context is None else build.any_of([word.own, word.context])
            for word in words
        ]
        if not all_may_be_lent and all(word.context is not None for word in words):
            having.append(build.any_of(own))
        exact = [word.exact for word in words if word.exact is not None]
        return build.favouring(
            build.silent(build.all_of(having)), [*own, *exact, *bonuses.values()]
        )

    def _made(self, word: Term, *, is_lent: bool) -> _MadeWord:
        build, stem, frequency = self._build, word.stem, self._frequencies.of
        exact = self.exact_bonuses([word])
        if stem is None:
            return _MadeWord(None, own_query(build, word), None, None, 0, 0)
        return _MadeWord(
            stem,
            own_query(build, word),
            exact[0] if exact else None,
            build.silent(build.term("context", stem)) if is_lent else None,
            frequency("stem", stem),
            frequency("context", stem) if is_lent else 0,
        )

    def _choice(
        self,
        own: Sequence[_MadeWord],
        missing: Sequence[_MadeWord],
        bonuses: Mapping[tuple[str, str], tantivy.Query],
    ) -> tantivy.Query:
        """Return the query for units that have *own* words themselves, the *missing* ones lent.

        *bonuses* are for stems that are neighbours. Places are read of every unit that has both,
        which takes longer than all else together, so it is the rarest other words that tell where
        to look.
        """
        build = self._build
        lending = [word.context for word in missing if word.context is not None]
        query = build.all_of(
            [*[word.own for word in own], *lending], [word.own for word in missing]
        )
        for word in own:
            if word.exact is not None:
                query = build.favouring(query, [word.exact])
        units = {word.stem: word.units for word in own}
        pairs = [pair for pair in bonuses if pair[0] in units and pair[1] in units]
        if not pairs:
            return query
        others: list[tuple[int, str | None, tantivy.Query]]
        others = [(word.units, word.stem, word.own) for word in own if word.stem]
        others += [
            (word.units_lent, None, context) for word, context in zip(missing, lending, strict=True)
        ]
        others.sort(key=lambda other: other[0])
        narrowed = []
        for pair in pairs:
            most = _MUCH_MORE_FREQUENT * min(units[pair[0]], units[pair[1]])
            narrowing = [
                build.silent(other)
                for count, stem, other in others
                if count < most and stem not in pair
            ]
            narrowed.append(build.all_of([*narrowing[:_NARROWING], bonuses[pair]]))
        return build.favouring(query, narrowed)

    def exact_bonuses(self, words: Iterable[Term]) -> list[tantivy.Query]:
        """Return what ranks units higher that have the very forms of *words*."""
        build, weights = self._build, self._weights
        return [
            build.weighted(build.term("exact", word.spellings[0][0]), weights.exact)
            for word in words
            if word.stem is not None and weights is not None
        ]

    def adjacency_bonuses(
        self, neighbours: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], tantivy.Query]:
        """Return for each pair of stems what ranks units higher in which these are neighbours."""
        build, weights = self._build, self._weights
        if weights is None:
            return {}
        return {
            pair: build.weighted(build.phrase("stem", pair), weights.adjacency)
            for pair in neighbours
        }


def only_list(word: Term) -> tuple[str, str] | None:
    """Return field and term of the one list of those who have *word*; None if it has several."""
    if word.readings or len(word.spellings) > 1:
        return None
    if word.stem is not None:
        return "stem", word.stem
    return ("exact", word.spellings[0][0]) if len(word.spellings[0]) == 1 else None


def own_query(build: Builder, word: Term) -> tantivy.Query:
    """Return the query for units whose own text has *word*."""
    return build.any_of(ways_to_have(build, word))


def ways_to_have(build: Builder, word: Term) -> list[tantivy.Query]:
    """Return the queries for units that have *word*, by each way in which a text may have it."""
    ways = [build.term("alias", reading) for reading in word.readings]
    if word.stem is not None:
        ways.append(build.term("stem", word.stem))
    ways += [
        build.phrase("exact", spelling)
        for spelling in word.spellings
        if word.stem is None or spelling != word.spellings[0]
    ]
    return ways
