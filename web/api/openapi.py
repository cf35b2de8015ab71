"""The OpenAPI document, made by FastAPI from the same table as the routes.

FastAPI, and the models of all answers, take as long to import as everything else together. A server
starts without them, and the first who asks for the document waits half a second.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from fihris.web.api import answers
from fihris.web.api.parameters import ClauseBody, described, may_be_empty
from fihris.web.api.routes import PREFIX, RESOURCES, Resource
from fihris.web.problems import PROBLEM_TYPE

_PROBLEM = {"$ref": "#/components/schemas/ProblemDetails"}
_PROBLEMS = {
    400: "Parameters that cannot be read.",
    404: "There is no such thing.",
    409: "The address may mean several things.",
    413: "The body is too large.",
    414: "The address is too long.",
    421: "The server has another name.",
    429: "Too many requests.",
    503: "There is no index to be used, or it took too long.",
}


@cache
def describe(prefix: str) -> str:
    """Return the document of a server whose site stands under *prefix*."""
    api = FastAPI(
        title="Fihris",
        version="1",
        summary="Search resolutions, paragraph by paragraph",
        servers=[{"url": prefix or "/"}],
    )
    for resource in RESOURCES:
        _describe_get(api, resource)
    clause = next(one for one in RESOURCES if one.path == "/clause")
    _describe_post(api, clause)
    return json.dumps(api.openapi(), ensure_ascii=False)


def _describe_get(api: FastAPI, resource: Resource) -> None:
    own = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": said,
            "schema": {"type": "string", "minLength": 1},
        }
        for name, said in resource.segments.items()
    ]
    api.add_api_route(
        f"{PREFIX}{resource.path}",
        _answered_elsewhere,
        methods=["GET"],
        response_model=None,
        operation_id=resource.answer.__name__,
        summary=resource.summary,
        description=(resource.answer.__doc__ or "").split("\n")[0],
        responses=_responses(resource),
        openapi_extra={"parameters": [*own, *map(may_be_empty, described(resource.parameters))]},
    )


def _describe_post(api: FastAPI, resource: Resource) -> None:
    members = {entry["name"]: entry["schema"] for entry in described(ClauseBody)}
    schema = {"type": "object", "properties": members}
    api.add_api_route(
        f"{PREFIX}{resource.path}",
        _answered_elsewhere,
        methods=["POST"],
        response_model=None,
        operation_id="post_clause",
        summary="The same, for a text that is too long for an address",
        responses=_responses(resource),
        openapi_extra={
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}
        },
    )


def _responses(resource: Resource) -> dict[int | str, dict[str, Any]]:
    model: type[BaseModel] = getattr(answers, resource.result)
    responses: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "content": {media_type: {} for media_type in resource.media_types}},
        304: {"description": "What the client has still holds."},
        # It stands in the document once; FastAPI writes it there for the one that names it so.
        500: {"model": answers.ProblemDetails, "description": "A fault of the program."},
    }
    for status, said in _PROBLEMS.items():
        responses[status] = {"description": said, "content": {PROBLEM_TYPE: {"schema": _PROBLEM}}}
    return responses


async def _answered_elsewhere() -> None:
    """Stand for the function that answers, which takes no part in the document."""
