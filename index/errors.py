"""Every error Fihris raises on purpose, as one tree, each with facts and a remedy.

::

    FihrisError
    ├── SourceError            a file or a record that cannot be taken in
    │   ├── SourceMissing      no such path
    │   ├── SourceUnreadable   the system refuses to let us read it
    │   └── SourceMalformed    it was read, and is not what it claims to be
    ├── IndexError_            the index folder cannot serve
    │   ├── IndexMissing       there is no index yet
    │   ├── NotAnIndex         the folder holds something else
    │   ├── IndexOutdated      it was made by another schema or analyzer
    │   ├── IndexDamaged       its files contradict each other
    │   ├── IndexReadOnly      the folder may not be written
    │   ├── IndexLocked        another process is writing
    │   ├── PlaceTaken         something is where a folder is to be made
    │   ├── PlaceUnwritable    the system refuses to write what is made there
    │   └── BackupDamaged      a backup does not hold what was backed up
    ├── AddressUnknown         nothing in the index bears this address
    └── AddressAmbiguous       more than one thing in the index bears it

Only the command line and the web boundary catch them; ``exit_code`` says how a process ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from fihris.index.sources.finding import Finding


class FihrisError(Exception):
    """The root of the tree: *what* happened, and the *remedy* that a person can apply.

    ``str(error)`` is one line: the fact, then the remedy.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, fact: str, remedy: str) -> None:
        self.fact = fact
        self.remedy = remedy
        super().__init__(f"{fact} {remedy}" if remedy else fact)


class SourceError(FihrisError):
    """A file, or a line of one, that cannot be taken in.

    ``line`` counts from 1 and is None when the whole file is meant. ``lasting`` tells that reading
    the same bytes again would meet the same fault. ``findings`` are the damage to its text, where
    that is the fault.
    """

    lasting: ClassVar[bool] = True

    def __init__(
        self,
        path: Path,
        fact: str,
        remedy: str,
        line: int | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        self.path = path
        self.line = line
        self.findings = findings
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {fact}", remedy)
        self.reason = fact


class SourceMissing(SourceError):
    """No such file or folder."""

    lasting = False


class SourceUnreadable(SourceError):
    """The operating system refuses to let us read it."""

    lasting = False


class SourceMalformed(SourceError):
    """It was read, and is not what it claims to be."""


class IndexError_(FihrisError):
    """The index folder cannot serve; ``path`` names it.

    The trailing underscore keeps Python's own ``IndexError`` visible.
    """

    def __init__(self, path: Path, fact: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"{path}: {fact}", remedy)
        self.reason = fact


class IndexMissing(IndexError_):
    """There is no index at this place yet."""


class NotAnIndex(IndexError_):
    """The folder exists and holds something other than a Fihris index."""


class IndexOutdated(IndexError_):
    """The index was made by another version of the schema or the analyzer."""


class IndexDamaged(IndexError_):
    """The files of the index contradict each other."""


class IndexReadOnly(IndexError_):
    """The folder of the index may not be written."""


class IndexLocked(IndexError_):
    """Another process is writing to this index."""


class PlaceTaken(IndexError_):
    """Something is in the place where a backup or an index is to be made."""


class PlaceUnwritable(IndexError_):
    """The system refuses to write what is to be made: a full disk, or no permission."""


class BackupDamaged(IndexError_):
    """The folder is no backup, or does not hold what was backed up."""


class AddressUnknown(FihrisError):
    """Nothing in the index bears this address; the exit code is that of "nothing found".

    ``candidates`` are addresses that look much like it.
    """

    exit_code = 1

    def __init__(self, fact: str, remedy: str, candidates: tuple[str, ...] = ()) -> None:
        self.candidates = candidates
        super().__init__(fact, remedy)


class AddressAmbiguous(FihrisError):
    """More than one document or paragraph may be meant; ``candidates`` are their addresses."""

    def __init__(self, fact: str, remedy: str, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        super().__init__(fact, remedy)
