"""Pruning: take out what was indexed from a folder and is there no more, when that is believable.

A folder that is missing, empty or closed was more likely unmounted than emptied, and when most of
it would go, somebody may have named the wrong one. Then nothing goes, unless a person insists.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from fihris.index.claim import Claim
from fihris.index.ledger import Ledger
from fihris.index.run import Run
from fihris.index.sources import Refusal, SourceFile
from fihris.index.sources.files import path_key


class Prune(Enum):
    """Whether documents go that are gone from the folders which they were indexed from.

    ``CAREFULLY``: unless that is hard to believe. ``BY_FORCE``: whatever is gone. What lies under
    a folder that may not be read is never taken for gone, unless that is the named folder itself.
    """

    NEVER = "never"
    CAREFULLY = "carefully"
    BY_FORCE = "by force"


class Pruning:
    """The pruning of one run, made before anything is read: how much is there is counted then."""

    def __init__(
        self,
        ledger: Ledger,
        prune: Prune,
        paths: Sequence[Path],
        found: Sequence[SourceFile | Refusal],
    ) -> None:
        self._prune = prune
        self._closed = [
            # Unlike Path.resolve, it has an answer for a link that leads round in a circle.
            path_key(Path(os.path.realpath(refusal.path)))
            for refusal in found
            if isinstance(refusal, Refusal) and not refusal.lasting
        ]
        roots = [] if prune is Prune.NEVER else [(path, path_key(path.resolve())) for path in paths]
        self._roots = [(path, root, ledger.held_in(root)) for path, root in roots]

    def apply(self, run: Run) -> None:
        """Take out what is gone, or say why nothing was."""
        for path, root, held in self._roots:
            gone = [key for key in run.ledger.keys_in(root) if self._is_gone(key, root, run)]
            going = {claim.address: claim for claim in run.ledger.missed_in(root)}
            for key in gone:
                going |= {claim.address: claim for claim in run.ledger.holders_in(key)}
            doubt = self._doubt(path, root, run, going, held)
            if doubt is not None:
                run.refuse(doubt)
                continue
            for claim in going.values():
                run.remove(claim)
            for key in gone:
                run.ledger.forget_file(key)

    def _is_gone(self, key: str, root: str, run: Run) -> bool:
        if key in run.sources:
            return False
        return not any(
            closed != root and (key == closed or key.startswith(closed.rstrip(os.sep) + os.sep))
            for closed in self._closed
        )

    def _doubt(
        self, path: Path, root: str, run: Run, going: dict[str, Claim], held: int
    ) -> Refusal | None:
        """Return why *going* should rather stay, None when there is nothing to say against it."""
        if not going or self._prune is Prune.BY_FORCE:
            return None
        if root in self._closed:
            why = "the folder cannot be read."
        elif not any(source.root == root for source in run.sources.values()):
            why = "the folder holds nothing that can be indexed."
        elif 2 * len(going) > held:
            why = f"{len(going):,} of {held:,} documents would go."
        else:
            return None
        remedy = "If that is right, add --force."
        return Refusal(path, None, f"nothing was pruned, for {why}", remedy, lasting=False)
