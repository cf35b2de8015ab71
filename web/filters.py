"""The parameters that restrict what is found, each with the reader of its values.

Names of organs and kinds may be in either language; the OpenAPI document is made from the same
fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from fihris.index.addresses import MAX_ADDRESS_LENGTH
from fihris.index.characters import whole_characters
from fihris.index.resolution import UNSEARCHED_KINDS, Organ, ParagraphKind
from fihris.search.fields import read_field
from fihris.search.query import Filters, read_years
from fihris.search.query_tree import Strictness
from fihris.web.parameters import Parameters

#: Values of one filter, and code points of one of them.
MOST_VALUES = 50
LONGEST_VALUE = MAX_ADDRESS_LENGTH

STRICT_NAMES = Strictness._fields
ALL_SPELLINGS = "all"

_KINDS = tuple(kind.value for kind in ParagraphKind if kind not in UNSEARCHED_KINDS)

T = TypeVar("T")


def _values(written: object) -> list[str]:
    """Return the values of one parameter: it may be repeated, and hold several with commas."""
    parts = written if isinstance(written, list | tuple) else [written]
    values = [value.strip() for part in _few(parts) for value in str(part).split(",")]
    return [*_few([value for value in values if value])]


def _whole_values(written: object) -> list[str]:
    """Return the values of one parameter that may be repeated and themselves hold commas."""
    parts = written if isinstance(written, list | tuple) else [written]
    for part in parts:
        if len(str(part)) > LONGEST_VALUE:
            raise PydanticCustomError(
                "value_too_long", "At most {most} characters are read.", {"most": LONGEST_VALUE}
            )
    values = [" ".join(whole_characters(str(part)).split()) for part in _few(parts)]
    return [value for value in values if value]


def _few(values: Sequence[T]) -> Sequence[T]:
    if len(values) > MOST_VALUES:
        raise PydanticCustomError(
            "too_many_values", "At most {most} values are read.", {"most": MOST_VALUES}
        )
    return values


def _organs(written: object) -> tuple[str, ...]:
    return _read("organ", _values(written), "unknown_organ", f"Write one of {', '.join(Organ)}.")


def _sessions(written: object) -> tuple[str, ...]:
    return _read("session", _values(written), "unknown_session", "Write 46, S-30 or ES-10.")


def _kinds(written: object) -> tuple[str, ...]:
    remedy = f"Write one of {', '.join(_KINDS)}."
    return _read("kind", _values(written), "unknown_kind", remedy)


def _verbs(written: object) -> tuple[str, ...]:
    """Return the verbs that begin as the values do; one that is not known finds nothing.

    A value as the facet has it means that one verb, so that its link finds as many as it counts.
    """
    read: dict[str, None] = {}
    for value in _whole_values(written):
        known = read_field("verb", value)
        begun = tuple(map(str, known.values)) if known else (value,)
        read.update(dict.fromkeys((value,) if value in begun else begun))
    return tuple(read)


def _agenda(written: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_whole_values(written)))


def _cites(written: object) -> tuple[str, ...]:
    remedy = "Write A/HRC/RES/46/28 or 46/28."
    return _read("cites", _whole_values(written), "unknown_symbol", remedy)


def _read(name: str, values: Iterable[str], code: str, remedy: str) -> tuple[str, ...]:
    """Return what the index calls *values*, each once."""
    read: dict[str, None] = {}
    for value in values:
        restriction = read_field(name, value)
        if restriction is None:
            raise PydanticCustomError(
                code, "{written} is not known. {remedy}", {"written": value, "remedy": remedy}
            )
        read.update(dict.fromkeys(map(str, restriction.values)))
    return tuple(read)


def _years(written: object) -> tuple[int, int] | None:
    if written is None or isinstance(written, tuple):
        return written
    years = read_years(str(written))
    if years is None:
        raise PydanticCustomError(
            "unknown_year",
            "{written} is no year. Write 2021, 2019..2021, 2019.. or ..2021.",
            {"written": str(written)},
        )
    return years


def _spellings(written: object) -> tuple[str, ...]:
    named = {value.lower() for value in _values(written)}
    for name in sorted(named - {*STRICT_NAMES, ALL_SPELLINGS}):
        raise PydanticCustomError(
            "unknown_spelling",
            "{written} is not known. Write {names} or all.",
            {"written": name, "names": ", ".join(STRICT_NAMES)},
        )
    return tuple(name for name in STRICT_NAMES if name in named or ALL_SPELLINGS in named)


def _list_schema(entry: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"type": "array", "items": entry, "maxItems": MOST_VALUES})


Organs = Annotated[
    tuple[str, ...],
    BeforeValidator(_organs),
    _list_schema({"type": "string", "enum": list(Organ)}),
    Field(description="Only what one of these organs adopted; also by its Arabic name."),
]
Sessions = Annotated[
    tuple[str, ...],
    BeforeValidator(_sessions),
    _list_schema({"type": "string", "pattern": "^(S-|ES-)?[0-9]{1,3}$", "example": "46"}),
    Field(description="Only one of these sessions: 46, S-30, ES-10."),
]
Kinds = Annotated[
    tuple[str, ...],
    BeforeValidator(_kinds),
    _list_schema({"type": "string", "enum": list(_KINDS)}),
    Field(description="Only paragraphs of one of these kinds; also by its Arabic name."),
]
Years = Annotated[
    tuple[int, int] | None,
    BeforeValidator(_years),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([0-9]{1,4}|[0-9]{1,4}\.\.[0-9]{1,4}|[0-9]{1,4}\.\.|\.\.[0-9]{1,4})$",
            "example": "2019..2021",
        }
    ),
    Field(description="Only what was adopted in these years: 2021, 2019..2021, 2019.., ..2021."),
]
Cites = Annotated[
    tuple[str, ...],
    BeforeValidator(_cites),
    _list_schema({"type": "string", "maxLength": LONGEST_VALUE, "example": "A/HRC/RES/46/28"}),
    Field(description="Only paragraphs that cite one of these documents."),
]
Verbs = Annotated[
    tuple[str, ...],
    BeforeValidator(_verbs),
    _list_schema({"type": "string", "maxLength": LONGEST_VALUE, "example": "يشير إلى"}),
    Field(
        description="Only paragraphs that open with one of these verbs: the one that a facet has, "
        "or else all that begin so."
    ),
]
Agenda = Annotated[
    tuple[str, ...],
    BeforeValidator(_agenda),
    _list_schema({"type": "string", "maxLength": LONGEST_VALUE, "example": "3"}),
    Field(
        description="Only what was adopted under one of these agenda items, as the facet has them."
    ),
]
Spellings = Annotated[
    tuple[str, ...],
    BeforeValidator(_spellings),
    _list_schema({"type": "string", "enum": [*STRICT_NAMES, ALL_SPELLINGS]}),
    Field(description="Let spelling count: vowel marks, hamza, teh (ة/ه), yeh (ى/ي)."),
]


class FilterParameters(Parameters):
    """The parameters that restrict what is found; within one any value will do."""

    organ: Organs = ()
    session: Sessions = ()
    kind: Kinds = ()
    year: Years = None
    cites: Cites = ()
    verb: Verbs = ()
    agenda: Agenda = ()

    def filters(self) -> Filters:
        """Return the filters as a search takes them."""
        return Filters(
            self.organ, self.session, self.kind, self.year, self.cites, self.verb, self.agenda
        )
