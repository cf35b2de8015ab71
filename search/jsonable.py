"""Hits and documents as plain JSON values, for everyone who reads them by program.

Names are those of the dataclasses. A span is ``[start, end]`` in code points, a date
``"2021-03-24"`` as far as it is known, a session its label (``"S-30"``).
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from fihris.index.resolution import Date, Session


def jsonable(value: Any) -> Any:
    """Return *value*, made of the project's dataclasses, as what :mod:`json` can write.

    >>> from fihris.search.hits import DocumentSummary
    >>> jsonable((DocumentSummary("1/2", "", date=Date(2021, 3)),))[0]["date"]
    '2021-03'
    """
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, Session):
        return value.label
    if isinstance(value, dict):
        return {name: jsonable(entry) for name, entry in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    return value


def dump_json(value: Any) -> str:
    """Return *value* as one line of JSON, Arabic in its own letters."""
    import json

    return json.dumps(jsonable(value), ensure_ascii=False)
