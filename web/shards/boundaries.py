"""Boundaries: what tells in which file a key is, in the least room: every visitor fetches them."""

from __future__ import annotations

from collections.abc import Sequence

from fihris.web.shards.packing import code_units

# Between two; no key has it, and JSON writes it as it is.
_BETWEEN = "\x7f"
# What is shared with the one before is told in one digit.
_MOST_SHARED = 9


def boundaries(files: Sequence[tuple[str, str]]) -> str:
    """Return what parts *files*, given by their first and last keys.

    Of each first key stands only as much as comes after the last key of the file before, and of
    that only what it does not share with what stands before it.
    """
    written: list[str] = []
    end = before = ""
    for first, last in files:
        key = _shortest_after(end, first) if written else ""
        shared = 0
        while (
            shared < min(len(key), len(before), _MOST_SHARED)
            and key[shared] == before[shared]
            and key[shared] <= "\uffff"  # elsewhere browsers count two
        ):
            shared += 1
        written.append(f"{shared}{key[shared:]}")
        before, end = key, last
    return _BETWEEN.join(written)


def _shortest_after(end: str, key: str) -> str:
    """Return the shortest beginning of *key* that is ordered after *end*, as *key* is.

    >>> _shortest_after("كتاب", "كتيبة")
    'كتي'
    """
    beginnings = (key[:length] for length in range(1, len(key)))
    return next((one for one in beginnings if code_units(one) > code_units(end)), key)
