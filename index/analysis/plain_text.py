"""Plain texts, which nearly all are: folded byte by byte, in the code page of stored texts.

A text is *plain* when each of its characters folds by itself to one letter or digit, to nothing, or
to what is no part of a word. Then a table of 256 bytes folds it, many times faster than letters are
replaced one after the other; its words are what blanks part, unless letters touch digits; and what
is found in the folded copy stands at the same place in the text, but for what was dropped before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining

from fihris.index.analysis.normalizer import fold
from fihris.index.analysis.tokens import find_words
from fihris.index.stored_text import PAGE, from_page, to_page


def _bytes(letters: str) -> bytes:
    written = to_page(letters)
    assert written is not None  # nothing rare
    return written


_BLANK = _bytes(" ")[0]
_NONE, _OTHER = 0xFD, 0xFE  # the page has nothing there
_DIGITS = _bytes("0123456789")
_BLANKS, _OTHERS = bytes([_BLANK]), bytes([_OTHER])
# Normal forms join these to the letter before them: no character with one of them stands alone.
_JOINING = "\u0653\u0654\u0655"


def _fold_page() -> Iterator[int]:
    """Yield for each byte of the page that of its folded letter or digit, or what else it is."""
    yield from (_OTHER, _BLANK, _BLANK)  # NUL, a tab, the end of a line
    codes = {char: code for code, char in enumerate(PAGE)}
    folded = fold("\n".join(PAGE[3:])).text.split("\n")
    for char, written in zip(PAGE[3:], folded, strict=True):
        if written.isalnum():
            yield codes[written] if len(written) == 1 else _OTHER
        elif not written:
            yield _OTHER if char in _JOINING else _NONE
        else:
            joins = any(one.isalnum() or combining(one) for one in written)
            yield _OTHER if joins else _BLANK


_FOLDED = bytes(_fold_page()).ljust(256, _OTHERS)
_DROPPED = bytes(code for code, folded in enumerate(_FOLDED) if folded == _NONE)
_WHETHER_DROPPED = bytes(folded == _NONE for folded in _FOLDED)
# Of each byte no more than what it is: a letter, a digit or a blank, in ASCII.
_KINDS = bytes(
    ord(" ") if code == _BLANK else ord("0") if code in _DIGITS else ord("a") for code in range(256)
)
_SEATS = bytes.maketrans(_bytes("ؤئ"), _bytes("ءء"))


class PlainText(NamedTuple):
    """A plain text, the ``original``, and its folded copy, in bytes of the code page.

    ``packed`` is the text in the code page. ``folded`` has blanks between words. ``kinds`` has for
    each byte of the copy ``a`` for a letter, ``0`` for a digit, or a blank. Places are in the
    folded copy, end exclusive.
    """

    original: str
    packed: bytes
    folded: bytes
    kinds: bytes

    @property
    def touching(self) -> bool:
        """Whether letters touch digits somewhere: they are words of their own."""
        return b"a0" in self.kinds or b"0a" in self.kinds

    def words(self) -> list[str]:
        """Return the folded words in order: the text's tokens, by their exact forms."""
        letters = self.letters()
        return [match[0] for match in find_words(letters)] if self.touching else letters.split()

    def letters(self) -> str:
        """Return the folded copy as a text."""
        return from_page(self.folded)

    def holding(
        self, pieces: Sequence[bytes], scattered: Sequence[bytes] = ()
    ) -> list[tuple[int, int]]:
        """Return the places of the words that hold any of *pieces*, in order.

        A piece is what :func:`piece` makes of some letters. Those of a *scattered* one may stand
        anywhere in a word; the first of them had best be rare. A word that touches such a one comes
        along.

        >>> read_plain("من حقوق الإنسان").holding([piece("حق"), piece("نسان")])
        [(3, 7), (8, 15)]
        >>> read_plain("من مكتوب وبات").holding([], [piece("بكت")])
        [(3, 8)]
        """
        folded = self.folded.translate(_SEATS)
        ends: dict[int, int] = {}
        for wanted in pieces:
            at = folded.find(wanted)
            while at >= 0:
                start, end = _run_at(folded, at)
                ends[start] = end
                at = folded.find(wanted, end)
        for wanted in scattered:
            rarest = wanted[:1]
            at = folded.find(rarest)
            while at >= 0:
                start, end = _run_at(folded, at)
                if not wanted.translate(None, folded[start:end]):
                    ends[start] = end
                at = folded.find(rarest, end)
        runs = sorted(ends.items())
        if not (runs and self.touching):
            return runs
        return [
            (start + match.start(), start + match.end())
            for start, end in runs
            for match in find_words(from_page(self.folded[start:end]))
        ]

    def positions(self, places: Iterable[tuple[int, int]]) -> Iterator[int]:
        """Yield the number that each of the words at *places*, in order, has in the text."""
        if self.touching:
            words = find_words(self.letters())
            numbers = {match.start(): number for number, match in enumerate(words)}
            yield from (numbers[start] for start, _ in places)
            return
        position = passed = 0
        for start, _ in places:
            position += len(self.kinds[passed:start].split())
            passed = start
            yield position

    def spans(self, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where *places* lie in the text.

        Marks that follow the last letter belong to it, as in :meth:`Folded.span`.

        >>> list(read_plain("مُدرسةً").spans([(0, 5)]))
        [(0, 7)]
        """
        if len(self.folded) == len(self.original):
            yield from places
            return
        # For each dropped character the place, among all that was kept, of what stands behind it.
        dropped = self.packed.translate(_WHETHER_DROPPED)
        behind: list[int] = []
        at = dropped.find(1)
        while at >= 0:
            behind.append(at - len(behind))
            at = dropped.find(1, at + 1)
        text, length = self.original, len(self.original)
        for start, end in places:
            last = end + bisect_right(behind, end - 1)
            while last < length and combining(text[last]):
                last += 1
            yield start + bisect_right(behind, start), last


def _run_at(folded: bytes, at: int) -> tuple[int, int]:
    """Return where that begins and ends which blanks part from all else around the place *at*."""
    end = folded.find(_BLANKS, at)
    return folded.rfind(_BLANKS, 0, at) + 1, end if end >= 0 else len(folded)


def read_plain(text: str) -> PlainText | None:
    """Return *text* with its folded copy, None when it is not plain.

    >>> read_plain("المادّة (٣):").words(), read_plain("½")
    (['الماده', '3'], None)
    """
    packed = to_page(text)
    if packed is None:
        return None
    folded = packed.translate(_FOLDED, _DROPPED)
    if _OTHER in folded:
        return None
    return PlainText(text, packed, folded, folded.translate(_KINDS))


def piece(letters: str) -> bytes | None:
    """Return folded *letters* as they are looked for in plain texts; None if none can have them.

    The seat of a hamza is no matter.
    """
    written = to_page(letters)
    return None if written is None else written.translate(_SEATS)
