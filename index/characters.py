"""Characters that an index can hold and a terminal can print.

JSON escapes, undecodable file names and the arguments of a command can bring half a surrogate
pair, which no encoding can write, and file names may hold whatever commands a terminal.
"""

from __future__ import annotations

import re

# C0, DEL and C1 controls, line and paragraph separators, what turns the direction of what follows
# around (embeddings, overrides, isolates), and halves of surrogate pairs.
_UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def whole_characters(text: str) -> str:
    r"""Return *text* with every half of a surrogate pair joined to its other half, or made U+FFFD.

    >>> whole_characters("\ud835\udc00") == "\U0001d400", whole_characters("ق\ud835") == "ق\ufffd"
    (True, True)
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def printable(text: str) -> str:
    r"""Return *text* as one line that commands no terminal, what would do so written as escapes.

    >>> print(printable("a\n\x1b[31m\u202etxt.b\udcff"))
    a\n\x1b[31m\u202etxt.b\udcff
    """
    return re.sub(
        _UNPRINTABLE, lambda found: found[0].encode("unicode_escape").decode("ascii"), text
    )
