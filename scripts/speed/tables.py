"""Figures as tables in Markdown: a row for each engine or kind of question, ratios in brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from scripts.peers.questions import Kind
from scripts.speed.figures import Figures, Latency, Report, Spread, ratio
from scripts.speed.serving import Clock, Depth
from scripts.speed.stages import Stage

_NOTHING = "—"
_TITLES = {
    Depth.RANK: "the order of the first ten",
    Depth.PAGE: "a page of ten with texts and marks",
}
_CLOCKS = {
    Clock.WALL: ", ms: p50 / p99",
    Clock.PROCESSOR: ", ms of the processor: p50 / p99",
}


def report_lines(report: Report, clock: Clock) -> Iterator[str]:
    """Yield the tables of *report*, a heading before them; answers are timed by *clock*."""
    yield f"### {report.collection}: {report.paragraphs:,} paragraphs"
    tables = (
        _building(report),
        *(_latencies(report, depth, clock) for depth in Depth),
        _found(report),
        _processes(report),
        _updates(report),
        *(_stages(report, depth) for depth in Depth),
        _floors(report),
    )
    for heads, rows in tables:
        if rows:
            yield ""
            yield f"| {' | '.join(heads)} |"
            yield f"|{'---|' * len(heads)}"
            for row in rows:
                yield f"| {' | '.join(row)} |"


Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def _building(report: Report) -> Table:
    heads = ("indexing", "paragraphs/s", "CPU, s", "memory, MB", "disk, MB")

    def values(one: Figures) -> Sequence[float]:
        made = one.building
        if made is None:
            return ()
        speed = report.paragraphs / made.seconds
        return speed, made.processor, made.memory / 1e6, made.size / 1e6

    return heads, _rows(report, values)


def _processes(report: Report) -> Table:
    heads = ("a whole process that prints ten texts", "clock, ms", "CPU, ms", "memory, MB")

    def values(one: Figures) -> Sequence[float]:
        whole = one.whole
        return () if whole is None else (whole.clock, whole.processor, whole.memory / 1e6)

    return heads, _rows(report, values)


def _rows(report: Report, values: Callable[[Figures], Sequence[float]]) -> list[Sequence[str]]:
    """Return a row for each engine that has *values*."""
    rows: list[Sequence[str]] = []
    for one, of in _beside(report):
        found = values(one)
        bases = values(of) if of is not None else ()
        if found:
            pairs = zip_longest(found, bases)
            rows.append((one.name, *(_with_ratio(value, base) for value, base in pairs)))
    return rows


def _beside(report: Report) -> Iterator[tuple[Figures, Figures | None]]:
    """Yield each engine, and what it is compared with: nothing for that one itself."""
    for one in report.engines:
        yield one, None if one is report.reference else report.reference


def _latencies(report: Report, depth: Depth, clock: Clock) -> Table:
    """Return a row for each kind of question, a column for each engine."""
    heads = (f"{_TITLES[depth]}{_CLOCKS[clock]}", *(one.name for one in report.engines))
    rows = []
    for kind in Kind:
        cells = [_latency(one, of, depth, kind, clock) for one, of in _beside(report)]
        if any(cell != _NOTHING for cell in cells):
            rows.append((kind.value, *cells))
    return heads, rows


def _latency(one: Figures, of: Figures | None, depth: Depth, kind: Kind, clock: Clock) -> str:
    taken = _taken(one, depth, kind)
    if taken is None:
        return _NOTHING
    base = _taken(of, depth, kind) if of is not None else None
    return _spread(taken.times[clock], None if base is None else base.times[clock])


def _spread(taken: Spread, base: Spread | None) -> str:
    cell = f"{_number(taken.p50)} / {_number(taken.p99)}"
    if base is None:
        return cell
    return f"{cell} ({_times(taken.p50, base.p50)} / {_times(taken.p99, base.p99)})"


def _taken(one: Figures, depth: Depth, kind: Kind) -> Latency | None:
    return one.latencies.get(depth, {}).get(kind)


def _found(report: Report) -> Table:
    heads = (
        "found anything / the source among ten",
        *(one.name for one in report.engines),
    )
    rows = []
    for kind in Kind:
        taken = [_taken(one, Depth.PAGE, kind) for one in report.engines]
        if any(taken):
            rows.append((kind.value, *(_shares(one) for one in taken)))
    return heads, rows


def _shares(taken: Latency | None) -> str:
    if taken is None:
        return _NOTHING
    source = _NOTHING if taken.source_found is None else f"{taken.source_found:.0%}"
    return f"{taken.answered:.0%} / {source}"


def _updates(report: Report) -> Table:
    """Return a row for each number of documents, a column for each engine."""
    heads = ("changed and committed, ms: p50 / p99", *(one.name for one in report.engines))
    rows = []
    for batch in dict.fromkeys(batch for one in report.engines for batch in one.updates):
        cells = [_update(one, of, batch) for one, of in _beside(report)]
        rows.append((f"{batch} documents" if batch > 1 else "one document", *cells))
    return heads, rows


def _update(one: Figures, of: Figures | None, batch: int) -> str:
    taken = one.updates.get(batch)
    if taken is None:
        return _NOTHING
    return _spread(taken, of.updates.get(batch) if of is not None else None)


def _stages(report: Report, depth: Depth) -> Table:
    """Return a row for each kind of question, a column for each stage of the answers to it."""
    heads = (f"{_TITLES[depth]}, µs of the processor: middle / slowest tenth", *Stage, "in all")
    rows = []
    for one in report.engines:
        for kind, (middle, slow) in one.stages.get(depth, {}).items():
            values = [(middle.microseconds[stage], slow.microseconds[stage]) for stage in Stage]
            values.append((middle.in_all, slow.in_all))
            rows.append((kind.value, *(f"{first:,.0f} / {last:,.0f}" for first, last in values)))
    return heads, rows


def _floors(report: Report) -> Table:
    heads = ("a part of building, alone", "CPU, s")
    rows = [
        (floor.value, f"{seconds:.2f}")
        for one in report.engines
        for floor, seconds in one.floors.items()
    ]
    return heads, rows


def _with_ratio(value: float, reference: float | None) -> str:
    cell = _number(value)
    return f"{cell} ({_times(value, reference)})" if reference else cell


def _times(value: float, reference: float) -> str:
    times = ratio(value, reference)
    return _NOTHING if times is None else f"{times:.2f}×"


def _number(value: float) -> str:
    """Return *value* with as many digits as it is worth.

    >>> [_number(value) for value in (0.1234, 3.456, 45.67, 18304.2)]
    ['0.12', '3.46', '45.7', '18,304']
    """
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"
