"""Frozen dataclasses that are cheap to define."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from fihris.index.frozen import frozen


@frozen
class Place:
    line: int
    column: int = 1
    marks: tuple[str, ...] = ()


@frozen
class Alone:
    name: str


@dataclass(frozen=True, slots=True)
class Model:
    """What :class:`Place` would be if it were made in the usual way."""

    line: int
    column: int = 1
    marks: tuple[str, ...] = ()


def test_an_instance_looks_as_the_usual_kind_does() -> None:
    given = Place(3, marks=("a",))
    assert repr(given) == repr(Model(3, marks=("a",))).replace("Model", "Place")
    assert asdict(given) == asdict(Model(3, marks=("a",)))
    assert [one.name for one in fields(Place)] == [one.name for one in fields(Model)]
    assert Place.__match_args__ == Model.__match_args__
    assert not hasattr(given, "__dict__")


def test_the_signature_is_that_of_the_usual_kind_before_there_is_an_instance() -> None:
    @frozen
    class Fresh:
        line: int
        column: int = 1

    parameters = inspect.signature(Fresh).parameters
    assert [(one.name, one.default) for one in parameters.values()] == [
        ("line", inspect.Parameter.empty),
        ("column", 1),
    ]
    assert Fresh.__init__.__annotations__ == {"line": int, "column": int, "return": None}


def test_equal_values_are_equal_and_hash_alike_in_one_class_only() -> None:
    assert Place(3) == Place(3, 1)
    assert hash(Place(3)) == hash(Place(3, 1))
    assert Place(3) != Place(4)
    assert Place(3) != Model(3)
    assert Place(3) != (3, 1, ())
    assert Alone("a") == Alone("a")
    assert Alone("a") != Alone("b")


def test_nothing_of_an_instance_can_be_changed() -> None:
    given: Any = Place(3)
    with pytest.raises(FrozenInstanceError):
        given.line = 4
    with pytest.raises(FrozenInstanceError):
        given.other = 4
    with pytest.raises(FrozenInstanceError):
        del given.line
    assert given == Place(3)


def test_arguments_are_refused_as_those_of_any_function_are() -> None:
    make: Any = Place
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line'"):
        make()
    with pytest.raises(TypeError, match="unexpected keyword argument 'row'"):
        make(3, row=1)


@pytest.mark.parametrize(
    "given", [Place(3, 2, ("a", "b")), Alone("a"), Alone("")], ids=["several", "one", "empty"]
)
def test_copies_are_equal(given: Any) -> None:
    assert replace(given) == given
    assert copy.copy(given) == given
    assert copy.deepcopy(given) == given
    assert pickle.loads(pickle.dumps(given)) == given


def test_the_fields_can_be_matched() -> None:
    match Place(3, 2):
        case Place(line, column):
            assert (line, column) == (3, 2)
        case _:
            pytest.fail("no match")


def test_a_class_that_needs_more_is_refused() -> None:
    with pytest.raises(TypeError, match="Made needs dataclasses"):

        @frozen
        class Made:
            marks: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Checked needs dataclasses"):

        @frozen
        class Checked:
            line: int

            def __post_init__(self) -> None:
                pass
