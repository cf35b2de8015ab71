"""Addresses: how a document and a unit of it are named, ordered and looked up.

An address is ``DOC`` or ``DOC#FRAGMENT``. ``DOC`` is the symbol of a resolution, else the id of a
record, else the path under the indexed folder; it may hold ``/``, spaces, Arabic and even ``#``,
so an address is split at its *last* ``#``.
"""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

from fihris.index.resolution import Date, Organ, Resolution, SessionType

#: Code points. Longer names would not fit where addresses must: in file names and in links.
MAX_ADDRESS_LENGTH = 500

_UNDATED = (1 << 23) - 1
_LARGEST_NUMBER = (1 << 20) - 1
_NUMBER = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
# "1325(2000)", "217(III)": a number that UN usage also writes with a blank before the bracket.
_BRACKETED = r"(?P<number>\d+)\s?(?P<bracket>\([^()]+\))"
_SHORT_FORM = r"/(?:RES|DEC|PRST)/(.+)"
_KINDS_IN_SYMBOLS = ("/RES/", "/DEC/", "/PRST/")
_LARGEST_SESSION = (1 << 14) - 1
_ARABIC_SESSION_PREFIXES = {
    SessionType.SPECIAL: ("د-", "دإ-", "دا-"),
    SessionType.EMERGENCY: ("دإط-", "داط-", "د-ط-"),
}


def document_address(name: str) -> str:
    """Return the address that a document called *name* gets: itself, stripped and in NFC.

    Raises ValueError when nothing can be addressed by it; the message says why, without the name.

    >>> document_address(" قانون رقم 5/أ#2 ")
    'قانون رقم 5/أ#2'
    """
    address = unicodedata.normalize("NFC", name).strip()
    if not address:
        raise ValueError("is empty")
    if len(address) > MAX_ADDRESS_LENGTH:
        raise ValueError(
            f"has {len(address):,} characters; at most {MAX_ADDRESS_LENGTH} are allowed"
        )
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in address):
        raise ValueError("holds a line break, a control character or half a surrogate pair")
    return address


def unit_address(document: str, fragment: str) -> str:
    """Return the address of the unit *fragment* of *document*; the title unit has no fragment.

    >>> unit_address("A/HRC/RES/46/28", "OP12.a")
    'A/HRC/RES/46/28#OP12.a'
    """
    return f"{document}#{fragment}" if fragment else document


def split_address(address: str) -> tuple[str, str]:
    """Return document and fragment of *address*; the fragment is empty where there is none.

    >>> split_address("law#5#art1")
    ('law#5', 'art1')
    """
    document, mark, fragment = address.rpartition("#")
    return (document, fragment) if mark else (address, "")


def fragment_of_ref(ref: str, ordinal: int) -> str:
    """Return the fragment for a provision that its collection calls *ref*.

    ``#`` would end the document's part of the address and becomes ``_``. A provision without a
    ref, or whose ref is too long for an address, is called by its *ordinal*, which counts from 1.

    >>> fragment_of_ref(" المادة  1 ", 1), fragment_of_ref("", 3)
    ('المادة 1', 'p3')
    """
    if ref.isascii() and ref.isalnum() and len(ref) <= MAX_ADDRESS_LENGTH:
        return ref  # nearly every ref, and collections have hundreds of thousands
    printable = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in ref)
    fragment = _SPACES.sub(" ", unicodedata.normalize("NFC", printable)).strip().replace("#", "_")
    return fragment if fragment and len(fragment) <= MAX_ADDRESS_LENGTH else f"p{ordinal}"


def unused(fragment: str, used: set[str], repeat: int = 1) -> str:
    """Return *fragment*, or the first of ``~2``, ``~3`` … that is not in *used*.

    Who knows that the first so many are taken begins with a later *repeat*.

    >>> unused("art1", {"art1", "art1~2"})
    'art1~3'
    """
    while True:
        candidate = fragment if repeat == 1 else f"{fragment}~{repeat}"
        if candidate not in used:
            return candidate
        repeat += 1


def order_key(address: str, date: Date | None) -> int:
    """Return the 63-bit number by which documents are ordered.

    From the highest bit: 23 bits of date (year × 512 + month × 32 + day; all ones where there is
    none, so undated documents come last), 20 bits for the last number in the address, so that
    46/9 stands before 46/28, and 20 bits of checksum, so that the order is total.

    >>> order_key("A/HRC/RES/46/9", Date(2021, 3)) < order_key("A/HRC/RES/46/28", Date(2021, 3))
    True
    >>> order_key("a", Date(1999)) < order_key("a", None)
    True
    """
    return _day_number(date) << 40 | _within_a_day(address)


def recency_key(address: str, date: Date | None) -> int:
    """Return the 63-bit number by which documents are ordered with the latest first.

    Those of one day stand as in :func:`order_key`, and undated ones come last here, too.

    >>> recency_key("a", Date(2021)) < recency_key("a", Date(1999)) < recency_key("a", None)
    True
    """
    day = _day_number(date)
    return (day if day == _UNDATED else _UNDATED - 1 - day) << 40 | _within_a_day(address)


def _day_number(date: Date | None) -> int:
    if date is None:
        return _UNDATED
    return min(date.year * 512 + (date.month or 0) * 32 + (date.day or 0), _UNDATED - 1)


def _within_a_day(address: str) -> int:
    numbers = _NUMBER.findall(address)
    number = min(int(numbers[-1]), _LARGEST_NUMBER) if numbers else 0
    return number << 20 | crc32(address.encode()) & _LARGEST_NUMBER


def symbol_key(resolution: Resolution) -> int:
    """Return the 63-bit number by which documents are ordered by their symbols.

    From the highest bit: 3 bits of organ, in the order of :class:`Organ`, all ones where there is
    no symbol; 3 of kind (resolutions, decisions, statements, others); 3 of session type; 14 of
    session; 20 of number; 20 of checksum, so that the order is total. So 46/9 stands before 46/28,
    regular sessions before special ones, and documents without a symbol last.

    What has no symbol is ordered by the last number in its address.
    """
    numbers = [int(number) for number in _NUMBER.findall(resolution.address)]
    organ, kind, session_type, session, number = 7, 7, 0, 0, numbers[-1] if numbers else 0
    if resolution.symbol is not None and resolution.organ is not None:
        organ = list(Organ).index(resolution.organ)
        kind = next(
            (at for at, part in enumerate(_KINDS_IN_SYMBOLS) if part in resolution.symbol), 7
        )
        short = re.search(_SHORT_FORM, resolution.symbol)
        within = _NUMBER.findall(short[1] if short else resolution.symbol) or ["0"]
        if short and "/" in short[1] and len(within) > 1:
            session, number = int(within[0]), int(within[1])
        else:  # "1325(2000)", "217(III)": numbered through all sessions
            number = int(within[0])
        if resolution.session is not None:
            session_type = list(SessionType).index(resolution.session.type)
    checksum = crc32(resolution.address.encode()) & _LARGEST_NUMBER
    key = organ << 6 | kind << 3 | session_type
    key = key << 14 | min(session, _LARGEST_SESSION)
    return key << 40 | min(number, _LARGEST_NUMBER) << 20 | checksum


def symbol_forms(resolution: Resolution) -> tuple[str, ...]:
    """Return every form of the document's own symbol that people look up, canonical form first.

    ``A/HRC/RES/46/28`` is also ``46/28``; ``S/RES/1325(2000)`` also ``S/RES/1325``,
    ``1325 (2000)`` and ``1325``; a special session's ``S-30/1`` also ``دإ-30/1``. A document
    without a symbol has none.
    """
    if resolution.symbol is None:
        return ()
    forms = [resolution.symbol]
    short = re.search(_SHORT_FORM, resolution.symbol)
    for number in dict.fromkeys(filter(None, (resolution.number, short and short[1]))):
        forms.append(number)
        if resolution.session is not None:
            latin = f"{resolution.session.label}/"
            for prefix in _ARABIC_SESSION_PREFIXES.get(resolution.session.type, ()):
                if number.startswith(latin):
                    rest = number.removeprefix(latin)
                    forms.append(f"{prefix}{resolution.session.number}/{rest}")
    for form in tuple(forms):
        bracketed = re.search(_BRACKETED, form)
        if bracketed:
            before, after = form[: bracketed.start()], form[bracketed.end() :]
            for blank in ("", " "):
                forms.append(f"{before}{bracketed['number']}{blank}{bracketed['bracket']}{after}")
            if not after:  # no two documents of one kind share the number before the bracket
                forms.append(f"{before}{bracketed['number']}")
    if resolution.part is not None:
        forms += [f"{form} {resolution.part}" for form in tuple(forms)]
    return tuple(dict.fromkeys(forms))
