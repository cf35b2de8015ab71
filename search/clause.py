"""Clauses: who has said this before, in these words or nearly so.

A clause is looked up in three steps. The checksum of its folded wording finds the units that say
exactly that. Its rarest stems find candidates for everything else, at a cost that is bounded by
the number of postings read and not by the length of the clause. The candidates are aligned with
it word by word, and the most similar are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from fihris.index.addresses import unit_address
from fihris.index.characters import whole_characters
from fihris.index.frozen import frozen
from fihris.index.reader import IndexReader
from fihris.index.resolution import ParagraphKind
from fihris.index.units import wording_key
from fihris.search.compiler import Compiler
from fihris.search.draft import DraftClause, read_clause, read_draft, readings
from fihris.search.hits import DocumentSummary, Grouping, Sort, summarise
from fihris.search.query import NO_FILTERS, Filters
from fihris.search.ranking import count, rank
from fihris.search.searcher import SHIPPED_WEIGHTS, shared_analyzer
from fihris.search.wording_diff import (
    MOST_WORDS,
    Change,
    ChangeKind,
    ComparedText,
    Words,
    compare,
    read_to_compare,
    similarity,
    spelled_alike,
    spellings_of,
    words_of,
)

if TYPE_CHECKING:
    import tantivy

#: Below this two paragraphs share little but the formulas that every paragraph has.
SHIPPED_MIN_SIMILARITY = 0.4
#: Code points of a clause that are read.
LONGEST_CLAUSE = 100_000
#: Wordings whose spellings are aligned with the clause, and of these the ones whose stems are;
#: more only when more are to be reported.
CANDIDATES = 80
ALIGNED = 30
# Terms are taken, the rarest first, until they have so many postings together: reading these is
# what a query costs.
_MOST_POSTINGS = 200_000
_MOST_TERMS = 32
# A clause of nothing but frequent words still needs two of them.
_FEWEST_TERMS = 2
_LONGEST_PHRASE = 16
_SIMILARITY_DECIMALS = 4


class Likeness(StrEnum):
    """How a wording that was found relates to the clause.

    ``identical``: the same folded words; ``numbers``: the same but for numbers; ``near``: similar.
    """

    IDENTICAL = "identical"
    NUMBERS = "numbers"
    NEAR = "near"


@frozen
class Place:
    """A unit that has a wording: its address, what it is, and the document around it."""

    address: str
    kind: ParagraphKind
    document: DocumentSummary


@frozen
class Revision:
    """How a wording came from an earlier one: its ``text``, and the ``changes`` since then."""

    text: str
    changes: tuple[Change, ...]


@frozen
class Wording:
    """A wording that was found, once, with the places that have it.

    ``text`` is as the first place spells it. ``places`` are in the order of their dates, one at
    least and as many as were asked for; ``place_count`` is how many there are. ``similarity`` is
    from 0 to 1, see :func:`~fihris.search.wording_diff.similarity`; ``changes`` lead from ``text``
    to the clause. ``revision`` is told when the oldest come first, and there is one before.
    """

    text: str
    likeness: Likeness
    similarity: float
    places: tuple[Place, ...]
    place_count: int
    changes: tuple[Change, ...]
    revision: Revision | None = None

    @property
    def changed(self) -> bool:
        """Whether any word differs from the clause."""
        return any(change.kind is not ChangeKind.UNCHANGED for change in self.changes)


@frozen
class ClauseAnswer:
    """What the index has of one clause: the same wording first, then the nearest ones.

    ``notices`` tell a person what could not be looked up, and how near the nearest came when
    none was near enough.
    """

    clause: DraftClause
    wordings: tuple[Wording, ...]
    notices: tuple[str, ...] = ()


class ClauseOptions(NamedTuple):
    """What to report of a clause.

    ``limit`` wordings at most, none less similar than ``min_similarity``, with ``places`` places
    each, 1 at least. ``oldest_first`` puts those that are reported in the order of their dates.
    """

    limit: int = 10
    min_similarity: float = SHIPPED_MIN_SIMILARITY
    filters: Filters = NO_FILTERS
    oldest_first: bool = False
    places: int = 10


_SHIPPED_OPTIONS = ClauseOptions()


def find_clause(
    reader: IndexReader, text: str, options: ClauseOptions = _SHIPPED_OPTIONS
) -> ClauseAnswer:
    """Return the wordings of the index that are *text*, taken as one clause, or come near it."""
    return _Lookup(reader, options).answer(read_clause(whole_characters(text)[:LONGEST_CLAUSE]))


def find_clauses(
    reader: IndexReader, draft: str, options: ClauseOptions = _SHIPPED_OPTIONS
) -> Iterator[ClauseAnswer]:
    """Yield the same for each paragraph of *draft*, in order; see :func:`read_draft`."""
    lookup = _Lookup(reader, options)
    for clause in read_draft(whole_characters(draft)):
        yield lookup.answer(DraftClause(clause.text[:LONGEST_CLAUSE], clause.label, clause.line))


class _Found(NamedTuple):
    """A wording of the index, by its checksum and one unit that has it, with its text."""

    wording: int
    place: tantivy.DocAddress
    text: str
    likeness: Likeness
    similarity: float


class _Lookup:
    """Clauses asked of one state of the index."""

    def __init__(self, reader: IndexReader, options: ClauseOptions) -> None:
        import tantivy

        self._reader = reader
        self._searcher = reader.searcher()
        self._options = options
        self._analyzer = shared_analyzer()
        self._compiler = Compiler(reader.schema, SHIPPED_WEIGHTS)
        self._query = tantivy.Query
        self._occur = tantivy.Occur
        self._documents: dict[str, DocumentSummary] = {}

    def answer(self, clause: DraftClause) -> ClauseAnswer:
        clause, same = self._identical(clause)
        words = words_of(spellings_of(clause.text, self._analyzer), self._analyzer)
        if not words.exact:
            return ClauseAnswer(clause, (), ("There is no word to look for.",))
        notices = []
        if len(words.exact) == MOST_WORDS or len(clause.text) == LONGEST_CLAUSE:
            notices.append(
                f"The clause is long: only its beginning is compared, {MOST_WORDS:,} words at most."
            )
        near = self._near(words, same)
        kept = [one for one in near if one.similarity >= self._options.min_similarity]
        found = ([same] if same is not None else []) + kept
        if not found:
            notices.append(_why_nothing(near))
        compared = read_to_compare(clause.text, self._analyzer)
        wordings = [self._wording(one, compared) for one in found[: self._options.limit]]
        if self._options.oldest_first:
            # An undated document stands behind the dated ones, as in the order of the index.
            wordings.sort(key=_first_date)
            wordings = [*wordings[:1], *map(self._revised, wordings, wordings[1:])]
        return ClauseAnswer(clause, tuple(wordings), tuple(notices))

    def _identical(self, clause: DraftClause) -> tuple[DraftClause, _Found | None]:
        """Return the reading of *clause* that the index has word for word, if any, and the unit."""
        for reading in readings(clause):
            exact = " ".join(self._analyzer.words(reading.text))
            wording = wording_key(exact)
            if not exact or not self._searcher.doc_freq("wording", wording):
                continue
            having = self._having(wording)
            hits = self._searcher.search(having, 1, count=False).hits
            if hits:
                place = hits[0][1]
                return reading, _Found(wording, place, self._text(place), Likeness.IDENTICAL, 1.0)
        return clause, None

    def _near(self, words: Words, same: _Found | None) -> list[_Found]:
        """Return the candidates, the best first, with their similarity."""
        query = self._candidates(words, same)
        if query is None:
            return []
        aligned = max(ALIGNED, self._options.limit)
        wanted = max(CANDIDATES, 2 * aligned)
        candidates = []
        for ranked in rank(self._searcher, query, wanted, grouping=Grouping.WORDING):
            text = self._text(ranked.place)
            spellings = spellings_of(text, self._analyzer)
            candidates.append((spelled_alike(words.exact, spellings), ranked, text, spellings))
        # These sorts are stable: equally similar wordings stay in the order of their rank.
        candidates.sort(key=itemgetter(0), reverse=True)
        found: list[_Found] = []
        for _, ranked, text, spellings in candidates[:aligned]:
            theirs = words_of(spellings, self._analyzer)
            alike = round(similarity(words, theirs), _SIMILARITY_DECIMALS)
            likeness = Likeness.NUMBERS if _same_but_numbers(words, theirs) else Likeness.NEAR
            found.append(_Found(ranked.wording, ranked.place, text, likeness, alike))
        found.sort(key=lambda one: (one.likeness is Likeness.NEAR, -one.similarity))
        return found

    def _candidates(self, words: Words, same: _Found | None) -> tantivy.Query | None:
        """Return the query for units that share rare words with a clause; None if none can."""
        content = {
            stem
            for exact, stem in zip(words.exact, words.stem, strict=True)
            if not self._analyzer.word_forms(exact).stop
        }
        should = [self._term("stem", stem) for stem in self._rarest("stem", content)]
        if not should:
            # Nothing but stop words, which only the exact forms have.
            should = [self._term("exact", word) for word in self._rarest("exact", {*words.exact})]
            if len(words.exact) in range(2, _LONGEST_PHRASE):
                should.append(
                    self._query.phrase_query(self._reader.schema, "exact", [*words.exact])
                )
        if not should:
            return None
        parts = [(self._occur.Should, query) for query in should]
        if same is not None:
            parts.append((self._occur.MustNot, self._term("wording", same.wording)))
        return self._compiler.filtered(self._query.boolean_query(parts), self._options.filters)

    def _rarest(self, field: str, terms: set[str]) -> list[str]:
        """Return the rarest of *terms* whose postings can be read in bounded time."""
        known = sorted(
            (frequency, term)
            for term in terms
            if (frequency := self._searcher.doc_freq(field, term))
        )
        chosen: list[str] = []
        postings = 0
        for frequency, term in known[:_MOST_TERMS]:
            postings += frequency
            if postings > _MOST_POSTINGS and len(chosen) >= _FEWEST_TERMS:
                break
            chosen.append(term)
        return chosen

    def _wording(self, found: _Found, clause: ComparedText) -> Wording:
        if self._searcher.doc_freq("wording", found.wording) == 1:
            text, places, place_count = found.text, [found.place], 1
        else:
            having = self._having(found.wording)
            ranked = rank(self._searcher, having, self._options.places, sort=Sort.OLDEST)
            places = [one.place for one in ranked]
            text = self._text(places[0])
            place_count = len(places)
            if place_count == self._options.places:
                place_count = count(self._searcher, having)
        return Wording(
            text,
            found.likeness,
            found.similarity,
            tuple(map(self._place, places)),
            place_count,
            compare(read_to_compare(text, self._analyzer), clause),
        )

    def _revised(self, earlier: Wording, wording: Wording) -> Wording:
        """Return *wording* with what changed since an *earlier* one."""
        changes = compare(
            read_to_compare(earlier.text, self._analyzer),
            read_to_compare(wording.text, self._analyzer),
        )
        return replace(wording, revision=Revision(earlier.text, changes))

    def _place(self, place: tantivy.DocAddress) -> Place:
        unit = self._reader.shown_unit(self._searcher, place)
        document = self._documents.get(unit.doc)
        if document is None:
            head = self._reader.head(self._searcher, unit.doc)
            document = self._documents[unit.doc] = summarise(head)
        return Place(unit_address(unit.doc, unit.fragment), unit.kind, document)

    def _text(self, place: tantivy.DocAddress) -> str:
        return self._reader.text(self._searcher, place)

    def _having(self, wording: int) -> tantivy.Query:
        """Return the query for the units that have a wording and pass the filters."""
        return self._compiler.filtered(self._term("wording", wording), self._options.filters)

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return self._query.term_query(self._reader.schema, field, value)


def _why_nothing(near: Sequence[_Found]) -> str:
    if not near:
        return "No paragraph shares a word with it."
    nearest = max(one.similarity for one in near)
    return f"Nothing is similar enough; the nearest is {nearest:.0%} similar."


def _same_but_numbers(one: Words, other: Words) -> bool:
    left = _without_numbers(one.exact)
    return bool(left) and left == _without_numbers(other.exact)


def _without_numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isdigit()]


def _first_date(wording: Wording) -> str:
    date = wording.places[0].document.date
    return date.isoformat() if date is not None else "\U0010ffff"
