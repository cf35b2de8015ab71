"""What becomes of a source that cannot be taken in: it is refused, and everything else goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fihris.index.errors import SourceError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a part of one, that was not indexed.

    ``line`` counts from 1 and is None when no line is meant; ``member`` is the path inside an
    archive, or the name of a document in a collection, and empty when the whole file is meant.
    ``reason`` says what was found, ``remedy`` what a person can do about it. ``lasting`` tells that
    the same bytes would be refused again, so that they need not be read again.
    """

    path: Path
    line: int | None
    reason: str
    remedy: str
    member: str = ""
    lasting: bool = True

    @classmethod
    def of(cls, error: SourceError, member: str = "") -> Refusal:
        """Return the refusal that *error* stands for."""
        return cls(error.path, error.line, error.reason, error.remedy, member, error.lasting)

    def __str__(self) -> str:
        where = place_in(self.path, self.member, self.line)
        return f"{where}: {self.reason} {self.remedy}".rstrip()


def place_in(path: Path, member: str = "", line: int | None = None) -> str:
    """Return how a message names a place: ``a.zip!b.docx``, ``laws.jsonl:12``."""
    inside = f"!{member}" if member else ""
    return f"{path}{inside}" if line is None else f"{path}{inside}:{line}"
