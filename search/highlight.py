"""Highlights: what of a text made it a hit, as spans of the author's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fihris.index.analysis import Token
from fihris.search.hits import Had, Span, WordMatch
from fihris.search.terms import PhraseTerm, Term

#: Code points of a snippet; a few lines in a terminal and on a page.
SNIPPET_LENGTH = 280


def match_terms(
    terms: Sequence[Term],
    phrases: Sequence[PhraseTerm],
    tokens: Sequence[Token],
    context: Callable[[], frozenset[str]],
    *,
    partial: bool,
) -> tuple[tuple[WordMatch, ...], tuple[Span, ...]]:
    """Return how a unit has each word of the query, and the spans that show it.

    *context* gives the stems that the unit's document and chapeau lend it; it is asked only when
    the unit lacks a word. Words of the same family count, and are marked, in partial hits only.
    """
    matches: list[WordMatch] = []
    marked: list[tuple[int, int]] = []
    for term in terms:
        places = list(term.spans(tokens))
        marked += [(first, last) for first, last, _ in places]
        if places:
            had = Had.EXACT if any(exact for _, _, exact in places) else Had.INFLECTED
        elif term.stem in context():
            had = Had.CONTEXT
        elif partial and (relatives := list(term.family_spans(tokens))):
            marked += relatives
            had = Had.FAMILY
        else:
            had = Had.MISSING
        matches.append(WordMatch(term.surface, had))
    for phrase in phrases:
        marked += phrase.spans(tokens)
        matches.append(WordMatch(phrase.surface, Had.EXACT))
    return tuple(matches), merge_spans((tokens[a].start, tokens[b - 1].end) for a, b in marked)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return *spans* in order, those that overlap as one.

    >>> merge_spans([(5, 9), (0, 3), (8, 12)])
    ((0, 3), (5, 12))
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def best_snippet(text: str, spans: Sequence[Span], length: int = SNIPPET_LENGTH) -> Span:
    """Return the part of *text* worth showing first: whole words, around the most marks.

    The earliest window with the most marks wins; a short text is shown whole.

    >>> best_snippet("واحد اثنان ثلاثة أربعة", [(11, 16)], 12)
    (5, 16)
    """
    if len(text) <= length:
        return 0, len(text)
    start = 0
    most = last = 0
    for at, (first, _) in enumerate(spans):
        last = max(last, at)
        while last < len(spans) and spans[last][1] <= first + length * 3 // 4:
            last += 1
        if last - at > most or not at:
            most, start = last - at, first
    # A reader wants to see what comes before the first mark, too.
    start = min(max(start - length // 4, 0), max(len(text) - length, 0))
    # Text without any blank, as broken files hold it, is cut anywhere.
    earliest = max(start - length, 0)
    word_start = start
    while word_start > earliest and not text[word_start - 1].isspace():
        word_start -= 1
    if word_start == 0 or text[word_start - 1].isspace():
        start = word_start
    end = min(start + length, len(text))
    word_end = end
    while start + 1 < word_end < len(text) and not text[word_end].isspace():
        word_end -= 1
    if word_end == len(text) or text[word_end].isspace():
        end = word_end
    reach = max((last for first, last in spans if first < end), default=end)
    return start, max(end, min(reach, start + 3 * length, len(text)))
