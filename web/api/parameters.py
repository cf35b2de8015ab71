"""The parameters of the API that pages do not have, and all of them as OpenAPI describes them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from fihris.search.clause import LONGEST_CLAUSE, SHIPPED_MIN_SIMILARITY
from fihris.search.outputs.writing import Format
from fihris.search.query import MAX_QUERY_LENGTH
from fihris.web.filters import FilterParameters
from fihris.web.parameters import Parameters, read_digits, read_lower, read_text
from fihris.web.questions import LARGEST_PAGE, LAST_HIT, PageNumber, PageSize, SearchQuestion

#: Wordings of one clause, and places of each.
_MOST_WORDINGS = 50
_MOST_PLACES = 200


class SearchFormat(StrEnum):
    """How hits are written; all but ``json`` are streamed, strict hits only, from the first one."""

    JSON = "json"
    JSONL = Format.JSONL.value
    CSV = Format.CSV.value
    MARKDOWN = Format.MARKDOWN.value
    KWIC = Format.KWIC.value
    BIBTEX = Format.BIBTEX.value
    RIS = Format.RIS.value
    CITE = Format.CITE.value


class SuggestFormat(StrEnum):
    """How completions are written: as all else here, or as browsers take them (OpenSearch)."""

    JSON = "json"
    OPENSEARCH = "opensearch"


class SearchParameters(SearchQuestion):
    """What is asked of a search, and how its answer is written."""

    format: Annotated[
        SearchFormat,
        BeforeValidator(read_lower),
        Field(description="How hits are written; all but json are streamed from the first one."),
    ] = SearchFormat.JSON
    limit: Annotated[
        int,
        Field(ge=1, le=LAST_HIT, description="How many hits are streamed at most."),
        BeforeValidator(read_digits),
    ] = LAST_HIT
    byte_order_mark: Annotated[
        bool,
        BeforeValidator(read_lower),
        Field(description="Begin a CSV with U+FEFF, without which Excel misreads Arabic."),
    ] = False


class ClauseParameters(FilterParameters):
    """A text whose clauses are looked up, and what to tell of each."""

    text: Annotated[
        str,
        Field(max_length=MAX_QUERY_LENGTH, description="A clause, or the paragraphs of a draft."),
        BeforeValidator(read_text),
    ] = ""
    whole: Annotated[
        bool,
        BeforeValidator(read_lower),
        Field(description="Take the text as one clause, whatever paragraphs it has."),
    ] = False
    limit: Annotated[
        int,
        Field(ge=1, le=_MOST_WORDINGS, description="How many wordings of each clause at most."),
        BeforeValidator(read_digits),
    ] = 5
    places: Annotated[
        int,
        Field(ge=1, le=_MOST_PLACES, description="How many places of each wording at most."),
        BeforeValidator(read_digits),
    ] = 5
    min_similarity: Annotated[
        float,
        Field(ge=0, le=1, description="How similar a wording must be."),
        BeforeValidator(read_digits),
    ] = SHIPPED_MIN_SIMILARITY
    oldest_first: Annotated[
        bool,
        BeforeValidator(read_lower),
        Field(description="Order the wordings by date, each with what changed since the last."),
    ] = False


class ClauseBody(ClauseParameters):
    """The same as the body of a request, which has room for more."""

    text: Annotated[
        str,
        Field(max_length=LONGEST_CLAUSE, description="A clause, or the paragraphs of a draft."),
        BeforeValidator(read_text),
    ] = ""


class SuggestParameters(Parameters):
    """What is being typed."""

    q: Annotated[
        str,
        Field(
            max_length=MAX_QUERY_LENGTH,
            description="What was typed so far.",
        ),
    ] = ""
    limit: Annotated[
        int,
        Field(ge=1, le=LARGEST_PAGE, description="How many completions at most."),
        BeforeValidator(read_digits),
    ] = 10
    format: Annotated[
        SuggestFormat,
        BeforeValidator(read_lower),
        Field(description="json, or opensearch for the search box of a browser."),
    ] = SuggestFormat.JSON


class ListParameters(Parameters):
    """Which part of a list is wanted."""

    page: PageNumber = 1
    per_page: PageSize = 100


def described(model: type[Parameters]) -> list[dict[str, Any]]:
    """Return the fields of *model* as OpenAPI describes parameters of a query."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    return [
        _described(name, _resolved(entry, definitions))
        for name, entry in schema["properties"].items()
    ]


def may_be_empty(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a *parameter* in a query, where an empty one counts as missing."""
    schema = parameter["schema"]
    if schema.get("type") == "array":
        schema = {**schema, "items": _or_empty(schema["items"])}
    return {**parameter, "schema": _or_empty(schema)}


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    any_text = schema.get("type") == "string" and not {"enum", "pattern"} & schema.keys()
    if any_text or schema.get("type") == "array":
        return schema
    return {"anyOf": [schema, {"const": ""}]}


def _described(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"name": name, "in": "query", "required": False}
    described["description"] = schema.pop("description", "")
    schema.pop("title", None)
    if schema.get("default") in (None, []):
        schema.pop("default", None)
    if schema.get("type") == "array":
        described |= {"style": "form", "explode": True}
    return {**described, "schema": schema}


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with what it refers to written out; what is said beside it goes before."""
    if "$ref" not in schema:
        return dict(schema)
    meant = definitions[schema["$ref"].rpartition("/")[2]]
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {**meant, **beside}
