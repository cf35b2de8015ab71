"""The routes of the API, and what the OpenAPI document says of each."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from fihris.web.api import answers, resources
from fihris.web.api.parameters import (
    ClauseParameters,
    ListParameters,
    SearchParameters,
    SuggestParameters,
    described,
)
from fihris.web.problems import PROBLEM_TYPE
from fihris.web.questions import Parameters, SearchQuestion
from fihris.web.visits import Answer, Runner, answering, at_once, in_thread, visit_of

PREFIX = "/api/v1"

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


def api_router() -> APIRouter:
    """Return the routes of the API."""
    router = APIRouter(prefix=PREFIX)
    _add(
        router,
        "/search",
        resources.search,
        answers.SearchResult,
        SearchParameters,
        summary="Find paragraphs",
        others=[media_type for media_type, _ in resources.MEDIA_TYPES.values()],
    )
    _add(
        router,
        "/facets",
        resources.facets,
        answers.FacetResult,
        SearchQuestion,
        summary="Count paragraphs by organ, session, year, kind, agenda item and opening verb",
    )
    _add(
        router,
        "/clause",
        resources.clause,
        answers.ClauseResult,
        ClauseParameters,
        summary="Find the same wording, and the nearest",
        run=in_thread,
    )
    router.add_api_route(
        "/clause",
        _post_clause,
        methods=["POST"],
        response_model=None,
        operation_id="post_clause",
        summary="The same, for a text that is too long for an address",
        responses=_responses(answers.ClauseResult, []),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": _body_schema()}},
            }
        },
    )
    for name, answer, model, summary in (
        ("resolution", resources.resolution, answers.WholeDocument, "A whole document"),
        ("paragraph", resources.paragraph, answers.Passage, "A paragraph, and what belongs to it"),
    ):
        _add(
            router,
            f"/{name}/{{address:path}}",
            answer,
            model,
            Parameters,
            summary=summary,
            path={"address": "In any usual spelling; the # before a paragraph as %23."},
            run=in_thread,
        )
    _add(
        router,
        "/suggest",
        resources.suggest,
        answers.SuggestResult,
        SuggestParameters,
        summary="Complete what is being typed",
        others=[resources.OPENSEARCH_SUGGESTIONS],
    )
    _add(
        router,
        "/sessions",
        resources.sessions,
        answers.SessionsResult,
        Parameters,
        summary="Organs and their sessions",
    )
    _add(
        router,
        "/sessions/{organ}/{session}",
        resources.session,
        answers.SessionResult,
        ListParameters,
        summary="The documents of a session",
        path={"organ": "The organ, - for none.", "session": "Its session or year, - for none."},
    )
    return router


async def _post_clause(request: Request) -> Response:
    asked = await resources.read_clause_body(request)
    return await in_thread(lambda visit: resources.answer_clauses(visit, asked), visit_of(request))


def _add(
    router: APIRouter,
    path_format: str,
    answer: Answer,
    model: type[BaseModel],
    parameters: type[Parameters],
    *,
    summary: str,
    path: dict[str, str] | None = None,
    others: list[str] | None = None,
    run: Runner = at_once,
) -> None:
    """Add a route to *router*; *path* describes its own parameters, *others* its media types."""
    own = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": said,
            "schema": {"type": "string", "minLength": 1},
        }
        for name, said in (path or {}).items()
    ]
    router.add_api_route(
        path_format,
        answering(answer, run),
        methods=["GET"],
        response_model=None,
        operation_id=answer.__name__,
        summary=summary,
        description=(answer.__doc__ or "").split("\n")[0],
        responses=_responses(model, others or []),
        openapi_extra={"parameters": [*own, *described(parameters)]},
    )


def _responses(model: type[BaseModel], others: list[str]) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of the answers of one route."""
    responses: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "content": {media_type: {} for media_type in others}},
        304: {"description": "What the client has still holds."},
    }
    for status, said in _PROBLEMS.items():
        responses[status] = {"description": said, "content": {PROBLEM_TYPE: {"schema": _PROBLEM}}}
    return responses


def _body_schema() -> dict[str, Any]:
    """Return the schema of a body whose members are the parameters of the same name."""
    members = {entry["name"]: entry["schema"] for entry in described(ClauseParameters)}
    return {"type": "object", "properties": members}
