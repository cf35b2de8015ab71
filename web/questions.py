"""A question as an address has it: one reading of the parameters for pages, API, feeds and exports.

What the parameters are called and may hold stands here, and nowhere else; the OpenAPI document is
made from the same fields. Reading is generous where people type (digits of any kind, names of
organs in Arabic, empty fields of a form) and a :class:`BadQuestion` names every fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Self
from urllib.parse import quote_plus

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fihris.index.addresses import MAX_ADDRESS_LENGTH
from fihris.index.characters import whole_characters
from fihris.index.errors import FihrisError
from fihris.index.resolution import UNSEARCHED_KINDS, Organ, ParagraphKind
from fihris.search.fields import read_field
from fihris.search.hits import Grouping, Sort
from fihris.search.query import MAX_QUERY_LENGTH, Filters, read_years
from fihris.search.query_tree import Strictness

#: Hits on a page, and the last one that a page can reach.
LARGEST_PAGE = 100
LAST_HIT = 10_000
#: Values of one filter, and code points of one of them.
MOST_VALUES = 50
LONGEST_VALUE = MAX_ADDRESS_LENGTH

STRICT_NAMES = Strictness._fields
ALL_SPELLINGS = "all"

_KINDS = tuple(kind.value for kind in ParagraphKind if kind not in UNSEARCHED_KINDS)
_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Level(StrEnum):
    """How a paragraph must have the words of a query.

    ``exact``: each in this very form; ``inflections``: in any form of it; ``roots``: or any word
    of the same root. What stands between quotation marks is exact at every level.
    """

    EXACT = "exact"
    INFLECTIONS = "inflections"
    ROOTS = "roots"


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


def _values(written: object) -> list[str]:
    """Return the values of one parameter: it may be repeated, and hold several with commas."""
    parts = written if isinstance(written, list | tuple) else [written]
    values = [value.strip() for part in parts for value in str(part).split(",")]
    return _few([value for value in values if value])


def _whole_values(written: object) -> list[str]:
    """Return the values of one parameter that may be repeated and themselves hold commas."""
    parts = written if isinstance(written, list | tuple) else [written]
    for part in parts:
        if len(str(part)) > LONGEST_VALUE:
            raise PydanticCustomError(
                "value_too_long", "At most {most} characters are read.", {"most": LONGEST_VALUE}
            )
    values = [" ".join(whole_characters(str(part)).split()) for part in parts]
    return _few([value for value in values if value])


def _few(values: list[str]) -> list[str]:
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


def read_text(written: object) -> str:
    """Return what was typed, without the blanks around it, in characters an index can hold."""
    return whole_characters(str(written)).strip()


def read_digits(written: object) -> object:
    """Return a number with the digits of any keyboard as pydantic reads it."""
    return written.strip().translate(_ASCII_DIGITS) if isinstance(written, str) else written


def read_lower(written: object) -> object:
    """Return a name that is typed in capitals or with blanks as the program writes it."""
    return written.strip().lower() if isinstance(written, str) else written


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


PageNumber = Annotated[
    int,
    Field(ge=1, le=LAST_HIT, description="The page, from 1 on."),
    BeforeValidator(read_digits),
]
PageSize = Annotated[
    int,
    Field(ge=1, le=LARGEST_PAGE, description="How many entries a page has at most."),
    BeforeValidator(read_digits),
]


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
            if field is None or not value:
                continue
            if isinstance(field.default, tuple):
                given.setdefault(name, []).append(value)
            else:
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


class SearchQuestion(FilterParameters):
    """Everything that is asked of a search, as it stands in an address."""

    q: Annotated[
        str,
        Field(max_length=MAX_QUERY_LENGTH, description="The query, in the query language."),
        BeforeValidator(read_text),
    ] = ""
    level: Annotated[
        Level,
        BeforeValidator(read_lower),
        Field(description="How a paragraph must have the words of the query."),
    ] = Level.INFLECTIONS
    strict: Spellings = ()
    sort: Annotated[
        Sort, BeforeValidator(read_lower), Field(description="The order of the hits.")
    ] = Sort.RELEVANCE
    group: Annotated[
        Grouping,
        BeforeValidator(read_lower),
        Field(description="What is shown once: nothing, an identical wording, or a document."),
    ] = Grouping.WORDING
    page: PageNumber = 1
    per_page: PageSize = 10

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to look for: a query, or a filter alone."""
        return bool(self.q) or self.filters() != Filters()

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.per_page

    def strictness(self) -> Strictness:
        """Return which differences of spelling count."""
        return Strictness(**dict.fromkeys(self.strict, True))

    def changed(self, **values: Any) -> Self:
        """Return the same question with other *values*; unless one is a page, from page 1 on."""
        return self.model_copy(update={"page": 1, **values})

    def first_page(self) -> Self:
        """Return the question without what only cuts its answer into pages."""
        return self.changed(per_page=type(self).model_fields["per_page"].default)

    def wording(self) -> SearchQuestion:
        """Return only what a paragraph must say: query, level and spelling."""
        return SearchQuestion().changed(q=self.q, level=self.level, strict=self.strict)

    def parameters(self) -> list[tuple[str, str]]:
        """Return names and values of what differs from the defaults, always in the same order."""
        pairs: list[tuple[str, str]] = []
        for name in _ORDER:
            value = getattr(self, name)
            if value == _DEFAULTS[name]:
                continue
            if name == "year":
                pairs.append((name, written_years(*value)))
            elif isinstance(value, tuple):
                pairs += [(name, str(one)) for one in value]
            else:
                pairs.append((name, str(value)))
        return pairs

    def url_query(self) -> str:
        """Return the query string of an address that asks this; reading it gives it back."""
        return "&".join(f"{name}={_quoted(value)}" for name, value in self.parameters())


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """Return *value* as a query string has it; the links of one page repeat what they hold."""
    return quote_plus(value)


# People read addresses: what was typed comes first, the page last. A page has some forty links, so
# what they leave out is looked up once.
_ORDER = "q level strict organ session year kind verb agenda cites sort group per_page page".split()

_DEFAULTS = {name: SearchQuestion.model_fields[name].default for name in _ORDER}


def written_years(first: int, last: int) -> str:
    """Return a range of years as it is written in an address.

    >>> written_years(2021, 2021), written_years(2019, 9999), written_years(0, 2021)
    ('2021', '2019..', '..2021')
    """
    if first == last:
        return str(first)
    return f"{first or ''}..{last if last != 9999 else ''}"
