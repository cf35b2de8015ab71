"""Parameters of a request, from an address or a JSON body, and what is wrong with them.

Reading is generous where people type (digits of any kind, empty fields of a form), and a
:class:`BadQuestion` names every fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from fihris.index.characters import whole_characters
from fihris.index.errors import FihrisError

_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Fault(BaseModel):
    """One parameter that cannot be read: its name, what it holds, and what is wrong with that.

    ``code`` is for programs, and for those who say it in another language; ``detail`` is English.
    """

    model_config = ConfigDict(frozen=True)

    parameter: str
    value: str
    code: str
    detail: str


class BadQuestion(FihrisError):
    """Parameters of a request that cannot be read, each with what is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        said = " ".join(f"{fault.parameter}: {fault.detail}" for fault in self.faults)
        super().__init__(said, "")


class Parameters(BaseModel):
    """Parameters of a request. Empty ones count as missing, for a form sends every field it has."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, given: Any) -> Any:
        """Return the parameters that hold something."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in ("", [], [""])}

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Return what the *pairs* of an address ask; names that are not known are passed over.

        Where a parameter that takes one value is repeated, the last one counts. Raises BadQuestion.
        """
        given: dict[str, Any] = {}
        for name, value in pairs:
            field = cls.model_fields.get(name)
            if field is None:
                continue
            if isinstance(field.default, tuple):
                given.setdefault(name, []).append(value)
            elif value:
                given[name] = value
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise BadQuestion(faults_of(error.errors(include_url=False))) from error

    @classmethod
    def read_json(cls, body: bytes) -> Self:
        """Return what a JSON object asks, whose members are the parameters. Raises BadQuestion."""
        try:
            given = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadQuestion([_no_object("This is no JSON in UTF-8.")]) from error
        if not isinstance(given, dict):
            raise BadQuestion([_no_object("This is no JSON object.")])
        faults = [
            Fault(parameter=name, value="", code="wrong_type", detail=f"This is no {wanted}.")
            for name, (wanted, fits) in cls._json_types().items()
            if name in given and not fits(given[name])
        ]
        if faults:
            raise BadQuestion(faults)
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise BadQuestion(faults_of(error.errors(include_url=False))) from error

    @classmethod
    def _json_types(cls) -> dict[str, tuple[str, Callable[[object], bool]]]:
        """Return for each parameter what its JSON must be; a text that says it will not do."""
        types: dict[str, tuple[str, Callable[[object], bool]]] = {}
        for name, field in cls.model_fields.items():
            match field.default:
                case bool():
                    types[name] = "boolean", lambda value: isinstance(value, bool)
                case int():
                    types[name] = "whole number", _is_whole
                case float():
                    types[name] = "number", _is_number
                case tuple():
                    types[name] = "list of texts", _is_texts
                case _:
                    types[name] = "text", lambda value: isinstance(value, str)
        return types


def _is_whole(value: object) -> bool:
    return _is_number(value) and float(value) == int(value)  # type: ignore[arg-type,call-overload]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _no_object(detail: str) -> Fault:
    return Fault(parameter="", value="", code="no_json", detail=detail)


def faults_of(errors: Iterable[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """Return what the *errors* that pydantic found say, a fault for each."""
    faults = []
    for one in errors:
        parameter = str(one["loc"][-1]) if one["loc"] else ""
        written = one.get("ctx", {}).get("written", one["input"])
        shown = written if isinstance(written, str) else ""
        detail = one["msg"].rstrip(".") + "."
        faults.append(
            Fault(parameter=parameter, value=shown[:200], code=one["type"], detail=detail)
        )
    return tuple(faults)


def read_text(written: object) -> str:
    """Return what was typed, without the blanks around it, in characters an index can hold."""
    return whole_characters(str(written)).strip()


def read_digits(written: object) -> object:
    """Return a number with the digits of any keyboard as pydantic reads it."""
    return written.strip().translate(_ASCII_DIGITS) if isinstance(written, str) else written


def read_lower(written: object) -> object:
    """Return a name that is typed in capitals or with blanks as the program writes it."""
    return written.strip().lower() if isinstance(written, str) else written
