"""What a run of the writer did to an index, and how far it has come while it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from fihris.index.frozen import frozen
from fihris.index.sources.refusal import Refusal


@frozen
class Tally:
    """A number of documents and of their paragraphs, titles not counted."""

    documents: int = 0
    paragraphs: int = 0

    def plus(self, paragraphs: int) -> Tally:
        """Return this tally with one more document of so many paragraphs."""
        return Tally(self.documents + 1, self.paragraphs + paragraphs)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.documents + other.documents, self.paragraphs + other.paragraphs)


class Outcome(StrEnum):
    """What became of a document in a run.

    ``moved``: it is what it was, and its source now lies elsewhere. ``carried``: its source is
    gone, and a rebuild took it over from the old index.
    """

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    MOVED = "moved"
    REMOVED = "removed"
    CARRIED = "carried"


@frozen
class DocumentChange:
    """What became of the document at *address*; ``place`` is where it stands in the sources.

    ``former`` is the address that it had before, empty when it is the same. Of a document that was
    removed, ``place`` is where it stood.
    """

    outcome: Outcome
    address: str
    place: str
    former: str = ""


@frozen
class SourceWarning:
    """Something odd about a document that was indexed all the same."""

    path: Path
    address: str
    text: str


@frozen
class SyncReport:
    """What a run did to the index; ``changes`` tells it document by document.

    ``refused`` could not be taken in; ``passed_over`` are files that hold a document of which the
    index has a better copy, so that nothing is lost with them.
    """

    added: Tally = Tally()
    unchanged: Tally = Tally()
    replaced: Tally = Tally()
    moved: Tally = Tally()
    removed: Tally = Tally()
    carried: Tally = Tally()
    refused: tuple[Refusal, ...] = ()
    passed_over: tuple[Refusal, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()
    changes: tuple[DocumentChange, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents of the sources are in the index now."""
        tallies = (self.added, self.unchanged, self.replaced, self.moved, self.carried)
        return sum(tally.documents for tally in tallies)


@frozen
class Progress:
    """How far a run has come: bytes of the sources read, of how many, and documents seen,
    copies of one document each by itself.

    ``slow`` names what has been read for longer than a second, and for how long.
    """

    done: int
    total: int
    documents: int
    slow: str = ""


@frozen
class RemovalReport:
    """The addresses that were taken out, and what they held."""

    removed: tuple[str, ...]
    tally: Tally
