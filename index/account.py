"""The account of a run: what became of each document so far, however often that changed."""

from __future__ import annotations

from collections.abc import Iterator

from fihris.index.claim import Claim
from fihris.index.report import DocumentChange, Outcome, Tally


class Account:
    """What became of each document that a run met.

    Files that were left alone are counted as a whole, for they may hold a hundred thousand.
    """

    def __init__(self) -> None:
        self._changes: dict[str, tuple[DocumentChange, int]] = {}
        self._untouched: dict[str, Tally] = {}

    @property
    def documents(self) -> int:
        """How many documents were met."""
        return len(self._changes) + sum(tally.documents for tally in self._untouched.values())

    def __contains__(self, address: str) -> bool:
        """Tell whether something is noted of the document at *address*."""
        return address in self._changes

    def leave_alone(self, key: str, tally: Tally) -> None:
        """Note that the file *key*, which holds so much, was left alone."""
        self._untouched[key] = tally

    def take_up(self, key: str) -> None:
        """Note that the file *key* is read after all, and its documents are noted one by one."""
        self._untouched.pop(key, None)

    def displace(self, claim: Claim) -> None:
        """Note that *claim* lost its address, for it was there before."""
        if claim.key in self._untouched:
            before = self._untouched[claim.key]
            self._untouched[claim.key] = Tally(
                before.documents - 1, before.paragraphs - claim.paragraphs
            )

    def note(self, outcome: Outcome, claim: Claim, former: str = "") -> None:
        """Note what became of the document that *claim* is about."""
        change = DocumentChange(outcome, claim.address, claim.place, former)
        self._changes[claim.address] = (change, claim.paragraphs)

    def note_put(self, claim: Claim, former: str, *, replaces: bool, moved: bool) -> None:
        """Note that a document was put into the index.

        ``former`` is the address that it had before. What was added in this very run and put
        again was still added.
        """
        before = self._changes.pop(claim.address, None)
        if before is not None and before[0].outcome is Outcome.ADDED:
            self.note(Outcome.ADDED, claim)
        elif moved:
            self.note(Outcome.MOVED, claim, former)
        else:
            replaces = replaces or before is not None
            self.note(Outcome.REPLACED if replaces else Outcome.ADDED, claim, former)

    def forget(self, address: str) -> None:
        """Forget the document at *address*: another one tells what became of it."""
        self._changes.pop(address, None)

    def tally(self, outcome: Outcome) -> Tally:
        """Return how many documents came to that."""
        counted = Tally()
        for change, paragraphs in self._changes.values():
            if change.outcome is outcome:
                counted = counted.plus(paragraphs)
        if outcome is Outcome.UNCHANGED:
            counted = sum(self._untouched.values(), counted)
        return counted

    def changes(self) -> Iterator[DocumentChange]:
        """Yield what changed, in the order in which it did."""
        for change, _ in self._changes.values():
            if change.outcome is not Outcome.UNCHANGED:
                yield change
