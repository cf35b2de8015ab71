"""Postings: where each word stands, gathered by stem so that one file answers for all its forms.

A *group* is what one key of a query needs: all forms of a stem, a stop word, two stop words side by
side (which a phrase of them needs: alone each stands nearly everywhere), an alias, or a symbol.
The first letter of its key tells which: content words are under their stem, others under a sign
that no word begins with.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from fihris.index.analysis import Analyzer
from fihris.index.analysis.tables import TABLES
from fihris.index.resolution import SourceKind
from fihris.web.shards.fieldnorms import field_norm, length_of
from fihris.web.shards.packing import code_units, deltas, varints
from fihris.web.shards.units import ShardDocument, dependents

#: What the keys of groups that are no stems begin with.
STOP_WORD, ALIAS, SYMBOL = "!", "=", "@"


class Group(NamedTuple):
    """The postings of one key: its ``forms``, and streams of bytes, in the order of the format."""

    key: str
    forms: tuple[str, ...]
    streams: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Bytes, before they are packed."""
        return sum(map(len, self.streams)) + sum(len(form.encode()) for form in self.forms)


class Totals(NamedTuple):
    """What ranking needs to know of the whole: units, and terms in each ranked field."""

    units: int
    exact: int
    stem: int
    alias: int


def expected_stem_norm(exact_norm: int) -> int:
    """Return the norm of the field of stems that a unit with this exact norm has in the mean."""
    return field_norm(length_of(exact_norm) * 199 >> 8)


class _Word(NamedTuple):
    """Where the places of a form are gathered: with those of its group, under its own number."""

    places: list[int]
    form: int
    is_stop_word: bool


class Passage(NamedTuple):
    """What the units of a document say, in order; ``first`` is the number of the first."""

    first: int
    texts: tuple[str, ...]
    source_kind: SourceKind

    @classmethod
    def of(cls, document: ShardDocument) -> Passage:
        """Return what the units of *document* say."""
        texts = tuple(unit.paragraph.text for unit in document.units)
        return cls(document.first, texts, document.record.source_kind)


class Postings:
    """Gathers the postings of documents, given in order."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        # Flat lists of numbers, four a place: objects for millions of places would not fit.
        self._places: dict[str, list[int]] = defaultdict(list)
        self._forms: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, _Word] = {}
        self._frequencies: Counter[str] = Counter()
        self._pairs: dict[str, list[int]] = defaultdict(list)
        self._aliases: dict[str, list[int]] = defaultdict(list)
        self._symbols: dict[str, list[int]] = defaultdict(list)
        self._lent: dict[int, list[int]] = {}
        self._exact_norms = bytearray()
        self._stem_surprises = bytearray()
        self._alias_norms = bytearray()
        self._exact = self._stem = self._alias = 0

    @property
    def totals(self) -> Totals:
        """The totals of what was added."""
        return Totals(len(self._exact_norms), self._exact, self._stem, self._alias)

    @property
    def frequencies(self) -> Mapping[str, int]:
        """In how many units each form stands."""
        return self._frequencies

    def add(self, document: ShardDocument) -> None:
        """Add the units of *document*."""
        self.add_texts(Passage.of(document))
        self.relate(document)

    def add_texts(self, passage: Passage) -> None:
        """Add what the units of a document say."""
        for number, text in enumerate(passage.texts, passage.first):
            analyzed = self._analyzer.analyze(text, passage.source_kind)
            words = analyzed.exact.split()
            stems = analyzed.stem.split()
            aliases = analyzed.alias.split()
            self._add_words(number, words, stems)
            self._frequencies.update(set(words))
            for alias in dict.fromkeys(aliases):
                self._aliases[alias].append(number)
            exact_norm = field_norm(len(words))
            surprise = field_norm(len(stems)) - expected_stem_norm(exact_norm)
            self._exact_norms.append(exact_norm)
            self._stem_surprises.append(surprise & 255)
            self._alias_norms.append(field_norm(len(aliases)))
            self._exact += len(words)
            self._stem += len(stems)
            self._alias += len(aliases)

    def relate(self, document: ShardDocument) -> None:
        """Add which units of *document* lend their words to others, and its symbols."""
        for lender, borrowers in dependents(document).items():
            self._lent[lender] = _runs(lender, borrowers)
        for symbol in document.symbols:
            self._symbols[symbol.lower()].append(document.first)

    def extend(self, later: Postings) -> None:
        """Add the texts that *later* gathered, which come after those of this one."""
        for key, gathered in later._places.items():
            forms = later._forms[key]
            for form in forms:
                if form not in self._words:
                    self._meet(form, key)
            numbers = [self._words[form].form for form in forms]
            places = array("I", gathered)
            places[2::4] = array("I", map(numbers.__getitem__, places[2::4]))
            self._places[key].extend(places)
        for pair, found in later._pairs.items():
            self._pairs[pair].extend(found)
        for alias, units in later._aliases.items():
            self._aliases[alias].extend(units)
        self._frequencies.update(later._frequencies)
        self._exact_norms += later._exact_norms
        self._stem_surprises += later._stem_surprises
        self._alias_norms += later._alias_norms
        self._exact += later._exact
        self._stem += later._stem
        self._alias += later._alias

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what only adding needs, and write numbers close: they come to many millions."""
        close = {key: array("I", places) for key, places in self._places.items()}
        return {**self.__dict__, "_analyzer": None, "_words": {}, "_places": close}

    def _add_words(self, number: int, words: Sequence[str], stems: Sequence[str]) -> None:
        """Note the place of each word, and how many stop words part it from the word before.

        Units and positions come in their order, so the places of a group are sorted as they come.
        """
        known = self._words
        content = parting = 0
        for position, word in enumerate(words):
            if word not in known:
                is_stop_word = word in TABLES.stop_words
                self._meet(word, STOP_WORD + word if is_stop_word else stems[content])
            places, form, is_stop_word = known[word]
            places += (number, position, form, parting)
            if not is_stop_word:
                content += 1
                parting = 0
                continue
            if parting:
                pair = f"{STOP_WORD}{words[position - 1]} {word}"
                self._pairs[pair] += (number, position - 1)
            parting += 1

    def _meet(self, word: str, key: str) -> None:
        """Give *word* a place in the group of *key*."""
        forms = self._forms[key]
        self._words[word] = _Word(self._places[key], len(forms), key.startswith(STOP_WORD))
        forms.append(word)

    def groups(self) -> Iterator[Group]:
        """Yield every group, by key."""
        keys = [
            *self._forms,
            *self._pairs,
            *map(ALIAS.__add__, self._aliases),
            *map(SYMBOL.__add__, self._symbols),
        ]
        for key in sorted(keys, key=code_units):
            if key.startswith(ALIAS):
                yield self._alias_group(key)
            elif key.startswith(SYMBOL):
                yield Group(key, (), (varints(deltas(self._symbols[key[1:]])),))
            elif key in self._pairs:
                yield self._pair_group(key)
            else:
                yield self._word_group(key)

    def _word_group(self, key: str) -> Group:
        """Return the group of the forms of a stem, or of a stop word."""
        gathered = self._places[key]
        units, frequencies, positions = _occurrences(gathered[0::4], gathered[1::4])
        met = self._forms[key]
        forms = sorted(met)
        head = (varints(deltas(units)), self._norms(units))
        if key.startswith(STOP_WORD):
            return Group(key, (*forms,), (*head, b"", frequencies, b"", positions))
        surprises = bytes(map(self._stem_surprises.__getitem__, units))
        numbers = b""
        if len(forms) > 1:
            places = [forms.index(form) for form in met]
            numbers = varints([places[form] for form in gathered[2::4]])
        rest = (numbers, positions, varints(gathered[3::4]), self._lending(units))
        return Group(key, (*forms,), (*head, surprises, frequencies, *rest))

    def _pair_group(self, key: str) -> Group:
        """Return the group of two stop words side by side, with how many units have each."""
        gathered = self._pairs[key]
        units, frequencies, positions = _occurrences(gathered[0::2], gathered[1::2])
        words = key.removeprefix(STOP_WORD).split()
        alone = varints([self._frequencies[word] for word in words])
        head = (varints(deltas(units)), self._norms(units), alone)
        return Group(key, (), (*head, frequencies, b"", positions))

    def _norms(self, units: Iterable[int]) -> bytes:
        return bytes(map(self._exact_norms.__getitem__, units))

    def _lending(self, units: Iterable[int]) -> bytes:
        """Return which of *units* lend their words to others, and to which, in runs."""
        numbers: list[int] = []
        before = -1
        lent = self._lent
        for at, unit in [(at, unit) for at, unit in enumerate(units) if unit in lent]:
            numbers.append(at - before - 1)
            numbers += lent[unit]
            before = at
        return varints(numbers)

    def _alias_group(self, key: str) -> Group:
        units = self._aliases[key[1:]]
        norms = bytes(map(self._alias_norms.__getitem__, units))
        return Group(key, (), (varints(deltas(units)), norms))


def gather(passages: Iterable[Passage]) -> Postings:
    """Return the postings of *passages* alone, for :meth:`Postings.extend`."""
    postings = Postings(Analyzer())
    for passage in passages:
        postings.add_texts(passage)
    return postings


def _occurrences(
    units: Sequence[int], positions: Sequence[int]
) -> tuple[Collection[int], bytes, bytes]:
    """Return the units, each once, and the streams of how many places each has, and of these."""
    counts: dict[int, int] = Counter(units)  # in their order
    differences = deltas(positions)
    at = 0
    for count in counts.values():
        differences[at] = positions[at]  # the first of a unit
        at += count
    frequencies = varints([count - 1 for count in counts.values()])
    return counts.keys(), frequencies, varints(differences)


def _runs(lender: int, borrowers: Sequence[int]) -> list[int]:
    """Return how many runs *borrowers* make, and of each how far it is from the last, and how long.

    >>> _runs(3, [4, 5, 8])
    [2, 1, 2, 2, 1]
    """
    runs: list[list[int]] = []
    end = lender
    for number in borrowers:
        if runs and number == end:
            runs[-1][1] += 1
        else:
            runs.append([number - end, 1])
        end = number + 1
    return [len(runs), *chain.from_iterable(runs)]
