"""Folding: from the author's spelling to the one spelling that is matched, with the way back.

Folding happens on a copy. :class:`Folded` carries, for every character of the copy, the place in
the original where its source stands, so that whatever is found in the copy is shown in the
author's own spelling. Every step has a name of its own, and a caller composes the steps it wants:

* :func:`fold_characters`: what no reader would call a difference of spelling: compatibility forms
  (``ﰲ`` is ``في``), vowel marks, tatweel, invisible controls, digit sets, dashes and spaces. The
  parser reads texts this way.
* :func:`fold_letters`: what writers leave out or confuse: the hamza on alef, ة/ه, ى/ي, Persian
  letters, Latin capitals. Search adds these; each step keeps the length.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache
from typing import NamedTuple

from fihris.index.analysis.tables import TABLES

_DROPPED = frozenset(TABLES.dropped)
_REWRITTEN = TABLES.characters
_CHARACTERS = {ord(char): None for char in _DROPPED} | {
    ord(char): written for char, written in _REWRITTEN.items()
}
# Compatibility forms of a bare mark, which NFKC would write with a space before them.
_SPACING_MARKS = frozenset(chr(code) for code in range(0xFE70, 0xFE80)) | {
    "\u00a8",
    "\u00af",
    "\u00b4",
    "\u00b8",
}
_LETTERS = tuple(TABLES.letters.items())

# A tatweel that stands where a dash would: after a digit, with or without a space ("٢ ـ").
_TATWEEL_DASH = re.compile(r"(?<=\d)([ \t\u00a0]*)\u0640+(?=[\s\u00a0]|$)")
# The vowel marks, tanwin, shadda and sukun, which fold to nothing and join no letter in NFKC.
_VOWEL_MARKS = tuple(map(chr, range(0x064B, 0x0653)))
# What folds to itself: printable ASCII, quotation marks, plain Arabic letters and punctuation. A
# combining mark belongs to the character before it, so whatever is not plain is taken together with
# that one. A space is no base for a mark.
_PLAIN = "!-~«»\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a"
_UNDISTURBED = re.compile(rf"[\t\n {_PLAIN}]*")
_FOLDING = re.compile(rf"[{_PLAIN}]?[^\t\n {_PLAIN}]+")


def _dashes(tatweel: re.Match[str]) -> str:
    """Return the blanks of a match and a dash for each tatweel, so that the length stays."""
    return tatweel[1] + "-" * (len(tatweel[0]) - len(tatweel[1]))


class Folded(NamedTuple):
    """A folded copy of ``original`` with the way back.

    ``offsets[i]`` is the code point of ``original`` that gave character ``i`` of ``text``;
    ``offsets[len(text)]`` is ``len(original)``. Offsets never decrease.
    """

    original: str
    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in ``original``, end exclusive.

        Marks that follow the last letter belong to it: the end reaches the next kept character,
        less any spaces and invisible characters that were dropped before it.
        """
        if start >= end:
            at = self.offsets[start]
            return at, at
        first = self.offsets[start]
        last = self.offsets[end - 1] + 1
        limit = self.offsets[end] if end < len(self.text) else len(self.original)
        while last < limit and unicodedata.combining(self.original[last]):
            last += 1
        return first, max(last, first)


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    """Return the folded form of a base character with the marks that follow it."""
    if cluster in _REWRITTEN:
        return _REWRITTEN[cluster]
    written: list[str] = []
    for char in unicodedata.normalize("NFKC", cluster):
        if char in _DROPPED:
            continue
        written.append(_REWRITTEN.get(char, char))
    folded = "".join(written)
    # U+FE70..FE7F and the like decompose to a space that carries a mark; the space is no space.
    if folded.isspace() and not cluster[0].isspace():
        return ""
    return folded


@lru_cache(maxsize=65536)
def _fold_chunk(chunk: str) -> tuple[str, tuple[int, ...]]:
    """Return a run of text folded, and for each folded character its place in the run."""
    folded: list[str] = []
    offsets: list[int] = []
    at = 0
    length = len(chunk)
    while at < length:
        end = at + 1
        while end < length and unicodedata.combining(chunk[end]):
            end += 1
        written = _fold_cluster(chunk[at:end])
        folded.append(written)
        offsets.extend([at] * len(written))
        at = end
    return "".join(folded), tuple(offsets)


def fold_characters(text: str) -> Folded:
    """Fold what no reader would call a difference of spelling.

    >>> fold_characters("ﰲ ١٣٢٥").text
    'في 1325'
    >>> folded = fold_characters("يؤكِّد")
    >>> folded.text, folded.span(0, 4)
    ('يؤكد', (0, 6))
    """
    source = text
    if "\u0640" in text:
        source = _TATWEEL_DASH.sub(_dashes, text)
    folded: list[str] = []
    offsets = array("l")
    done = 0
    for run in _FOLDING.finditer(source):
        at = run.start()
        written, places = _fold_chunk(run[0])
        folded += source[done:at], written
        offsets.extend(range(done, at))
        offsets.extend(map(at.__add__, places))
        done = run.end()
    folded.append(source[done:])
    offsets.extend(range(done, len(text) + 1))
    return Folded(text, "".join(folded), offsets)


def fold_letters(text: str) -> str:
    """Fold the letters that writers leave out or confuse; the length stays the same.

    >>> fold_letters("أسئلة إلى")
    'اسئله الي'
    """
    text = text.lower() if _keeps_length(text) else "".join(char.lower()[0] for char in text)
    # Replacing letter by letter is many times faster than one translate; no written letter is
    # itself rewritten, so the order does not matter.
    for letter, written in _LETTERS:
        text = text.replace(letter, written)
    return text


def fold_text(text: str) -> str:
    """Return what :func:`fold` makes of *text*, without the way back; several times faster."""
    bare = _without_vowel_marks(text)
    if _UNDISTURBED.fullmatch(bare):
        return fold_letters(bare)
    normal = unicodedata.normalize("NFKC", text)
    if normal != text and not _SPACING_MARKS.isdisjoint(text):
        return fold(text).text
    return fold_letters(_TATWEEL_DASH.sub(_dashes, normal).translate(_CHARACTERS))


def _without_vowel_marks(text: str) -> str:
    """Return *text* without vowel marks, which is all that most texts need to be undisturbed."""
    for mark in _VOWEL_MARKS:
        text = text.replace(mark, "")
    return text


def _keeps_length(text: str) -> bool:
    """Tell whether lower-casing keeps the length; ``İ`` alone does not."""
    return "\u0130" not in text


def fold(text: str) -> Folded:
    """Fold *text* as search does: characters, then letters.

    >>> fold("الحُرِّيّات").text
    'الحريات'
    """
    folded = fold_characters(text)
    return Folded(folded.original, fold_letters(folded.text), folded.offsets)
