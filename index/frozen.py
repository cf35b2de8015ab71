"""Frozen dataclasses that are cheap to define, for a person at a terminal waits for every class.

``dataclasses`` writes and compiles six methods for each class, which takes a millisecond, and a
search meets twenty of them. Here all classes share their methods but one, and that one,
``__init__``, is written when somebody first asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[_Class]) -> type[_Class]:
    """Make *cls* what ``dataclass(frozen=True, slots=True)`` would make of it.

    ``dataclasses.replace``, ``fields`` and ``asdict`` take it, and so do ``copy``, ``pickle`` and
    ``match``. A field is a name with or without a default; what needs more, such as
    ``__post_init__`` or ``dataclasses.field``, needs a dataclass of the usual kind.

    >>> @frozen
    ... class Place:
    ...     line: int
    ...     column: int = 1
    >>> Place(3), Place(3) == Place(3, 1), {Place(3): "here"}[Place(3)]
    (Place(line=3, column=1), True, 'here')

    Raises :class:`TypeError` for a class that needs more.
    """
    if hasattr(cls, "__post_init__") or any(isinstance(held, Field) for held in vars(cls).values()):
        raise TypeError(f"{cls.__qualname__} needs dataclasses.dataclass(frozen=True, slots=True).")
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name in _SHARED:
        setattr(made, name, getattr(_Instance, name))
    made.__values__ = attrgetter(*made.__match_args__)
    made.__init__ = _DeferredInit(made)
    return made  # type: ignore[no-any-return]


class _Instance:
    """What the instances of all classes have in common.

    ``__match_args__`` are the names of the fields, in their order; ``__values__`` gives what an
    instance holds under them.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...]
    __values__: Callable[[object], object]

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(values)})"

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.__values__(self) == self.__values__(other)

    def __hash__(self) -> int:
        return hash(self.__values__(self))

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


_SHARED = ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__reduce__")


class _DeferredInit:
    """Stands in the place of a class's ``__init__``, and puts the written one there when asked."""

    def __init__(self, cls: type[Any]) -> None:
        self._cls = cls

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        self._cls.__init__ = _written_init(self._cls)
        return (owner if instance is None else instance).__init__


def _written_init(cls: type[Any]) -> Any:
    """Return an ``__init__`` for *cls* that puts each argument into its slot.

    It is written as text, as in ``dataclasses``: no other function takes its arguments as fast.
    """
    names: dict[str, Any] = {}
    parameters = ["self"]
    lines = []
    for one in fields(cls):
        names[f"_put_{one.name}"] = getattr(cls, one.name).__set__
        names[f"_default_{one.name}"] = one.default
        default = "" if one.default is MISSING else f"=_default_{one.name}"
        parameters.append(one.name + default)
        lines.append(f" _put_{one.name}(self, {one.name})")
    exec("\n".join((f"def __init__({', '.join(parameters)}):", *lines)), names)
    init = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    init.__annotations__ = {**{one.name: one.type for one in fields(cls)}, "return": None}
    return init
