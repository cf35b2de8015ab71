"""Limits: how much reading one document may take before it is given up.

The figures are far above what any resolution needs: a document that meets one is damaged, hostile
or no single document.
"""

from __future__ import annotations

from math import ceil

from fihris.index.frozen import frozen

_MIB = 1024**2

#: Bytes of one document, unpacked. A scanned volume of the Official Records has some 60 MiB.
MAX_DOCUMENT_BYTES = 128 * _MIB


@frozen
class Limits:
    """What reading and parsing one document may take.

    ``cpu_seconds`` are those of the processor, with ``cpu_seconds_per_mib`` more for each MiB of
    the document: a PDF of 2 000 pages is honest work for minutes. On a busy machine the clock may
    run ``patience`` times as long. ``memory`` is the address space of the process that reads, in
    bytes, its program included. ``output`` is what it may give back, in bytes. Where the system
    cannot limit processor or memory (Windows; macOS for the memory) the clock and the output
    remain.
    """

    cpu_seconds: float = 60.0
    cpu_seconds_per_mib: float = 20.0
    patience: float = 3.0
    memory: int = 2048 * _MIB
    output: int = 64 * _MIB

    def cpu_seconds_for(self, size: int) -> int:
        """Return the whole seconds of the processor's time for a document of *size* bytes."""
        return ceil(self.cpu_seconds + self.cpu_seconds_per_mib * size / _MIB)

    def seconds_for(self, size: int) -> float:
        """Return the seconds of the clock for a document of *size* bytes."""
        return self.patience * self.cpu_seconds_for(size)


#: What holds unless somebody asks for other limits.
STANDARD_LIMITS = Limits()
