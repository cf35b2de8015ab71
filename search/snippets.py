"""Snippets: the one or two parts of a long text that are worth showing first."""

from __future__ import annotations

from collections.abc import Sequence

from fihris.search.hits import Span

#: Code points that the snippets of one text take together; a few lines in a terminal and on a page.
SNIPPET_LENGTH = 280


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
    best = _best_window(text, spans, length)
    if len(_shown(spans, best)) == len(spans):
        return (best,)
    first = _best_window(text, spans, length // 2)
    shown = _shown(spans, first)
    unseen = [span for span in spans if span not in shown]
    if not unseen:
        return (first,)
    second = _best_window(text, _fresh(text, unseen, shown), length // 2)
    both = sorted({*shown, *_shown(spans, second)})
    if _worth(text, both) <= _worth(text, _shown(spans, best)):
        return (best,)
    earlier, later = sorted((first, second))
    if text[earlier[1] : later[0]].strip():
        return earlier, later
    return ((earlier[0], max(earlier[1], later[1])),)


def _best_window(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the earliest window with the most worth; it cuts no word and no span."""
    mark = (0, 0)
    best = (-1, -1)
    for at, span in enumerate(spans):
        reach = span[0] + length * 3 // 4
        worth = _worth(text, [other for other in spans[at : at + length] if other[1] <= reach])
        if worth > best:
            best, mark = worth, span
    # A reader wants to see what comes before the first mark, too.
    start = min(max(mark[0] - length // 4, 0), max(len(text) - length, 0))
    while start and not text[start - 1].isspace():
        start -= 1
    # A long word before the mark may have moved the start far back.
    end = min(max(start + length, mark[1]), len(text))
    while end < len(text) and end > max(start + 1, mark[1]) and not text[end].isspace():
        end -= 1
    reach = max((last for first, last in spans if first < end), default=end)
    return start, max(end, min(reach, len(text)))


def _shown(spans: Sequence[Span], window: Span) -> list[Span]:
    return [span for span in spans if window[0] <= span[0] and span[1] <= window[1]]


def _fresh(text: str, unseen: list[Span], shown: Sequence[Span]) -> list[Span]:
    """Return those of the *unseen* spans whose words are new; all when none is."""
    seen = {text[start:end] for start, end in shown}
    return [span for span in unseen if text[span[0] : span[1]] not in seen] or unseen


def _worth(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Return how many different words *spans* show, which counts first, and how many spans."""
    return len({text[start:end] for start, end in spans}), len(spans)
