"""Percentiles of measured values."""

from __future__ import annotations

from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed.

    >>> percentile([3, 1, 2, 4], 0.5)
    3
    """
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
