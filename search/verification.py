"""Verification: what folding hides is compared with the stored original, as far as time allows.

The index knows folded words only. Where spelling counts, or words may stand near each other in any
order, the index gives candidates, and the text of each is looked at, the best first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from fihris.index.analysis import Analyzer
from fihris.index.analysis.tables import TABLES
from fihris.index.stored_text import unpack_text
from fihris.search.query_tree import Strictness
from fihris.search.strict_spelling import VOWEL_MARKS, spelled
from fihris.search.terms import FOLDED, PhraseTerm, Verification, near_places

if TYPE_CHECKING:
    import tantivy

#: Seconds that one query may spend on looking at texts.
MAX_SECONDS = 0.4
#: Units that are looked at for one phrase.
MAX_CANDIDATES = 30_000
_BATCH = 64
_HANDFUL = 4096


def verify(
    searcher: tantivy.Searcher,
    candidates: Mapping[PhraseTerm, tantivy.Query],
    analyzer: Analyzer,
) -> Verification:
    """Return which units among the *candidates* of each phrase really have it."""
    keys: dict[PhraseTerm, frozenset[int]] = {}
    complete = True
    seconds = MAX_SECONDS
    for left, (phrase, query) in zip(
        range(len(candidates), 0, -1), candidates.items(), strict=True
    ):
        # Each phrase gets its share of the time that the ones before it left.
        share = seconds / left
        began = monotonic()
        keys[phrase], finished = _units_with(searcher, phrase, query, analyzer, began + share)
        complete = complete and finished
        seconds -= monotonic() - began
    return Verification(keys, complete)


def _units_with(
    searcher: tantivy.Searcher,
    phrase: PhraseTerm,
    query: tantivy.Query,
    analyzer: Analyzer,
    until: float,
) -> tuple[frozenset[int], bool]:
    has = checker(phrase, analyzer)
    found: set[int] = set()
    places = [place for _, place in searcher.search(query, MAX_CANDIDATES, count=False).hits]
    for at in range(0, len(places), _HANDFUL):
        # Units that lie side by side are read many times faster, so the best go in handfuls.
        handful = sorted(places[at : at + _HANDFUL], key=_lie)
        for first in range(0, len(handful), _BATCH):
            if first + at and monotonic() > until:
                return frozenset(found), False
            batch = handful[first : first + _BATCH]
            keys = searcher.fast_field_values("key", batch)
            for place, key in zip(batch, keys, strict=True):
                stored = searcher.doc(place).get_first("text")
                if stored is not None and key is not None and has(unpack_text(bytes(stored))):
                    found.add(int(key))
    return frozenset(found), len(places) < MAX_CANDIDATES


def _lie(place: tantivy.DocAddress) -> tuple[int, int]:
    return place.segment_ord, place.doc


def checker(phrase: PhraseTerm, analyzer: Analyzer) -> Callable[[str], bool]:
    """Return the cheapest function that tells whether a text has *phrase*."""
    if phrase.strictness == FOLDED:
        return partial(_has_near, phrase, analyzer)
    letters = phrase.strictness._replace(marks=False)
    written = [spelled(word, letters) for word in phrase.written]
    # The conjunction of a number ("و5") is no word: next to numbers a letter needs the analyzer.
    if phrase.slop is not None or not all(word.isalpha() and len(word) > 1 for word in written):
        return partial(_has, phrase, analyzer)
    stands = _Wording(written, letters)
    if not phrase.strictness.marks or all(map(VOWEL_MARKS.isdisjoint, phrase.written)):
        return stands.is_in
    return lambda text: stands.is_in(text) and _has(phrase, analyzer, text)


def _has(phrase: PhraseTerm, analyzer: Analyzer, text: str) -> bool:
    return any(True for _ in phrase.spans(analyzer.word_tokens(text), text))


def _has_near(phrase: PhraseTerm, analyzer: Analyzer, text: str) -> bool:
    """Tell whether *text* has all words of *phrase* near each other, whatever their spelling."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(phrase.words):
        numbers[word].append(number)
    hits = [
        (at, number)
        for at, word in enumerate(analyzer.words(text))
        for number in numbers.get(word, ())
    ]
    return any(True for _ in near_places(hits, len(phrase.words), phrase.slop or 0))


class _Wording:
    """Words of letters next to each other in a certain spelling, whatever stands between them.

    Most texts lack them. Those are told by one pass over the text as it is; what is left is a few
    words around each place that may have them, which can be folded and compared with care.
    """

    def __init__(self, words: list[str], strictness: Strictness) -> None:
        self._strictness = strictness
        self._stands = re.compile(
            r"(?:\W|_)*".join(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])" for word in words)
        )
        between = f"[{re.escape(TABLES.dropped)}]*"
        self._may_stand = re.compile(
            rf"(?:\W|[_{re.escape(TABLES.dropped)}])*".join(
                between.join(map(self._raw, word)) for word in words
            ),
            re.IGNORECASE,
        )

    def _raw(self, letter: str) -> str:
        """Return what finds every character that is spelled as *letter*."""
        rewritten = {**TABLES.characters, **TABLES.letters}
        same = [raw for raw in rewritten if spelled(raw, self._strictness) == letter]
        return f"[{re.escape(letter)}{''.join(map(re.escape, same))}]"

    def is_in(self, text: str) -> bool:
        """Tell whether *text* has the words."""
        text = unicodedata.normalize("NFKC", text)
        for match in self._may_stand.finditer(text):
            start, end = match.span()
            while start and not text[start - 1].isspace():
                start -= 1
            while end < len(text) and not text[end].isspace():
                end += 1
            if self._stands.search(spelled(text[start:end], self._strictness)):
                return True
        return False
