"""What was measured, as it is printed, drawn and written to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from scripts.peers.questions import Kind
from scripts.percentiles import percentile
from scripts.processes import Cost
from scripts.speed.serving import Answer, Clock, Depth

#: What all ratios are to.
REFERENCE = "lucene"


@dataclass(frozen=True, slots=True)
class Building:
    """Medians over some runs that each made a whole index; the size in bytes is of the last."""

    runs: int
    seconds: float
    processor: float
    memory: float
    size: int

    @classmethod
    def of(cls, costs: Sequence[Cost], size: int) -> Building:
        """Return the medians of *costs*."""
        seconds, processor, memory = (median(column) for column in zip(*costs, strict=True))
        return cls(len(costs), seconds, processor, memory, size)


@dataclass(frozen=True, slots=True)
class Spread:
    """How values in milliseconds are spread."""

    p50: float
    p99: float
    mean: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of *values*."""
        return cls(median(values), percentile(values, 0.99), fmean(values))


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, by each clock.

    ``answered`` is the share of questions that found anything; ``source_found`` the share, of those
    drawn from one document, that have it among their ten hits: engines that find other things
    cannot be compared by their speed.
    """

    questions: int
    times: Mapping[Clock, Spread]
    answered: float
    source_found: float | None

    @classmethod
    def of(cls, answers: Sequence[Answer], sources: Sequence[str]) -> Latency:
        """Return the latency of *answers* to questions from *sources*, which may be empty."""
        found = [
            source in answer.documents
            for answer, source in zip(answers, sources, strict=True)
            if source
        ]
        return cls(
            len(answers),
            {clock: Spread.of([one.milliseconds[clock] for one in answers]) for clock in Clock},
            fmean(bool(answer.documents) for answer in answers),
            fmean(found) if found else None,
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """Medians of whole processes that answer one question, in milliseconds and bytes."""

    runs: int
    clock: float
    processor: float
    memory: float

    @classmethod
    def of(cls, costs: Sequence[Cost]) -> Whole:
        """Return the medians of *costs*."""
        seconds, processor, memory = (median(column) for column in zip(*costs, strict=True))
        return cls(len(costs), seconds * 1000, processor * 1000, memory)


@dataclass(slots=True)
class Figures:
    """All that was measured of one engine on one collection; what was left out is not there.

    ``updates`` tell how long it took until changed documents were committed, by their number.
    """

    engine: str
    name: str
    units: int = 0
    building: Building | None = None
    latencies: dict[Depth, dict[Kind, Latency]] = field(default_factory=dict)
    whole: Whole | None = None
    updates: dict[int, Spread] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of every engine on one collection of so many paragraphs."""

    collection: str
    paragraphs: int
    engines: tuple[Figures, ...]

    @property
    def reference(self) -> Figures | None:
        """The engine that all ratios are to, unless it was left out."""
        return next((one for one in self.engines if one.engine == REFERENCE), None)


def ratio(value: float, reference: float | None) -> float | None:
    """Return how many times the *reference* a *value* is; None where there is none."""
    return value / reference if reference else None
