"""Named tuples that are cheap to define, for a person at a terminal waits for every class.

``typing`` compiles every annotation of a named tuple, and a search meets fifty of them. Here the
annotations stay what they are, and defining a class takes less than half of the time.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Definition(type):
        """Makes of a class with annotations what ``typing.NamedTuple`` would make of it."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body["__annotations__"]
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(  # noqa: PYI024
                name, fields, defaults=defaults, module=body["__module__"]
            )
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Definition):
        """The base of named tuples. To a type checker it is that of ``typing``.

        The module of a class has to postpone its annotations (``from __future__``).

        >>> class Place(NamedTuple):
        ...     line: int
        ...     column: int = 1
        >>> Place(3)
        Place(line=3, column=1)
        """
