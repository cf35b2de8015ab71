"""Which document a header belongs to: its symbol, printed or worked out, and its session."""

from __future__ import annotations

from dataclasses import dataclass

from fihris.index.parser.header import Header
from fihris.index.parser.resolution_number import NumberForm, ResolutionNumber
from fihris.index.resolution import DocumentKind, Session, SessionType


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a document from all others; the entries are those of the model's resolution."""

    symbol: str | None
    symbol_derived: bool
    number: str | None
    part: str | None
    session: Session | None

    @property
    def address(self) -> str | None:
        """The symbol with the letter of the part; None for a text without a symbol."""
        return self.symbol and f"{self.symbol}{self.part or ''}"


def identify(header: Header) -> Identity:
    """Return the identity of the document that *header* heads.

    Organ and number give the symbol where none of an adopted text is printed: a text may stand
    under the symbol of the report that holds it. A draft has no number yet that could give one.
    """
    symbol, derived = header.symbol, False
    number = header.number
    adoptable = header.kind is not DocumentKind.DRAFT and not header.bears_adopted_symbol
    if adoptable and number is not None and header.organ is not None:
        worked_out = number.symbol(header.organ, decision=header.decision)
        if worked_out:
            symbol, derived = worked_out, True
    return Identity(
        symbol,
        derived,
        number=str(number) if number else None,
        part=number.part if number else None,
        session=header.session or _session_in(number),
    )


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
