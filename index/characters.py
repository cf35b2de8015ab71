"""Characters that an index can hold: whole ones.

JSON escapes, undecodable file names and the arguments of a command can bring half a surrogate
pair, which no encoding can write.
"""

from __future__ import annotations


def whole_characters(text: str) -> str:
    r"""Return *text* with every half of a surrogate pair joined to its other half, or made U+FFFD.

    >>> whole_characters("\ud835\udc00") == "\U0001d400", whole_characters("ق\ud835") == "ق\ufffd"
    (True, True)
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
