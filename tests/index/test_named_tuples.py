"""Named tuples that are cheap to define."""

from __future__ import annotations

import pickle
import typing

import pytest

from fihris.index.named_tuples import NamedTuple


class Place(NamedTuple):
    """Where something stands."""

    line: int
    column: int = 1

    @property
    def shown(self) -> str:
        """The place as people write it."""
        return f"{self.line}:{self.column}"


class Model(typing.NamedTuple):
    """Where something stands."""

    line: int
    column: int = 1


def test_a_class_is_what_the_usual_kind_is() -> None:
    assert tuple(Place(3)) == tuple(Model(3)) == (3, 1)
    assert repr(Place(3, 2)) == "Place(line=3, column=2)"
    assert Place(3)._replace(column=2)._asdict() == {"line": 3, "column": 2}
    assert Place._fields == Model._fields
    assert Place._field_defaults == Model._field_defaults
    assert Place.__doc__ == Model.__doc__
    assert Place.__mro__[1:] == (tuple, object)
    assert typing.get_type_hints(Place) == typing.get_type_hints(Model)
    assert not hasattr(Place(3), "__dict__")


def test_what_else_the_class_defines_stays() -> None:
    assert Place(3, 2).shown == "3:2"
    assert Place.shown.__doc__ == "The place as people write it."
    assert Place.__qualname__ == "Place"


def test_a_tuple_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Place(3, 2)))
    assert sent == Place(3, 2)
    assert type(sent) is Place


def test_arguments_are_refused_as_those_of_any_function_are() -> None:
    make: typing.Any = Place
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line'"):
        make()
    with pytest.raises(TypeError, match="unexpected keyword argument 'row'"):
        make(3, row=1)
