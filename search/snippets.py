"""Snippets: the one or two parts of a long text that are worth showing first."""

from __future__ import annotations

from collections.abc import Sequence

from fihris.search.hits import Span

#: Code points that the snippets of one text take together; a few lines in a terminal and on a page.
SNIPPET_LENGTH = 280
#: Marks of one text that are weighed, the first ones; no reader looks for the best among more.
MOST_MARKS = 5_000


def best_snippets(
    text: str, spans: Sequence[Span], length: int = SNIPPET_LENGTH
) -> tuple[Span, ...]:
    """Return the one or two parts of *text* worth showing first: whole words, around the marks.

    A short text is shown whole. Else it is one window, or two of half the length where they show
    more different marked words than one can. *spans* are in order and do not overlap; the windows
    are in order, with some text between them.

    >>> text = "ماء " + "كلمة " * 9 + "هواء"
    >>> [text[start:end] for start, end in best_snippets(text, [(0, 3), (49, 53)], 20)]
    ['ماء كلمة', 'كلمة كلمة هواء']
    """
    if len(text) <= length:
        return ((0, len(text)),)
    spans = spans[:MOST_MARKS]
    best = _best_window(text, spans, length)
    shown_by_one = _shown(spans, best)
    if len(shown_by_one) == len(spans):
        return (best,)
    first = _best_window(text, spans, length // 2)
    shown = _shown(spans, first)
    unseen = sorted({*spans}.difference(shown))
    if not unseen:
        return (first,)
    second = _best_window(text, _fresh(text, unseen, shown), length // 2)
    both = sorted({*shown, *_shown(spans, second)})
    if _worth(text, both) <= _worth(text, shown_by_one):
        return (best,)
    earlier, later = sorted((first, second))
    if text[earlier[1] : later[0]].strip():
        return earlier, later
    return ((earlier[0], max(earlier[1], later[1])),)


def _best_window(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the earliest window with the most worth; it cuts neither spans nor words.

    Words that go on without end, as broken files hold them, are cut anywhere.
    """
    mark = _first_of_most_worth(text, spans, length * 3 // 4)
    # A reader wants to see what comes before the first mark, too.
    start = min(max(mark[0] - length // 4, 0), max(len(text) - length, 0))
    earliest = max(start - length, 0)
    word_start = start
    while word_start > earliest and not text[word_start - 1].isspace():
        word_start -= 1
    if word_start == 0 or text[word_start - 1].isspace():
        start = word_start
    # A long word before the mark may have moved the start far back.
    end = min(max(start + length, mark[1]), start + 3 * length, len(text))
    word_end = end
    while max(start + 1, mark[1]) < word_end < len(text) and not text[word_end].isspace():
        word_end -= 1
    if word_end == len(text) or text[word_end].isspace():
        end = word_end
    reach = max((last for first, last in spans if first < end), default=end)
    return start, max(end, min(reach, start + 3 * length, len(text)))


def _first_of_most_worth(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the first of the spans that a window of *length* had best begin with."""
    if spans and spans[-1][1] <= spans[0][0] + length:
        return spans[0]  # with all of them
    words = [text[start:end] for start, end in spans]
    shown: dict[str, int] = {}
    best, mark = (-1, -1), (0, 0)
    last = 0
    for at, span in enumerate(spans):
        reach = span[0] + length
        while last < len(spans) and spans[last][1] <= reach:
            shown[words[last]] = shown.get(words[last], 0) + 1
            last += 1
        worth = (len(shown), last - at)
        if worth > best:
            best, mark = worth, span
        if last == len(spans):
            break  # what begins later shows less
        if last == at:
            last = at + 1
        elif shown[words[at]] == 1:
            del shown[words[at]]
        else:
            shown[words[at]] -= 1
    return mark


def _shown(spans: Sequence[Span], window: Span) -> list[Span]:
    return [span for span in spans if window[0] <= span[0] and span[1] <= window[1]]


def _fresh(text: str, unseen: list[Span], shown: Sequence[Span]) -> list[Span]:
    """Return those of the *unseen* spans whose words are new; all when none is."""
    seen = {text[start:end] for start, end in shown}
    return [span for span in unseen if text[span[0] : span[1]] not in seen] or unseen


def _worth(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Return how many different words *spans* show, which counts first, and how many spans."""
    return len({text[start:end] for start, end in spans}), len(spans)
