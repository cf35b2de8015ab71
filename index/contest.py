"""Who holds an address, when more than one place in the sources claims it.

The best rank does (:attr:`~fihris.index.claim.Claim.rank`), whichever came first, so that an index
depends on what its sources hold and not on when they were read. A claim whose source is gone is
*void*: it stays until something better comes or it is pruned, but it stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from fihris.index.claim import Claim
from fihris.index.ledger import Ledger
from fihris.index.sources import SourceFile
from fihris.index.sources.files import path_of_key


class Contest:
    """Decides between the claims in *ledger*; *present* are the files that were just found."""

    def __init__(self, ledger: Ledger, present: Mapping[str, SourceFile]) -> None:
        self._ledger = ledger
        self._present = present
        self._gone: dict[str, bool] = {}

    def is_gone(self, key: str) -> bool:
        """Tell whether the file *key* is no longer on disk; where we may not look it may be."""
        if key in self._present:
            return False
        if key not in self._gone:
            try:
                path_of_key(key).stat()
                self._gone[key] = False
            except (FileNotFoundError, NotADirectoryError):
                self._gone[key] = True
            except (OSError, ValueError):
                self._gone[key] = False
        return self._gone[key]

    def is_void(self, holder: Claim, present: bool) -> bool:
        """Tell whether a *holder*, *present* or not when its file was read, is there no more."""
        return not present or self.is_gone(holder.key)

    def prevails(
        self, claim: Claim, held: tuple[Claim, bool] | None, taken: Container[str]
    ) -> bool:
        """Tell whether *claim* takes its address from the one that *held* it, if any did.

        *held* is what the ledger tells of the holder. *taken* are the addresses that the file of
        *claim* was found to bear in this run: what it held before and was not met yet is no rival.
        """
        if held is None:
            return True
        holder, present = held
        if self.is_void(holder, present):
            return True
        if holder.key == claim.key and (claim.address not in taken or _same_place(holder, claim)):
            return True
        return claim.rank < holder.rank

    def is_rival(self, holder: Claim, present: bool, claim: Claim, taken: Container[str]) -> bool:
        """Tell whether a *holder* that *claim* prevails over still claims the address."""
        if self.is_void(holder, present) or _same_place(holder, claim):
            return False
        return holder.key != claim.key or claim.address in taken

    def claimants(self) -> list[str]:
        """Return the files that hold an address by right and not in fact.

        Claims whose files are gone are forgotten on the way.
        """
        keys: dict[str, None] = {}
        for claim, holder, present in self._ledger.losers():
            if self.is_gone(claim.key):
                self._ledger.forget_loser(claim)
            elif holder is None or self.is_void(holder, present) or claim.rank < holder.rank:
                keys[claim.key] = None
        return list(keys)


def _same_place(first: Claim, second: Claim) -> bool:
    return (first.key, first.member, first.line) == (second.key, second.member, second.line)
