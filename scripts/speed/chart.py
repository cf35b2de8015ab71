"""The figures as a chart in SVG: how many times as long as Lucene each engine takes.

Every axis begins at nought and is the same for all bars; a bar that would leave the chart is cut,
shows that it is, and states its figure as all do. Colours suit light pages and dark ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from scripts.peers.questions import Kind
from scripts.speed.figures import Figures, Report, ratio
from scripts.speed.serving import ONLY_AS_PAGES, Clock, Depth

#: Where the axis ends, in times what the reference takes.
_MOST = 3.0
_LABELS, _PANEL, _GAP, _MARGIN = 150, 250, 60, 16
_BAR, _BETWEEN = 13, 12
_TOP, _ABOVE, _BELOW = 58, 42, 24
_TITLE = "Time of an answer, in times what Lucene takes: shorter is faster"
_COLOURS = {"fihris": "#1f8a70", "tantivy": "#d1722b", "fts5": "#7a6fc0"}
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #3c4650 }
.title { font-weight: 600; font-size: 14px }
.small { font-size: 11px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
.axis { stroke: #8894a0; stroke-width: 1; opacity: .45 }
.reference { stroke: #3c4650; stroke-width: 1.5 }
.page { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #d5dce3 } .reference { stroke: #d5dce3 } .page { fill: #15191d }
  .small { stroke: #15191d }
}
"""


def chart(reports: Sequence[Report], clock: Clock) -> str:
    """Return the chart of answers timed by *clock*: a row for each of *reports*.

    Medians are on its left, p99 on its right.
    """
    engines = [one for one in reports[0].engines if one.engine in _COLOURS]
    kinds = [kind for kind in Kind if any(_compared(report, kind, clock) for report in reports)]
    height_of_kind = _BAR * len(engines) + _BETWEEN
    height = _ABOVE + height_of_kind * len(kinds) + _BELOW
    width, whole = _LABELS + 2 * (_PANEL + _GAP), _TOP + height * len(reports)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" role="img">',
        f"<title>{_TITLE}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{width}" height="{whole}" rx="6"/>',
        f'<text class="title" x="{_MARGIN}" y="26">{_TITLE}</text>',
        *_legend(engines),
    ]
    for number, report in enumerate(reports):
        top = _TOP + height * number
        for place, kind in enumerate(kinds):
            y = top + _ABOVE + height_of_kind * place + (height_of_kind - _BETWEEN) / 2 + 4
            name = f"{kind}, page" if kind in ONLY_AS_PAGES else kind.value
            lines.append(f'<text x="{_MARGIN}" y="{y:.0f}">{escape(name)}</text>')
        for left, share in ((_LABELS, "p50"), (_LABELS + _PANEL + _GAP, "p99")):
            lines += _axis(left, top, height, f"{share}, {report.paragraphs:,} paragraphs")
            for place, kind in enumerate(kinds):
                y = top + _ABOVE + height_of_kind * place
                lines += _bars(_compared(report, kind, clock), engines, share, left, y)
    return "\n".join([*lines, "</svg>", ""])


def _legend(engines: Sequence[Figures]) -> Iterator[str]:
    left = _MARGIN
    for one in engines:
        yield f'<rect x="{left}" y="40" width="12" height="12" fill="{_COLOURS[one.engine]}"/>'
        yield f'<text x="{left + 18}" y="50">{escape(one.name)}</text>'
        left += 40 + 7 * len(one.name)


def _axis(left: int, top: int, height: int, title: str) -> Iterator[str]:
    yield f'<text x="{left}" y="{top + _ABOVE - 18}">{escape(title)}</text>'
    bottom = top + height - _BELOW
    for times in range(int(_MOST) + 1):
        x = left + _PANEL * times / _MOST
        style = "reference" if times == 1 else "axis"
        ends = f'x1="{x:.1f}" y1="{top + _ABOVE - 8}" x2="{x:.1f}" y2="{bottom}"'
        yield f'<line class="{style}" {ends}/>'
        label = "Lucene" if times == 1 else f"{times}×"
        where = f'x="{x:.1f}" y="{bottom + 16}" text-anchor="middle"'
        yield f'<text class="small" {where}>{label}</text>'


def _bars(
    compared: Mapping[str, Mapping[str, float]],
    engines: Sequence[Figures],
    share: str,
    left: int,
    top: int,
) -> Iterator[str]:
    for place, engine in enumerate(engines):
        y = top + _BAR * place
        value = compared.get(engine.engine, {}).get(share)
        if value is None:
            yield f'<text class="small" x="{left + 4}" y="{y + _BAR - 3}">—</text>'
            continue
        length = _PANEL * min(value, _MOST) / _MOST
        points = f"{left},{y} {left + length:.1f},{y}"
        if value > _MOST:  # a bar that goes on is cut to a point
            points += f" {left + length + 7:.1f},{y + (_BAR - 2) / 2}"
        points += f" {left + length:.1f},{y + _BAR - 2} {left},{y + _BAR - 2}"
        yield f'<polygon points="{points}" fill="{_COLOURS[engine.engine]}"/>'
        x = left + length + (11 if value > _MOST else 4)
        yield f'<text class="small" x="{x:.1f}" y="{y + _BAR - 3}">{_written(value)}</text>'


def _compared(report: Report, kind: Kind, clock: Clock) -> dict[str, dict[str, float]]:
    """Return for every other engine its ratios to the reference, by p50 and p99."""
    depth = Depth.PAGE if kind in ONLY_AS_PAGES else Depth.RANK
    of = report.reference and report.reference.latencies.get(depth, {}).get(kind)
    found: dict[str, dict[str, float]] = {}
    for one in report.engines:
        taken = one.latencies.get(depth, {}).get(kind)
        if of and taken and one is not report.reference:
            mine, base = taken.times[clock], of.times[clock]
            values = {"p50": ratio(mine.p50, base.p50), "p99": ratio(mine.p99, base.p99)}
            found[one.engine] = {
                share: value for share, value in values.items() if value is not None
            }
    return found


def _written(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
