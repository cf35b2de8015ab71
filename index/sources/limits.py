"""Limits: how much reading one document may take before it is given up.

The figures are far above what any resolution needs: a document that meets one is damaged, hostile
or no single document.
"""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1024**2

#: Bytes of one document, unpacked. A scanned volume of the Official Records has some 60 MiB.
MAX_DOCUMENT_BYTES = 128 * _MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading and parsing one document may take.

    ``seconds`` are those of the clock, ``cpu_seconds`` those of the processor. ``memory`` is the
    address space of the process that reads, in bytes, its program included. ``output`` is what it
    may give back, in bytes. Systems that cannot limit processor or memory (Windows; macOS for the
    memory) are left with the clock and the output.
    """

    seconds: float = 120.0
    cpu_seconds: int = 120
    memory: int = 2048 * _MIB
    output: int = 64 * _MIB


#: What holds unless somebody asks for other limits.
STANDARD_LIMITS = Limits()
