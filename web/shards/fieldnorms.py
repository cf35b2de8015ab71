"""Field norms: the lengths of texts as Tantivy's ranking sees them, in one byte.

Tantivy keeps lengths to four significant bits (as Lucene's ``SmallFloat`` does), and ranks by what
is left. A shard bears the very byte, so that a browser ranks as the server does.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_EXACT_BELOW = 24


def length_of(norm: int) -> int:
    """Return the length that a byte stands for."""
    if norm < _EXACT_BELOW:
        return norm
    rest = norm - _EXACT_BELOW
    coded = rest if rest < 8 else (rest & 7 | 8) << ((rest >> 3) - 1)
    return _EXACT_BELOW + coded


_LENGTHS = [length_of(norm) for norm in range(256)]


@lru_cache(maxsize=4096)
def field_norm(length: int) -> int:
    """Return the byte for a field of *length* terms: the largest that stands for no more.

    >>> field_norm(24), field_norm(41), field_norm(1000)
    (24, 40, 87)
    """
    return bisect_right(_LENGTHS, length) - 1
