"""What was measured, as it is printed, drawn and written to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from scripts.peers.questions import Kind
from scripts.percentiles import percentile
from scripts.processes import Cost
from scripts.speed.floors import Floor
from scripts.speed.serving import Answer, Clock, Depth
from scripts.speed.stages import Stage

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


#: The part of all answers that is in the middle, and the slow part, when the longest come last.
MIDDLE, SLOW = (0.4, 0.6), (0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Stages:
    """How long the stages of an answer take, in microseconds: means over so many ``questions``."""

    questions: int
    microseconds: Mapping[Stage, float]

    @property
    def in_all(self) -> float:
        """The microseconds of all stages."""
        return sum(self.microseconds.values())

    @classmethod
    def of(cls, taken: Sequence[Mapping[str, int]], part: tuple[float, float]) -> Stages:
        """Return the means of that *part* of answers whose stages *taken* are, in nanoseconds."""
        in_order = sorted(taken, key=lambda stages: sum(stages.values()))
        first, last = (round(share * len(taken)) for share in part)
        chosen = in_order[first : max(last, first + 1)] or in_order[-1:]
        means = {stage: fmean(one.get(stage, 0) for one in chosen) / 1000 for stage in Stage}
        return cls(len(chosen), means)


@dataclass(slots=True)
class Figures:
    """All that was measured of one engine on one collection; what was left out is not there.

    ``updates`` tell how long it took until changed documents were committed, by their number.
    ``stages`` are those of answers in the middle and of slow ones, ``floors`` the seconds that
    parts of building take alone; both of Fihris only.
    """

    engine: str
    name: str
    units: int = 0
    building: Building | None = None
    latencies: dict[Depth, dict[Kind, Latency]] = field(default_factory=dict)
    whole: Whole | None = None
    updates: dict[int, Spread] = field(default_factory=dict)
    stages: dict[Depth, dict[Kind, tuple[Stages, Stages]]] = field(default_factory=dict)
    floors: dict[Floor, float] = field(default_factory=dict)


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
