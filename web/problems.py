"""What went wrong, told to a client: problem details (RFC 9457) to programs, a page to people.

This is the boundary of the web. Nothing of the machine is told, neither a path nor a traceback;
what a person at the server needs to know goes to the log.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from fihris.index.errors import (
    AddressAmbiguous,
    AddressUnknown,
    IndexDamaged,
    IndexError_,
    IndexMissing,
    IndexOutdated,
)
from fihris.index.frozen import frozen
from fihris.web.parameters import BadQuestion, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

PROBLEM_TYPE = "application/problem+json"
#: Paths below these are for programs, and so are their errors.
_FOR_PROGRAMS = ("/api/", "/health")

_LOG = logging.getLogger("fihris.web")
_RETRY = {"Retry-After": "5"}

_INDEX_PROBLEMS: Mapping[type[IndexError_], tuple[str, str]] = {
    IndexMissing: ("index_missing", "There is no index yet."),
    IndexOutdated: ("index_outdated", "The index was made by another version of the program."),
    IndexDamaged: ("index_damaged", "The index is damaged."),
}


@frozen
class Problem:
    """What went wrong with one request.

    ``code`` is for programs and does not change; ``detail`` is an English sentence. ``faults`` name
    parameters that cannot be read, ``candidates`` addresses that may have been meant.
    """

    status: HTTPStatus
    code: str
    detail: str
    faults: tuple[Fault, ...] = ()
    candidates: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """Return the members of the problem details; empty ones are left out."""
        values: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "code": self.code,
            "detail": self.detail,
        }
        if self.faults:
            values["errors"] = [fault.model_dump() for fault in self.faults]
        if self.candidates:
            values["candidates"] = list(self.candidates)
        return values


def problem_of(error: Exception) -> Problem:
    """Return what to tell a client of *error*; what it does not explain is a bug, and logged."""
    match error:
        case BadQuestion():
            said = "The request has parameters that cannot be read."
            return Problem(HTTPStatus.BAD_REQUEST, "bad_parameters", said, error.faults)
        case AddressUnknown():
            return Problem(
                HTTPStatus.NOT_FOUND, "unknown_address", error.fact, candidates=error.candidates
            )
        case AddressAmbiguous():
            return Problem(
                HTTPStatus.CONFLICT, "ambiguous_address", error.fact, candidates=error.candidates
            )
        case IndexError_():
            _LOG.warning("%s", error)
            code, said = _INDEX_PROBLEMS.get(
                type(error), ("index_unusable", "The index cannot be used.")
            )
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, code, said)
        case HTTPException():
            status = HTTPStatus(error.status_code)
            return Problem(status, status.name.lower(), f"{status.phrase}.")
        case TimeoutError():
            said = "It took too long. Ask for less."
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "too_slow", said)
    _LOG.error("A request failed.", exc_info=error)
    said = "Something went wrong in the program; it has been written down."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failure", said)


def respond(
    request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> Response:
    """Return *problem* as the client of *request* can use it: as JSON, or as a page."""
    told = {"Cache-Control": "no-store", **(headers or {})}
    if problem.status is HTTPStatus.SERVICE_UNAVAILABLE:
        told |= _RETRY
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if not path.startswith(_FOR_PROGRAMS):
        from fihris.web.pages import error_page

        try:
            page = error_page(request, problem)
        except Exception:  # the page may fail for the very reason that it is to tell
            _LOG.exception("The page of an error failed.")
        else:
            page.headers.update(told)
            return page
    body = json.dumps(problem.values(), ensure_ascii=False)
    return Response(body, problem.status.value, told, PROBLEM_TYPE)


async def answer_error(request: Request, error: Exception) -> Response:
    """Return what *error*, raised while *request* was answered, is told as."""
    headers = getattr(error, "headers", None) if isinstance(error, HTTPException) else None
    return respond(request, problem_of(error), headers)
