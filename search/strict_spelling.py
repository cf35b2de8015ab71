"""Spelling as the author wrote it: whether a word of a text differs from the one that was typed.

Folding hides hamza, ة/ه, ى/ي and vowel marks. Who asks for some of them to count gets the words
compared here, in a spelling that keeps just those.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from fihris.index.analysis.tables import TABLES
from fihris.search.query_tree import Strictness

#: The vowel marks that are compared: tanwin, fatha, damma, kasra, shadda and sukun. Others, such
#: as those of the Quran, never count.
VOWEL_MARKS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
_HAMZA = frozenset("أإآ")
_TEH = frozenset("ة")
_YEH = frozenset("ى")


@lru_cache(maxsize=32)
def _rewriting(strictness: Strictness) -> dict[int, str | None]:
    """Return what is rewritten, character by character, where *strictness* does not forbid it."""
    kept = frozenset[str]()
    for counts, letters in (
        (strictness.hamza, _HAMZA),
        (strictness.teh, _TEH),
        (strictness.yeh, _YEH),
        (strictness.marks, VOWEL_MARKS),
    ):
        if counts:
            kept |= letters
    rewritten: dict[int, str | None] = {
        ord(char): written
        for table in (TABLES.characters, TABLES.letters)
        for char, written in table.items()
        if char not in kept
    }
    return rewritten | {ord(char): None for char in TABLES.dropped if char not in kept}


def spelled(text: str, strictness: Strictness) -> str:
    """Return *text* folded but for what *strictness* says that counts.

    >>> spelled("إلى الأمــم", Strictness(hamza=True)), spelled("إلى", Strictness(yeh=True))
    ('إلي الأمم', 'الى')
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_rewriting(strictness))


def same_spelling(typed: str, written: str, strictness: Strictness) -> bool:
    """Tell whether two words with the same folded letters are spelled alike.

    Marks must agree where both words bear them.

    >>> same_spelling("علي", "على", Strictness(yeh=True))
    False
    >>> same_spelling("عِلم", "عِلْمٌ", Strictness(marks=True))
    True
    """
    letters = strictness._replace(marks=False)
    if spelled(typed, letters) != spelled(written, letters):
        return False
    if not strictness.marks or VOWEL_MARKS.isdisjoint(typed):
        return True
    from pyarabic.araby import vocalizedlike  # slow to import, and needed for marks only

    marked = spelled(typed, strictness), spelled(written, strictness)
    return bool(vocalizedlike(*marked))  # type: ignore[no-untyped-call]
