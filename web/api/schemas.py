"""What the API says of its answers: models for the OpenAPI document, made from the dataclasses.

The values themselves are those of :mod:`fihris.search.jsonable`; what they look like is worked out
from the same types here, so that no second list of fields can go stale.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import getdoc
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, create_model

from fihris.index.resolution import Date, Session

DateText = Annotated[
    str,
    Field(
        pattern=r"^-?\d{4,}(-\d{2}(-\d{2})?)?$",
        description="As far as it is known: 2021, 2021-03 or 2021-03-24.",
    ),
]
SessionLabel = Annotated[str, Field(description="A session as symbols write it: 46, S-30, ES-10.")]

_WRITTEN: dict[Any, Any] = {Date: DateText, Session: SessionLabel}


@cache
def model_of(dataclass: type, *without: str) -> type[BaseModel]:
    """Return the model of what :func:`~fihris.search.jsonable.jsonable` makes of a *dataclass*.

    The fields *without* are left out.
    """
    hints = get_type_hints(dataclass)
    written: dict[str, Any] = {
        field.name: (_written_type(hints[field.name]), ...)
        for field in fields(dataclass)
        if field.name not in without
    }
    return create_model(dataclass.__name__, __doc__=_first_paragraph(dataclass), **written)


def _written_type(hint: Any) -> Any:
    """Return how a value of the type *hint* is written."""
    if hint in _WRITTEN:
        return _WRITTEN[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return model_of(hint)
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return Union[tuple(map(_written_type, arguments))]  # noqa: UP007 - made of values
    if get_origin(hint) is tuple:
        if arguments[-1] is Ellipsis:
            return list[_written_type(arguments[0])]  # type: ignore[misc]
        return tuple[tuple(map(_written_type, arguments))]  # type: ignore[misc]
    return hint


def _first_paragraph(dataclass: type) -> str:
    return " ".join((getdoc(dataclass) or "").split("\n\n")[0].split())
