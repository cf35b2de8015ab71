"""The routes of the API: what is found where, and by which function it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fihris.web.api import resources
from fihris.web.api.parameters import (
    ClauseParameters,
    ListParameters,
    SearchParameters,
    SuggestParameters,
)
from fihris.web.parameters import Parameters
from fihris.web.questions import SearchQuestion
from fihris.web.visits import (
    Answer,
    Runner,
    Visit,
    answering,
    at_once,
    in_thread,
    in_turn,
    visit_of,
)

PREFIX = "/api/v1"

_ADDRESS = {"address": "In any usual spelling; the # before a paragraph as %23."}


@dataclass(frozen=True, slots=True)
class Resource:
    """What is found at one path of the API.

    ``result`` names the model of the answer in :mod:`fihris.web.api.answers`; ``segments`` describe
    the variable parts of the path, ``media_types`` are those beside JSON.
    """

    path: str
    answer: Answer
    result: str
    parameters: type[Parameters]
    summary: str
    run: Runner = at_once
    segments: Mapping[str, str] = field(default_factory=dict)
    media_types: tuple[str, ...] = ()


RESOURCES = (
    Resource(
        "/search",
        resources.search,
        "SearchResult",
        SearchParameters,
        "Find paragraphs",
        media_types=tuple(media_type for media_type, _ in resources.MEDIA_TYPES.values()),
    ),
    Resource(
        "/facets",
        resources.facets,
        "FacetResult",
        SearchQuestion,
        "Count paragraphs by organ, session, year, kind, agenda item and opening verb",
    ),
    Resource(
        "/clause",
        resources.clause,
        "ClauseResult",
        ClauseParameters,
        "Find the same wording, and the nearest",
        run=in_turn,
    ),
    Resource(
        "/resolution/{address:path}",
        resources.resolution,
        "WholeDocument",
        Parameters,
        "A whole document",
        run=in_thread,
        segments=_ADDRESS,
    ),
    Resource(
        "/paragraph/{address:path}",
        resources.paragraph,
        "Passage",
        Parameters,
        "A paragraph, and what belongs to it",
        run=in_thread,
        segments=_ADDRESS,
    ),
    Resource(
        "/suggest",
        resources.suggest,
        "SuggestResult",
        SuggestParameters,
        "Complete what is being typed",
        media_types=(resources.OPENSEARCH_SUGGESTIONS,),
    ),
    Resource(
        "/sessions", resources.sessions, "SessionsResult", Parameters, "Organs and their sessions"
    ),
    Resource(
        "/sessions/{organ}/{session}",
        resources.session,
        "SessionResult",
        ListParameters,
        "The documents of a session",
        segments={"organ": "The organ, - for none.", "session": "Its session or year, - for none."},
    ),
)


def api_routes() -> list[BaseRoute]:
    """Return the routes of the API, and of the document that describes it."""
    routes: list[BaseRoute] = []
    for resource in RESOURCES:
        endpoint = answering(resource.answer, resource.run)
        methods = ["GET"]
        if resource.answer is resources.clause:
            # One route, so that whoever uses another method is told both.
            endpoint, methods = _clause_endpoint, ["GET", "POST"]
        routes.append(Route(f"{PREFIX}{resource.path}", endpoint, methods=methods))
    return [*routes, Route(f"{PREFIX}/openapi.json", answering(_description, in_thread))]


_get_clause = answering(resources.clause, in_turn)


async def _clause_endpoint(request: Request) -> Response:
    if request.method != "POST":
        return await _get_clause(request)
    asked = await resources.read_clause_body(request)
    return await in_turn(lambda visit: resources.answer_clauses(visit, asked), visit_of(request))


def _description(visit: Visit) -> Response:
    """Return the OpenAPI document; what makes it is imported for those who ask."""
    from fihris.web.api.openapi import describe

    return Response(describe(visit.site.settings.prefix), media_type="application/json")
