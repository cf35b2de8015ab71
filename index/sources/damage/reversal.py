"""Reversed text: lines stored as they are seen, from left to right (``ةدحتملا ممألا``).

No Arabic word begins with ``ة`` or ``ى``, and few end in ``لا`` that are longer than a particle.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fihris.index.sources.damage.repair import Repair, sample_around
from fihris.index.sources.damage.vocabulary import WORD, Vocabulary, vocabulary
from fihris.index.sources.finding import Damage, Finding, Outcome

_IMPOSSIBLE = re.compile("(?<![\u0621-\u0652])[ةى][\u0621-\u064a]")
_ARTICLE = re.compile("(?<![\u0621-\u0652])(?:[وفبك])?ال[\u0621-\u064a]{2}")
_ARTICLE_BEHIND = re.compile("[\u0621-\u064a]{2}لا(?:[وفبك])?(?![\u0621-\u0652])")
_PLAIN_SIGNS = (" ة", "\nة", " ى", "\nى")
_LEAST = 3
_TIMES = 3  # as many signs of reversal as signs against it
_FORWARD = re.compile("[0-9\u0660-\u0669A-Za-z](?:[^\u0600-\u06ff\n]*[0-9\u0660-\u0669A-Za-z])?")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_BACKWARD = re.compile(r"(?<!\d)\d\d(?:91|02)(?!\d)")
_CLOSING = ("،", "؛", ".", ":")
_GAIN = 2  # times as many known words after a repair as before
_LEAST_KNOWN = 0.25  # of the words, after a repair
_REMEDY = "Fetch the .docx of the document, or the PDF file itself: its text is laid out anew."


def mend_reversal(passages: list[str], text: str) -> Repair:
    """Turn a text around that was stored backwards; refuse it where that makes no words."""
    # Looked for plainly first: nearly every text ends here.
    if sum(text.count(sign) for sign in _PLAIN_SIGNS) < _LEAST:
        return Repair(passages)
    signs = len(_IMPOSSIBLE.findall(text))
    if signs < _LEAST:
        return Repair(passages)
    signs += len(_ARTICLE_BEHIND.findall(text))
    if signs < _TIMES * (len(_ARTICLE.findall(text)) + 1):
        return Repair(passages)
    words = vocabulary()
    count = len(WORD.findall(text))
    found = _IMPOSSIBLE.search(text)
    sample = sample_around(text, *found.span()) if found else ""
    turn = _turn_for(passages, text)
    turned = [turn(passage) for passage in passages]
    before, after = _known(passages, words), _known(turned, words)
    if after < _GAIN * before or after < _LEAST_KNOWN * count:
        finding = Finding(Damage.REVERSED, Outcome.REFUSED, count, sample, _REMEDY)
        return Repair(passages, (finding,))
    finding = Finding(Damage.REVERSED, Outcome.REPAIRED, count, sample)
    if turn is _turned_words:
        return Repair(turned, (finding,))
    return Repair(turned, (finding,), tuple(_mirrored(len(passage)) for passage in passages))


def _turn_for(passages: list[str], text: str) -> Callable[[str], str]:
    """Return what undoes the reversal: of words, of whole lines, or of lines but for numbers."""
    if not _begin_with_their_ends(passages):
        return _turned_words
    forward, backward = len(_YEAR.findall(text)), len(_YEAR_BACKWARD.findall(text))
    return _turned_whole if backward > forward else _turned_line


def _begin_with_their_ends(passages: list[str]) -> bool:
    """Tell whether whole lines were stored backwards, so that they begin with a full stop."""
    begin = sum(passage.lstrip().startswith(_CLOSING) for passage in passages)
    end = sum(passage.rstrip().endswith(_CLOSING) for passage in passages)
    return begin >= end


def _turned_whole(passage: str) -> str:
    """Return a line turned around with all that is in it."""
    return passage[::-1]


def _turned_line(passage: str) -> str:
    """Return a line turned around, but for its numbers and Latin words."""
    backward = passage[::-1].translate(_MIRROR)
    return _FORWARD.sub(lambda run: run[0][::-1].translate(_MIRROR), backward)


def _turned_words(passage: str) -> str:
    """Return a line with the letters of each Arabic word turned around."""
    return WORD.sub(lambda word: word[0][::-1], passage)


def _known(passages: list[str], words: Vocabulary) -> int:
    """Return how many words of the passages are known."""
    return sum(words.has(word) for passage in passages for word in WORD.findall(passage))


def _mirrored(length: int) -> Callable[[int], int]:
    return lambda place: max(0, length - place)
