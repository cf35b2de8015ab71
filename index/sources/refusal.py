"""What becomes of a source that cannot be taken in: it is refused, and everything else goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fihris.index.errors import SourceError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a line of one, that was not indexed.

    ``line`` counts from 1 and is None when the whole file is meant. ``reason`` says what was
    found, ``remedy`` what a person can do about it.
    """

    path: Path
    line: int | None
    reason: str
    remedy: str

    @classmethod
    def of(cls, error: SourceError) -> Refusal:
        """Return the refusal that *error* stands for."""
        return cls(error.path, error.line, error.reason, error.remedy)

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line is not None else f"{self.path}"
        return f"{where}: {self.reason} {self.remedy}".rstrip()
