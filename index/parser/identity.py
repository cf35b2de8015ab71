"""Which document a header belongs to: its symbol, printed or worked out, and its session."""

from __future__ import annotations

import re

from fihris.index.frozen import frozen
from fihris.index.parser.header import Header
from fihris.index.parser.organs import organ_of_symbol
from fihris.index.parser.page_heads import is_adopted
from fihris.index.parser.resolution_number import (
    NUMBER,
    NumberForm,
    ResolutionNumber,
    read_number,
)
from fihris.index.parser.symbols import canonical_symbol
from fihris.index.resolution import (
    Change,
    ChangeKind,
    DocumentKind,
    Organ,
    Session,
    SessionType,
)

_SUFFIX = re.compile(r"/(?P<kind>Corr|Rev|Add)\.(?P<number>\d{1,3})(?:-\d+)?$")
_KINDS = {
    "Corr": ChangeKind.CORRIGENDUM,
    "Rev": ChangeKind.REVISION,
    "Add": ChangeKind.ADDENDUM,
}
_NUMBERED = re.compile(r"/(?:RES|DEC)/(?P<number>.+)$")
_FILE_NAME = re.compile(
    r"(?P<head>[AESaes][\W_]{1,2}(?:HRC[\W_])?(?:RES|DEC|PRST))[\W_]{1,2}"
    r"(?P<special>E?S[-_])?(?P<first>\d{1,4})(?P<others>(?:[\W_]{1,2}\d{1,4}){0,1})(?!\d)",
    re.IGNORECASE,
)


@frozen
class Identity:
    """What tells a document from all others; the entries are those of the model's resolution.

    ``named_by_file`` tells that only the name of the file gave the symbol.
    """

    symbol: str | None
    symbol_derived: bool
    number: str | None
    part: str | None
    session: Session | None
    organ: Organ | None = None
    change: Change | None = None
    named_by_file: bool = False

    @property
    def address(self) -> str | None:
        """The symbol with the letter of the part; None for a text without a symbol."""
        return self.symbol and f"{self.symbol}{self.part or ''}"


def identify(header: Header, fallback_address: str) -> Identity:
    """Return the identity of the document that *header* heads.

    The symbol of an adopted text that is printed above the text comes first, then that of the page
    heads where it agrees with the number. Organ and number give the symbol where none of an
    adopted text is printed: a text may stand under the symbol of the report that holds it. A draft
    has no number yet that could give one. The name of the file, the last part of
    *fallback_address*, is asked only when nothing in the document tells.
    """
    symbol, derived = header.symbol, False
    number = header.number
    adoptable = header.kind is not DocumentKind.DRAFT and not header.bears_adopted_symbol
    worked_out = None
    if adoptable and number is not None and header.organ is not None:
        worked_out = number.symbol(header.organ, decision=header.decision)
    if adoptable and is_adopted(header.head_symbol) and _agree(header.head_symbol, worked_out):
        symbol = header.head_symbol
    elif worked_out:
        symbol, derived = worked_out, True
    symbol = symbol or header.head_symbol
    named_by_file = False
    if symbol is None and header.attested:
        symbol = symbol_in_name(fallback_address)
        derived = named_by_file = symbol is not None
    if symbol and header.corrigendum and not _SUFFIX.search(symbol):
        symbol, derived = f"{symbol}/Corr.{header.corrigendum}", True
    number = number or _number_in(symbol)
    head_part = header.head_part if symbol == header.head_symbol else None
    return Identity(
        symbol,
        derived,
        number=str(number) if number else None,
        part=number.part if number and number.part else head_part,
        session=header.session or _session_in(number),
        organ=header.organ or (organ_of_symbol(symbol) if symbol else None),
        change=change_of(symbol, header.reissues),
        named_by_file=named_by_file,
    )


def change_of(symbol: str | None, reissues: int) -> Change | None:
    """Return what the document called *symbol*, issued again *reissues* times, changes.

    A corrigendum that was issued again is told as the corrigendum. What has no symbol replaces
    nothing.

    >>> change_of("A/HRC/RES/94/9/Corr.2", 0)
    Change(kind=<ChangeKind.CORRIGENDUM: 'corrigendum'>, symbol='A/HRC/RES/94/9', number=2)
    """
    if symbol is None:
        return None
    suffix = _SUFFIX.search(symbol)
    if suffix:
        return Change(_KINDS[suffix["kind"]], symbol[: suffix.start()], int(suffix["number"]))
    return Change(ChangeKind.REISSUE, symbol, reissues) if reissues else None


def symbol_in_name(name: str) -> str | None:
    """Return the symbol of an adopted text that a file is named by, None when it is by none.

    >>> symbol_in_name("hrc/A_HRC_RES_46_28.docx"), symbol_in_name("S-RES-1325-(2000)-ar.pdf")
    ('A/HRC/RES/46/28', 'S/RES/1325(2000)')
    >>> symbol_in_name("resolution 46-28.docx") is None
    True
    """
    named = _FILE_NAME.match(re.split(r"[/\\]", name)[-1])
    if named is None:
        return None
    head = re.sub(r"[\W_]+", "/", named["head"])
    numbers = [named["first"], *re.findall(r"\d+", named["others"])]
    if head.upper() == "S/RES" and len(numbers) == 2:
        return canonical_symbol(f"{head}/{numbers[0]}({numbers[1]})")
    special = re.sub(r"[\W_]+$", "", named["special"] or "")
    numbers[0] = f"{special}-{numbers[0]}" if special else numbers[0]
    return canonical_symbol("/".join((head, *numbers)))


def _number_in(symbol: str | None) -> ResolutionNumber | None:
    """Return the number in the symbol of a resolution or a decision."""
    numbered = _NUMBERED.search(_SUFFIX.sub("", symbol)) if symbol else None
    match = NUMBER.fullmatch(numbered["number"].lower()) if numbered else None
    return read_number(match) if match else None


def _agree(printed: str | None, worked_out: str | None) -> bool:
    """Tell whether the symbol of a page head can be that of the text below it."""
    if printed is None or worked_out is None:
        return True
    return _SUFFIX.sub("", printed) == worked_out


def _session_in(number: ResolutionNumber | None) -> Session | None:
    """Return the session that a number names: 46 of ``46/28``, S-30 of ``S-30/1``."""
    if number is None:
        return None
    if number.session is not None:
        return Session(number.session)
    if number.form in (NumberForm.SPECIAL, NumberForm.EMERGENCY):
        prefix, _, session = number.series.partition("-")
        kind = SessionType.EMERGENCY if prefix == "ES" else SessionType.SPECIAL
        return Session(int(session), kind)
    return None
