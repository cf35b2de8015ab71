"""Slugs: addresses as names of files, the same on every file system and in every link.

A slug is read back into its address, and no two addresses have slugs that a file system could take
for one, also where it does not tell capitals from small letters. ``web/static/hit-links.js`` has
the twin of :func:`slug_of`; ``tests/vectors/slugs.jsonl`` holds what both must make.

The rule: percent-encoding with ``=`` for ``%``, and ``_`` for a slash. ``!`` stands where letters
change between capitals and small ones; they begin as capitals, so that symbols look like symbols.
What would be a device of Windows, or hidden by a host that leaves out ``_…``, has its first
character encoded. Long slugs become folders, each piece after the first marked by ``==``.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

#: Characters of one piece; file systems allow 255 bytes, and a suffix must fit as well.
LONGEST_PIECE = 120

_PLAIN = "-()"  # beside letters and digits; every file system, host and shell script bears them
_ENCODED_FIRST = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9])$|_")
_CASE = re.compile(r"=[0-9A-F]{2}|[A-Za-z]")
_NEXT_PIECE = "/=="


def slug_of(address: str) -> str:
    """Return the slug of *address*, which is not empty: a path without its suffix.

    >>> slug_of("A/HRC/RES/94/9"), slug_of("S/RES/1325 (2000)"), slug_of("qa-law-3745")
    ('A_HRC_RES_94_9', 'S_RES_1325=20(2000)', '!qa-law-3745')
    >>> slug_of(".."), slug_of("NUL"), slug_of("قرار")
    ('=2E=2E', '=4EUL', '=D9=82=D8=B1=D8=A7=D8=B1')
    """
    encoded = quote(address, safe=_PLAIN + "/")
    for character in "_.~":  # which percent-encoding always leaves as they are
        encoded = encoded.replace(character, f"%{ord(character):02X}")
    named = encoded.replace("%", "=").replace("/", "_")
    if _ENCODED_FIRST.match(named):
        named = f"={ord(address[0]):02X}{named[1:]}"
    small = False

    def change(found: re.Match[str]) -> str:
        nonlocal small
        token = found[0]
        if token[0] == "=" or token.islower() is small:
            return token
        small = not small
        return f"!{token}"

    slug = _CASE.sub(change, named)
    pieces = (slug[at : at + LONGEST_PIECE] for at in range(0, len(slug), LONGEST_PIECE))
    return _NEXT_PIECE.join(pieces)


def address_of(slug: str) -> str:
    """Return the address whose slug is *slug*; letters may have lost their case.

    >>> address_of("!QA-LAW-3745"), address_of("a_hrc_res_94_9")
    ('qa-law-3745', 'A/HRC/RES/94/9')
    """
    small = False
    read: list[str] = []
    for token in re.findall("=..|.", slug.replace(_NEXT_PIECE, "")):
        if token == "!":
            small = not small
        elif token[0] == "=":
            read.append(f"%{token[1:]}")
        elif token == "_":
            read.append("/")
        else:
            read.append(token.lower() if small else token.upper())
    return unquote("".join(read), errors="strict")
